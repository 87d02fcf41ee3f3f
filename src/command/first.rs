//! No command: what was found without sending anything, and how to go on.

use super::{keys, look};
use crate::cli::{Color, ColorArgs, SourceArgs};
use crate::command::output::say;
use crate::record::exit::Exit;
use crate::render::first_look;

/// A script that forgot the command must not pass, and gets nothing on standard output.
pub(super) fn run() -> anyhow::Result<Exit> {
    let keyring = keys::find(&SourceArgs::default(), keys::TIME, &[])?;
    #[expect(clippy::disallowed_methods, reason = "the age of a key is told by the clock")]
    let now = chrono::Utc::now();
    let plain = look::offline(ColorArgs { color: Color::Never }, false);
    let page = first_look(&keyring.info(now, false), &plain);
    say(&keys::redactor(&keyring, &[]), page.trim_end())?;
    Ok(Exit::Usage)
}
