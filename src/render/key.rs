//! The page of `key`: all that can be said of a key without sending it.

mod advice;
mod first;
mod tools;

pub use first::first_look;
pub use tools::{tools_as_json, tools_as_text};

use std::fmt::Write as _;

use super::Options;
use super::label;
use super::style::Tone;
use crate::record::facts::{About, CredentialInfo, Finding, FindingId, Severity, Source};
use crate::text::{neutralise, upper_first};

/// The key's looks, as JSON.
#[must_use]
pub fn key_as_json(info: &CredentialInfo) -> String {
    // Strings, numbers and times: nothing that JSON refuses.
    serde_json::to_string_pretty(info).unwrap_or_default() + "\n"
}

/// The key's looks, for a person; `flags` are those that named the key, as a shell takes them.
#[must_use]
pub fn key_as_text(info: &CredentialInfo, flags: &str, options: &Options) -> String {
    let mut out = headline(info, options) + "\n";
    if options.quiet {
        return out;
    }
    let created = info.created_at.map(|time| time.format("%Y-%m-%d %H:00 UTC").to_string());
    let rows = [
        ("Source", info.source.clone()),
        ("Fingerprint", info.fingerprint.clone()),
        ("Length", info.length.map(|length| format!("{length} bytes"))),
        ("Shape", info.shape.clone()),
        ("Kind", info.kind.map(|kind| label::kind(kind).to_owned())),
        ("Created", created),
    ];
    let known = rows.iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    for (at, (name, value)) in known.enumerate() {
        let gap = if at == 0 { "\n" } else { "" };
        let _ = writeln!(out, "{gap}  {name:<12} {}", neutralise(value));
    }
    findings(&mut out, info, options);
    sources(&mut out, info);
    let _ = writeln!(out, "\n{}", advice::given(info, flags));
    out
}

/// The findings about the key in use; of a place that holds none, nothing follows for it.
fn of_the_key(info: &CredentialInfo) -> impl Iterator<Item = &Finding> {
    info.findings.iter().filter(|finding| finding.id.about() != About::Place)
}

fn headline(info: &CredentialInfo, options: &Options) -> String {
    let worst = of_the_key(info).map(|finding| finding.severity).max();
    let unknown = of_the_key(info).any(|finding| finding.id == FindingId::KeyUnknownShape);
    // What can't work is named by the clause that `check` has in its headline.
    let clause = of_the_key(info)
        .find(|finding| finding.severity == Severity::Error && finding.clause.is_some())
        .and_then(|finding| finding.clause.as_deref());
    let named = clause.map(|clause| neutralise(&(upper_first(clause) + ".")));
    let (tone, text) = match (&info.source, &named) {
        (None, _) => (Tone::Bad, "No key was found."),
        (_, Some(named)) => (Tone::Bad, named.as_str()),
        _ if info.withheld.is_some() => (Tone::Bad, "The key is another vendor's, by its look."),
        _ if worst == Some(Severity::Error) => (Tone::Bad, "The key can't work as it is."),
        _ if info.fingerprint.is_none() => (Tone::Bad, "The value is too short for a key."),
        _ if worst == Some(Severity::Warning) => (Tone::Warn, "The key may not work as it is."),
        _ if unknown => {
            (Tone::Warn, "This is none of the forms in which HeyGen is known to hand out keys.")
        }
        _ => return options.style().paint(Tone::Good, &looks_right(info)),
    };
    options.style().paint(tone, text)
}

/// The kind and the length of a key that nothing is wrong with.
fn looks_right(info: &CredentialInfo) -> String {
    let kind = info.kind.map_or("key", label::kind);
    let an = if kind.starts_with(['o', 'e', 'O', 'E', 'a', 'A']) { "an" } else { "a" };
    let length = info.length.map_or_else(String::new, |length| format!(", {length} characters"));
    format!("The key looks right: {an} {kind}{length}.")
}

fn findings(out: &mut String, info: &CredentialInfo, options: &Options) {
    if info.findings.is_empty() {
        return;
    }
    out.push_str("\nFindings\n");
    for finding in &info.findings {
        let indent = "    ";
        let text = format!("{} ({})", neutralise(&finding.message), finding.id);
        let wrap =
            textwrap::Options::new(options.width).initial_indent("  - ").subsequent_indent(indent);
        let _ = writeln!(out, "{}", textwrap::fill(&text, wrap));
    }
}

fn sources(out: &mut String, info: &CredentialInfo) {
    out.push_str("\nLooked at\n");
    for row in rows(&info.sources.iter().collect::<Vec<_>>()) {
        let _ = writeln!(out, "  {row}");
    }
}

/// A line for each place: its name, and what it holds.
fn rows(sources: &[&Source]) -> Vec<String> {
    let widest = sources.iter().map(|source| source.source.chars().count()).max().unwrap_or(0);
    let row = |source: &&Source| {
        let held = match (&source.fingerprint, &source.problem) {
            (None, None) => match &source.nothing {
                Some(nothing) => neutralise(nothing),
                None => "nothing".to_owned(),
            },
            (held, problem) => {
                let both: Vec<String> =
                    held.iter().chain(problem).map(|text| neutralise(text)).collect();
                both.join("  ")
            }
        };
        let used = if source.used { "  (used)" } else { "" };
        format!("{:<widest$}  {held}{used}", neutralise(&source.source))
    };
    sources.iter().map(row).collect()
}
