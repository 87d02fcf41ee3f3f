//! What can be said of a key without sending it.

use std::fmt::Write as _;

use super::Options;
use super::style::Tone;
use crate::facts::{CredentialInfo, Severity};
use crate::text::neutralise;

/// The key's looks, as JSON.
#[must_use]
pub fn key_as_json(info: &CredentialInfo) -> String {
    // Strings, numbers and times: nothing that JSON refuses.
    serde_json::to_string_pretty(info).unwrap_or_default() + "\n"
}

/// The key's looks, for a person.
#[must_use]
pub fn key_as_text(info: &CredentialInfo, options: &Options) -> String {
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
        ("Kind", info.kind.as_ref().map(|kind| kind.replace('_', " "))),
        ("Created", created),
    ];
    let known = rows.iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    for (at, (name, value)) in known.enumerate() {
        let gap = if at == 0 { "\n" } else { "" };
        let _ = writeln!(out, "{gap}  {name:<12} {}", neutralise(value));
    }
    findings(&mut out, info, options);
    sources(&mut out, info);
    out.push_str(match (&info.source, &info.withheld) {
        (Some(_), None) => {
            "\nNothing was sent. To find out whether HeyGen accepts it: heygen-doctor check\n"
        }
        _ => "\nNothing was sent. Set HEYGEN_API_KEY, or name the key with --key-file or --key-env.\n",
    });
    out
}

fn headline(info: &CredentialInfo, options: &Options) -> String {
    let style = options.style();
    let errors = info.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let (tone, text) = match (&info.source, &info.withheld) {
        (None, _) => (Tone::Bad, "No key was found.".to_owned()),
        (_, Some(why)) => (Tone::Bad, neutralise(why)),
        _ if errors > 0 => (Tone::Bad, "The key can't work as it is.".to_owned()),
        _ if info.findings.iter().any(|finding| finding.severity == Severity::Warning) => {
            (Tone::Warn, "The key may not work as it is.".to_owned())
        }
        _ => (Tone::Good, "Nothing is wrong with the look of the key.".to_owned()),
    };
    style.paint(tone, &text)
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
    let widest = info.sources.iter().map(|source| source.source.chars().count()).max().unwrap_or(0);
    for source in &info.sources {
        let told = [source.fingerprint.as_deref(), source.problem.as_deref()];
        let mut told: Vec<String> = told.into_iter().flatten().map(neutralise).collect();
        if told.is_empty() {
            told.push("nothing".to_owned());
        }
        if source.used {
            told.push("(used)".to_owned());
        }
        let _ = writeln!(out, "  {:<widest$}  {}", neutralise(&source.source), told.join("  "));
    }
}
