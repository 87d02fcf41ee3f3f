//! `key`: what can be said of the key without sending it.

use super::look;
use crate::cli::{KeyArgs, KeyFormat, SourceArgs};
use crate::command::output::{Leak, to_stdout};
use crate::config::find_keys;
use crate::record::exit::Exit;
use crate::record::facts::Severity;
use crate::redact::Redactor;
use crate::render::{key_as_json, key_as_text};
use crate::text::shell_word;

pub(super) fn run(args: &KeyArgs) -> anyhow::Result<Exit> {
    let keyring = find_keys(&args.source)?;
    #[expect(clippy::disallowed_methods, reason = "the age of a key is told by the clock")]
    let info = keyring.info(chrono::Utc::now(), false);
    let text = match args.format {
        KeyFormat::Human => {
            key_as_text(&info, &flags(&args.source), &look::offline(args.color, args.quiet))
        }
        KeyFormat::Json => key_as_json(&info),
    };
    if let Some(form) =
        Redactor::new(&keyring.all(), &keyring.extra_secrets(), &[]).find(text.as_bytes())
    {
        return Err(Leak(form).into());
    }
    to_stdout(&text)?;
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
