//! What is told beside the requests: connections that came to nothing, and the lines to set in a shell.

use std::fmt::Write as _;

use crate::listen::{Listener, Setting, Stop};
use crate::record::listened::{Listened, Stopped};
use crate::text::{neutralise, shell_word};

/// Connections that came to nothing, those that are alike counted.
#[derive(Debug, Default)]
pub(super) struct Told {
    stopped: Vec<Stopped>,
}

impl Told {
    /// Takes in a connection that came to nothing; says so the first time.
    pub(super) async fn stopped(&mut self, stop: Stop) -> Option<String> {
        let Stop { host, caller, how } = stop;
        let client = caller.client().await;
        let is_it = |one: &&mut Stopped| one.host == host && one.client == client && one.how == how;
        if let Some(known) = self.stopped.iter_mut().find(is_it) {
            known.times += 1;
            return None;
        }
        let stopped = Stopped { host, client, how, times: 1 };
        let said = neutralise(&stopped.told());
        self.stopped.push(stopped);
        Some(said)
    }

    /// Everything, for the record.
    pub(super) fn summed_up(self, listener: &Listener) -> Listened {
        Listened {
            set: listener.settings.iter().map(|setting| setting.name.to_owned()).collect(),
            passed: listener.passed(),
            stopped: self.stopped,
            widened: listener.widened(),
            strangers: listener.strangers(),
            left: listener.left(),
        }
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
