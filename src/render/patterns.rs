//! Repeats of one request, told as one line each.

use crate::chance::{Slower, at_most, highest_p95, median, slower};
use crate::plan::{Connections, PatternKind};
use crate::record::class::Class;
use crate::record::observation::Connection;
use crate::record::probe::Credential;
use crate::record::{Judged, Record};
use crate::render::label;
use crate::text::{count, list, neutralise, percent};

/// The answers to one timing pattern with one credential.
pub(crate) struct Pattern {
    pub(crate) name: String,
    pub(crate) text: String,
    /// What it could have shown, and how long it took; empty for controls.
    pub(crate) numbers: String,
    /// True if all answers were alike.
    pub(crate) uniform: bool,
}

impl Pattern {
    /// With its numbers.
    pub(crate) fn whole(&self) -> String {
        let stop = if self.numbers.is_empty() { "" } else { ". " };
        format!("{}{stop}{}", self.text, self.numbers)
    }
}

/// The answers to one pattern, in the order in which they were asked.
struct Members<'a> {
    name: &'a str,
    credential: Credential,
    all: Vec<&'a Judged>,
}

/// Every timing pattern, in the order in which they were sent.
pub(crate) fn patterns(record: &Record) -> Vec<Pattern> {
    let mut groups: Vec<Members<'_>> = Vec::new();
    for judged in &record.observations {
        let seen = &judged.observation;
        let Some(name) = seen.pattern.as_deref() else { continue };
        match groups.iter_mut().find(|it| it.name == name && it.credential == seen.credential) {
            Some(group) => group.all.push(judged),
            None => groups.push(Members { name, credential: seen.credential, all: vec![judged] }),
        }
    }
    let told = groups.iter().map(|group| {
        let results = results(&group.all);
        let all = group.all.len();
        let told: Vec<String> =
            results.iter().map(|(result, n)| format!("{n} of {all} {result}")).collect();
        let uniform = results.len() == 1;
        let order = if uniform { String::new() } else { in_order(&group.all) };
        let whose = match group.credential {
            Credential::Real => String::new(),
            other => format!(", {}", label::credential(other, &record.credential.sources)),
        };
        let own = group.credential == Credential::Real;
        Pattern {
            name: format!("{}{whose}", neutralise(group.name)),
            text: format!("{}{order}", list(&told)),
            numbers: if own { group.numbers(&results, &groups) } else { String::new() },
            uniform,
        }
    });
    told.collect()
}

