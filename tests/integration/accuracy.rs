//! How often the diagnosis is right: counted over the whole corpus, and kept true by a test.
//!
//! `UPDATE_DOCS=1 cargo test --test integration accuracy -- --nocapture` counts anew, prints the
//! page, and writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use heygen_doctor::cli;
use heygen_doctor::config::{self, Double};
use heygen_doctor::plan::{self, Profile};
use heygen_doctor::record::cause::Cause;

use super::binary::page;
use super::scenarios::{Verdict, all, plain};

/// Requests that `report` would send: the same plan that `report --dry-run` prints.
fn full_matrix(Verdict { scenario, .. }: &Verdict) -> usize {
    let cli::Command::Report(args) = cli::parse(["heygen-doctor", "report"]).unwrap() else {
        unreachable!("that is the command");
    };
    let double = Double {
        scenario: scenario.name.clone(),
        base_url: scenario.base_url_override().unwrap_or("http://127.0.0.1:9").to_owned(),
        proxy: None,
        env: scenario.env.clone(),
    };
    let probe = &args.examination.probe;
    let (site, keys) =
        config::read(probe, Profile::Full, scenario.keyring(), Some(double)).unwrap();
    plan::first(&keys.brief(&site)).requests()
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
    verdict.cause() == label(verdict).0.to_string()
}

/// Cause and exit code that are right for this run: a run without flags that change what happens has
/// a label of its own.
fn label(verdict: &Verdict) -> (Cause, u8) {
    let expect = &verdict.scenario.expect;
    match expect.plain.as_ref().filter(|_| verdict.plain) {
        Some(plain) => (plain.cause, plain.exit_code),
        None => (expect.cause, expect.exit_code),
    }
}

/// How one way of running the scenarios came out.
struct Score {
    total: usize,
    right: usize,
    exits: usize,
    bold: usize,
    unearned: usize,
    inconclusive: usize,
}

impl Score {
    fn of(verdicts: &[&Verdict]) -> Self {
        let count = |holds: &dyn Fn(&Verdict) -> bool| {
            verdicts.iter().filter(|verdict| holds(verdict)).count()
        };
        let confirmed = |verdict: &Verdict| verdict.confidence() == "confirmed";
        Self {
            total: verdicts.len(),
            right: count(&right),
            exits: count(&right_exit),
            bold: count(&|verdict| !right(verdict) && confirmed(verdict)),
            unearned: count(&|verdict| {
                let allowed = &verdict.scenario.expect.confidence;
                confirmed(verdict)
                    && !allowed.iter().any(|standing| standing.to_string() == "confirmed")
            }),
            inconclusive: count(&|verdict| verdict.cause() == "inconclusive"),
        }
    }

