//! For a person at a terminal: the verdict first, then the experiment, then the reasoning.

mod causes;
mod footer;
mod observations;
mod table;

use textwrap::core::display_width;

use crate::judge::causes::of;
use crate::record::Record;
use crate::record::diagnosis::{Diagnosis, Note};
use crate::record::facts::{EndedBy, RunInfo, Severity, Source, Step};
use crate::render::page::Page;
use crate::render::style::{Tone, verdict_tone};
use crate::render::told::{said, unsaid};
use crate::render::{Options, label};
use crate::text::{count, neutralise};

/// Names wider than this don't widen their column.
const WIDEST: usize = 24;

pub(super) fn render(record: &Record, options: &Options) -> String {
    let mut page = Page::new(options);
    verdict(&mut page, record);
    if options.quiet {
        return page.finish();
    }
    opening(&mut page, record);
    table::write(&mut page, record, options.verbose);
    if options.verbose > 0 {
        steps(&mut page, &record.run);
    }
    causes::write(&mut page, &record.diagnosis, options.verbose);
    key(&mut page, record);
    notes(&mut page, record);
    if options.verbose > 0 {
        observations::write(&mut page, record, options.verbose);
    }
    next_step(&mut page, &record.diagnosis);
    footer::write(&mut page, record);
    page.finish()
}

fn verdict(page: &mut Page, record: &Record) {
    let diagnosis = &record.diagnosis;
    let tone = verdict_tone(diagnosis.verdict);
    let lead =
        format!("{} {}:", page.style.verdict(diagnosis.verdict), label::verdict(diagnosis.verdict));
    let cause = neutralise(&diagnosis.headline);
    let standing = label::standing(diagnosis.confidence);
    let id = format!("({}, {standing})", diagnosis.cause);
    let line = format!(
        "{} {} {}",
        page.style.paint(tone, &lead),
        page.style.paint(Tone::Strong, &cause),
        page.style.paint(Tone::Quiet, &id)
    );
    page.line(&line);
}

fn opening(page: &mut Page, record: &Record) {
    let diagnosis = &record.diagnosis;
    page.blank();
    if let Some(said) = said(record, &neutralise, &|text| format!("\"{}\"", neutralise(text))) {
        page.labelled("  The server says: ", Tone::Strong, &said);
    }
    if let Some(reason) = diagnosis.reason() {
        page.text(2, None, &neutralise(reason));
    }
    for caution in cautions(&record.run) {
        page.text(2, Some(Tone::Warn), &caution);
    }
}

/// Lines that must be known before anything below is believed.
fn cautions(run: &RunInfo) -> Vec<String> {
    let mut cautions = Vec::new();
    if let Some(scenario) = &run.simulated {
        let scenario = neutralise(scenario);
        cautions.push(format!("Simulated: the scenario `{scenario}`; HeyGen was not asked."));
    }
    if run.partial {
        let by = label::ended_by(run);
        let more = match run.ended_by {
            Some(EndedBy::Deadline) => " A longer one can be given with `--deadline`.",
            _ => "",
        };
        cautions.push(format!("Partial: {by} before everything was answered.{more}"));
    }
    cautions
}

/// Why each step of the plan was sent.
fn steps(page: &mut Page, run: &RunInfo) {
    let sent: Vec<&Step> = run.steps.iter().filter(|step| step.requests > 0).collect();
    if sent.is_empty() {
        return;
    }
    page.heading("Why it was asked");
    for step in sent {
        let requests = format!("  {:<14}", count(step.requests, "request"));
        page.labelled(&requests, Tone::Quiet, &neutralise(&step.why));
    }
}

fn next_step(page: &mut Page, diagnosis: &Diagnosis) {
    let step = diagnosis.named().map_or(of(diagnosis.cause).next_step, |named| &named.next_step);
    page.blank();
    page.labelled("  Next step: ", Tone::Hint, &neutralise(step));
}

/// Findings about the key itself; empty when there are none.
fn key(page: &mut Page, record: &Record) {
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
        let tone = match finding.severity {
            Severity::Info => Tone::Quiet,
            Severity::Warning => Tone::Warn,
            Severity::Error => Tone::Bad,
        };
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
        (None, None) => "holds no key".to_owned(),
    }
}

/// A name beside what is said of it; one that is too wide for its column has a line of its own.
fn entry(page: &mut Page, column: usize, tone: Tone, name: &str, text: &str) {
    let name = neutralise(name);
    if display_width(&name) > column {
        page.text(2, Some(tone), &name);
        page.text(column + 4, None, text);
    } else {
        let gap = " ".repeat(column - display_width(&name));
        page.labelled(&format!("  {name}{gap}  "), tone, text);
    }
}

/// Notes, save those that were said of the key already.
fn notes(page: &mut Page, record: &Record) {
    let notes: Vec<&Note> = unsaid(record).collect();
    if notes.is_empty() {
        return;
    }
    page.heading("Notes");
    let column = column(notes.iter().map(|note| note.id.as_str()));
    for note in notes {
        entry(page, column, Tone::Warn, note.id.as_str(), &neutralise(&note.message));
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
