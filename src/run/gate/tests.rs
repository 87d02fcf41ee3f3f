//! The gate bounds the requests that nobody can answer, in whatever order they end.

use proptest::prelude::*;

use super::*;
use crate::heygen::endpoint::UNKNOWN_ROUTE;
use crate::record::observation::Fault;
use crate::record::probe::ProbeId;
use crate::record::probe::variant::X_API_KEY;

fn probe(credential: Credential) -> Probe {
    Probe {
        id: ProbeId("v3.users-me/x-api-key/test".to_owned()),
        wave: Wave::Controls,
        endpoint: &UNKNOWN_ROUTE,
        path: UNKNOWN_ROUTE.path.to_owned(),
        credential,
        variant: X_API_KEY,
        pattern: None,
        asks: "Is anybody there?",
    }
}

fn failed(probe: &Probe, fault: FaultKind, class: Class) -> Observation {
    serde_json::from_value(serde_json::json!({
        "probe": probe.id, "wave": probe.wave, "endpoint": probe.endpoint.id,
        "api_version": probe.endpoint.version, "method": "GET", "path": probe.path,
        "credential": probe.credential, "variant": probe.variant.id,
        "sent_at": "2026-11-27T00:00:00Z",
        "timing_ms": {"start": 0.0, "ttfb": 1.0, "total": 1.0},
        "outcome": Outcome::Fault(Fault::new(fault, "test")), "class": class,
    }))
    .unwrap()
}

/// Sends as many as the gate lets through, with up to `together` under way; `ends` says which of
/// those ends next. Gives the number sent.
fn sent(together: usize, ends: &[usize], fault: FaultKind, class: Class) -> usize {
    let (mut gate, mut flying, mut sent) = (Gate::default(), Vec::new(), 0);
    let credentials = [Credential::None, Credential::Real, Credential::MadeUp];
    let mut ends = ends.iter().cycle();
    loop {
        let next = probe(credentials[sent % credentials.len()]);
        match gate.turn(&next, false) {
            Turn::HoldBack(_) if flying.is_empty() => return sent,
            Turn::Send if flying.len() < together => {
                gate.sent(&next);
                flying.push(next);
                sent += 1;
                assert!(sent < 100, "it never ends");
            }
            Turn::Wait if flying.is_empty() => panic!("nothing is under way to wait for"),
            Turn::Send | Turn::Wait | Turn::HoldBack(_) => {
                let ended = flying.swap_remove(ends.next().unwrap() % flying.len());
                gate.landed(&ended, &failed(&ended, fault, class));
            }
        }
    }
}

proptest! {
    #[test]
    fn eight_that_reach_nobody_are_all_that_is_sent(
        together in 1_usize..64, ends in prop::collection::vec(0_usize..64, 1..20),
    ) {
        prop_assert_eq!(sent(together, &ends, FaultKind::Dns, Class::Dns), MAX_UNREACHED);
        prop_assert_eq!(sent(together, &ends, FaultKind::Refused, Class::Connect), MAX_UNREACHED);
    }

    #[test]
    fn eight_that_hang_are_all_that_is_sent(
        together in 1_usize..64, ends in prop::collection::vec(0_usize..64, 1..20),
    ) {
        prop_assert_eq!(sent(together, &ends, FaultKind::Timeout, Class::Timeout), MAX_UNANSWERED);
    }
}
