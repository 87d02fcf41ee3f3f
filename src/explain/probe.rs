//! Probe ids and their parts, explained.

use super::section::Section;
use crate::heygen::endpoint;
use crate::record::probe::variant;
use crate::record::probe::{Credential, Variant};
use crate::render::label;

/// A probe by its id, `v3.users-me/x-api-key/real`, with or without a repeat behind it.
pub(super) fn probe(id: &str) -> Option<Section> {
    let mut parts = id.split('/');
    let (place, way, whose) = (parts.next()?, parts.next()?, parts.next()?);
    let way = variant::find(way)?;
    let whose: Credential = whose.parse().ok()?;
    let asks = match endpoint::find(place)? {
        known if *known == endpoint::UNKNOWN_ROUTE => {
            "GET of a path that can't exist, to see whether HeyGen's API answers.".to_owned()
        }
        known => format!("GET {}", known.target()),
    };
    let repeat = match parts.next() {
        Some(repeat) if !is_repeat(repeat) => return None,
        Some(repeat) => format!("It is one of several equal requests (`{repeat}`)."),
        None => String::new(),
    };
    let sends = match whose {
        Credential::None => "No key.".to_owned(),
        _ => format!("The {}, as {}.", label::credential(whose, &[]), shown(way)),
    };
    Some(Section::new(id, "probe").told("Asks", asks).told("Sends", sends).told("Repeat", repeat))
}

/// True for the name of a repeat: words and a number. Anything else isn't repeated: it could be a secret.
fn is_repeat(name: &str) -> bool {
    name.len() <= LONGEST
        && name.split('-').all(|part| {
            part.bytes().all(|byte| byte.is_ascii_lowercase())
                || part.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// The most characters of a repeat's name, `spelled-again-01`.
const LONGEST: usize = 20;

/// A way to send the key.
pub(super) fn way(way: &Variant) -> Section {
    let again = format!("Run `heygen-doctor check --only '*/{}/*'` to ask so alone.", way.id);
    Section::new(way.id, "header variant").told("Meaning", shown(way)).step(again)
}

fn shown(way: &Variant) -> String {
    label::presentation(way.id).replace('`', "")
}
