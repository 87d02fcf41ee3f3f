//! Sentences about a run that every format uses.

use crate::judge::causes::of;
use crate::judge::said;
use crate::record::cause::Cause;
use crate::record::diagnosis::{Assessment, Diagnosis, Note, NoteId, Standing};
use crate::record::facts::{CredentialInfo, Finding, Kind, RunInfo, Severity};
use crate::record::probe::{Credential, ProbeId};
use crate::record::{RealKey, Record};
use crate::text::{count, neutralise, span};

/// The longest message of a server's that is shown whole beside the verdict.
const MESSAGE: usize = 300;

/// The answer behind the verdict, where it gives a reason of its own: status, code, and message as the
/// two functions quote them, the wait that it asks for, and where it redirects to. Nothing here claims
/// that HeyGen wrote it.
pub(crate) fn said(
    record: &Record,
    code: &dyn Fn(&str) -> String,
    message: &dyn Fn(&str) -> String,
) -> Option<String> {
    let named = record.diagnosis.named().filter(|_| record.diagnosis.cause != Cause::Healthy)?;
    let said = said::of(record.observations.iter().map(|judged| &judged.observation), named)?;
    let mut text = said.status.to_string();
    if let Some(own) = said.code {
        text = format!("{text} {}", code(own));
    }
    if let Some(own) = said.message {
        let shown: String = own.chars().take(MESSAGE).collect();
        let cut = if shown.len() < own.len() { "…" } else { "" };
        text = format!("{text} {}", message(&(shown + cut)));
    }
    if let Some(after) = said.retry_after {
        let wait = after.trim().parse().map(span);
        let asked = wait.map_or_else(|_| code(after), |wait| format!("to wait {wait}"));
        text = format!("{text}; `Retry-After` asks {asked}");
    }
    if let Some(target) = said.location {
        text = format!("{text}; it redirects to {}", code(target));
    }
    Some(text)
}

/// The next step of the named cause, else the general one of that cause.
pub(crate) fn next_step(diagnosis: &Diagnosis) -> &str {
    diagnosis.named().map_or(of(diagnosis.cause).next_step, |named| &named.next_step)
}

/// Probes that were left out, grouped by reason.
pub(crate) fn not_sent(run: &RunInfo) -> Vec<(Vec<&str>, &str)> {
    grouped(run.not_sent.iter().map(|entry| (entry.probe.as_str(), entry.why.as_str())))
}

/// Requests under way when the run ended: nobody knows whether they had left this machine.
pub(crate) fn cut_off(run: &RunInfo) -> Option<String> {
    let all = run.unanswered.len();
    let keyed = run.unanswered.iter().filter(|cut| !is_control(cut.credential)).count();
    let whose = match (all, keyed) {
        (0, _) => return None,
        (1, 0) => "without the key".to_owned(),
        (1, _) => "with the key".to_owned(),
        (_, 0) => "none of them with the key".to_owned(),
        (_, keyed) if keyed == all => "all of them with the key".to_owned(),
        (_, keyed) => format!("{keyed} of them with the key"),
    };
    let (were, they) = if all == 1 { ("was", "It") } else { ("were", "They") };
    let requests = count(all, "request");
    Some(format!(
        "{requests} {were} under way when the run ended, {whose}. {they} may have been sent; no answer came before the end."
    ))
}

/// How often the key was accepted, or why there is nothing to count.
pub(crate) fn key_rate(record: &Record, rate: impl Fn(RealKey) -> String) -> String {
    let real = record.summary.real_key;
    let own = |credential| credential == Credential::Real;
    let mut seen = record.observations.iter().map(|judged| &judged.observation);
    if real.asked > 0 {
        rate(real)
    } else if record.run.unanswered.iter().any(|cut| own(cut.credential)) {
        "key not answered before the end".to_owned()
    } else if seen.any(|seen| own(seen.credential) && seen.was_sent()) {
        "key sent in other ways only".to_owned()
    } else {
        "key not sent".to_owned()
    }
}

/// Why a value that was found has no fingerprint: from one, what is short could be guessed.
pub(crate) fn no_fingerprint(credential: &CredentialInfo) -> &'static str {
    match credential.kind {
        Some(Kind::Placeholder) => "a placeholder",
        Some(Kind::Empty) => "empty",
        _ => "too short for a fingerprint",
    }
}

