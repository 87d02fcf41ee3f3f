//! How much there is to read.

use heygen_doctor::record::Record;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::render::is_needed;
use heygen_doctor::text;

use super::{human, markdown};
use crate::scenarios::all;

/// Every scenario, as `check` sees it.
pub(super) fn corpus() -> impl Iterator<Item = (&'static str, Record)> {
    all().iter().map(|verdict| {
        let record = verdict.read().clone();
        (verdict.scenario.name.as_str(), record)
    })
}

#[test]
fn the_usual_view_is_short() {
    let mut lengths: Vec<usize> = Vec::new();
    for (name, record) in corpus() {
        let text = human(&record, |_| {});
        let lines = text.lines().count();
        let most = if record.diagnosis.cause == Cause::KeyMissing { 8 } else { 35 };
        assert!(lines <= most, "{name}: {lines} lines\n{text}");
        lengths.push(lines);
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= 20, "half of all take {median} lines or more");
}

#[test]
fn what_the_usual_view_leaves_out_is_counted_and_shown_on_demand() {
    for (name, record) in corpus().filter(|(_, record)| record.credential.source.is_some()) {
        let whole = human(&record, |options| options.verbose = 1);
        for assessed in &record.diagnosis.causes {
            let shown =
                assessed.cause == record.diagnosis.cause || whole.contains(assessed.cause.as_str());
            assert!(shown, "{name}: {}", assessed.cause);
        }
        if record.diagnosis.cause != Cause::KeyMissing {
            assert!(human(&record, |_| {}).contains("; `-v` lists them\n"), "{name}");
        }
    }
}

#[test]
fn every_page_fits_its_terminal() {
    for (name, record) in corpus() {
        for width in [40, 60, 80, 120, 200] {
            for line in human(&record, |options| options.width = width).lines() {
                // A word that is there to be copied stays whole.
                let longest = line.split(' ').map(|word| word.chars().count()).max().unwrap();
                let fits = line.chars().count() <= width || longest * 2 > width;
                assert!(fits, "{name} at {width}: {line}");
            }
        }
    }
}

/// A ticket without what is folded away, and without the caution that only a simulation has.
fn open(ticket: &str) -> String {
    let mut out = String::new();
    for (n, piece) in ticket.split("<details>").enumerate() {
        out.push_str(if n == 0 { piece } else { piece.split_once("</details>\n").unwrap().1 });
    }
    let mut lines: Vec<&str> =
        out.lines().filter(|line| !line.starts_with("> **Simulated ")).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines.join("\n")
}

#[test]
fn a_ticket_takes_two_screens_and_says_nothing_twice() {
    let mut lengths: Vec<usize> = Vec::new();
    for (name, record) in corpus() {
        let ticket = markdown(&record);
        assert!(ticket.chars().count() <= 65_536, "{name}: {}", ticket.len());
        let open = open(&ticket);
        let subject = ticket.lines().nth(2).unwrap();
        assert_eq!(ticket.matches(subject).count(), 1, "{name}: {subject}");
        let named = record.diagnosis.named().unwrap();
        for piece in named.evidence.iter().chain(&named.against) {
            let told = text::markdown(&piece.text);
            assert_eq!(open.matches(&told).count(), 1, "{name}: {told} in {open}");
        }
        let step = text::markdown(&named.next_step);
        assert_eq!(ticket.matches(&step).count(), 1, "{name}: {step}");
        let lines = open.lines().map(|line| line.chars().count().div_ceil(80).max(1)).sum();
        assert!(lines <= 115, "{name}: {lines} lines\n{open}");
        if is_needed(&record) {
            lengths.push(lines);
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= 100, "half of all take {median} lines or more");
}
