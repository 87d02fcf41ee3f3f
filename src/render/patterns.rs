//! Repeats of one request, told as one line each.

use crate::record::probe::Credential;
use crate::record::{Judged, Record};
use crate::render::label;
use crate::text::{list, neutralise};

/// The answers to one timing pattern with one credential.
pub(crate) struct Pattern {
    pub(crate) name: String,
    pub(crate) text: String,
    /// True if all answers were alike.
    pub(crate) uniform: bool,
}

/// Every timing pattern, in the order in which they were sent.
pub(crate) fn patterns(record: &Record) -> Vec<Pattern> {
    let mut groups: Vec<(&str, Credential, Vec<&Judged>)> = Vec::new();
    for judged in &record.observations {
        let seen = &judged.observation;
        let Some(name) = seen.pattern.as_deref() else { continue };
        match groups.iter_mut().find(|(n, c, _)| *n == name && *c == seen.credential) {
            Some((_, _, members)) => members.push(judged),
            None => groups.push((name, seen.credential, vec![judged])),
        }
    }
    groups
        .into_iter()
        .map(|(name, credential, members)| {
            let mut results: Vec<(String, usize)> = Vec::new();
            for judged in &members {
                let result = label::result(judged);
                match results.iter_mut().find(|(seen, _)| *seen == result) {
                    Some((_, count)) => *count += 1,
                    None => results.push((result, 1)),
                }
            }
            let all = members.len();
            let told: Vec<String> =
                results.iter().map(|(result, n)| format!("{n} of {all} {result}")).collect();
            let uniform = results.len() == 1;
            let order = if uniform { String::new() } else { in_order(&members) };
            let whose = match credential {
                Credential::Real => String::new(),
                other => format!(", {}", label::credential(other, &record.credential.sources)),
            };
            Pattern {
                name: format!("{}{whose}", neutralise(name)),
                text: format!("{}{order}", list(&told)),
                uniform,
            }
        })
        .collect()
}

/// The answers one by one, which shows what changed when.
fn in_order(members: &[&Judged]) -> String {
    let told: Vec<String> = members
        .iter()
        .map(|judged| match judged.observation.status() {
            Some(status) => status.to_string(),
            None => label::outcome(judged),
        })
        .collect();
    format!("; in order: {}", told.join(" "))
}
