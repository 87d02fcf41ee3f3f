//! The differential: what stands, how firmly, on what evidence; and what was ruled out.

use crate::cause::{Cause, Verdict};
use crate::diagnosis::{Assessment, Diagnosis, Evidence, Standing};
use crate::probe::ProbeId;
use crate::render::label;
use crate::render::page::Page;
use crate::render::style::{Tone, standing_tone};
use crate::text::{list, neutralise};
use crate::words::words;

/// So many probe ids stand beside a piece of evidence; `-v` shows all.
const PROBES: usize = 2;

pub(super) fn write(page: &mut Page, diagnosis: &Diagnosis, verbose: u8) {
    let works = diagnosis.verdict == Verdict::Healthy;
    let standing: Vec<&Assessment> =
        diagnosis.causes.iter().filter(|c| c.standing >= Standing::Possible).collect();
    if !standing.is_empty() {
        page.heading(match standing.len() {
            _ if works => "Why",
            1 => "Cause",
            _ => "Causes, the firmest first",
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
        for (causes, against) in grouped(&ruled_out) {
            exclusion(page, &causes, against, verbose);
        }
    }
    let untested: Vec<String> = diagnosis
        .causes
        .iter()
        .filter(|c| c.standing == Standing::Untested)
        .map(|c| c.cause.to_string())
        .collect();
    if !untested.is_empty() {
        page.heading("Not tested");
        page.text(2, Some(Tone::Quiet), &list(&untested));
    }
}

fn cause(page: &mut Page, assessed: &Assessment, verbose: u8) {
    let tone = standing_tone(assessed.standing);
    let label = format!("  {:<10} ", label::standing(assessed.standing));
    let title = format!("{} ({})", words(assessed.cause).title, assessed.cause);
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

/// Causes that the same observation excludes are told together.
fn grouped<'a>(ruled_out: &[&'a Assessment]) -> Vec<(Vec<Cause>, Option<&'a Evidence>)> {
    let mut groups: Vec<(Vec<Cause>, Option<&Evidence>)> = Vec::new();
    for assessed in ruled_out {
        let against = assessed.against.first();
        match groups.iter_mut().find(|(_, seen)| *seen == against) {
            Some((causes, _)) => causes.push(assessed.cause),
            None => groups.push((vec![assessed.cause], against)),
        }
    }
    groups
}

fn exclusion(page: &mut Page, causes: &[Cause], against: Option<&Evidence>, verbose: u8) {
    let names: Vec<String> = causes.iter().map(ToString::to_string).collect();
    page.text(2, None, &list(&names));
    if let Some(piece) = against {
        page.text(4, None, &neutralise(&piece.text));
        by(page, 4, piece, verbose);
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
    let mut told: Vec<String> = ids.iter().take(shown).map(|id| neutralise(&id.0)).collect();
    if ids.len() > shown {
        told.push(format!("{} more", ids.len() - shown));
    }
    (!told.is_empty()).then(|| list(&told))
}
