//! How long the server took, by timing pattern: each answer is a point on a strip, with the median.

use maud::{Markup, html};

use crate::chance::median;
use crate::record::class::Class;
use crate::record::probe::Credential;
use crate::record::{Judged, Record};
use crate::render::label;
use crate::text::neutralise;

/// The strip, in units of its own.
const WIDTH: f64 = 400.0;
/// Room for a point at either end.
const EDGE: f64 = 8.0;

struct Group<'a> {
    name: String,
    answers: Vec<&'a Judged>,
}

impl Group<'_> {
    fn waits(&self) -> Vec<f64> {
        self.answers.iter().map(|judged| judged.observation.timing_ms.wait()).collect()
    }

    fn longest(&self) -> f64 {
        self.waits().into_iter().fold(0.0, f64::max)
    }
}

pub(super) fn section(record: &Record) -> Markup {
    let groups = groups(record);
    let longest = groups.iter().map(Group::longest).fold(0.0, f64::max);
    html! {
        @if !groups.is_empty() {
            section {
                h2 { "Latency by timing pattern" }
                div.scroll tabindex="0" role="region" aria-label="Latency by timing pattern" {
                    table {
                        caption { "From the connection until the first byte of the answer; every strip begins at 0 and ends at " (ms(longest)) }
                        thead {
                            tr {
                                @for head in ["Pattern", "Answers", "Median", "Slowest"] { th scope="col" { (head) } }
                                th scope="col" { "● accepted × anything else ▏median" }
                            }
                        }
                        tbody { @for group in &groups { (line(group, longest)) } }
                    }
                }
            }
        }
    }
}

/// Those that were asked once, and each pattern with each credential.
fn groups(record: &Record) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    let answered =
        |judged: &&Judged| judged.observation.answer().is_some() && !judged.observation.shared;
    for judged in record.observations.iter().filter(answered) {
        let seen = &judged.observation;
        let pattern = seen.pattern.as_deref().map_or_else(|| "asked once".to_owned(), neutralise);
        let name = match seen.credential {
            Credential::Real => pattern,
            other => format!("{pattern}, {}", label::credential(other, &record.credential.sources)),
        };
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.answers.push(judged),
            None => groups.push(Group { name, answers: vec![judged] }),
        }
    }
    groups
}

fn line(group: &Group, longest: f64) -> Markup {
    let waits = group.waits();
    let middle = median(&waits).unwrap_or_default();
    let told = format!(
        "{}: {} answers, median {}, slowest {}",
        group.name,
        waits.len(),
        ms(middle),
        ms(group.longest())
    );
    let at = |wait: f64| {
        let share = if longest > 0.0 { wait / longest } else { 0.0 };
        format!("{:.1}", EDGE + share * (WIDTH - 2.0 * EDGE))
    };
    html! {
        tr {
            th scope="row" { (group.name) }
            td.n { (waits.len()) }
            td.n { (ms(middle)) }
            td.n { (ms(group.longest())) }
            td.strip {
                svg role="img" aria-label=(told) width="400" height="20" viewBox="0 0 400 20" {
                    line.axis x1="8" x2="392" y1="10" y2="10" stroke="#999999" {}
                    @for (judged, wait) in group.answers.iter().zip(&waits) {
                        (point(&at(*wait), judged.observation.class == Class::Ok))
                    }
                    rect.middle x=(at(middle)) y="1" width="2" height="18" {}
                }
            }
        }
    }
}

fn point(x: &str, accepted: bool) -> Markup {
    html! {
        @if accepted {
            circle.dot cx=(x) cy="10" r="4" fill="#2f74c0" {}
        } @else {
            path.cross d=(format!("M{x} 10m-4-4l8 8m0-8l-8 8")) stroke="#98101f" stroke-width="1.5" {}
        }
    }
}

fn ms(value: f64) -> String {
    let digits = usize::from(value < 10.0);
    format!("{value:.digits$} ms")
}