/// The key, without the key.
pub(crate) fn key(credential: &CredentialInfo) -> Vec<String> {
    let mut parts = vec![match (&credential.fingerprint, &credential.source) {
        (Some(fingerprint), _) => neutralise(fingerprint),
        (None, Some(_)) => format!("({})", no_fingerprint(credential)),
        (None, None) => return vec!["none found".to_owned()],
    }];
    if credential.kind != Some(Kind::Empty) {
        parts.extend(credential.shape.as_deref().map(neutralise));
        parts.extend(credential.length.map(|length| count(length, "byte")));
    }
    if let Some(source) = &credential.source {
        parts.push(format!("from {}", neutralise(source)));
    }
    parts
}

/// How often the controls were answered as expected, or why there is nothing to count.
pub(crate) fn controls(record: &Record) -> String {
    let controls = record.summary.controls;
    match controls.asked {
        0 if record.run.unanswered.iter().any(|cut| is_control(cut.credential)) => {
            "not answered before the end".to_owned()
        }
        0 => "not asked".to_owned(),
        asked => format!("{} of {asked} as expected", controls.as_they_must),
    }
}

const fn is_control(credential: Credential) -> bool {
    matches!(credential, Credential::None | Credential::MadeUp)
}

/// Causes with the first thing that is said against them, alike ones together.
pub(crate) fn by_reason<'a>(causes: &[&'a Assessment]) -> Vec<(Vec<&'static str>, &'a str)> {
    grouped(causes.iter().map(|assessed| {
        let why = assessed.against.first().map_or("", |piece| piece.text.as_str());
        (assessed.cause.as_str(), why)
    }))
}

/// Causes that the same probes exclude are told together.
pub(crate) fn by_probes<'a>(
    ruled_out: &[&'a Assessment],
) -> Vec<(&'a [ProbeId], Vec<&'a Assessment>)> {
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

/// The notes that say something which no finding about the key has said.
pub(crate) fn unsaid(record: &Record) -> impl Iterator<Item = &Note> {
    let found = |id| record.credential.findings.iter().any(|finding| finding.id == id);
    record.diagnosis.notes.iter().filter(move |note| !note.id.finding().is_some_and(found))
}

/// True if a note can change what the reader does next; the doctor asks V1 and V2 for comparison only.
pub(crate) const fn matters(record: &Record, id: NoteId) -> bool {
    let is_heard = record.heard.is_some() && matches!(id, NoteId::LegacyRetired);
    is_heard || !matches!(id, NoteId::LegacyRetired | NoteId::LegacyDeprecated | NoteId::KeyOld)
}

/// The findings about the key and its places that may matter, and that no sentence beside the verdict
/// has told.
pub(crate) fn open_findings(record: &Record) -> impl Iterator<Item = &Finding> {
    let told =
        |clause: &Option<String>| clause.as_ref().is_some_and(|clause| !untold(record, clause));
    record.credential.findings.iter().filter(move |finding| {
        finding.severity > Severity::Info
            && !told(&finding.clause)
            && untold(record, &finding.message)
    })
}

/// True if some sentence of a text stands neither in the headline, nor in the evidence for the named cause
/// or against it, nor in the next step.
pub(crate) fn untold(record: &Record, text: &str) -> bool {
    let diagnosis = &record.diagnosis;
    let named = diagnosis.named();
    let pieces = named.into_iter().flat_map(|named| named.evidence.iter().chain(&named.against));
    let told: Vec<String> = std::iter::once(&diagnosis.headline)
        .chain(pieces.map(|piece| &piece.text))
        .chain(named.map(|named| &named.next_step))
        .map(|told| letters(told))
        .collect();
    let is_told = |sentence: &str| told.iter().any(|told| told.contains(&letters(sentence)));
    !text.split_inclusive(". ").all(is_told)
}

/// Letters and digits only: how a sentence begins and ends makes no difference.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How many answers to the identical request agree, and what they could have missed.
pub(crate) fn repeats(record: &Record) -> Option<&str> {
    let flapping =
        record.diagnosis.causes.iter().find(|c| c.cause == Cause::InconsistentAuth && settled(c));
    flapping?.against.first().map(|piece| piece.text.as_str())
}

/// True if it says how far to trust answers that agree, instead of what disagreed.
fn settled(assessed: &Assessment) -> bool {
    matches!(assessed.standing, Standing::RuledOut | Standing::Untested)
}

fn grouped<'a, T>(entries: impl Iterator<Item = (T, &'a str)>) -> Vec<(Vec<T>, &'a str)> {
    let mut groups: Vec<(Vec<T>, &str)> = Vec::new();
    for (name, why) in entries {
        match groups.iter_mut().find(|(_, seen)| *seen == why) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], why)),
        }
    }
    groups
}
