//! How often the diagnosis is right: counted over the whole corpus, and kept true by a test.
//!
//! `UPDATE_DOCS=1 cargo test --test integration accuracy -- --nocapture` counts anew, prints the
//! page, and writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::binary::{doctor, page};
use super::scenarios::{Verdict, all};

/// Requests that the full matrix would send.
fn full_matrix(verdict: &Verdict) -> usize {
    let args = ["report", "--dry-run", "--json", "--simulate", &verdict.scenario.name];
    let output = doctor().args(args).output().unwrap();
    let plan: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    plan["requests"].as_u64().unwrap().try_into().unwrap()
}

fn median(mut numbers: Vec<usize>) -> usize {
    numbers.sort_unstable();
    numbers[numbers.len() / 2]
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let tenths = (part * 2000 + whole) / (whole * 2);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

fn right(verdict: &Verdict) -> bool {
    verdict.cause() == verdict.scenario.expect.cause.to_string()
}

fn written(verdicts: &[Verdict]) -> String {
    let count =
        |holds: &dyn Fn(&Verdict) -> bool| verdicts.iter().filter(|verdict| holds(verdict)).count();
    let total = verdicts.len();
    let correct = count(&right);
    let false_confirmed = count(&|verdict| !right(verdict) && verdict.confidence() == "confirmed");
    let unearned = count(&|verdict| {
        verdict.confidence() == "confirmed"
            && !verdict
                .scenario
                .expect
                .confidence
                .iter()
                .any(|standing| standing.to_string() == "confirmed")
    });
    let inconclusive = count(&|verdict| verdict.cause() == "inconclusive");
    let exits = count(&|verdict| verdict.exit == i32::from(verdict.scenario.expect.exit_code));
    let adaptive: Vec<&Verdict> =
        verdicts.iter().filter(|verdict| verdict.scenario.expect.profile == "adaptive").collect();
    let sent = adaptive
        .iter()
        .map(|verdict| verdict.record["summary"]["requests"].as_u64().unwrap().try_into().unwrap());
    let full = adaptive.iter().map(|verdict| full_matrix(verdict));
    let mut out = format!(
        "# Accuracy\n\nCounted over the {total} labelled scenarios of `fixtures/scenarios`, each run through the real\nbinary over real sockets. A label is what a careful human would conclude from the story; the\ndiagnosis sees nothing of it. Written by `UPDATE_DOCS=1 cargo test --test integration accuracy`,\nand kept true by a test.\n\n| Measure | Value |\n| --- | --- |\n"
    );
    for (name, value) in [
        ("Right cause named", format!("{correct} of {total} ({})", percent(correct, total))),
        ("Right exit code", format!("{exits} of {total} ({})", percent(exits, total))),
        ("Wrong cause called `confirmed`", false_confirmed.to_string()),
        ("`confirmed` where the label allows less", unearned.to_string()),
        ("`inconclusive`", format!("{inconclusive} ({})", percent(inconclusive, total))),
        ("Median requests, `adaptive`", median(sent.collect()).to_string()),
        ("Median requests, full matrix", median(full.collect()).to_string()),
    ] {
        writeln!(out, "| {name} | {value} |").unwrap();
    }
    calibration(&mut out, verdicts);
    confusion(&mut out, verdicts);
    wrong(&mut out, verdicts);
    out
}

fn calibration(out: &mut String, verdicts: &[Verdict]) {
    out.push_str("\n## Calibration\n\nOf the causes that were named with this standing, so many were right.\n\n| Standing | Named | Right |\n| --- | --- | --- |\n");
    for standing in ["confirmed", "likely", "possible"] {
        let named: Vec<_> =
            verdicts.iter().filter(|verdict| verdict.confidence() == standing).collect();
        let hits = named.iter().filter(|verdict| right(verdict)).count();
        writeln!(
            out,
            "| `{standing}` | {} | {hits} ({}) |",
            named.len(),
            percent(hits, named.len())
        )
        .unwrap();
    }
}

fn confusion(out: &mut String, verdicts: &[Verdict]) {
    out.push_str("\n## Confusion matrix\n\n| Label | Scenarios | Named |\n| --- | --- | --- |\n");
    let mut rows: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for verdict in verdicts {
        *rows
            .entry(verdict.scenario.expect.cause.to_string())
            .or_default()
            .entry(verdict.cause())
            .or_default() += 1;
    }
    for (label, named) in rows {
        let cells: Vec<String> =
            named.iter().map(|(cause, count)| format!("`{cause}` {count}")).collect();
        writeln!(out, "| `{label}` | {} | {} |", named.values().sum::<usize>(), cells.join(", "))
            .unwrap();
    }
}

fn wrong(out: &mut String, verdicts: &[Verdict]) {
    out.push_str("\n## Diagnosed otherwise than labelled\n\n");
    let mut none = true;
    for verdict in verdicts {
        let faults = verdict.faults();
        if !faults.is_empty() {
            none = false;
            let why = verdict.scenario.expect.wrong.as_deref().unwrap_or("not explained yet");
            writeln!(out, "- `{}`: {} ({why})", verdict.scenario.name, faults.join("; ")).unwrap();
        }
    }
    if none {
        out.push_str("None.\n");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the page is what the command is run for")]
fn the_page_says_what_was_counted() {
    let text = written(all());
    print!("{text}");
    page("docs/accuracy.md", &text);
}

#[test]
fn the_bar_is_held() {
    let verdicts = all();
    let correct = verdicts.iter().filter(|verdict| right(verdict)).count();
    assert!(correct * 100 >= verdicts.len() * 97, "{correct} of {} right", verdicts.len());
    let bold: Vec<&str> = verdicts
        .iter()
        .filter(|verdict| !right(verdict) && verdict.confidence() == "confirmed")
        .map(|verdict| verdict.scenario.name.as_str())
        .collect();
    assert!(bold.is_empty(), "confirmed and wrong: {bold:?}");
}
