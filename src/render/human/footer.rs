//! The last lines: how much was asked, how far it can be trusted, with which key.

use crate::record::class::Class;
use crate::record::facts::CredentialInfo;
use crate::record::probe::{Credential, variant};
use crate::record::{RealKey, Record};
use crate::render::label;
use crate::render::page::Page;
use crate::render::style::Tone;
use crate::render::told::{controls, cut_off, key_rate, no_fingerprint, not_sent, repeats};
use crate::text::{count, first_few, neutralise};

/// The most probes that are named for one reason.
const LEFT_OUT: usize = 2;

pub(super) fn write(page: &mut Page, record: &Record) {
    let dot = page.style.pick(" · ", " | ");
    let rule = page.style.pick("─", "-").repeat(page.width.min(100));
    page.blank();
    let rule = page.style.paint(Tone::Quiet, &rule);
    page.line(&rule);
    let run = &record.run;
    let asked = [
        format!(
            "{} in {}",
            count(record.summary.requests, "request"),
            label::duration(run.duration_ms)
        ),
        key_rate(record, |real| rates(record, real).join(dot)),
    ];
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
    let mut rates = vec![format!("as configured: {} of {}", real.accepted, real.asked)];
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

/// The key, without the key.
pub(crate) fn key(credential: &CredentialInfo) -> Vec<String> {
    let mut parts = vec![match (&credential.fingerprint, &credential.source) {
        (Some(fingerprint), _) => neutralise(fingerprint),
        (None, Some(_)) => no_fingerprint(credential).to_owned(),
        (None, None) => return vec!["none found".to_owned()],
    }];
    if let Some(shape) = &credential.shape {
        parts.push(neutralise(shape));
    }
    if let Some(length) = credential.length {
        parts.push(count(length, "byte"));
    }
    if let Some(source) = &credential.source {
        parts.push(format!("from {}", neutralise(source)));
    }
    parts
}
