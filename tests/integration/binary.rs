//! The program under test, cut off from the machine's own settings.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A synthetic key of the current shape.
pub(crate) const KEY: &str = "sk_V2_hgu_kSYNTHETIC1_SyntheticKeyForTheTestsOnly00000";

/// The program, with an empty environment and no home, in the package's folder.
pub(crate) fn doctor() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heygen-doctor"));
    command
        .env_clear()
        .env("LANG", "C.UTF-8")
        .env("HEYGEN_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/nowhere"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Compares a generated page with the one in the repository; `UPDATE_DOCS=1` writes it anew.
#[expect(clippy::disallowed_methods, reason = "a switch of the tests")]
pub(crate) fn page(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let page = fs::read_to_string(&path).unwrap_or_default();
    assert!(page == text, "{} is out of date: run `UPDATE_DOCS=1 cargo test`", path.display());
}
