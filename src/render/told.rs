//! What every view tells of a run, whatever its form.

use crate::cause::Cause;
use crate::diagnosis::{Assessment, Standing};
use crate::facts::RunInfo;
use crate::record::Record;

/// What was left out, with those that were for the same reason together.
pub(crate) fn not_sent(run: &RunInfo) -> Vec<(Vec<&str>, &str)> {
    grouped(run.not_sent.iter().map(|entry| (entry.probe.as_str(), entry.why.as_str())))
}

/// Causes with the first thing that is said against them, alike ones together.
pub(crate) fn by_reason<'a>(causes: &[&'a Assessment]) -> Vec<(Vec<&'static str>, &'a str)> {
    grouped(causes.iter().map(|assessed| {
        let why = assessed.against.first().map_or("", |piece| piece.text.as_str());
        (assessed.cause.into(), why)
    }))
}

/// How many answers to the identical request agree, and what they could have missed.
pub(crate) fn repeats(record: &Record) -> Option<&str> {
    let flapping =
        record.diagnosis.causes.iter().find(|c| c.cause == Cause::InconsistentAuth && settled(c));
    flapping?.against.first().map(|piece| piece.text.as_str())
}

/// Whether it says how far to trust answers that agree, instead of what disagreed.
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
