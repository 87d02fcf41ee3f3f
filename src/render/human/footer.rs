//! The last lines: how much was asked, how far it can be trusted, with which key.

use std::collections::BTreeSet;

use super::simulated;
use crate::record::class::Class;
use crate::record::diagnosis::Standing;
use crate::record::facts::CredentialInfo;
use crate::record::probe::{Credential, variant};
use crate::record::{RealKey, Record};
use crate::render::heard::how_much;
use crate::render::label;
use crate::render::page::Page;
use crate::render::style::Tone;
use crate::render::told::{controls, cut_off, key, key_rate, not_sent, repeats};
use crate::text::{count, first_few, neutralise};

/// The most probes that are named for one reason.
const LEFT_OUT: usize = 2;

/// The usual view: how much was asked, with which key, and what else there is to see.
pub(super) fn brief(page: &mut Page, record: &Record) {
    page.blank();
    let dot = page.style.pick(" · ", " | ");
    let mut parts = if let Some(heard) = how_much(record) {
        vec![heard]
    } else {
        let mut parts = asked(page, record);
        parts.push(key_rate(record, |real| rates(record, real).join(dot)));
        parts.push(format!("control requests: {}", controls(record)));
        parts
    };
    parts.push(format!("key {}", in_use(&record.credential)));
    page.parts(2, Tone::Quiet, &parts);
    if let Some(cut_off) = cut_off(&record.run) {
        page.text(2, Some(Tone::Warn), &cut_off);
    }
    if let Some(rest) = rest(record) {
        page.text(2, Some(Tone::Quiet), &rest);
    }
}

/// Without a key there is little to tell.
pub(super) fn without_a_key(page: &mut Page, record: &Record) {
    let mut parts = asked(page, record);
    parts.push(format!("control requests: {}", controls(record)));
    page.parts(2, Tone::Quiet, &parts);
}

/// Whom was asked how much, and how long that took.
fn asked(page: &mut Page, record: &Record) -> Vec<String> {
    let run = &record.run;
    let mut parts = vec![if let Some(told) = simulated(run) {
        page.text(2, Some(Tone::Quiet), &told);
        requests(record)
    } else {
        format!("{} to {}", requests(record), neutralise(&run.base_url))
    }];
    parts.extend(run.vantage.iter().map(|name| format!("from {}", neutralise(name))));
    parts
}

fn requests(record: &Record) -> String {
    let requests = count(record.summary.requests, "request");
    format!("{requests} in {}", label::duration(record.run.duration_ms))
}

/// The key in use, and how many other places hold another.
fn in_use(credential: &CredentialInfo) -> String {
    let mut parts = key(credential);
    if parts.len() > 2 {
        // Its shape and length matter where something is wrong with them, and then the headline says so.
        parts.drain(1..parts.len() - 1);
    }
    let used = credential.fingerprint.as_ref();
    let others: BTreeSet<&String> = credential
        .sources
        .iter()
        .filter_map(|source| source.fingerprint.as_ref())
        .filter(|other| Some(*other) != used)
        .collect();
    match others.len() {
        0 => parts.join(" "),
        1 => parts.join(" ") + "; another place holds another key",
        n => format!("{}; other places hold {n} other keys", parts.join(" ")),
    }
}

/// One line for all that isn't shown.
fn rest(record: &Record) -> Option<String> {
    let of = |standing| {
        record.diagnosis.causes.iter().filter(move |one| one.standing == standing).count()
    };
    let (ruled_out, untested) = (of(Standing::RuledOut), of(Standing::Untested));
    let unsent = record.run.not_sent.len();
    let parts = [
        (ruled_out, format!("{} ruled out", count(ruled_out, "cause"))),
        (untested, format!("{untested} not tested")),
        (unsent, format!("{} not sent", count(unsent, "probe"))),
    ];
    let told: Vec<String> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, told)| told).collect();
    (!told.is_empty()).then(|| format!("{}; `-v` lists them", told.join(", ")))
}

pub(super) fn whole(page: &mut Page, record: &Record) {
    let dot = page.style.pick(" · ", " | ");
    let rule = page.style.pick("─", "-").repeat(page.width.min(100));
    page.blank();
    let rule = page.style.paint(Tone::Quiet, &rule);
    page.line(&rule);
    let run = &record.run;
    if let Some(heard) = how_much(record) {
        page.labelled("  requests  ", Tone::Quiet, &heard);
        page.labelled("  key       ", Tone::Quiet, &key(&record.credential).join(dot));
        return;
    }
    let asked = [requests(record), key_rate(record, |real| rates(record, real).join(dot))];
    if let Some(told) = simulated(run) {
        page.text(2, Some(Tone::Warn), &told);
    }
    let mut target = vec![neutralise(&run.base_url), format!("profile {}", run.profile)];
    target.extend(run.vantage.iter().map(|name| format!("from {}", neutralise(name))));
    page.labelled("  asked     ", Tone::Quiet, &asked.join(dot));
    if let Some(cut_off) = cut_off(run) {
        page.labelled("  cut off   ", Tone::Warn, &cut_off);
    }
    for (probes, why) in not_sent(run) {
        let probes = probes.into_iter().map(neutralise).collect();
        let text = format!("{}: {}", first_few(probes, LEFT_OUT), neutralise(why));
        page.labelled("  not sent  ", Tone::Quiet, &text);
    }
    if let Some(repeats) = repeats(record) {
        page.labelled("  repeats   ", Tone::Quiet, &neutralise(repeats));
    }
    for (name, text) in [
        ("  controls  ", controls(record)),
        ("  target    ", target.join(dot)),
        ("  key       ", key(&record.credential).join(dot)),
    ] {
        page.labelled(name, Tone::Quiet, &text);
    }
}

/// How often the key was accepted as it is, and in the other forms that were accepted at all.
fn rates(record: &Record, real: RealKey) -> Vec<String> {
    let mut rates = vec![format!("recognized as configured: {} of {}", real.accepted, real.asked)];
    for form in [variant::REPAIRED, variant::BASE64, variant::DECODED] {
        let seen = record.observations.iter().map(|judged| &judged.observation);
        let asked = seen.filter(|seen| {
            seen.credential == Credential::Real && seen.variant == form.id && !seen.is_lost()
        });
        let (accepted, other): (Vec<_>, Vec<_>) = asked.partition(|seen| seen.class == Class::Ok);
        if !accepted.is_empty() {
            let all = accepted.len() + other.len();
            rates.push(format!("as {}: {} of {all}", form.label, accepted.len()));
        }
    }
    rates
}
