//! The key, the places where it was looked for, and the notes.

use textwrap::core::display_width;

use crate::record::Record;
use crate::record::facts::{Severity, Source};
use crate::render::page::Page;
use crate::render::style::Tone;
use crate::render::told::{matters, open_findings, unsaid, untold};
use crate::text::neutralise;

/// Names wider than this don't widen their column.
const WIDEST: usize = 24;

/// A name, what is said of it, and its looks.
type Entry<'a> = (Tone, &'a str, &'a str);

/// The usual view: what is wrong with the key or worth knowing, and stands in no sentence above.
pub(super) fn open(record: &Record) -> Vec<Entry<'_>> {
    let findings = open_findings(record);
    let found =
        findings.map(|found| (tone(found.severity), found.id.as_str(), found.message.as_str()));
    let notes =
        unsaid(record).filter(|note| matters(record, note.id) && untold(record, &note.message));
    found.chain(notes.map(|note| (Tone::Warn, note.id.as_str(), note.message.as_str()))).collect()
}

pub(super) fn entries(page: &mut Page, entries: &[Entry<'_>]) {
    let column = column(entries.iter().map(|(_, name, _)| *name));
    for (tone, name, message) in entries {
        entry(page, column, *tone, name, &neutralise(message));
    }
}

const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Info => Tone::Quiet,
        Severity::Warning => Tone::Warn,
        Severity::Error => Tone::Bad,
    }
}

/// Findings about the key itself, and its places where they matter; empty when there are none.
pub(super) fn key(page: &mut Page, record: &Record) {
    let credential = &record.credential;
    let shadowed = credential.sources.iter().filter(|source| source.fingerprint.is_some()).count();
    let problems = credential.sources.iter().any(|source| source.problem.is_some());
    if credential.findings.is_empty() && shadowed < 2 && !problems {
        return;
    }
    page.heading("The key");
    let listed: &[Source] = if shadowed > 1 || problems { &credential.sources } else { &[] };
    let names = credential.findings.iter().map(|finding| finding.id.as_str());
    let column = column(names.chain(listed.iter().map(|source| source.source.as_str())));
    for finding in &credential.findings {
        let tone = tone(finding.severity);
        entry(page, column, tone, finding.id.as_str(), &neutralise(&finding.message));
    }
    for source in listed {
        let what = held(source, credential.withheld.is_some());
        entry(page, column, Tone::Quiet, &source.source, &what);
    }
}

/// A source, its key, and whether it was used.
fn held(source: &Source, withheld: bool) -> String {
    let problem = source.problem.as_deref().map(neutralise);
    match (problem, source.fingerprint.as_deref().map(neutralise)) {
        (Some(problem), _) if !source.used => problem,
        (Some(problem), _) if withheld => {
            format!("{problem} It is the one in use, and is not sent.")
        }
        (Some(problem), _) => format!("{problem} It is used all the same."),
        (None, Some(fingerprint)) if !source.used => fingerprint,
        (None, Some(fingerprint)) if withheld => format!("{fingerprint}, in use, and not sent"),
        (None, Some(fingerprint)) => format!("{fingerprint}, used"),
        (None, None) => {
            source.nothing.as_deref().map_or_else(|| "holds no key".to_owned(), neutralise)
        }
    }
}

/// Notes, save those that were said of the key already.
pub(super) fn notes(page: &mut Page, record: &Record) {
    let notes: Vec<Entry<'_>> =
        unsaid(record).map(|note| (Tone::Warn, note.id.as_str(), note.message.as_str())).collect();
    if !notes.is_empty() {
        page.heading("Notes");
        entries(page, &notes);
    }
}

/// A name beside what is said of it; one that is too wide for its column, or for the page, has a line
/// of its own.
fn entry(page: &mut Page, column: usize, tone: Tone, name: &str, text: &str) {
    let name = neutralise(name);
    if column * 3 > page.width {
        page.text(2, Some(tone), &name);
        page.text(4, None, text);
    } else if display_width(&name) > column {
        page.text(2, Some(tone), &name);
        page.text(column + 4, None, text);
    } else {
        let gap = " ".repeat(column - display_width(&name));
        page.labelled(&format!("  {name}{gap}  "), tone, text);
    }
}

/// The width of a column that holds these names, but for those that are too wide.
fn column<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names
        .map(|name| display_width(&neutralise(name)))
        .filter(|width| *width <= WIDEST)
        .max()
        .unwrap_or(WIDEST)
}
