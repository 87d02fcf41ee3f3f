//! A comparison, in every format.

mod html;
mod lines;
mod markdown;

use self::lines::{Line, tables};
use super::page::Page;
use super::style::{Tone, verdict_tone};
use super::{Format, Options, json, label};
use crate::compare::{Comparison, Conclusion, Latency, Run};
use crate::text::{count, neutralise, upper_first};

/// The comparison in this format, with a line break at its end.
#[must_use]
pub fn compared(format: Format, comparison: &Comparison, options: &Options) -> String {
    match format {
        Format::Json => json::page(comparison),
        Format::Markdown => markdown::render(comparison, options),
        Format::Html => html::render(comparison, options),
        _ => human(comparison, options),
    }
}

fn human(comparison: &Comparison, options: &Options) -> String {
    let mut page = Page::new(options);
    let lead = format!("{}:", title(comparison.conclusion));
    if options.quiet {
        page.unbroken(&[(Some(Tone::Strong), lead), (None, neutralise(&comparison.statement))]);
        return page.finish();
    }
    page.toned(&[(Some(Tone::Strong), lead), (None, neutralise(&comparison.statement))]);
    page.heading("Runs");
    for run in &comparison.runs {
        page.hanging(
            &format!("{}:", neutralise(&run.name)),
            verdict_tone(run.verdict),
            &about(run),
        );
    }
    let arrow = page.style.pick(" → ", " -> ");
    let tables = tables(comparison, options);
    for (title, lines) in &tables {
        page.heading(title);
        for line in lines {
            let values: Vec<String> =
                line.row.values.iter().map(|value| shown(value.as_ref())).collect();
            let label = format!("{}{}:", neutralise(&line.row.name), line.others());
            page.hanging(&label, Tone::Quiet, &values.join(arrow));
        }
    }
    page.blank();
    for told in asides(comparison, &tables) {
        page.text(2, None, &told);
    }
    page.finish()
}

fn title(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Unchanged => "Unchanged",
        Conclusion::Over => "Over",
        Conclusion::Began => "It began",
        Conclusion::NewKey => "The key makes the difference",
        Conclusion::Regional => "Regional",
        Conclusion::Machine => "One place only",
        Conclusion::Undecided => "Undecided",
    }
}

/// The verdict of a run, its time, and its key.
fn about(run: &Run) -> String {
    let key = run
        .fingerprint
        .as_ref()
        .map_or_else(|| "no key".to_owned(), |key| format!("key {}", neutralise(key)));
    format!(
        "{}: {} ({}, {}); {}, {key}",
        label::verdict(run.verdict),
        neutralise(&run.headline),
        run.cause,
        label::standing(run.confidence),
        run.started_at.format("%Y-%m-%d %H:%M:%S UTC")
    )
}

fn shown(value: Option<&String>) -> String {
    value.map_or_else(|| "not asked".to_owned(), |value| neutralise(value))
}

/// What is counted, and whether the server took longer.
fn asides(comparison: &Comparison, tables: &[(&str, Vec<Line<'_>>)]) -> Vec<String> {
    let mut told = Vec::new();
    if tables.iter().flat_map(|(_, lines)| lines).any(|line| line.alike > 0) {
        told.push("Probes that differ alike stand in one line; `-v` lists each.".to_owned());
    }
    if comparison.cells.is_empty() {
        told.push("Whatever all runs asked was answered alike.".to_owned());
    }
    if comparison.asked_in_some > 0 {
        let probes = count(comparison.asked_in_some, "probe");
        told.push(format!("{} in some of the runs only.", upper_first(&format!("{probes} asked"))));
    }
    told.extend(comparison.latency.iter().map(|latency| self::latency(comparison, latency)));
    told
}

fn latency(comparison: &Comparison, latency: &Latency) -> String {
    let name =
        |at: usize| comparison.runs.get(at).map_or_else(String::new, |run| neutralise(&run.name));
    let pair = format!("Latency of {} beside {}", name(latency.run), name(0));
    let alike = format!("{} answered alike", count(latency.values, "probe"));
    match (latency.p, latency.shift_ms) {
        (Some(p), Some(shift)) if latency.differs => format!(
            "{pair}: the median differs by {shift:+.1} ms over {alike}; by chance that happens in {:.1} % (exact permutation test of ranks).",
            p * 100.0
        ),
        (Some(p), Some(_)) => {
            format!("{pair}: no difference that chance doesn't explain (p = {p:.2} over {alike}).")
        }
        _ => format!("{pair}: nothing can be told from {alike}."),
    }
}
