//! The next step fits what was seen: it can be followed, and it is one.

use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::{Diagnosis, Standing};

use heygen_doctor::record::facts::{EndedBy, Facts, Profile};
use heygen_doctor::record::probe::Credential;

use super::binary::doctor;
use super::controls::{diagnose, facts, standing};

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

#[test]
fn the_lead_sentence_says_what_happened() {
    for (name, says) in [
        ("certificate-expired", "The certificate has expired"),
        ("certificate-not-yet", "The certificate isn't valid yet"),
        ("self-signed", "The certificate isn't signed by anyone"),
        ("tls-to-plain", "The other side doesn't speak TLS"),
        ("port-refused", "The connection is refused"),
        ("name-unknown", "The resolver gives no address"),
        ("silent-handshake", "The TCP connection comes up, and the TLS handshake gets no answer"),
        ("truncated-answers", "The connection is closed before the answer is complete"),
    ] {
        let statement = diagnose(&facts(name)).statement;
        assert!(statement.contains(says), "{name}: {statement}");
    }
}

#[test]
fn a_run_that_could_not_tell_is_not_told_to_do_what_it_did() {
    let told = |change: &dyn Fn(&mut Facts)| {
        let mut facts = facts("inconclusive-409");
        change(&mut facts);
        let diagnosis = diagnose(&facts);
        assert_eq!(diagnosis.cause, Cause::Inconclusive);
        step(&diagnosis).to_owned()
    };
    assert!(told(&|_| {}).contains("--profile full"));
    assert!(!told(&|facts| facts.run.profile = Profile::Full).contains("--profile"));
    let late = told(&|facts| {
        facts.run.ended_by = Some(EndedBy::Deadline);
        facts.run.duration_ms = 60_000;
    });
    assert!(late.contains("`--deadline 120s`"), "{late}");
    let stopped = told(&|facts| facts.run.ended_by = Some(EndedBy::Interrupt));
    assert!(!stopped.contains("--profile"), "{stopped}");
}

#[test]
fn the_wait_that_was_asked_for_is_named_and_none_is_made_up() {
    let waits = |name| step(&diagnose(&facts(name))).to_owned();
    assert!(waits("rate-limited").contains("30 seconds"), "{}", waits("rate-limited"));
    let silently = waits("rate-limited-silently");
    assert!(!silently.contains("second") && !silently.contains("Retry-After"), "{silently}");
}

#[test]
fn the_scope_that_is_missing_is_named_and_one_that_is_there_is_not() {
    let diagnosis = diagnose(&facts("scoped"));
    assert!(step(&diagnosis).contains("`account:read`"), "{}", step(&diagnosis));
    assert!(diagnosis.statement.contains("`account:read`"), "{}", diagnosis.statement);
    let listed = diagnose(&facts("scope-list"));
    assert!(listed.statement.contains("`voices:read`"), "{}", listed.statement);
    assert!(!listed.statement.contains("videos:read"), "{}", listed.statement);
}

#[test]
fn a_key_that_works_is_the_step_and_its_column_is_named_after_its_place() {
    let mut facts = facts("other-source-works");
    assert!(step(&diagnose(&facts)).contains("the other key"), "{}", step(&diagnose(&facts)));
    facts.run.simulated = None;
    let diagnosis = diagnose(&facts);
    assert!(step(&diagnosis).contains("the key from `.env`"), "{}", step(&diagnosis));
    let output = doctor().args(["check", "--simulate", "other-source-works"]).output().unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(page.contains("key in .env"), "{page}");
}

#[test]
fn an_unmet_requirement_stands_in_the_verdict_and_is_the_step() {
    let check = |args: &[&str]| {
        let output = doctor().args(["check", "--simulate", "low-balance"]).args(args).output();
        let output = output.unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, quiet) = check(&["--require", "balance:5", "-q"]);
    assert_eq!(code, Some(3));
    assert!(quiet.contains("Limited") && quiet.contains("a balance of 5 is required"), "{quiet}");
    let (_, page) = check(&["--require", "balance:5"]);
    let step = page.split("Next step: ").nth(1).unwrap();
    assert!(step.starts_with("Add credit"), "{page}");
    assert_eq!(check(&["--require", "balance:0", "-q"]).0, Some(0));
}

#[test]
fn a_host_that_is_known_is_said_to_be_what_it_is_and_not_to_have_answered() {
    for (host, service) in
        [("app.heygen.com", "HeyGen's web app"), ("api.liveavatar.com", "the API of LiveAvatar")]
    {
        let mut facts = facts("healthy");
        facts.run.base_url = format!("https://{host}");
        facts.observations.clear();
        let diagnosis = diagnose(&facts);
        assert_eq!(diagnosis.cause, Cause::WrongHost);
        assert!(diagnosis.statement.contains(service), "{}", diagnosis.statement);
        assert!(!diagnosis.statement.contains("answers"), "{}", diagnosis.statement);
        assert_eq!(step(&diagnosis), "Set the base URL to `https://api.heygen.com`.");
    }
}

#[test]
fn a_login_page_at_the_right_host_is_not_cured_by_setting_that_host() {
    let mut facts = facts("captive-portal");
    facts.run.simulated = None;
    facts.run.base_url = "https://api.heygen.com".into();
    let portal = diagnose(&facts);
    assert!(step(&portal).contains("asks for a login"), "{}", step(&portal));
    assert!(!step(&portal).contains("base URL"), "{}", step(&portal));
    facts.run.base_url = "https://example.com".into();
    let elsewhere = diagnose(&facts);
    assert!(step(&elsewhere).contains("api.heygen.com"), "{}", step(&elsewhere));
}

#[test]
fn controls_that_were_not_asked_are_not_said_to_have_answered() {
    let mut facts = facts("healthy");
    facts.observations.retain(|seen| seen.credential == Credential::Real);
    let diagnosis = diagnose(&facts);
    let healthy = diagnosis.causes.iter().find(|one| one.cause == Cause::Healthy).unwrap();
    assert_eq!(healthy.against[0].text, "No control was asked beside the key.");
}

#[test]
fn a_login_to_a_proxy_that_is_not_set_goes_into_no_variable() {
    let diagnosis = diagnose(&facts("proxy-in-between"));
    assert_eq!(diagnosis.cause, Cause::ProxyError);
    assert!(!step(&diagnosis).contains("HTTPS_PROXY"), "{}", step(&diagnosis));
}

#[test]
fn answers_that_someone_gave_are_not_called_blocked_in_front_of_the_api() {
    let facts = facts("forbidden-generic");
    assert_eq!(diagnose(&facts).cause, Cause::PermissionDenied);
    assert!(!facts.run.not_sent.is_empty());
    for entry in &facts.run.not_sent {
        assert!(!entry.why.contains("in front of"), "{}", entry.why);
    }
}

#[test]
fn a_reason_that_the_same_path_contradicts_is_possible_at_most() {
    let mut facts = facts("no-credit");
    assert_eq!(standing(&diagnose(&facts), Cause::CreditExhausted), Standing::Confirmed);
    let refused =
        |one: &&heygen_doctor::record::observation::Observation| one.status() == Some(402);
    let mut accepted = facts.observations.iter().find(refused).unwrap().clone();
    let healthy = super::controls::facts("healthy").observations;
    let same = healthy
        .into_iter()
        .find(|one| one.endpoint == accepted.endpoint && one.credential == Credential::Real);
    accepted.outcome = same.unwrap().outcome;
    facts.observations.push(accepted);
    assert_eq!(standing(&diagnose(&facts), Cause::CreditExhausted), Standing::Possible);
}
