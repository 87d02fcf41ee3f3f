//! For a person at a terminal: the verdict first, what it rests on, and the next step last, beside the
//! prompt. `-v` tells the whole reasoning, `-vv` every exchange.

mod brief;
mod causes;
mod footer;
mod heard;
mod observations;
mod places;
mod table;
mod whole;

use crate::record::Record;
use crate::record::cause::Cause;
use crate::record::diagnosis::{Assessment, Diagnosis, Standing};
use crate::record::facts::{EndedBy, RunInfo};
use crate::render::page::Page;
use crate::render::style::{Style, Tone, verdict_tone};
use crate::render::told::{next_step, said};
use crate::render::{Options, label};
use crate::text::neutralise;

pub(super) fn render(record: &Record, options: &Options) -> String {
    let mut page = Page::new(options);
    let verdict = verdict(page.style, record);
    if options.quiet {
        page.unbroken(&verdict);
        return page.finish();
    }
    page.toned(&verdict);
    match options.verbose {
        0 => brief::write(&mut page, record),
        _ => whole::write(&mut page, record, options.verbose),
    }
    ending(&mut page, record, options, &verdict);
    page.finish()
}

/// A piece of a line, and how it looks.
type Toned = (Option<Tone>, String);

fn verdict(style: Style, record: &Record) -> [Toned; 3] {
    let diagnosis = &record.diagnosis;
    let lead =
        format!("{} {}:", style.verdict(diagnosis.verdict), label::verdict(diagnosis.verdict));
    let standing = label::standing(diagnosis.confidence);
    [
        (Some(verdict_tone(diagnosis.verdict)), lead),
        (Some(Tone::Strong), neutralise(&diagnosis.headline)),
        (Some(Tone::Quiet), format!("({}, {standing})", diagnosis.cause)),
    ]
}

/// The next step; above it the verdict once more, if it has scrolled away.
fn ending(page: &mut Page, record: &Record, options: &Options, verdict: &[Toned]) {
    let diagnosis = &record.diagnosis;
    let step = next_step(diagnosis);
    let step = neutralise(step);
    // Where there is no key, everything fits into a few lines.
    if options.verbose > 0 || diagnosis.cause != Cause::KeyMissing || record.heard.is_some() {
        page.blank();
    }
    // The step, and the prompt below it.
    let below = page.lines_of(&format!("Next step: {step}")) + 1;
    if options.height.is_some_and(|height| page.height() + below > height) {
        page.toned(verdict);
    }
    page.hanging("Next step:", Tone::Hint, &step);
}

/// The server's own words.
fn server_says(page: &mut Page, record: &Record) {
    if let Some(said) = said(record, &neutralise, &|text| format!("\"{}\"", neutralise(text))) {
        page.hanging("The server says:", Tone::Strong, &said);
    }
}

/// The warning that has to be read first.
fn partial(page: &mut Page, run: &RunInfo) {
    if run.partial {
        let by = label::ended_by(run);
        let more = match run.ended_by {
            Some(EndedBy::Deadline) => " A longer one can be given with `--deadline`.",
            _ => "",
        };
        let text = format!("Partial: {by} before everything was answered.{more}");
        page.text(2, Some(Tone::Warn), &text);
    }
}

/// That nobody but the double was asked.
fn simulated(run: &RunInfo) -> Option<String> {
    let scenario = neutralise(run.simulated.as_deref()?);
    Some(format!("Simulated (`{scenario}`): HeyGen was not asked."))
}

/// The causes that stand beside the named one.
fn others(diagnosis: &Diagnosis) -> impl Iterator<Item = &Assessment> {
    let stands =
        |one: &&Assessment| one.standing >= Standing::Possible && one.cause != diagnosis.cause;
    diagnosis.causes.iter().filter(stands)
}
