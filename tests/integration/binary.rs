//! The program under test, cut off from the machine's own settings.

use std::process::Command;

/// The program, with an empty environment and no home, in the package's folder.
pub(crate) fn doctor() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heygen-doctor"));
    command.env_clear().env("LANG", "C.UTF-8").env("HEYGEN_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/nowhere"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}
