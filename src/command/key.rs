//! `key`: what can be said of the key without sending it.

use std::ffi::OsString;

use chrono::{DateTime, Utc};

use super::{keys, look};
use crate::cli::{KeyArgs, OutputFormat, SourceArgs};
use crate::command::output::Outputs;
use crate::key::source::Keyring;
use crate::record::exit::Exit;
use crate::record::facts::Severity;
use crate::render::{Format, key_as_json, key_as_text, tools_as_json, tools_as_text};
use crate::text::shell_word;

pub(super) fn run(args: &KeyArgs, typed: &[OsString]) -> anyhow::Result<Exit> {
    let keyring = keys::find(&args.source, keys::TIME, typed)?;
    #[expect(clippy::disallowed_methods, reason = "the age of a key is told by the clock")]
    let now = chrono::Utc::now();
    if args.tools {
        return tools(args, &keyring, now);
    }
    let info = keyring.info(now, false);
    let format = format(args);
    Outputs::stdout(format).write(&keys::redactor(&keyring, &[]), |format| match format {
        Format::Json => key_as_json(&info),
        Format::Human | Format::Markdown | Format::Html | Format::Brief => {
            key_as_text(&info, &flags(&args.source), &look::offline(args.color, args.quiet))
        }
    })?;
    let unusable = info.fingerprint.is_none()
        || info.withheld.is_some()
        || info.findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if unusable { Exit::Key } else { Exit::Works })
}

/// Which tool would use which key; the exit is that of a key that one of them finds.
fn tools(args: &KeyArgs, keyring: &Keyring, now: DateTime<Utc>) -> anyhow::Result<Exit> {
    let tools = keyring.tools(now);
    let redactor = keys::redactor(keyring, &[]);
    Outputs::stdout(format(args)).write(&redactor, |format| match format {
        Format::Json => tools_as_json(&tools),
        Format::Human | Format::Markdown | Format::Html | Format::Brief => {
            tools_as_text(&tools, &look::offline(args.color, args.quiet))
        }
    })?;
    let found = tools.tools.iter().any(|tool| tool.source.is_some());
    Ok(if found { Exit::Works } else { Exit::Key })
}

const fn format(args: &KeyArgs) -> Format {
    match args.format {
        OutputFormat::Human => Format::Human,
        OutputFormat::Json => Format::Json,
    }
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
