//! Every exchange, for those who want to see for themselves.

use crate::record::curl;
use crate::record::observation::{Answer, Outcome, Timing};
use crate::record::{Judged, Record};
use crate::render::label;
use crate::render::page::Page;
use crate::render::style::{Tone, class_tone};
use crate::text::neutralise;

pub(super) fn write(page: &mut Page, record: &Record) {
    if record.observations.is_empty() {
        return;
    }
    page.heading("Observations");
    to_be_set(page, record);
    let times = record.observations.iter().map(|judged| judged.observation.timing_ms.total);
    let longest = times.fold(0.0, f64::max);
    let [open, wait, rest] = SIGNS.map(|(unicode, ascii)| page.style.pick(unicode, ascii));
    let scale = format!(
        "Bars: {open} name, TCP, and TLS; {wait} until the first byte; {rest} until the last. The longest \
         took {longest:.0} ms."
    );
    page.text(2, Some(Tone::Quiet), &scale);
    for judged in &record.observations {
        let seen = &judged.observation;
        let time = seen.sent_at.format("%H:%M:%S%.3f");
        let result = page.style.paint(
            class_tone(judged.observation.class),
            &format!("{:<10}", label::outcome(judged)),
        );
        let bar = page.style.paint(Tone::Quiet, &bar(&seen.timing_ms, longest, page));
        let line = format!(
            "  {time}  {result} {:>5.0} ms {bar} {}",
            seen.timing_ms.total,
            neutralise(&seen.probe.0)
        );
        page.line(&line);
        details(page, judged);
    }
}

/// The parts of a bar: the connection, the wait, the body; as a sign, and in ASCII.
const SIGNS: [(&str, &str); 3] = [("░", "-"), ("█", "="), ("▒", "+")];

/// How long an exchange took beside the longest one, and with what; padded to its full width.
fn bar(timing: &Timing, longest: f64, page: &Page) -> String {
    let width = if page.width < 100 { 8.0 } else { 16.0 };
    let opened: f64 = [timing.dns, timing.connect, timing.tls].into_iter().flatten().sum();
    let first = timing.ttfb.max(opened);
    let ends = [opened, first, timing.total];
    let mut out = String::new();
    let mut drawn = 0.0;
    for (end, (unicode, ascii)) in ends.into_iter().zip(SIGNS) {
        let end = if longest > 0.0 { (end / longest * width).round() } else { 0.0 };
        while drawn < end.min(width) {
            out.push_str(page.style.pick(unicode, ascii));
            drawn += 1.0;
        }
    }
    while drawn < width {
        out.push(' ');
        drawn += 1.0;
    }
    out
}

/// How to use the curl lines below: the variables in them, and what curl does in its own way.
fn to_be_set(page: &mut Page, record: &Record) {
    let seen = record.observations.iter().map(|judged| &judged.observation);
    let proxy = record.environment.proxy.as_ref();
    let variables = curl::variables(seen, &record.credential.sources, proxy);
    page.text(2, Some(Tone::Quiet), &curl::differences(&record.network));
    if !variables.is_empty() {
        page.text(2, Some(Tone::Quiet), "The curl lines use these variables; set them first:");
    }
    for (name, holds) in variables {
        page.labelled(&format!("    {name}  "), Tone::Quiet, &neutralise(&holds));
    }
    page.blank();
}

fn details(page: &mut Page, judged: &Judged) {
    // On one line whatever the width is, or it could not be pasted.
    page.line(&format!("{}{}", " ".repeat(16), neutralise(&judged.curl)));
    match &judged.observation.outcome {
        Outcome::Fault(fault) => {
            let aside = if judged.observation.is_lost() {
                " (on a reused connection, so it says nothing about the server)"
            } else {
                ""
            };
            let said = format!("{}{aside}", neutralise(&fault.detail));
            page.labelled("                fault: ", Tone::Quiet, &said);
        }
        Outcome::Answer(answer) => self::answer(page, answer),
    }
}

fn answer(page: &mut Page, answer: &Answer) {
    let mut lead = vec![neutralise(&answer.http_version)];
    lead.extend(answer.remote_addr.iter().map(|addr| crate::text::address(addr)));
    page.text(16, Some(Tone::Quiet), &lead.join(" "));
    for (name, value) in &answer.headers {
        let label = format!("                {}: ", neutralise(name));
        page.labelled(&label, Tone::Quiet, &neutralise(value));
    }
    if let Some(excerpt) = &answer.body.excerpt {
        page.labelled("                body: ", Tone::Quiet, &neutralise(excerpt));
    }
}
