//! The last lines: how much was asked, how far it can be trusted, with which key.

use crate::facts::CredentialInfo;
use crate::record::Record;
use crate::render::label;
use crate::render::page::Page;
use crate::render::style::Tone;
use crate::render::told::{not_sent, repeats};
use crate::text::{count, first_few, neutralise};

/// So many probes that were left out for one reason are named.
const LEFT_OUT: usize = 2;

pub(super) fn write(page: &mut Page, record: &Record) {
    let dot = page.style.pick(" · ", " | ");
    let rule = page.style.pick("─", "-").repeat(page.width.min(100));
    page.blank();
    let rule = page.style.paint(Tone::Quiet, &rule);
    page.line(&rule);
    let run = &record.run;
    let real = record.summary.real_key;
    let controls = record.summary.controls;
    let asked = [
        format!(
            "{} in {}",
            count(record.summary.requests, "request"),
            label::duration(run.duration_ms)
        ),
        match real.asked {
            0 => "key not asked".to_owned(),
            n => format!("key accepted {} of {}", real.accepted, count(n, "time")),
        },
    ];
    let controls = match controls.asked {
        0 => "not asked".to_owned(),
        asked => format!("{} of {asked} answered as they must", controls.as_they_must),
    };
    let mut target =
        vec![neutralise(&run.base_url), format!("profile {}", neutralise(&run.profile))];
    target.extend(run.vantage.iter().map(|name| format!("from {}", neutralise(name))));
    page.labelled("  asked     ", Tone::Quiet, &asked.join(dot));
    for (probes, why) in not_sent(run) {
        let probes = probes.into_iter().map(neutralise).collect();
        let text = format!("{}: {}", first_few(probes, LEFT_OUT), neutralise(why));
        page.labelled("  not sent  ", Tone::Quiet, &text);
    }
    if let Some(repeats) = repeats(record) {
        page.labelled("  repeats   ", Tone::Quiet, &neutralise(repeats));
    }
    for (name, text) in [
        ("  controls  ", controls),
        ("  target    ", target.join(dot)),
        ("  key       ", key(&record.credential).join(dot)),
    ] {
        page.labelled(name, Tone::Quiet, &text);
    }
}

/// The key, without the key.
pub(crate) fn key(credential: &CredentialInfo) -> Vec<String> {
    let Some(fingerprint) = &credential.fingerprint else {
        return vec!["none found".to_owned()];
    };
    let mut parts = vec![neutralise(fingerprint)];
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
