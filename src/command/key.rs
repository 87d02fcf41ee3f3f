//! `key`: what can be said of the key without sending it.

use std::ffi::OsString;

use super::{keys, look};
use crate::cli::{KeyArgs, KeyFormat, SourceArgs};
use crate::command::output::Outputs;
use crate::record::exit::Exit;
use crate::record::facts::Severity;
use crate::render::{Format, key_as_json, key_as_text};
use crate::text::shell_word;

pub(super) fn run(args: &KeyArgs, typed: &[OsString]) -> anyhow::Result<Exit> {
    let keyring = keys::find(&args.source, keys::TIME, typed)?;
    #[expect(clippy::disallowed_methods, reason = "the age of a key is told by the clock")]
    let info = keyring.info(chrono::Utc::now(), false);
    let format = match args.format {
        KeyFormat::Human => Format::Human,
        KeyFormat::Json => Format::Json,
    };
    Outputs::stdout(format).write(&keys::redactor(&keyring, &[]), |format| match format {
        Format::Json => key_as_json(&info),
        Format::Human | Format::Markdown => {
            key_as_text(&info, &flags(&args.source), &look::offline(args.color, args.quiet))
        }
    })?;
    let unusable = info.fingerprint.is_none()
        || info.withheld.is_some()
        || info.findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if unusable { Exit::Key } else { Exit::Works })
}

/// The flags that named the key, for a next step that looks at the same one.
fn flags(source: &SourceArgs) -> String {
    let env = source.key_env.as_ref().map(|name| format!("--key-env {}", shell_word(name)));
    let file = source
        .key_file
        .as_ref()
        .map(|path| format!("--key-file {}", shell_word(path.as_os_str().as_encoded_bytes())));
    let given: Vec<String> = env.into_iter().chain(file).collect();
    given.join(" ")
}
