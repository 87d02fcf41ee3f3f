//! The next step fits what was seen: it can be followed, and it is one.

use heygen_doctor::cause::Cause;
use heygen_doctor::diagnose::diagnose;
use heygen_doctor::diagnosis::{Diagnosis, Standing};

use super::controls::{facts, standing};

/// The next step of the cause that is named.
fn step(diagnosis: &Diagnosis) -> &str {
    &diagnosis.causes.iter().find(|assessed| assessed.cause == diagnosis.cause).unwrap().next_step
}

#[test]
fn a_key_that_only_its_spelling_stops_is_recognised_and_the_step_is_the_spelling() {
    let diagnosis = diagnose(&facts("title-case-gateway"));
    assert_eq!(diagnosis.cause, Cause::HeaderStripped);
    for cause in [Cause::KeyUnrecognized, Cause::KeyRevoked] {
        assert_eq!(standing(&diagnosis, cause), Standing::RuledOut, "{cause}");
    }
    assert!(step(&diagnosis).contains("`X-Api-Key`"), "{}", step(&diagnosis));
    assert!(!step(&diagnosis).contains("proxy"), "{}", step(&diagnosis));
}
