//! The page of a first try without a command: what was found, and how to go on.

use std::fmt::Write as _;

use super::{advice, headline, rows};
use crate::record::facts::{CredentialInfo, Source};
use crate::render::Options;
use crate::text::{list, neutralise};

/// The most lines about places, so that the page has at most eight.
const PLACES: usize = 3;

const KEY: (&str, &str) = ("key", "See what is wrong with it, and how to mend it");
const PLACES_OF_KEYS: (&str, &str) = ("key", "See where a key can be");
const TRY: (&str, &str) = ("check --simulate support-ticket", "Try it without a key");
const CHECK: (&str, &str) = ("check", "Ask HeyGen whether the key works");
const REPORT: (&str, &str) = ("report --markdown=ticket.md", "Write the ticket for support");
const HELP: (&str, &str) = ("--help", "See every command");

/// What was found without sending anything, and three commands to go on with, in eight lines at most.
#[must_use]
pub fn first_look(info: &CredentialInfo, options: &Options) -> String {
    let mut out = headline(info, options) + "\n";
    for line in places(info, options) {
        let _ = writeln!(out, "  {line}");
    }
    out.push_str("No command was given, and nothing was sent. Go on with:\n");
    let commands = match &info.source {
        None => [PLACES_OF_KEYS, TRY, HELP],
        Some(_) if advice::repair(info).is_some() => [KEY, CHECK, HELP],
        Some(_) => [CHECK, REPORT, HELP],
    };
    let widest = commands.iter().map(|(words, _)| words.len()).max().unwrap_or(0);
    for (words, about) in commands {
        let _ = writeln!(out, "  heygen-doctor {words:<widest$}  {about}");
    }
    out
}

/// The places that hold something, or else the names of all that were looked at.
fn places(info: &CredentialInfo, options: &Options) -> Vec<String> {
    let holds = |source: &&Source| source.fingerprint.is_some() || source.problem.is_some();
    let held: Vec<&Source> = info.sources.iter().filter(holds).collect();
    if held.is_empty() {
        let names: Vec<&str> = info.sources.iter().map(|source| source.source.as_str()).collect();
        let looked = neutralise(&format!("Looked at {}.", list(&names)));
        let wrapped = textwrap::wrap(&looked, options.width.saturating_sub(2));
        return wrapped.into_iter().take(PLACES).map(Into::into).collect();
    }
    let mut lines = rows(&held);
    if lines.len() > PLACES {
        lines.truncate(PLACES - 1);
        let more = held.len() - lines.len();
        lines.push(format!("and {more} more places; `heygen-doctor key` lists them"));
    }
    lines
}
