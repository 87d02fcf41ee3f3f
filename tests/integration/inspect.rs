//! Pastes: read as their own programs read them, judged, and never passed on with a key.

/// Answers that stand below a request.
mod answered;
/// Other forms, and what can't be read.
mod forms;
/// What each paste comes to.
mod judged;
/// Lines that are generated, with all that a shell and curl make of them.
mod lines;
/// Real curl beside the reading of its lines.
#[cfg(unix)]
mod oracle;
/// Recordings: their kinds, their size.
mod recordings;
/// No key leaves by any way.
mod silent;
mod traces;
mod unknown;

use heygen_doctor::heard::Sent;
use heygen_doctor::pasted;

/// The requests of a paste, its form told by its content.
pub(crate) fn requests(text: &str) -> Vec<Sent> {
    let mut all = Vec::new();
    pasted::read(text, pasted::recognised(text), &mut |sent| all.push(sent)).unwrap();
    all
}

/// One request as a line: method, host, target, then headers.
fn told(sent: &Sent) -> String {
    let headers = sent
        .headers
        .iter()
        .filter(|(name, _)| {
            !["host", "accept", "user-agent"].contains(&name.to_ascii_lowercase().as_str())
        })
        .map(|(name, value)| format!(" [{name}: {}]", String::from_utf8_lossy(value)));
    format!("{} {}{}{}", sent.method, sent.host, sent.target, headers.collect::<String>())
}
