//! The differential: what stands, how firmly, on what evidence; and what was ruled out.

use crate::judge::causes::of;
use crate::record::cause::Verdict;
use crate::record::diagnosis::{Assessment, Diagnosis, Evidence, Standing};
use crate::record::probe::ProbeId;
use crate::render::label;
use crate::render::page::Page;
use crate::render::style::{Tone, standing_tone};
use crate::render::told::{by_probes, by_reason};
use crate::text::{list, neutralise};

/// Below this width a reason stands under its cause, not beside it.
const NARROW: usize = 60;

pub(super) fn write(page: &mut Page, diagnosis: &Diagnosis) {
    let works = diagnosis.verdict == Verdict::Healthy;
    let standing: Vec<&Assessment> =
        diagnosis.causes.iter().filter(|c| c.standing >= Standing::Possible).collect();
    if !standing.is_empty() {
        page.heading(match standing.len() {
            _ if works => "Why",
            1 => "Cause",
            _ => "Causes, most certain first",
        });
        for assessed in standing {
            cause(page, assessed);
        }
    }
    let ruled_out: Vec<&Assessment> =
        diagnosis.causes.iter().filter(|c| c.standing == Standing::RuledOut).collect();
    if !ruled_out.is_empty() {
        page.heading("Ruled out");
        for (ids, causes) in by_probes(&ruled_out) {
            exclusions(page, ids, &causes);
        }
    }
    let untested: Vec<&Assessment> =
        diagnosis.causes.iter().filter(|c| c.standing == Standing::Untested).collect();
    if !untested.is_empty() {
        page.heading("Not tested");
        reasons(page, &untested);
    }
}

fn cause(page: &mut Page, assessed: &Assessment) {
    let tone = standing_tone(assessed.standing);
    let label = format!("  {:<10} ", label::standing(assessed.standing));
    let title = format!("{} ({})", of(assessed.cause).title, assessed.cause);
    page.labelled(&label, tone, &title);
    for (sign, tone, evidence) in [
        ("+", Tone::Good, &assessed.evidence),
        (page.style.pick("−", "-"), Tone::Bad, &assessed.against),
    ] {
        for piece in evidence {
            page.labelled(&format!("             {sign} "), tone, &neutralise(&piece.text));
            by(page, 15, piece);
        }
    }
}

fn exclusions(page: &mut Page, ids: &[ProbeId], causes: &[&Assessment]) {
    match probes(ids) {
        Some(ids) => page.labelled("  by ", Tone::Quiet, &ids),
        None => page.labelled("  without sending anything", Tone::Quiet, ""),
    }
    reasons(page, causes);
}

/// Each cause with what is said against it.
fn reasons(page: &mut Page, causes: &[&Assessment]) {
    for (names, why) in by_reason(causes) {
        match names.as_slice() {
            names if why.is_empty() => page.text(4, Some(Tone::Quiet), &list(names)),
            [name] if page.width >= NARROW => {
                page.labelled(&format!("    {name:<22}  "), Tone::Quiet, &neutralise(why));
            }
            names => {
                page.text(4, Some(Tone::Quiet), &list(names));
                let indent = if page.width < NARROW { 6 } else { 28 };
                page.text(indent, None, &neutralise(why));
            }
        }
    }
}

/// The probes that show it.
fn by(page: &mut Page, indent: usize, piece: &Evidence) {
    if let Some(probes) = probes(&piece.probes) {
        page.text(indent, Some(Tone::Quiet), &probes);
    }
}

fn probes(ids: &[ProbeId]) -> Option<String> {
    let told: Vec<String> = ids.iter().map(|id| neutralise(&id.0)).collect();
    (!ids.is_empty()).then(|| list(&told))
}
