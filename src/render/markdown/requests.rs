//! Requested actions, and what can be done meanwhile.

use super::bullets;
use super::part::Part;
use super::unneeded::asks;
use crate::judge::causes::of;
use crate::record::Record;
use crate::record::cause::{Cause, Side};
use crate::record::diagnosis::Standing;
use crate::record::facts::Profile;
use crate::render::Options;
use crate::render::told::next_step;
use crate::text::markdown;

pub(super) fn requested(record: &Record, _: &Options) -> Part {
    let diagnosis = &record.diagnosis;
    let standing = diagnosis
        .causes
        .iter()
        .filter(|assessed| assessed.standing >= Standing::Possible)
        .map(|assessed| assessed.cause);
    let mut items: Vec<String> = Vec::new();
    for ask in std::iter::once(diagnosis.cause).chain(standing).filter_map(asks) {
        if !items.iter().any(|seen| seen == ask) {
            items.push(ask.to_owned());
        }
    }
    items.push(format!("On our side: {}", markdown(next_step(diagnosis))));
    format!("## Requested actions\n\n{}", bullets(&items)).into()
}

pub(super) fn alternatives(record: &Record, _: &Options) -> Part {
    let items: &[&str] = match of(record.diagnosis.cause).side {
        None => &["None are needed while the key works."],
        Some(Side::Caller) => &[
            "A second key from HeyGen's API settings, beside this one, shows whether the account or the key is concerned: `heygen-doctor check --key-env SECOND_KEY`.",
            "HeyGen's command line can log in without a key: `heygen auth login --oauth`. It is billed from the web plan, not from the API wallet.",
        ],
        Some(Side::Account) => &[
            "HeyGen's command line can log in without a key: `heygen auth login --oauth`. It is billed from the web plan, not from the API wallet.",
            "A key from another space with API access, if there is one.",
        ],
        Some(Side::Heygen) => &[
            "Repeat failed reads after a pause; `heygen-doctor check --profile quick` tells when it works again.",
            "HeyGen's status page, status.heygen.com, shows whether HeyGen knows of it.",
        ],
        Some(Side::Network) => &[
            "The same run from another network, with `--vantage NAME` to tell the two apart, shows whether this network is concerned.",
        ],
    };
    let everything_asked = record.run.profile == Profile::Full && !record.run.partial;
    let items: Vec<String> = if record.diagnosis.cause == Cause::Inconclusive {
        let mut more = vec![
            "The same run from another network, with `--vantage NAME` to tell the two apart."
                .to_owned(),
        ];
        if !everything_asked {
            more.insert(0, "The same run with `--profile full`, to its end.".to_owned());
        }
        more
    } else {
        items.iter().map(|&item| item.to_owned()).collect()
    };
    format!("## Alternatives\n\n{}", bullets(&items)).into()
}
