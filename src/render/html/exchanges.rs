//! Every exchange, folded: what was sent and answered, and a line that repeats it.

use maud::{Markup, html};

use super::waterfall::phases;
use super::words::{code, prose};
use crate::record::curl;
use crate::record::observation::{Answer, Fault, Outcome};
use crate::record::{Judged, Record};
use crate::render::label;
use crate::render::told::not_sent;
use crate::text::{address, count, first_few, neutralise};

/// The most probes that are named for one reason.
const LEFT_OUT: usize = 6;

/// How much is told of each exchange.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Headers, body, and curl line.
    Whole,
    /// The curl line.
    Lines,
}

pub(super) fn section(record: &Record, depth: Depth) -> Markup {
    if record.heard.is_some() {
        // Nothing was asked.
        return html! {};
    }
    html! {
        section.screen {
            h2 { "Details" }
            (plan(record))
            @if !record.observations.is_empty() {
                details {
                    summary { (count(record.observations.len(), "exchange")) ", with headers, bodies, and lines to copy" }
                    @if depth == Depth::Lines {
                        p { b { "The page would be too long with headers and bodies; the record inside has them." } }
                    }
                    (to_be_set(record))
                    @for (at, judged) in record.observations.iter().enumerate() {
                        (exchange(record, at, judged, depth))
                    }
                }
            }
        }
    }
}

/// Why each step was sent, and why the rest was not.
fn plan(record: &Record) -> Markup {
    let steps: Vec<_> = record.run.steps.iter().filter(|step| step.requests > 0).collect();
    let left_out = not_sent(&record.run);
    html! {
        @if !(steps.is_empty() && left_out.is_empty()) {
            details {
                summary { "Why it was asked, and what was not" }
                ul {
                    @for step in steps { li { (count(step.requests, "request")) ": " (prose(&step.why)) } }
                    @for (probes, why) in left_out {
                        li {
                            "Not sent: "
                            (prose(&first_few(probes.iter().map(|probe| format!("`{probe}`")).collect(), LEFT_OUT)))
                            " (" (prose(why)) ")"
                        }
                    }
                }
            }
        }
    }
}

/// How to use the lines: the variables in them, and what curl does in its own way.
fn to_be_set(record: &Record) -> Markup {
    let seen = record.observations.iter().map(|judged| &judged.observation);
    let variables =
        curl::variables(seen, &record.credential.sources, record.environment.proxy.as_ref());
    html! {
        p { (prose(&curl::differences(&record.network))) }
        @if !variables.is_empty() {
            p { "The lines use these variables; set them first:" }
            dl { @for (name, holds) in variables { dt { (code(&name)) } dd { (prose(&holds)) } } }
        }
    }
}

fn exchange(record: &Record, at: usize, judged: &Judged, depth: Depth) -> Markup {
    let seen = &judged.observation;
    let time = seen.sent_at.format("%H:%M:%S%.3f").to_string();
    html! {
        details {
            summary { (time) " · " (label::outcome(judged)) " · " (neutralise(&seen.probe.0)) }
            pre.copy { (neutralise(&judged.curl)) }
            @if depth == Depth::Whole {
                p { (seen.class.as_str()) "; " (phases(&seen.timing_ms)) }
                @match &seen.outcome {
                    Outcome::Answer(answer) => (self::answer(record, at, answer)),
                    Outcome::Fault(fault) => (self::fault(fault, seen.is_lost())),
                }
            }
        }
    }
}

fn fault(fault: &Fault, is_lost: bool) -> Markup {
    html! {
        p {
            "No answer: " (prose(&fault.detail))
            @if is_lost { " (on a reused connection, so it says nothing about the server)" }
        }
    }
}

fn answer(record: &Record, at: usize, answer: &Answer) -> Markup {
    let from = answer.remote_addr.as_deref().map(address).unwrap_or_default();
    html! {
        pre {
            (neutralise(&answer.http_version)) " " (answer.status) " " (from)
            @for (name, value) in &answer.headers { "\n" (neutralise(name)) ": " (neutralise(value)) }
            @match (&answer.body.excerpt, before(record, at, answer)) {
                (Some(_), Some(probe)) => { "\nbody: the same as of " (neutralise(probe)) },
                (Some(text), None) => { "\nbody: " (neutralise(text)) },
                (None, _) => {},
            }
        }
    }
}

/// The first exchange with the same body, where this isn't it.
fn before<'a>(record: &'a Record, at: usize, answer: &Answer) -> Option<&'a str> {
    let excerpt = |judged: &'a Judged| judged.observation.answer()?.body.excerpt.as_deref();
    let first = record.observations[..at].iter().find(|judged| {
        excerpt(judged).is_some_and(|text| Some(text) == answer.body.excerpt.as_deref())
    })?;
    Some(&first.observation.probe.0)
}
