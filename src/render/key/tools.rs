//! The page of `key --tools`: which tool would use which key here, conflicts first.

use std::fmt::Write as _;

use crate::record::tools::{Tool, Tools};
use crate::render::Options;
use crate::render::style::Tone;
use crate::text::neutralise;

/// The tools, as JSON.
#[must_use]
pub fn tools_as_json(tools: &Tools) -> String {
    // Strings and lists: nothing that JSON refuses.
    serde_json::to_string_pretty(tools).unwrap_or_default() + "\n"
}

/// The tools, for a person.
#[must_use]
pub fn tools_as_text(tools: &Tools, options: &Options) -> String {
    let mut out = headline(tools, options) + "\n";
    if options.quiet {
        return out;
    }
    if !tools.conflicts.is_empty() {
        out.push_str("\nConflicts\n");
    }
    for conflict in &tools.conflicts {
        wrapped(&mut out, &neutralise(&conflict.message), "  - ", "    ", options);
    }
    out.push_str("\nTools\n");
    let widest = tools.tools.iter().map(|tool| tool.tool.chars().count()).max().unwrap_or(0);
    for tool in &tools.tools {
        let _ = writeln!(out, "  {:<widest$}  {}", neutralise(&tool.tool), used(tool));
        let indent = " ".repeat(widest + 4);
        wrapped(&mut out, &neutralise(&tool.why), &indent, &indent, options);
    }
    let _ = writeln!(out, "\nNothing was sent. {}", next_step(tools));
    out
}

fn headline(tools: &Tools, options: &Options) -> String {
    let found = tools.tools.iter().any(|tool| tool.source.is_some());
    let (tone, text) = match (found, tools.conflicts.is_empty()) {
        (false, _) => (Tone::Bad, "None of these tools finds a key here."),
        (true, true) => (Tone::Good, "All of these tools use the same key here."),
        (true, false) => (Tone::Warn, "These tools don't all use the same key here."),
    };
    options.style().paint(tone, text)
}

/// The key of a tool, and where it comes from.
fn used(tool: &Tool) -> String {
    let Some(source) = &tool.source else { return "no key".to_owned() };
    let key = tool.fingerprint.as_deref().unwrap_or("a value that is too short for a key");
    let how = match tool.sent_as.as_deref() {
        Some("bearer") => ", as Authorization: Bearer",
        _ => "",
    };
    let host = tool.base_url.as_ref().map_or_else(String::new, |host| format!(", to {host}"));
    neutralise(&format!("{key} from {source}{how}{host}"))
}

fn next_step(tools: &Tools) -> &'static str {
    if tools.tools.iter().all(|tool| tool.source.is_none()) {
        "Set HEYGEN_API_KEY: every one of them reads it."
    } else if tools.conflicts.is_empty() {
        "To find out whether HeyGen accepts it: heygen-doctor check"
    } else {
        "Set HEYGEN_API_KEY to the key that you mean and remove the others; every tool reads it. Then run: \
         heygen-doctor key --tools"
    }
}

fn wrapped(out: &mut String, text: &str, first: &str, next: &str, options: &Options) {
    let wrap = textwrap::Options::new(options.width)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .initial_indent(first)
        .subsequent_indent(next);
    let _ = writeln!(out, "{}", textwrap::fill(text, wrap));
}
