//! Lists the scenario files, so that a new one needs no entry anywhere.

use std::path::Path;
use std::{env, fs, io};

const FOLDER: &str = "fixtures/scenarios";

#[expect(clippy::disallowed_methods, reason = "cargo names the folder for the list this way")]
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let folder = env::current_dir()?.join(FOLDER);
    let mut names = Vec::new();
    for file in fs::read_dir(&folder)? {
        let name = file?.file_name().into_string().unwrap_or_default();
        names.extend(name.strip_suffix(".toml").map(str::to_owned));
    }
    names.sort();
    let rows = names.iter().map(|name| {
        let path = folder.join(format!("{name}.toml"));
        format!("({name:?}, include_str!({:?})),\n", path.to_string_lossy())
    });
    let list = format!("&[\n{}]\n", rows.collect::<String>());
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("scenarios.rs"), list)
}
