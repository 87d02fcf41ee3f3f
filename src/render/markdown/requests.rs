//! Requested actions, and what can be done meanwhile.

use super::{bullets, next_step};
use crate::judge::causes::{Support, of};
use crate::record::Record;
use crate::record::cause::{Cause, Side};
use crate::record::diagnosis::Standing;
use crate::record::facts::Profile;
use crate::render::Options;

pub(super) fn requested(record: &Record, _: &Options) -> String {
    let diagnosis = &record.diagnosis;
    let standing = diagnosis
        .causes
        .iter()
        .filter(|assessed| assessed.standing >= Standing::Possible)
        .map(|assessed| assessed.cause);
    let mut asks: Vec<Support> = Vec::new();
    for cause in std::iter::once(diagnosis.cause).chain(standing) {
        let ask = of(cause).for_support;
        if !asks.contains(&ask) {
            asks.push(ask);
        }
    }
    let asked = |ask: &Support| matches!(ask, Support::Asked(_));
    if asks.iter().any(asked) {
        asks.retain(asked);
    }
    let mut items: Vec<String> = asks.into_iter().map(|ask| ask.text().to_owned()).collect();
    items.push(format!("On our side: {}", next_step(diagnosis)));
    format!("## Requested actions\n\n{}", bullets(&items))
}

pub(super) fn alternatives(record: &Record, _: &Options) -> String {
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
    format!("## Alternatives\n\n{}", bullets(&items))
}
