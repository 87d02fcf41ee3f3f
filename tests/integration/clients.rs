//! Real programs, right and broken, each run for real behind `listen`. `tests/clients/install.sh` installs
//! those that a machine doesn't have; what is missing is skipped, and that is said.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use super::binary::{KEY, doctor};

/// A key with a base64 layer.
const LEGACY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYtMTc2NzIyNTYwMA==";
/// Parts of the keys that are secrets, as they are and a base64 layer up and down.
const SECRETS: [&str; 4] =
    ["SyntheticKeyFor", "U3ludGhldGljS2V5", "MDEyMzQ1Njc4OWFi", "0123456789abcdef"];
/// Programs that run at once.
const AT_ONCE: usize = 4;

/// One program, and what is to be found of it.
struct Client {
    file: PathBuf,
    stack: String,
    label: BTreeMap<String, String>,
}

impl Client {
    fn read(file: PathBuf) -> Self {
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines().filter_map(|line| {
            line.trim_start_matches(['#', '/', ' '])
                .split_once(": ")
                .filter(|_| line.starts_with(['#', '/']))
        });
        let label = lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let folder = file.parent().unwrap().file_name().unwrap();
        Self { stack: folder.to_string_lossy().into_owned(), label, file }
    }

    fn name(&self) -> String {
        format!("{}/{}", self.stack, self.file.file_stem().unwrap().to_string_lossy())
    }
}

fn all() -> Vec<Client> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/clients");
    let stacks = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = stacks.flat_map(|stack| fs::read_dir(stack).unwrap());
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(Client::read).collect()
}

/// Where the clients are that were installed for this.
#[expect(clippy::disallowed_methods, reason = "a switch of the tests")]
fn installed() -> PathBuf {
    std::env::var_os("HEYGEN_DOCTOR_CLIENTS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/clients"), PathBuf::from)
}

/// A program of the system.
fn system(name: &str) -> Option<PathBuf> {
    ["/usr/bin", "/usr/local/bin", "/bin"]
        .iter()
        .map(|folder| Path::new(folder).join(name))
        .find(|path| path.exists())
}

/// The part of `docs/accuracy.md` about the clients, by their labels: a test runs each, and none may fail.
pub(crate) fn section() -> String {
    let clients = all();
    let mut rows: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for client in &clients {
        rows.entry(&client.label["finds"]).or_default().push(format!("`{}`", client.name()));
    }
    let mut out = format!(
        "\n## Real programs\n\n{} programs of `fixtures/clients`, healthy and broken, each run for real behind `listen` where its stack is\ninstalled (`tests/clients/install.sh`; CI installs all of them). The test passes only if each gets the cause of its\nlabel, none is `confirmed`, and no record holds a key.\n\n| Cause | Programs | Which |\n| --- | --- | --- |\n",
        clients.len()
    );
    for (cause, names) in rows {
        writeln!(out, "| `{cause}` | {} | {} |", names.len(), names.join(", ")).unwrap();
    }
    out
}

/// The command that runs a client, if everything for it is there.
fn command(client: &Client, scratch: &Path) -> Option<Vec<String>> {
    let own = installed();
    let root = own.join("root/usr");
    let text = |path: PathBuf| path.to_string_lossy().into_owned();
    let file = text(client.file.clone());
    let libraries = format!("LD_LIBRARY_PATH={}", root.join("lib/x86_64-linux-gnu").display());
    let there = |path: PathBuf| path.exists().then(|| text(path));
    let words: Vec<String> = match client.stack.as_str() {
        "curl" | "wget" => {
            system(&client.stack)?;
            vec![text(system("sh")?), file]
        }
        "urllib" => vec![text(system("python3")?), file],
        "requests" | "httpx" | "aiohttp" => vec![there(own.join("python/bin/python"))?, file],
        "https" | "fetch" => vec![text(system("node")?), file],
        "axios" | "got" | "node-fetch" | "undici" => {
            let modules = there(own.join("node/node_modules").join(&client.stack))?;
            let linked = scratch.join("node_modules");
            let _ = std::os::unix::fs::symlink(Path::new(&modules).parent().unwrap(), linked);
            let copy = scratch.join("client.mjs");
            fs::copy(&client.file, &copy).unwrap();
            vec![text(system("node")?), text(copy)]
        }
        "go" => {
            let go = there(root.join("lib/go-1.19/bin/go")).or_else(|| system("go").map(text))?;
            let built = text(scratch.join("client"));
            let cache = own.join("go-cache");
            let mut build = Command::new(&go);
            build
                .args(["build", "-o", &built, &file])
                .env("GOCACHE", cache)
                .env("GO111MODULE", "off");
            build.env("GOFLAGS", "").env("CGO_ENABLED", "0").env_remove("GOROOT");
            assert!(build.status().unwrap().success());
            vec![built]
        }
        "ruby" => {
            let lib = root.join("lib");
            let found = ["ruby/vendor_ruby", "ruby/3.1.0", "x86_64-linux-gnu/ruby/3.1.0"];
            let found = found.map(|folder| text(lib.join(folder))).join(":");
            match there(root.join("bin/ruby3.1")) {
                Some(ruby) => {
                    vec![text(system("env")?), libraries, format!("RUBYLIB={found}"), ruby, file]
                }
                None => vec![text(system("ruby")?), file],
            }
        }
        "php" => match there(root.join("bin/php8.2")) {
            Some(php) => {
                let extension = text(root.join("lib/php/20220829/curl.so"));
                let extension = format!("extension={extension}");
                vec![text(system("env")?), libraries, php, "-d".to_owned(), extension, file]
            }
            None => vec![text(system("php")?), file],
        },
        "java" => vec![text(system("java")?), file],
        stack => panic!("no way to run {stack}"),
    };
    Some(words)
}

