//! The verdict, what to do, and what it rests on.

use maud::{Markup, html};

use super::words::{look, piece, prose};
use crate::judge::causes::of;
use crate::record::Record;
use crate::record::cause::Cause;
use crate::record::diagnosis::{Assessment, Standing};
use crate::render::label;
use crate::render::style::{Style, verdict_tone};
use crate::render::told::{self, controls, key, key_rate, matters, open_findings, untold};

/// Every medium that shows a page shows these signs.
const STYLE: Style = Style { colour: false, unicode: true };

pub(super) fn header(record: &Record) -> Markup {
    let diagnosis = &record.diagnosis;
    let (class, _) = look(verdict_tone(diagnosis.verdict));
    let sign = STYLE.verdict(diagnosis.verdict);
    let standing = label::standing(diagnosis.confidence);
    html! {
        header {
            div.verdict.(class) {
                h1 { (sign) " " (label::verdict(diagnosis.verdict)) ": " (prose(&diagnosis.headline)) }
                p { "HeyGen API key · " code { (diagnosis.cause.as_str()) } ", " (standing) }
            }
            @if let Some(scenario) = &record.run.simulated {
                p { b { "Simulated (" (prose(scenario)) "): HeyGen was not asked." } }
            }
            @if record.run.partial {
                p { b { "Partial: " (label::ended_by(&record.run)) " before everything was answered." } }
            }
        }
    }
}

pub(super) fn next_step(record: &Record) -> Markup {
    let diagnosis = &record.diagnosis;
    let step = told::next_step(diagnosis);
    // A record may have been edited, so the address comes from this version's own rows.
    let page = of(diagnosis.cause).doc_url;
    html! {
        section {
            h2 { "Next step" }
            p.step { (prose(step)) }
            @if let Some(page) = page {
                p.quiet { "HeyGen's own page about it: " a href=(page) rel="noreferrer" { (page) } }
            }
        }
    }
}

pub(super) fn why(record: &Record) -> Markup {
    let quoted = |text: &str| format!("`{}`", text.replace('`', "'"));
    let said = told::said(record, &quoted, &|text| format!("“{text}”"));
    let named = record.diagnosis.named();
    html! {
        section {
            h2 { "Why" }
            @if let Some(said) = said { p { b { "The server says: " } (prose(&said)) } }
            @if let Some(named) = named { (pieces(record, named)) }
        }
    }
}

/// What speaks for a cause, and against it.
pub(super) fn pieces(record: &Record, assessed: &Assessment) -> Markup {
    html! {
        @if !(assessed.evidence.is_empty() && assessed.against.is_empty()) {
            ul {
                @for one in &assessed.evidence { (piece(record, "For", one)) }
                @for one in &assessed.against { (piece(record, "Against", one)) }
            }
        }
    }
}

/// Causes that stand beside the named one, and what else is wrong with the key or the machine.
pub(super) fn also(record: &Record) -> Markup {
    let diagnosis = &record.diagnosis;
    let others: Vec<&Assessment> = diagnosis
        .causes
        .iter()
        .filter(|one| one.standing >= Standing::Possible && one.cause != diagnosis.cause)
        .filter(|one| one.cause != Cause::Healthy)
        .collect();
    let findings: Vec<_> = open_findings(record).collect();
    let notes: Vec<_> = told::unsaid(record)
        .filter(|note| matters(record, note.id) && untold(record, &note.message))
        .collect();
    html! {
        @if !others.is_empty() {
            section {
                h2 { "Not excluded" }
                @for one in others {
                    h3 { (of(one.cause).title) " (" code { (one.cause.as_str()) } ", " (label::standing(one.standing)) ")" }
                    (pieces(record, one))
                }
            }
        }
        @if !(findings.is_empty() && notes.is_empty()) {
            section {
                h2 { "Also worth knowing" }
                ul {
                    @for finding in findings {
                        li { code { (finding.id.as_str()) } ": " (prose(&finding.message)) }
                    }
                    @for note in notes {
                        li { code { (note.id.as_str()) } ": " (prose(&note.message)) }
                    }
                }
            }
        }
    }
}

pub(super) fn facts(record: &Record) -> Markup {
    let run = &record.run;
    let rate = key_rate(record, |real| {
        format!("{} of {} with the documented header", real.accepted, real.asked)
    });
    let began = run.started_at.format("%Y-%m-%d %H:%M:%S UTC").to_string();
    let proxy = record.environment.proxy.as_ref();
    let mut facts = vec![("Key", key(&record.credential).join(", "))];
    if record.heard.is_none() {
        let requests = record.summary.requests;
        facts.extend([
            ("Key accepted", rate),
            ("Controls", controls(record)),
            ("Requests", format!("{requests} in {}", label::duration(run.duration_ms))),
            ("Base URL", format!("`{}`", run.base_url)),
        ]);
        facts.extend(told::repeats(record).map(|told| ("Repeats", told.to_owned())));
    }
    facts.extend([
        ("Began", format!("{began}, profile {}", run.profile)),
        ("Machine", format!("{}, {}", record.environment.os, record.environment.arch)),
    ]);
    facts.extend(
        proxy.map(|proxy| ("Proxy", format!("`{}`, set by `{}`", proxy.url, proxy.source))),
    );
    facts.extend(run.vantage.as_ref().map(|vantage| ("Vantage point", vantage.clone())));
    facts.extend(told::cut_off(run).map(|told| ("Cut off", told)));
    html! {
        section {
            h2 { "The run" }
            dl { @for (name, value) in facts { dt { (name) } dd { (prose(&value)) } } }
        }
    }
}
