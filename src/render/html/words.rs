//! Text as markup: what it says is data, what stands between backticks is code.

use maud::{Markup, html};

use crate::record::diagnosis::Evidence;
use crate::record::probe::ProbeId;
use crate::record::{Judged, Record};
use crate::render::style::Tone;
use crate::text::neutralise;

/// The most probes that are named together; the record inside has all.
const PROBES: usize = 3;

/// A sentence.
pub(crate) fn prose(text: &str) -> Markup {
    let text = neutralise(text);
    let parts: Vec<&str> = text.split('`').collect();
    let last = parts.len() - 1;
    html! {
        @for (at, part) in parts.iter().enumerate() {
            // A backtick that none follows is one of the text's own.
            @if at % 2 == 1 && at < last { code { (part) } }
            @else if at % 2 == 1 { "`" (part) }
            @else { (part) }
        }
    }
}

/// A name, a path, or a command.
pub(crate) fn code(text: &str) -> Markup {
    html! { code { (neutralise(text)) } }
}

/// The class of the style, and a sign that says the same without colours.
pub(crate) const fn look(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Good => ("good", "✓"),
        Tone::Bad => ("bad", "✗"),
        Tone::Warn => ("warn", "!"),
        Tone::Quiet => ("quiet", "·"),
        Tone::Hint => ("hint", "?"),
        Tone::Strong => ("strong", "•"),
    }
}

/// Evidence with links to the exchanges that show it.
pub(super) fn piece(record: &Record, sign: &str, piece: &Evidence) -> Markup {
    html! { li { b { (sign) ": " } (prose(&piece.text)) (probes(record, &piece.probes)) } }
}

pub(super) fn probes(record: &Record, ids: &[ProbeId]) -> Markup {
    let more = ids.len().saturating_sub(PROBES);
    html! {
        @if !ids.is_empty() {
            " " span.quiet {
                "("
                @for (at, id) in ids.iter().take(PROBES).enumerate() {
                    @if at > 0 { ", " }
                    (probe(record, id))
                }
                @if more > 0 { ", and " (more) " more" }
                ")"
            }
        }
    }
}

/// True for a request of this run: one that was sent for another key has a moment of another run.
pub(super) fn is_drawn(judged: &Judged) -> bool {
    !judged.observation.shared && judged.observation.was_sent()
}

fn probe(record: &Record, id: &ProbeId) -> Markup {
    let shown = |judged: &Judged| judged.observation.probe == *id && is_drawn(judged);
    let at = record.observations.iter().position(shown);
    html! {
        @match at {
            Some(at) => a href=(format!("#x{at}")) { (code(&id.0)) },
            None => (code(&id.0)),
        }
    }
}
