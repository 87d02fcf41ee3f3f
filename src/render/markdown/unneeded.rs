//! The page in place of a ticket, where HeyGen could do nothing about it.

use super::part::Part;
use super::{account, bullets, causes, coverage, finding, footer, technical};
use crate::judge::causes::{Support, of};
use crate::record::Record;
use crate::record::cause::Cause;
use crate::record::diagnosis::Standing;
use crate::render::Options;
use crate::render::told::next_step;
use crate::text::{code_span, markdown};

/// The page: what was found, what to do, and all that it rests on, folded away.
pub(super) const SECTIONS: &[fn(&Record, &Options) -> Part] = &[page, footer::section, evidence];

/// True if HeyGen could do something about the named cause, or about another that stands as firm.
#[must_use]
pub fn is_needed(record: &Record) -> bool {
    let diagnosis = &record.diagnosis;
    let firm = diagnosis.confidence.max(Standing::Possible);
    let standing = diagnosis.causes.iter().filter(|one| one.standing >= firm);
    let mut named = std::iter::once(diagnosis.cause).chain(standing.map(|one| one.cause));
    named.any(|cause| asks(cause).is_some())
}

/// The question to HeyGen where this cause stands.
pub(super) const fn asks(cause: Cause) -> Option<&'static str> {
    match of(cause).for_support {
        Support::Asked(text) => Some(text),
        Support::Nothing(_) => None,
    }
}

fn page(record: &Record, _: &Options) -> Part {
    let diagnosis = &record.diagnosis;
    let mut out = format!("## No ticket is needed\n\nHeyGen API key: {}\n", finding(record));
    out.push_str(&account::cautions(record));
    out.push_str(&account::why(record));
    let mut items = vec![
        format!("To do: {}", markdown(next_step(diagnosis))),
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
    let all = Part {
        folded: parts.into_iter().flat_map(|part| part.folded).collect(),
        ..Part::default()
    };
    all.with("Environment", bullets(&account::surroundings(record)))
}