    fn rows(&self) -> [(&'static str, String); 5] {
        let of = |part| format!("{part} of {} ({})", self.total, percent(part, self.total));
        [
            ("Right cause named", of(self.right)),
            ("Right exit code", of(self.exits)),
            ("Wrong cause called `confirmed`", self.bold.to_string()),
            ("`confirmed` where the label allows less", self.unearned.to_string()),
            ("`inconclusive`", of(self.inconclusive)),
        ]
    }
}

fn right_exit(verdict: &Verdict) -> bool {
    verdict.exit == i32::from(label(verdict).1)
}

/// Every scenario by a plain `check`: those that ask for no more were run so already.
fn plainly<'a>(labelled: &'a [Verdict], plain: &'a [Verdict]) -> Vec<&'a Verdict> {
    let same = labelled.iter().filter(|verdict| verdict.scenario.expect.flags().is_empty());
    same.chain(plain).collect()
}

const ABOUT: &str = "\
Written by `UPDATE_DOCS=1 cargo test --test integration accuracy`, and kept true by a test.

A label is what a careful human would conclude from the story; the diagnosis sees nothing of it. Each
label says with which profile and flags its cause can be found. The first column is measured so. The
second is measured with `check --simulate NAME` and nothing else, by the same labels.
";

const PLAIN: &str = "
A plain `check` stops once all is well, so it makes few repeats: a fault that strikes one request in
ten, or that begins later, can go unseen, and the key is called healthy. `--profile full` looks longer.
Where `--timeout`, `--ca-cert` or `--send-anyway` changes what happens, the label is about the run
with that flag; what is right without it is labelled apart, and counted here.
";

fn written(labelled: &[Verdict], plain: &[Verdict]) -> String {
    let mut out = format!(
        "# Accuracy\n\nCounted over the {} labelled scenarios of `fixtures/scenarios`, each run through the real\nbinary over real sockets; {} labels ask for more than a plain `check`.\n{ABOUT}\n| Measure | With the flags of the label | Plain `check` |\n| --- | --- | --- |\n",
        labelled.len(),
        plain.len()
    );
    let left = Score::of(&labelled.iter().collect::<Vec<_>>()).rows();
    let right = Score::of(&plainly(labelled, plain)).rows();
    for ((name, value), (_, plainly)) in left.into_iter().zip(right) {
        writeln!(out, "| {name} | {value} | {plainly} |").unwrap();
    }
    requests(&mut out, labelled);
    otherwise(&mut out, plain);
    calibration(&mut out, labelled);
    confusion(&mut out, labelled);
    wrong(&mut out, labelled);
    out.push_str(&super::sentences::section());
    out.push_str(&super::clients::section());
    // What takes minutes is counted by a test of its own.
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/accuracy.md");
    out.push_str(super::simulated::kept(&fs::read_to_string(page).unwrap_or_default()));
    out
}

/// The requests that a plain `check` sends, and those that the full matrix plans for the same scenarios.
fn requests(out: &mut String, verdicts: &[Verdict]) {
    let adaptive: Vec<&Verdict> =
        verdicts.iter().filter(|verdict| verdict.scenario.expect.profile == "adaptive").collect();
    let sent = adaptive
        .iter()
        .map(|verdict| verdict.record["summary"]["requests"].as_u64().unwrap().try_into().unwrap());
    let full = adaptive.iter().map(|verdict| full_matrix(verdict));
    writeln!(
        out,
        "\nOver the {} scenarios that are labelled for `adaptive`, the median run sent {} requests. The full\nmatrix would plan {} for the median one of them: that number is what `report --dry-run` prints, and\nwas not sent.",
        adaptive.len(),
        median(sent.collect()),
        median(full.collect())
    )
    .unwrap();
}

/// Where a plain `check` says something else than the label.
fn otherwise(out: &mut String, plain: &[Verdict]) {
    out.push_str("\n## Otherwise with a plain `check`\n");
    out.push_str(PLAIN);
    out.push_str("\n| Scenario | Label | Needs | Plain `check` |\n| --- | --- | --- | --- |\n");
    let mut less = Vec::new();
    for verdict in plain {
        let (name, expect) = (&verdict.scenario.name, &verdict.scenario.expect);
        if !right(verdict) || !right_exit(verdict) {
            writeln!(
                out,
                "| `{name}` | `{}`, exit code {} | `{}` | `{}`, {}, exit code {} |",
                expect.cause,
                expect.exit_code,
                expect.flags().join(" "),
                verdict.cause(),
                verdict.confidence(),
                verdict.exit
            )
            .unwrap();
        } else if expect.plain.is_none() && !verdict.faults().is_empty() {
            less.push(format!("`{name}`: {}", verdict.faults().join("; ")));
        }
    }
    out.push_str("\nRight, but without everything that the label asks for:\n\n");
    for line in less {
        writeln!(out, "- {line}").unwrap();
    }
}

fn calibration(out: &mut String, verdicts: &[Verdict]) {
    out.push_str("\n## Calibration\n\nWith the flags of the labels. Of the causes that were named with this standing, so many were right.\n\n| Standing | Named | Right |\n| --- | --- | --- |\n");
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
    out.push_str("\n## Confusion matrix\n\nWith the flags of the labels.\n\n| Label | Scenarios | Named |\n| --- | --- | --- |\n");
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
    let text = written(all(), plain());
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
    let plainly = Score::of(&plainly(verdicts, plain()));
    assert_eq!(plainly.bold, 0, "confirmed and wrong with a plain `check`");
    assert!(plainly.right * 100 >= plainly.total * 97, "{} right", plainly.right);
}
