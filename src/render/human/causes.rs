//! The differential: what stands, how firmly, on what evidence; and what was ruled out.

use crate::judge::causes::of;
use crate::record::cause::Verdict;
use crate::record::diagnosis::{Assessment, Diagnosis, Evidence, Standing};
use crate::record::probe::ProbeId;
use crate::render::label;
use crate::render::page::Page;
use crate::render::style::{Tone, standing_tone};
use crate::render::told::by_reason;
use crate::text::{first_few, list, neutralise};

/// The most probe ids beside a piece of evidence; `-v` shows all.
const PROBES: usize = 2;

pub(super) fn write(page: &mut Page, diagnosis: &Diagnosis, verbose: u8) {
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
            cause(page, assessed, verbose);
        }
    }
    if works && verbose == 0 {
        return;
    }
    let ruled_out: Vec<&Assessment> =
        diagnosis.causes.iter().filter(|c| c.standing == Standing::RuledOut).collect();
    if !ruled_out.is_empty() {
        page.heading("Ruled out");
        for (ids, causes) in by_probes(&ruled_out) {
            exclusions(page, ids, &causes, verbose);
        }
    }
    let untested: Vec<&Assessment> =
        diagnosis.causes.iter().filter(|c| c.standing == Standing::Untested).collect();
    if !untested.is_empty() {
        page.heading("Not tested");
        reasons(page, &untested);
    }
}

fn cause(page: &mut Page, assessed: &Assessment, verbose: u8) {
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
            by(page, 15, piece, verbose);
        }
    }
}

/// Causes that the same probes exclude are told together.
fn by_probes<'a>(ruled_out: &[&'a Assessment]) -> Vec<(&'a [ProbeId], Vec<&'a Assessment>)> {
    let mut groups: Vec<(&[ProbeId], Vec<&Assessment>)> = Vec::new();
    for &assessed in ruled_out {
        let ids = assessed.against.first().map_or(&[][..], |piece| &piece.probes);
        match groups.iter_mut().find(|(seen, _)| *seen == ids) {
            Some((_, causes)) => causes.push(assessed),
            None => groups.push((ids, vec![assessed])),
        }
    }
    groups
}

fn exclusions(page: &mut Page, ids: &[ProbeId], causes: &[&Assessment], verbose: u8) {
    match probes(ids, verbose) {
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
            [name] => page.labelled(&format!("    {name:<22}  "), Tone::Quiet, &neutralise(why)),
            names => {
                page.text(4, Some(Tone::Quiet), &list(names));
                page.text(28, None, &neutralise(why));
            }
        }
    }
}

/// The probes that show it.
fn by(page: &mut Page, indent: usize, piece: &Evidence, verbose: u8) {
    if let Some(probes) = probes(&piece.probes, verbose) {
        page.text(indent, Some(Tone::Quiet), &probes);
    }
}

fn probes(ids: &[ProbeId], verbose: u8) -> Option<String> {
    let shown = if verbose > 0 { ids.len() } else { PROBES };
    let told = ids.iter().map(|id| neutralise(&id.0)).collect();
    (!ids.is_empty()).then(|| first_few(told, shown))
}
