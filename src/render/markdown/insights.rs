//! Hints for reading the evidence: only those that apply to this run.

use super::bullets;
use super::part::Part;
use crate::heygen::code;
use crate::record::Record;
use crate::record::class::Class;
use crate::record::observation::Observation;
use crate::record::probe::ApiVersion;
use crate::record::probe::{Credential, variant};
use crate::render::Options;
use crate::render::told::{matters, unsaid, untold};
use crate::text::{code_span, markdown};

/// One thing worth knowing, if it applies.
type Insight = fn(&Record) -> Option<String>;

const HINTS: &[Insight] = &[same_refusal, internal_error, legacy, opaque_ids];

pub(super) fn section(record: &Record, _: &Options) -> Part {
    let mut items = vec![NOT_TESTED.to_owned()];
    let mut hints: Vec<String> = HINTS.iter().filter_map(|hint| hint(record)).collect();
    hints.extend(codes(record));
    for note in unsaid(record).filter(|note| untold(record, &note.message)) {
        let place = if matters(record, note.id) { &mut items } else { &mut hints };
        place.push(format!("{}: {}", code_span(note.id.as_str()), markdown(&note.message)));
    }
    Part::from(format!("## Insights\n\n{}", bullets(&items)))
        .with("How to read the answers", bullets(&hints))
}

fn any(record: &Record, test: impl Fn(&Observation, Class) -> bool) -> bool {
    record.observations.iter().any(|judged| test(&judged.observation, judged.observation.class))
}

fn same_refusal(record: &Record) -> Option<String> {
    any(record, |seen, class| {
        seen.api_version == ApiVersion::V3
            && seen.credential == Credential::Real
            && variant::is_documented(&seen.variant)
            && class == Class::Unauthenticated
    })
    .then(|| {
        "V3 answers a missing key and a wrong key with the same bytes, so a 401 alone doesn't say \
         whether the key is wrong or didn't arrive. That is why controls were asked beside it."
            .to_owned()
    })
}

fn internal_error(record: &Record) -> Option<String> {
    any(record, |seen, class| {
        class == Class::Unauthenticated
            && seen.answer().is_some_and(|a| a.code.as_deref() == Some("internal_error"))
    })
    .then(|| {
        "`internal_error` with HTTP 401 on V2 means that the key was refused. It is not a fault of \
         the server."
            .to_owned()
    })
}

fn legacy(record: &Record) -> Option<String> {
    any(record, |seen, _| seen.api_version != ApiVersion::V3).then(|| {
        "V1 and V2 reached their end of life on 1 November 2026. They were asked for comparison; \
         the verdict rests on V3."
            .to_owned()
    })
}

fn opaque_ids(record: &Record) -> Option<String> {
    any(record, |seen, _| seen.answer().is_some_and(|answer| !answer.ids.is_empty())).then(|| {
        "HeyGen's application is not known to log the load balancer's ids, so times and paths are \
         the better thing to search for."
            .to_owned()
    })
}

/// Said of every run.
const NOT_TESTED: &str = "Nothing that costs credit was sent, so making videos was not tested.";

/// The meaning of each code that was met.
fn codes(record: &Record) -> Vec<String> {
    let mut met: Vec<&code::Code> = Vec::new();
    for judged in record.observations.iter().filter(|judged| judged.observation.class != Class::Ok)
    {
        let code = judged.observation.answer().and_then(|answer| answer.code.as_deref());
        if let Some(known) = code.and_then(code::find)
            && known.code != "internal_error"
            && !met.contains(&known)
        {
            met.push(known);
        }
    }
    met.iter().map(|known| format!("`{}`: {}", known.code, known.meaning)).collect()
}
