//! Possible causes, ranked; what was ruled out, and by which probe.

use std::fmt::Write as _;

use super::bullets;
use super::part::Part;
use crate::judge::causes::of;
use crate::record::Record;
use crate::record::diagnosis::{Assessment, Evidence, Standing};
use crate::render::told::{by_probes, by_reason};
use crate::render::{Options, label};
use crate::text::{code_span, first_few, list, markdown};

/// The most probe ids that are named together; the JSON record has all.
const PROBES: usize = 3;

pub(super) fn section(record: &Record, _: &Options) -> Part {
    let diagnosis = &record.diagnosis;
    let stands: Vec<&Assessment> =
        diagnosis.causes.iter().filter(|one| one.standing >= Standing::Possible).collect();
    let mut out = String::from("## Possible causes\n\n");
    for (rank, assessed) in (1..).zip(&stands) {
        let _ = writeln!(
            out,
            "{rank}. **{}** (`{}`, {})",
            of(assessed.cause).title,
            assessed.cause,
            label::standing(assessed.standing)
        );
        // What speaks for the named cause stands in the summary.
        if assessed.cause != diagnosis.cause {
            out.push_str(&reasons(assessed));
        }
    }
    if stands.is_empty() {
        out.push_str("None stands.\n");
    }
    let of_standing = |standing| {
        let all = diagnosis.causes.iter().filter(move |one| one.standing == standing);
        all.collect::<Vec<&Assessment>>()
    };
    let (ruled_out, untested) = (of_standing(Standing::RuledOut), of_standing(Standing::Untested));
    let mut rest = grouped(&ruled_out);
    if !untested.is_empty() {
        let _ = write!(rest, "\nNot tested:\n\n{}", told(&untested));
    }
    let title = format!("Ruled out ({}), not tested ({})", ruled_out.len(), untested.len());
    Part::from(out).with(title, rest)
}

/// The causes that the same probes exclude, told together.
fn grouped(causes: &[&Assessment]) -> String {
    let groups = by_probes(causes).into_iter().map(|(ids, causes)| {
        let by = ids.iter().map(|id| code_span(&id.0)).collect();
        let by = if ids.is_empty() {
            "Without sending anything".to_owned()
        } else {
            format!("By {}", first_few(by, PROBES))
        };
        format!("{by}:\n\n{}", told(&causes))
    });
    groups.collect::<Vec<_>>().join("\n")
}

/// Causes with the reason that they share.
fn told(causes: &[&Assessment]) -> String {
    let items = by_reason(causes).into_iter().map(|(names, why)| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let why = if why.is_empty() { String::new() } else { format!(": {}", markdown(why)) };
        format!("{}{why}", list(&names))
    });
    bullets(&items.collect::<Vec<_>>())
}

fn reasons(assessed: &Assessment) -> String {
    let tell = |sign: &'static str| {
        move |piece: &Evidence| format!("   - {sign}: {}\n", markdown(&piece.text))
    };
    let told = assessed.evidence.iter().map(tell("For"));
    told.chain(assessed.against.iter().map(tell("Against"))).collect()
}
