//! Every request beside each other: when it was sent, and what it spent its time with.

use maud::{Markup, html};

use super::words::{is_drawn, look};
use crate::record::observation::Timing;
use crate::record::{Judged, Record};
use crate::render::label;
use crate::render::style::class_tone;
use crate::text::neutralise;

/// The line, in units of its own.
const WIDTH: f64 = 1000.0;
/// A pause of more milliseconds, in which nothing was under way, is cut short.
const PAUSE: f64 = 50.0;
/// The place of such a pause on the line.
const CUT: f64 = 6.0;
/// Whatever happened can be seen.
const LEAST: f64 = 2.0;

/// A phase: its name, its class, its colour where no style is read, and how it is drawn.
struct Phase {
    name: &'static str,
    class: &'static str,
    fill: &'static str,
    y: &'static str,
    height: &'static str,
    ms: fn(&Timing) -> Option<f64>,
}

const PHASES: [Phase; 5] = [
    Phase {
        name: "DNS",
        class: "open",
        fill: "#8a63d2",
        y: "4",
        height: "2",
        ms: |timing| timing.dns,
    },
    Phase {
        name: "connect",
        class: "open",
        fill: "#8a63d2",
        y: "3",
        height: "4",
        ms: |timing| timing.connect,
    },
    Phase {
        name: "TLS",
        class: "open",
        fill: "#8a63d2",
        y: "2",
        height: "6",
        ms: |timing| timing.tls,
    },
    Phase {
        name: "wait",
        class: "wait",
        fill: "#2f74c0",
        y: "0",
        height: "10",
        ms: |timing| Some(timing.wait()),
    },
    Phase {
        name: "receive",
        class: "rest",
        fill: "#2a9187",
        y: "3",
        height: "4",
        ms: |timing| Some(timing.receive()),
    },
];

/// Moments of the run on a line, without its pauses.
struct Axis {
    /// Stretches in which something was under way: from, to, and where it begins on the line.
    busy: Vec<(f64, f64, f64)>,
    scale: f64,
}

impl Axis {
    fn of(timings: &[&Timing]) -> Self {
        let mut spans: Vec<(f64, f64)> =
            timings.iter().map(|timing| (timing.start, timing.start + timing.total)).collect();
        spans.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut merged: Vec<(f64, f64)> = Vec::new();
        for (from, to) in spans {
            match merged.last_mut() {
                Some(last) if from <= last.1 + PAUSE => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        let all: f64 = merged.iter().map(|(from, to)| to - from).sum();
        let cuts = merged.iter().skip(1).map(|_| CUT).sum::<f64>().min(WIDTH / 2.0);
        let scale = if all > 0.0 { (WIDTH - cuts) / all } else { 0.0 };
        let mut begin = 0.0;
        let mut busy = Vec::new();
        for (from, to) in merged {
            busy.push((from, to, begin));
            begin += (to - from).mul_add(scale, CUT);
        }
        Self { busy, scale }
    }

    fn at(&self, moment: f64) -> f64 {
        let stretch = self.busy.iter().rev().find(|(from, ..)| *from <= moment);
        stretch
            .map_or(0.0, |(from, to, begin)| (moment.min(*to) - from).mul_add(self.scale, *begin))
    }
}

pub(super) fn section(record: &Record) -> Markup {
    let own: Vec<(usize, &Judged)> =
        record.observations.iter().enumerate().filter(|(_, judged)| is_drawn(judged)).collect();
    let timings: Vec<&Timing> =
        own.iter().map(|(_, judged)| &judged.observation.timing_ms).collect();
    let axis = Axis::of(&timings);
    html! {
        @if !own.is_empty() {
            section.screen {
                h2 { "Every request" }
                p.quiet {
                    "Left to right is the time of the run; pauses in which nothing was under way are cut short. "
                    (key("open", "#8a63d2")) " name, TCP, and TLS · "
                    (key("wait", "#2f74c0")) " wait for the first byte · "
                    (key("rest", "#2a9187")) " receive"
                }
                div.scroll tabindex="0" role="region" aria-label="Every request, with its durations" {
                    table.flow {
                        caption { "Every request in the order of the plan" }
                        thead {
                            tr {
                                @for head in ["Request", "Answer", "Sent after", "Time line", "Took"] { th scope="col" { (head) } }
                            }
                        }
                        tbody { @for (at, judged) in own { (line(at, judged, &axis)) } }
                    }
                }
            }
        }
    }
}

fn key(class: &str, fill: &str) -> Markup {
    html! { svg aria-hidden="true" width="14" height="10" { rect.(class) width="14" height="10" fill=(fill) {} } }
}

fn line(at: usize, judged: &Judged, axis: &Axis) -> Markup {
    let seen = &judged.observation;
    let timing = &seen.timing_ms;
    let (class, sign) = look(class_tone(seen.class));
    html! {
        tr id=(format!("x{at}")) {
            th scope="row" { code { (neutralise(&seen.probe.0)) } }
            td.(class) { (sign) " " (label::outcome(judged)) }
            td.n { (ms(timing.start)) }
            td.bar { (bar(timing, axis)) }
            td.n { (ms(timing.total)) }
        }
    }
}

fn bar(timing: &Timing, axis: &Axis) -> Markup {
    let mut moment = timing.start;
    let mut drawn = Vec::new();
    for phase in &PHASES {
        let Some(ms) = (phase.ms)(timing).filter(|ms| *ms > 0.0) else { continue };
        let (from, to) = (axis.at(moment), axis.at(moment + ms));
        drawn.push((phase, format!("{from:.1}"), format!("{:.1}", (to - from).max(LEAST))));
        moment += ms;
    }
    html! {
        svg role="img" aria-label=(phases(timing)) width="300" height="10" viewBox="0 0 1000 10" preserveAspectRatio="none" {
            @for (phase, x, width) in drawn {
                rect.(phase.class) x=(x) y=(phase.y) width=(width) height=(phase.height) fill=(phase.fill) {}
            }
        }
    }
}

/// `DNS 2.1 ms, connect 8 ms, wait 80 ms`.
pub(super) fn phases(timing: &Timing) -> String {
    let told: Vec<String> = PHASES
        .iter()
        .filter_map(|phase| Some(format!("{} {}", phase.name, ms((phase.ms)(timing)?))))
        .collect();
    told.join(", ")
}

fn ms(value: f64) -> String {
    let digits = usize::from(value < 10.0);
    format!("{value:.digits$} ms")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(start: f64, total: f64) -> Timing {
        Timing { start, ttfb: total, total, dns: None, connect: None, tls: None, late: None }
    }

    #[test]
    fn a_pause_is_cut_short_and_the_order_stays() {
        let timings = [sent(0.0, 100.0), sent(20.0, 60.0), sent(10_000.0, 100.0)];
        let axis = Axis::of(&timings.iter().collect::<Vec<_>>());
        let places =
            [0.0, 100.0, 5_000.0, 10_000.0, 10_100.0].map(|ms| format!("{:.1}", axis.at(ms)));
        assert_eq!(places, ["0.0", "497.0", "497.0", "503.0", "1000.0"]);
        assert!(axis.at(20.0) < axis.at(80.0));
    }
}
