//! A request that was heard, in one line, as it comes.

use super::Options;
use super::heard::{self, Line};
use super::style::{Style, Tone};
use crate::record::heard::{Client, Heard};
use crate::record::listened::Listened;
use crate::text::{count, first_few, list, neutralise};

/// How the most common clients are led here.
const WAYS: &str = "curl by HTTPS_PROXY and CURL_CA_BUNDLE, Python by PYTHONPATH and SSL_CERT_FILE, Node by NODE_OPTIONS and NODE_EXTRA_CA_CERTS, Java by JAVA_TOOL_OPTIONS, and whatever reads its base URL from HEYGEN_API_BASE";

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
    if !listened.left.is_empty() {
        let name = |one: &Client| format!("{} ({})", neutralise(&one.name), one.pid);
        let names = first_few(listened.left.iter().map(name).collect(), NAMED);
        lines.push(format!("Still running when the program ended, and not heard since: {names}."));
    }
    for stack in &listened.widened {
        lines.push(format!("The program's own list of certificate authorities, in {stack}, had the doctor's added to it: a fault in that list isn't seen here."));
    }
    let number = count(listened.set.len(), "variable");
    lines.push(match (was_heard, options.verbose) {
        (_, 1..) => format!("Set for the program: {}.", list(&listened.set)),
        (true, 0) => format!("{number} led the program here; `-v` names them."),
        (false, 0) => format!("{number} would have led it here: {WAYS}. `-v` names them all."),
    });
    let lines: Vec<String> =
        lines.iter().flat_map(|line| textwrap::wrap(line, options.width)).map(Into::into).collect();
    lines.join("\n")
}

/// A line or two for a request, and one for what is wrong with it.
#[must_use]
pub fn heard_as_line(heard: &Heard, options: &Options) -> String {
    let style = Style { colour: options.colour, unicode: options.unicode };
    let line = heard::line(heard);
    let client = heard.client.as_ref().map_or_else(String::new, |client| {
        style.paint(Tone::Quiet, &format!(", by {} ({})", neutralise(&client.name), client.pid))
    });
    let status = heard.answered.as_ref().and_then(|answered| answered.status);
    let tone = if status.is_some_and(|status| status < 400) { Tone::Good } else { Tone::Bad };
    let (answer, arrow) = (style.paint(tone, &line.answer), style.pick("→", "->"));
    let Line { request, key, findings, .. } = line;
    let mut text = format!("{request} {arrow} {answer}, with {key}{client}");
    if !findings.is_empty() {
        text.push_str("\n! ");
        text.push_str(&style.paint(Tone::Warn, &findings.join(", ")));
    }
    // Long words stay whole, to be copied.
    let wrap = textwrap::Options::new(options.width)
        .subsequent_indent("  ")
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(&text, wrap)
}
