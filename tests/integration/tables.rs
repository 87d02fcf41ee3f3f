//! What is added to one table must be in the others: no name twice, none without its counterpart.

use std::collections::BTreeSet;
use std::fmt::Debug;

use heygen_doctor::classify::RULES;
use heygen_doctor::heygen::endpoint::{self, UNKNOWN_ROUTE};
use heygen_doctor::judge::causes::of;
use heygen_doctor::plan::{self, Brief, MOST_REQUESTS, PatternKind, Probe, Profile};
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::class::Class;
use heygen_doctor::record::probe::{ApiVersion, Credential, variant};
use heygen_doctor::record::wave::Wave;

fn distinct<T: Ord + Debug>(names: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut known = BTreeSet::new();
    for name in names {
        assert!(!known.contains(&name), "{name:?} twice");
        known.insert(name);
    }
    known
}

/// Everything that a run can ask, with no key in sight.
fn everything() -> Vec<Probe> {
    let brief = Brief {
        profile: Profile::Full,
        real: true,
        withheld: None,
        oauth: false,
        repairable: true,
        encodable: true,
        decodable: true,
        known_good: true,
        others: vec![1],
        patterns: PatternKind::all_usual(),
        only: Vec::new(),
        skip: Vec::new(),
        unknown_path: "/v3/0123456789".to_owned(),
        wrong_host: None,
    };
    plan::first(&brief).batches.into_iter().flat_map(|batch| batch.probes).collect()
}

#[test]
fn every_class_is_decided_by_a_rule_of_its_own_name() {
    distinct(RULES.iter().map(|rule| rule.name));
    let decided: BTreeSet<_> = RULES.iter().map(|rule| rule.class).collect();
    assert_eq!(decided, Class::ALL.into_iter().collect());
    assert!(RULES.iter().all(|rule| !rule.reads.is_empty()));
}

#[test]
fn every_cause_but_the_last_resort_is_weighed() {
    for cause in Cause::ALL {
        let weighed = of(cause).weigh.is_some();
        assert_eq!(weighed, cause != Cause::Inconclusive, "{cause}");
    }
}

/// Pages of HeyGen's documentation that are known to exist.
const PAGES: &[&str] = &[
    "https://developers.heygen.com/docs/api-key",
    "https://developers.heygen.com/docs/error-codes",
    "https://developers.heygen.com/endpoint-version-comparison",
    "https://developers.heygen.com/reference/get-current-api-key",
    "https://docs.heygen.com/docs/authentication-methods",
    "https://docs.heygen.com/reference/errors",
];

#[test]
fn causes_link_to_heygens_own_documentation_only() {
    let linked: Vec<(Cause, &str)> =
        Cause::ALL.into_iter().filter_map(|cause| Some((cause, of(cause).doc_url?))).collect();
    assert!(linked.len() > 10, "{linked:?}");
    for (cause, url) in linked {
        let page = url.split('#').next().unwrap();
        assert!(PAGES.contains(&page), "{cause}: {url}");
    }
}

#[test]
fn every_endpoint_is_named_and_placed_by_its_version_and_says_its_source() {
    distinct(endpoint::catalogue().map(|known| known.id));
    for known in endpoint::catalogue().chain([&UNKNOWN_ROUTE]) {
        let version = known.version;
        assert!(known.id.starts_with(&format!("{version}.")), "{}", known.id);
        assert!(!known.source.is_empty(), "{}", known.id);
        assert_eq!(endpoint::find(known.id), Some(known));
    }
}

#[test]
fn every_variant_can_be_found() {
    distinct(variant::ALL.iter().map(|variant| variant.id));
    distinct(variant::ALL.iter().map(|variant| variant.label));
    for known in variant::ALL.iter().chain(variant::HEADERS) {
        assert_eq!(variant::find(known.id), Some(*known));
    }
}

#[test]
fn the_full_plan_asks_each_endpoint_and_each_variant_and_stays_within_its_bounds() {
    let probes = everything();
    distinct(probes.iter().map(|probe| probe.id.clone()));
    let asked: BTreeSet<_> = probes.iter().map(|probe| probe.endpoint.id).collect();
    // Where the most that a run may send is reached, older versions yield.
    let current = endpoint::catalogue().filter(|known| known.version == ApiVersion::V3);
    for known in current.chain([&UNKNOWN_ROUTE]) {
        assert!(asked.contains(known.id), "{}", known.id);
    }
    let used: BTreeSet<_> = probes.iter().map(|probe| probe.variant.id).collect();
    assert_eq!(used, variant::ALL.iter().map(|variant| variant.id).collect());
    assert!(probes.len() <= MOST_REQUESTS, "{} requests", probes.len());
}

#[test]
fn every_probe_is_named_after_what_it_asks() {
    for Probe { id, endpoint, path, credential, variant, asks, .. } in everything() {
        let name = format!("{}/{}/{credential}", endpoint.id, variant.id);
        let rest = id.0.strip_prefix(&name);
        assert!(rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')), "{id}");
        assert!(asks.ends_with('?'), "{id}: {asks}");
        assert!(path.starts_with('/'), "{id}: {path}");
        assert_eq!(endpoint::find(endpoint.id), Some(endpoint), "{id}");
        assert_eq!(variant::find(variant.id), Some(variant), "{id}");
    }
}

#[test]
fn wave_two_sets_the_key_beside_its_controls() {
    let probes = everything();
    for endpoint in ["v3.api-keys-self", "v3.users-me"] {
        for credential in [Credential::Real, Credential::None, Credential::MadeUp] {
            let asked = probes.iter().any(|probe| {
                probe.wave == Wave::Controls
                    && probe.endpoint.id == endpoint
                    && probe.credential == credential
                    && variant::is_documented(probe.variant.id)
            });
            assert!(asked, "{endpoint} with {credential}");
        }
    }
}
