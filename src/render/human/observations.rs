//! Every exchange, for those who want to see for themselves.

use crate::record::observation::{Answer, Outcome};
use crate::record::{Judged, Record};
use crate::render::label;
use crate::render::page::Page;
use crate::render::style::{Tone, class_tone};
use crate::text::neutralise;

pub(super) fn write(page: &mut Page, record: &Record, verbose: u8) {
    if record.observations.is_empty() {
        return;
    }
    page.heading("Observations");
    for judged in &record.observations {
        let seen = &judged.observation;
        let time = seen.sent_at.format("%H:%M:%S%.3f");
        let result =
            page.style.paint(class_tone(judged.class), &format!("{:<10}", label::outcome(judged)));
        let line = format!(
            "  {time}  {result} {:>5.0} ms  {}",
            seen.timing_ms.total,
            neutralise(&seen.probe.0)
        );
        page.line(&line);
        if verbose > 1 {
            details(page, judged);
        }
    }
}

fn details(page: &mut Page, judged: &Judged) {
    page.text(16, None, &neutralise(&judged.curl));
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