/// What became of a client: a complaint, if it wasn't as labelled.
fn run(client: &Client, words: &[String], scratch: &Path) -> Option<String> {
    let record = scratch.join("record.json");
    let key = if client.label.contains_key("key") { LEGACY } else { KEY };
    let mut doctor = doctor();
    doctor.env("HEYGEN_API_KEY", key).env("PATH", "/usr/local/bin:/usr/bin:/bin");
    doctor.args(["listen", &format!("--json={}", record.display()), "--"]).args(words);
    let output = doctor.stdin(Stdio::null()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let text = fs::read_to_string(&record).unwrap_or_default();
    let said = |what: &str| Some(format!("{}: {what}\n{told}", client.name()));
    if let Some(secret) = SECRETS.iter().find(|secret| text.contains(**secret)) {
        return said(&format!("leaks {secret}"));
    }
    let Ok(record) = serde_json::from_str::<Value>(&text) else { return said("no record") };
    let diagnosis = &record["diagnosis"];
    if diagnosis["confidence"] == "confirmed" {
        return said("confirmed, where nothing was asked");
    }
    let label = |name: &str| client.label.get(name).map(String::as_str);
    if diagnosis["cause"].as_str() != label("finds") {
        return said(&format!("{} instead of {}", diagnosis["cause"], client.label["finds"]));
    }
    let is_in_a_request = |wanted: &str, has: &dyn Fn(&Value) -> bool| {
        let heard = record["heard"].as_array().is_some_and(|heard| heard.iter().any(has));
        (!heard).then(|| said(&format!("no {wanted} in {:#}", record["heard"]))).flatten()
    };
    let flaw = label("flaw").and_then(|flaw| {
        is_in_a_request(flaw, &|one| {
            one["findings"].as_array().unwrap().iter().any(|it| it == flaw)
        })
    });
    flaw.or_else(|| {
        let form = label("form")?;
        is_in_a_request(form, &|one| one["credentials"][0]["form"] == form)
    })
}

#[test]
fn every_client_is_heard_and_every_broken_one_told_by_its_cause() {
    let clients = all();
    assert!(clients.len() >= 40 + 16, "{}", clients.len());
    let (next, skipped, wrong) =
        (AtomicUsize::new(0), Mutex::new(BTreeSet::new()), Mutex::new(Vec::new()));
    let (next, skipped, wrong) = (&next, &skipped, &wrong);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(client) = clients.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let scratch = tempfile::tempdir().unwrap();
                    match command(client, scratch.path()) {
                        Some(words) => {
                            wrong.lock().unwrap().extend(run(client, &words, scratch.path()));
                        }
                        None => drop(skipped.lock().unwrap().insert(client.stack.clone())),
                    }
                }
            });
        }
    });
    let (skipped, wrong) = (skipped.lock().unwrap(), wrong.lock().unwrap());
    if !skipped.is_empty() {
        // Past the harness, which keeps what a test prints to itself as long as it passes.
        let told =
            "SKIPPED, not installed; tests/clients/install.sh installs them, and says what to set:";
        writeln!(io::stderr().lock(), "{told} {skipped:?}").unwrap();
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
