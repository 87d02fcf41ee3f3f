//! What is told beside the record: what was set, what went by, and connections that came to nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::listen::{Listener, Refusal, Setting, Stop};
use crate::record::Record;
use crate::text::{count, first_few, list, neutralise, shell_word};

/// Hosts that are named.
const NAMED: usize = 5;

/// Connections that came to nothing, counted: program, host, and how it ended.
#[derive(Debug, Default)]
pub(super) struct Told {
    stopped: BTreeMap<(String, String, Refusal), usize>,
}

impl Told {
    /// Takes in a connection that came to nothing; says so the first time.
    pub(super) async fn stopped(&mut self, stop: Stop) -> Option<String> {
        let Stop { host, caller, how } = stop;
        let name = caller.client().await.map_or_else(
            || "A program".to_owned(),
            |client| format!("{} ({})", neutralise(&client.name), client.pid),
        );
        let said = words(how, &name, &host);
        let seen = self.stopped.entry((name, host, how)).or_default();
        *seen += 1;
        (*seen == 1).then_some(said)
    }

    /// What was set, and what else was seen.
    pub(super) fn summary(&self, record: &Record, listener: &Listener) -> String {
        let mut text = String::new();
        for ((name, host, how), times) in &self.stopped {
            let _ = writeln!(text, "{} {}.", words(*how, name, host), count(*times, "time"));
        }
        let passed = listener.passed();
        if !passed.is_empty() {
            let hosts = first_few(passed.iter().map(|host| neutralise(host)).collect(), NAMED);
            let _ = writeln!(text, "Passed through untouched, and not looked into: {hosts}.");
        }
        if listener.strangers() > 0 {
            let _ = writeln!(
                text,
                "{} refused, as they weren't known to be the program's own.",
                count(listener.strangers(), "connection")
            );
        }
        let names: Vec<&str> = listener.settings.iter().map(|setting| setting.name).collect();
        if record.heard.as_ref().is_none_or(Vec::is_empty) {
            let _ = writeln!(text, "Set for your program: {}.", list(&names));
        } else {
            let _ = writeln!(
                text,
                "{} were set for your program; `heygen-doctor listen` alone shows them.",
                count(names.len(), "variable")
            );
        }
        text.trim_end().to_owned()
    }
}

fn words(how: Refusal, name: &str, host: &str) -> String {
    match how {
        Refusal::Certificate => format!(
            "{name} doesn't trust the certificate that was made for this run, so what it sends to {host} can't be seen: it has a list of authorities of its own, or a pinned certificate."
        ),
        Refusal::Left => format!(
            "{name} broke the connection to {host} off when it saw the certificate that was made for this run; it seems not to trust it."
        ),
        Refusal::Handshake => format!("{name} and the doctor agreed on no TLS for {host}."),
        Refusal::Silent => format!(
            "{name} connected to {host} and sent nothing; Wget does so when it doesn't trust the certificate."
        ),
        Refusal::Http2Only => format!(
            "{name} speaks HTTP/2 only, which `--forward` can't pass on; without `--forward` its requests can be seen."
        ),
    }
}

/// The lines to set in a shell.
pub(super) fn lines(settings: &[Setting], own_key: Option<&str>) -> String {
    let mut lines = String::new();
    for setting in settings {
        let value = shell_word(setting.value.as_encoded_bytes());
        let _ = writeln!(lines, "export {}={value}", setting.name);
    }
    if let Some(key) = own_key {
        let _ = writeln!(lines, "export HEYGEN_API_KEY={}", shell_word(key));
    }
    lines
}
