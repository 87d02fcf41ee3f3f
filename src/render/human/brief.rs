//! The usual view: what decides, and one line for the rest.

use super::{footer, heard, others, partial, places, server_says, table};
use crate::judge::causes::of;
use crate::record::Record;
use crate::record::cause::Cause;
use crate::record::diagnosis::{Assessment, Diagnosis, Evidence, Standing};
use crate::render::label;
use crate::render::page::Page;
use crate::render::style::{Tone, standing_tone};
use crate::text::{lower_first, neutralise, upper_first};

pub(super) fn write(page: &mut Page, record: &Record) {
    let diagnosis = &record.diagnosis;
    server_says(page, record);
    why(page, diagnosis);
    partial(page, &record.run);
    if diagnosis.cause == Cause::KeyMissing && record.heard.is_none() {
        footer::without_a_key(page, record);
        return;
    }
    let drawn = heard::brief(page, record) || table::brief(page, record);
    let also = also(diagnosis);
    let open = places::open(record);
    if drawn && !(also.is_empty() && open.is_empty()) {
        page.blank();
    }
    for (standing, names) in also {
        let label = format!("Also {}:", label::standing(standing));
        page.hanging(&label, standing_tone(standing), &names);
    }
    places::entries(page, &open);
    footer::brief(page, record);
}

/// The evidence for the named cause, and against it.
fn why(page: &mut Page, diagnosis: &Diagnosis) {
    let Some(named) = diagnosis.named() else { return };
    if diagnosis.cause == Cause::Inconclusive && others(diagnosis).next().is_some() {
        for assessed in others(diagnosis) {
            rival(page, assessed);
        }
        return;
    }
    let told = |pieces: &[Evidence]| {
        let texts: Vec<String> = pieces.iter().map(|piece| neutralise(&piece.text)).collect();
        texts.join(" ")
    };
    page.text(2, None, &told(&named.evidence));
    if !named.against.is_empty() {
        page.hanging("But:", Tone::Warn, &told(&named.against));
    }
}

/// A cause beside others that are no less likely, with what speaks for it and against it.
fn rival(page: &mut Page, assessed: &Assessment) {
    let title = format!("{} ({})", of(assessed.cause).title, assessed.cause);
    let label = format!("{}:", upper_first(label::standing(assessed.standing)));
    page.hanging(&label, standing_tone(assessed.standing), &title);
    let against = page.style.pick("−", "-");
    for (sign, tone, pieces) in
        [("+", Tone::Good, &assessed.evidence), (against, Tone::Bad, &assessed.against)]
    {
        for piece in pieces {
            page.labelled(&format!("    {sign} "), tone, &neutralise(&piece.text));
        }
    }
}

/// Causes that can't be excluded, by name. That the key works, apart from what limits it, is no cause.
fn also(diagnosis: &Diagnosis) -> Vec<(Standing, String)> {
    let named = |standing| {
        let others = others(diagnosis).filter(|one| one.cause != Cause::Healthy);
        let names: Vec<String> = others
            .filter(|one| one.standing == standing)
            .map(|one| format!("{} ({})", lower_first(of(one.cause).title), one.cause))
            .collect();
        (!names.is_empty()).then(|| (standing, names.join("; ") + "."))
    };
    if diagnosis.cause == Cause::Inconclusive {
        return Vec::new();
    }
    let standings = [Standing::Confirmed, Standing::Likely, Standing::Possible];
    standings.into_iter().filter_map(named).collect()
}
