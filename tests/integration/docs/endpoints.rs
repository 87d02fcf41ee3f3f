//! Every endpoint that the doctor may ask.

use std::fmt::Write as _;

use super::{code, head, table};
use heygen_doctor::heygen::endpoint::{self, Endpoint, UNKNOWN_ROUTE, Weight};
use heygen_doctor::record::probe::ApiVersion;

const ABOUT: &str = "\
Every request is a `GET`. None of these endpoints creates anything or costs credit. Verdicts are taken
from V3 only; V1 and V2 are asked for comparison.";

pub(super) fn page() -> String {
    let mut out = head("Endpoints", "src/heygen/endpoint", ABOUT);
    for version in [ApiVersion::V3, ApiVersion::V2, ApiVersion::V1] {
        let name = version.to_string().to_uppercase();
        let _ = write!(out, "\n## {name}\n");
        let mut rows: Vec<Vec<String>> =
            endpoint::catalogue().filter(|known| known.version == version).map(row).collect();
        if version == UNKNOWN_ROUTE.version {
            rows.push(row(&UNKNOWN_ROUTE));
        }
        out.push_str(&table(&["Id", "Path", "Scope", "Answer", "End of life", "Source"], rows));
    }
    out
}

fn row(known: &Endpoint) -> Vec<String> {
    let dash = || "–".to_owned();
    let weight = match known.weight {
        Weight::Light => "small",
        Weight::Heavy => "large: read in part",
    };
    vec![
        code(known.id),
        code(known.target()),
        known.scope.map_or_else(dash, code),
        weight.to_owned(),
        known.sunset.map_or_else(dash, ToOwned::to_owned),
        known.source.to_owned(),
    ]
}
