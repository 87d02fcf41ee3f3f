//! What is said to have been sent, where no answer came: never less than what was, never more.

use std::fs;
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::thread;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::binary::{KEY, doctor};
use super::interruption::missing;
use super::wire::{Ear, refusal};

/// Sentences that are wrong once a request with the key has left.
const DENIALS: &[&str] = &[
    " 0 requests",
    " 0 calls",
    "key not sent",
    "key was not sent",
    "No key was sent",
    "Nothing was sent.",
    "No request was sent",
    "Endpoints: 0",
    "Endpoints: none",
    "No legacy version was asked",
    "was not tried",
    "none was tried",
];

/// Waits until the test is over.
fn park() -> ! {
    loop {
        thread::park();
    }
}

/// A server that is silent where one of these headers is in the request.
fn silent(headers: &'static [&str]) -> Ear {
    Ear::answering(move |head| {
        if headers.iter().any(|name| head.to_ascii_lowercase().contains(name)) {
            park();
        }
        if head.contains("/v3/users/me") || head.contains("/v3/api_keys") {
            refusal()
        } else {
            missing()
        }
    })
}

/// The requests that arrived, and those of them with a key.
fn arrived(ear: &Ear) -> (usize, usize) {
    let heard = ear.heard().to_ascii_lowercase();
    let heads = heard.split("\r\n\r\n").filter(|head| head.contains("http/1.1"));
    let keyed = |head: &&str| head.contains("x-api-key: ") || head.contains("authorization: ");
    (heads.clone().count(), heads.filter(keyed).count())
}

fn record(ear: &Ear, args: &[&str]) -> Value {
    let mut command = doctor();
    command.env("HEYGEN_API_KEY", KEY).args(args).args(["--base-url", &ear.base_url()]);
    serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
}

fn held_back(record: &Value, why: &str) -> usize {
    let left_out = record["run"]["not_sent"].as_array().unwrap();
    left_out.iter().filter(|entry| entry["why"].as_str().unwrap().starts_with(why)).count()
}

