//! What was ruled out and not tested, folded by reason.

use maud::{Markup, html};

use super::words::{probes, prose};
use crate::record::Record;
use crate::record::diagnosis::{Assessment, Standing};
use crate::render::told::{by_probes, by_reason};
use crate::text::count;

pub(super) fn section(record: &Record) -> Markup {
    let of = |standing| -> Vec<&Assessment> {
        record.diagnosis.causes.iter().filter(|one| one.standing == standing).collect()
    };
    let (ruled_out, untested) = (of(Standing::RuledOut), of(Standing::Untested));
    html! {
        @if !(ruled_out.is_empty() && untested.is_empty()) {
            section {
                h2 { "What it is not" }
                @if !ruled_out.is_empty() {
                    details {
                        summary { (count(ruled_out.len(), "cause")) " ruled out" }
                        @for (ids, causes) in by_probes(&ruled_out) {
                            h3 {
                                @if ids.is_empty() { "Without sending anything" } @else { "By what was sent" }
                                (probes(record, ids))
                            }
                            (reasons(&causes))
                        }
                    }
                }
                @if !untested.is_empty() {
                    details {
                        summary { (count(untested.len(), "cause")) " not tested" }
                        (reasons(&untested))
                    }
                }
            }
        }
    }
}

fn reasons(causes: &[&Assessment]) -> Markup {
    html! {
        ul {
            @for (names, why) in by_reason(causes) {
                li {
                    @for (at, name) in names.iter().enumerate() {
                        @if at > 0 { ", " }
                        code { (name) }
                    }
                    @if !why.is_empty() { ": " (prose(why)) }
                }
            }
        }
    }
}