fn results(members: &[&Judged]) -> Vec<(String, usize)> {
    let mut results: Vec<(String, usize)> = Vec::new();
    for judged in members {
        let result = label::result(judged);
        match results.iter_mut().find(|(seen, _)| *seen == result) {
            Some((_, count)) => *count += 1,
            None => results.push((result, 1)),
        }
    }
    results
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

impl Members<'_> {
    fn numbers(&self, results: &[(String, usize)], groups: &[Self]) -> String {
        let parts = [
            self.missed(results),
            latency(self.waits(None)),
            self.slower(groups),
            self.lateness(),
            self.came_back(),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
    }

    fn kind(&self) -> Option<PatternKind> {
        PatternKind::from_name(self.name)
    }

    /// What could still hide behind this many answers. On connections of their own, what is meant is a
    /// server, and each connection is one draw.
    fn missed(&self, results: &[(String, usize)]) -> Option<String> {
        let (asked, usual) = (self.all.len(), results.iter().map(|(_, n)| *n).max()?);
        let kind = self.kind()?;
        let new = self.on(Connection::New);
        if kind.usual().connections() == Connections::New && results.len() == 1 {
            let most = percent(at_most(0, new));
            let on = count(new, "connection");
            return Some(format!("On {on}: at most {most} of servers answer otherwise (95 %)"));
        }
        let most = percent(at_most(asked - usual, asked));
        let known = new + usize::from(self.on(Connection::Reused) > 0);
        let on = match kind.usual().connections() {
            Connections::Kept if known > 0 => format!("On {}: at", count(known, "connection")),
            _ => "At".to_owned(),
        };
        Some(format!("{on} most {most} are answered otherwise (95 %)"))
    }

    fn on(&self, connection: Connection) -> usize {
        let answers = self.all.iter().filter_map(|judged| judged.observation.answer());
        answers.filter(|answer| answer.connection == Some(connection)).count()
    }

    /// How long was waited for answers of a class, or of any.
    fn waits(&self, class: Option<Class>) -> Vec<f64> {
        let seen = self.all.iter().map(|judged| &judged.observation);
        seen.filter(|seen| seen.answer().is_some() && class.is_none_or(|class| seen.class == class))
            .map(|seen| seen.timing_ms.wait())
            .collect()
    }

    /// Slower than the even pace, where that can't be chance; the patterns are so many questions.
    fn slower(&self, groups: &[Self]) -> Option<String> {
        let own = |it: &&Self| it.credential == Credential::Real;
        let even = groups.iter().filter(own).find(|it| it.kind() == Some(PatternKind::Steady))?;
        let questions = groups.iter().filter(own).count().saturating_sub(1).max(1);
        let (before, after) = (even.waits(Some(Class::Ok)), self.waits(Some(Class::Ok)));
        let Slower { shift, p } =
            slower(&before, &after, questions).filter(|_| self.name != even.name)?;
        Some(format!("Slower than `steady` by {shift:.0} ms (p = {p:.4})"))
    }

    fn lateness(&self) -> Option<String> {
        let late = self.all.iter().filter_map(|judged| judged.observation.timing_ms.late);
        let most = late.fold(0.0, f64::max);
        (most >= 1.0).then(|| format!("Sent up to {most:.0} ms late"))
    }

    /// When a limit was over, as a bracket: still limited, and answered again.
    fn came_back(&self) -> Option<String> {
        let back = self.all.iter().find(|judged| judged.observation.class != Class::RateLimited);
        let tried = self.all.iter().filter(|it| it.observation.class == Class::RateLimited).count();
        (self.kind() == Some(PatternKind::Backoff)).then(|| match back {
            Some(judged) => format!(
                "The limit was over at {} UTC, after {}",
                judged.observation.sent_at.format("%H:%M:%S%.3f"),
                count(tried + 1, "try").replace("trys", "tries")
            ),
            None => "The limit wasn't over when the waiting ended".to_owned(),
        })
    }
}

/// The most values that are told one by one.
const FEW: usize = 12;
/// Values from which on a 95th percentile is told.
const FOR_P95: usize = 20;

/// The number of values, their middle and their ends, or all of them where they are few.
fn latency(mut waits: Vec<f64>) -> Option<String> {
    waits.sort_by(f64::total_cmp);
    let (first, last) = (waits.first()?, waits.last()?);
    let middle = median(&waits)?;
    if waits.len() <= FEW {
        let each: Vec<String> = waits.iter().map(|ms| format!("{ms:.0}")).collect();
        return Some(format!("Median {middle:.0} ms of {}", each.join(" ")));
    }
    let all = waits.len();
    let p95 = (all >= FOR_P95).then(|| waits[(all * 95).div_ceil(100) - 1]);
    let p95 = p95.map_or_else(String::new, |p95| format!(", 95th percentile {p95:.0}"));
    let bound = highest_p95(all).map(|place| waits[place - 1]);
    let bound = bound.map_or_else(String::new, |ms| format!(" (at most {ms:.0} with 95 %)"));
    Some(format!("{all} answers in {first:.0} to {last:.0} ms, median {middle:.0}{p95}{bound}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_told_where_there_are_values_for_it() {
        let told = |n: u32| latency((1..=n).map(f64::from).collect()).unwrap();
        assert_eq!(told(3), "Median 2 ms of 1 2 3");
        assert_eq!(told(19), "19 answers in 1 to 19 ms, median 10");
        assert_eq!(told(20), "20 answers in 1 to 20 ms, median 10, 95th percentile 19");
        let many = told(60);
        assert!(many.ends_with("95th percentile 57 (at most 60 with 95 %)"), "{many}");
        assert_eq!(latency(Vec::new()), None);
    }
}