#[test]
fn a_key_that_was_sent_before_the_end_is_not_denied() {
    let (asked, sight) = channel();
    let ear = Ear::answering(move |head| {
        if head.contains(KEY) {
            let _ = asked.send(());
        }
        park()
    });
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let child = doctor()
        .env("HEYGEN_API_KEY", KEY)
        .args(["check", "--profile", "full", "-vv", "--base-url", &ear.base_url()])
        .arg(format!("--json={}", path("json").display()))
        .arg(format!("--markdown={}", path("markdown").display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    sight.recv().unwrap();
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let human = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let ticket = fs::read_to_string(path("markdown")).unwrap();
    for text in [&human, &ticket] {
        for denial in DENIALS {
            assert!(!text.contains(denial), "{denial}: {text}");
        }
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // One, or several: that depends on how many were under way when the run ended.
        let told = ["They may have been sent", "It may have been sent"];
        assert!(told.iter().any(|told| flat.contains(told)), "{text}");
    }
    let record: Value = serde_json::from_slice(&fs::read(path("json")).unwrap()).unwrap();
    let cut = record["run"]["unanswered"].as_array().unwrap();
    let own = cut.iter().filter(|cut| cut["credential"] == "real").count();
    let sent = ear.heard().split("\r\n\r\n").filter(|head| head.contains(KEY)).count();
    assert!(own >= sent && sent > 0, "{sent} arrived: {cut:?}");
    assert!(cut.len() >= arrived(&ear).0, "{cut:?}");
    assert_eq!(record["summary"]["requests"], cut.len());
    assert_eq!(record["run"]["steps"][0]["requests"], cut.len());
    assert_eq!(record["observations"].as_array().unwrap().len(), 0, "they are no evidence");
    let from = format!("--from={}", path("json").display());
    let again = doctor().args(["check", "--format", "json", &from]).output().unwrap();
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!((&again["summary"], &again["run"]), (&record["summary"], &record["run"]));
}

#[test]
fn a_value_that_no_header_can_carry_counts_as_not_sent() {
    for profile in ["adaptive", "full"] {
        let args = ["check", "--simulate", "two-lines", "--profile", profile, "--format", "json"];
        let output = doctor().args(args).output().unwrap();
        let record: Value = serde_json::from_slice(&output.stdout).unwrap();
        let summary = &record["summary"];
        let unsent = summary["by_class"]["unsendable"].as_u64().unwrap();
        let all = record["observations"].as_array().unwrap().len() as u64;
        assert_eq!(summary["requests"], all - unsent, "{profile}");
        assert_eq!(summary["real_key"]["asked"], 0, "{profile}");
        assert_eq!(summary["controls"]["asked"], summary["controls"]["as_they_must"], "{profile}");
        let steps = record["run"]["steps"].as_array().unwrap();
        let told: u64 = steps.iter().map(|step| step["requests"].as_u64().unwrap()).sum();
        assert_eq!(told, all - unsent, "{profile}");
        assert_eq!(held_back(&record, "The value has a character") as u64, unsent, "{profile}");
    }
    let output = doctor().args(["report", "--simulate", "two-lines"]).output().unwrap();
    let ticket = String::from_utf8(output.stdout).unwrap();
    for wrong in ["| `unsent` |", "failed (unsent)", "# v3.users-me/x-api-key/real: unsent"] {
        assert!(!ticket.contains(wrong), "{wrong}: {ticket}");
    }
}

#[test]
fn nothing_more_is_sent_once_no_request_is_answered() {
    let ear = silent(&["user-agent: "]);
    let record = record(&ear, &["report", "--json", "--timeout", "1s"]);
    assert_eq!(record["diagnosis"]["cause"], "timeout");
    assert_eq!(record["summary"]["requests"], 8);
    assert!(arrived(&ear).0 <= 8);
    assert!(held_back(&record, "No request was answered in time") > 60, "{}", record["run"]);
}

#[test]
fn nothing_more_is_sent_with_a_key_once_no_key_is_answered() {
    let check = ["check", "--format", "json", "--timeout", "2s"];
    let report = ["report", "--json", "--timeout", "2s"];
    let any = &["x-api-key: ", "authorization: "];
    let every = "No request with a key was answered in time";
    let alike = "No request with a key in this header";
    for (headers, args, why, (most, held_back_at_least)) in [
        (&any[..], &check[..], every, (6, 0)),
        (&any[..], &report[..], every, (12, 11)),
        (&any[..1], &report[..], alike, (60, 11)),
    ] {
        let ear = silent(headers);
        let record = record(&ear, args);
        assert_eq!(record["diagnosis"]["cause"], "auth_service_error", "{args:?}");
        assert_eq!(record["run"]["partial"], false, "{args:?}");
        assert!(arrived(&ear).1 <= most, "{args:?}: {:?}", arrived(&ear));
        assert!(held_back(&record, why) >= held_back_at_least, "{}", record["run"]);
        let held = record["run"]["not_sent"].as_array().unwrap();
        let told = |entry: &&Value| held.iter().filter(|other| other == entry).count();
        assert!(held.iter().all(|entry| told(&entry) == 1), "each is told once: {held:?}");
    }
}

#[test]
fn where_no_body_ends_and_where_no_name_resolves_the_questions_end_after_the_first() {
    for (scenario, why) in [
        ("bodies-stop-half-way", "No request was answered in time"),
        ("name-unknown", "No request was answered, so more of them"),
    ] {
        let args = ["report", "--json", "--simulate", scenario, "--timeout", "1s"];
        let output = doctor().args(args).output().unwrap();
        let record: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(record["summary"]["requests"], 8, "{scenario}: {}", record["run"]);
        assert!(held_back(&record, why) > 60, "{scenario}: {}", record["run"]);
    }
}

#[test]
fn a_burst_is_sent_at_once_even_where_nobody_has_answered_yet() {
    let ear = silent(&["user-agent: "]);
    let args = ["check", "--format", "json", "--timeout", "1s", "--profile", "quick"];
    let only = ["--pattern", "burst:10", "--only", "*/burst-*"];
    let record = record(&ear, &[&args[..], &only].concat());
    assert_eq!(record["summary"]["requests"], 10, "{}", record["run"]);
}
