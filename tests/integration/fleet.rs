//! `fleet`: the program with many keys, against a server that knows some of them.

mod controls;
mod flags;
mod list;
mod recipes;
mod resume;
mod secrecy;
mod shards;
#[cfg(unix)]
mod terminal;
mod town;
mod verdicts;

use std::fs;
use std::process::Output;

use serde_json::Value;
use town::{Town, Turn, name, results};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn lines(output: &Output) -> std::collections::HashMap<String, Value> {
    results(&text(&output.stdout))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_works_takes_one_request_and_the_controls_are_shared() {
    let town = Town::new(0..300, Turn::Never).await;
    town.list(0..300);
    let summary = town.path("summary.json");
    let metrics = town.path("fleet.prom");
    let output = town
        .fleet(&[
            "--summary",
            summary.to_str().unwrap(),
            &format!("--openmetrics={}", metrics.display()),
        ])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let lines = lines(&output);
    assert_eq!(lines.len(), 300);
    assert!(lines.values().all(|line| line["cause"] == "healthy" && line["exit_code"] == 0));
    for number in 0..300 {
        assert_eq!(town.asked(number), 1, "{number}");
    }
    let requests = town.requests.load(std::sync::atomic::Ordering::Relaxed);
    // The controls: at the start, after each hundred keys, and at the end.
    assert!((300 + 4 * 3..=300 + 7 * 3).contains(&requests), "{requests}");
    let summary: Value = serde_json::from_str(&fs::read_to_string(summary).unwrap()).unwrap();
    assert_eq!(summary["keys"], 300);
    assert_eq!(summary["by_cause"]["healthy"], 300);
    assert_eq!(summary["by_verdict"]["healthy"], 300);
    assert_eq!(summary["requests"], requests, "what is told is what arrived");
    assert_eq!(summary["shard"], Value::Null);
    let metrics = fs::read_to_string(metrics).unwrap();
    let row = "heygen_doctor_fleet_keys{cause=\"healthy\",verdict=\"healthy\"} 300\n";
    assert!(metrics.contains(row) && metrics.ends_with("# EOF\n"), "{metrics}");
    assert!(text(&output.stderr).contains("300 keys decided"), "{}", text(&output.stderr));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_working_key_is_the_control_of_those_that_do_not_and_the_worst_decides() {
    // The first ones don't work: they wait until one does.
    let town = Town::new(5..20, Turn::Never).await;
    town.list(0..20);
    let output = town.fleet(&[]).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let lines = lines(&output);
    for number in 0..20 {
        let line = &lines[&name(number)];
        let (cause, confidence) =
            if number < 5 { ("key_unrecognized", "confirmed") } else { ("healthy", "likely") };
        assert_eq!((&line["cause"], &line["confidence"]), (&cause.into(), &confidence.into()));
    }
    let spared = town.fleet(&["--fail-on", "heygen"]).output().unwrap();
    assert_eq!(spared.status.code(), Some(0), "the caller's side is left out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_end_soon_are_listed_where_that_is_asked_for() {
    let town = Town::new(0..20, Turn::Never).await;
    town.list(0..20);
    let summary = town.path("summary.json");
    let output = town
        .fleet(&["--warn-before", "14d", "--summary", summary.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let lines = lines(&output);
    let ends: Vec<bool> = (0..20).map(|n| lines[&name(n)]["expires_at"].is_string()).collect();
    assert_eq!(ends.iter().filter(|ends| **ends).count(), 2);
    assert!(ends[7] && ends[17]);
    assert_eq!(town.asked(7), 2, "the account, and what HeyGen says of the key");
    let told = text(&output.stderr);
    assert!(told.contains("2 keys soon to end: customer-"), "{told}");
    let summary: Value = serde_json::from_str(&fs::read_to_string(summary).unwrap()).unwrap();
    assert_eq!(
        (&summary["expiring"], summary["expiring_first"].as_array().unwrap().len()),
        (&2.into(), 2)
    );
    let output = town.fleet(&["--warn-before", "2d"]).output().unwrap();
    assert!(!text(&output.stderr).contains("soon to end"), "three days are more than two");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_is_in_flight_than_may_be() {
    let town = Town::slow(0..40, Turn::Never, std::time::Duration::from_millis(5)).await;
    town.list(0..40);
    let output = town.fleet(&["--concurrency", "3"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(town.most_in_flight.load(std::sync::atomic::Ordering::Relaxed), 3);
}
