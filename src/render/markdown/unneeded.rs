//! The page in place of a ticket, where HeyGen could do nothing about it.

use super::part::Part;
use super::{bullets, causes, coverage, exchanges, finding, footer, next_step, technical};
use crate::judge::causes::{Support, of};
use crate::record::Record;
use crate::record::cause::Cause;
use crate::record::diagnosis::Standing;
use crate::render::Options;
use crate::text::code_span;

/// The page: what was found, what to do, and all that it rests on, folded away.
pub(super) const SECTIONS: &[fn(&Record, &Options) -> Part] = &[page, footer::section, evidence];

/// True if HeyGen could do something about a cause that stands.
#[must_use]
pub fn is_needed(record: &Record) -> bool {
    let diagnosis = &record.diagnosis;
    let standing = diagnosis.causes.iter().filter(|one| one.standing >= Standing::Possible);
    diagnosis.cause == Cause::Inconclusive
        || standing.map(|one| one.cause).any(|cause| asks(cause).is_some())
}

/// What to ask of HeyGen where this cause stands.
pub(super) const fn asks(cause: Cause) -> Option<&'static str> {
    match of(cause).for_support {
        Support::Asked(text) => Some(text),
        Support::Nothing(_) => None,
    }
}

fn page(record: &Record, _: &Options) -> Part {
    let diagnosis = &record.diagnosis;
    let mut out = format!("## No ticket is needed\n\nHeyGen API key: {}\n", finding(record));
    out.push_str(&super::account::cautions(record));
    out.push_str(&super::account::why(record));
    let mut items = vec![
        format!("To do: {}", crate::text::markdown(next_step(diagnosis))),
        of(diagnosis.cause).for_support.text().to_owned(),
    ];
    items.extend(coverage::counts(record));
    items.extend(
        record
            .credential
            .fingerprint
            .as_ref()
            .map(|fingerprint| format!("Key: fingerprint {}", code_span(fingerprint))),
    );
    out.push_str(&bullets(&items));
    out.into()
}

/// All that it rests on.
fn evidence(record: &Record, options: &Options) -> Part {
    let parts = [
        coverage::section(record, options),
        technical::section(record, options),
        causes::section(record, options),
    ];
    let folded = parts.into_iter().flat_map(|part| part.folded).collect();
    let all = Part { folded, ..Part::default() };
    let (head, lines) = exchanges::all(record);
    if all.folded.is_empty() { all.with_lines("Every request", head, lines) } else { all }
}
