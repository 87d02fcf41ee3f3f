//! A request that was heard, in one line, as it comes.

use super::Options;
use super::style::{Style, Tone};
use crate::record::heard::{Answerer, Flaw, Heard, Presented};
use crate::record::listened::Listened;
use crate::text::{count, first_few, list, neutralise};

/// Other hosts that are named.
const NAMED: usize = 5;

/// What was set for a program, and what it did beside its requests.
#[must_use]
pub fn listened_as_text(listened: &Listened, was_heard: bool, options: &Options) -> String {
    let mut lines: Vec<String> = Vec::new();
    if !listened.passed.is_empty() {
        let hosts = listened.passed.iter().map(|host| neutralise(host)).collect();
        let hosts = first_few(hosts, NAMED);
        lines.push(format!("Passed through untouched, and not looked into: {hosts}."));
    }
    if listened.strangers > 0 {
        let refused = count(listened.strangers, "connection");
        lines.push(format!("Refused, as not known to be the program's own: {refused}."));
    }
    lines.push(if was_heard && options.verbose == 0 {
        let number = count(listened.set.len(), "variable");
        format!("{number} led the program here; `-v` names them.")
    } else {
        format!("Set for the program: {}.", list(&listened.set))
    });
    let lines: Vec<String> =
        lines.iter().flat_map(|line| textwrap::wrap(line, options.width)).map(Into::into).collect();
    lines.join("\n")
}

/// One line for a request, and one for what is wrong with it.
#[must_use]
pub fn heard_as_line(heard: &Heard, options: &Options) -> String {
    let style = Style { colour: options.colour, unicode: options.unicode };
    let answer = heard.answered.as_ref().map_or_else(String::new, |answered| {
        let by = match answered.by {
            Answerer::Double => " as HeyGen would",
            Answerer::Heygen => " by HeyGen",
            Answerer::Nobody => "",
        };
        match answered.status {
            Some(status) => {
                let tone = if status < 400 { Tone::Good } else { Tone::Bad };
                format!(" {} {}{by}", style.pick("→", "->"), style.paint(tone, &status.to_string()))
            }
            None => format!(" {} no answer", style.pick("→", "->")),
        }
    });
    let credentials: Vec<String> = heard.credentials.iter().map(credential).collect();
    let credentials =
        if credentials.is_empty() { "no key".to_owned() } else { credentials.join(" and ") };
    let client = heard.client.as_ref().map_or_else(String::new, |client| {
        format!(" · {} ({})", neutralise(&client.name), client.pid)
    });
    let mut line = format!(
        "{} {}{}{answer} · {credentials}{}",
        neutralise(&heard.method),
        neutralise(&heard.host),
        neutralise(&heard.target),
        style.paint(Tone::Quiet, &client)
    );
    let findings: Vec<&str> = heard.findings.iter().map(name).collect();
    if !findings.is_empty() {
        line += &format!("\n  {}", style.paint(Tone::Warn, &findings.join(", ")));
    }
    line
}

fn credential(presented: &Presented) -> String {
    let scheme =
        if presented.scheme.is_empty() { String::new() } else { format!(" {}", presented.scheme) };
    let form = presented.form.as_str().replace('_', " ");
    let print =
        presented.fingerprint.as_deref().map_or_else(String::new, |print| format!(" {print}"));
    neutralise(&format!("{}{scheme}: {form}{print}", presented.header))
}

const fn name(flaw: &Flaw) -> &'static str {
    match flaw {
        Flaw::Key(id) => id.as_str(),
        Flaw::Request(slip) => slip.as_str(),
    }
}
