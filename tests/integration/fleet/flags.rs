//! Flags that mean the same as for one key, and the files that a run writes.

use std::fs;
use std::process::Output;

use serde_json::{Value, json};

use super::super::binary::doctor;
use super::town::{Town, Turn, key, results};
use super::{lines, text};

fn simulated(args: &[&str]) -> Output {
    doctor().args(["fleet", "--rate", "none", "--simulate"]).args(args).output().unwrap()
}

/// A list of keys that differ in what there is to do with them.
fn mixed(town: &Town) {
    let rows = [
        json!({"name": "works", "key": key(1)}),
        json!({"name": "unknown", "key": key(500)}),
        json!({"name": "stand-in", "key": "your-api-key-here"}),
        json!({"name": "unset", "env": "NOT_SET"}),
    ];
    fs::write(town.path("keys.ndjson"), rows.map(|row| row.to_string()).join("\n")).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_is_told_and_nothing_is_sent_or_written() {
    let town = Town::new(0..3, Turn::Never).await;
    mixed(&town);
    let out = town.path("out.ndjson");
    let args = ["--dry-run", "--out", out.to_str().unwrap()];
    let output = town.fleet(&args).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let told = text(&output.stdout);
    for line in [
        "2 keys would be asked: with 2 requests if each is accepted at once",
        "Keys: 4 listed, 2 to be sent, 2 not to be sent",
        "v3.users-me/x-api-key/real ",
        "  works     the list                ",
        "  stand-in  the list                not to be sent: the value can't be a key",
        "  unset     the variable `NOT_SET`  missing",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(!told.contains("SyntheticKey") && !out.exists(), "{told}");
    // What is decided already isn't asked again.
    assert_eq!(town.fleet(&args[1..]).output().unwrap().status.code(), Some(3));
    let requests = town.requests.load(std::sync::atomic::Ordering::Relaxed);
    let output = town.fleet(&["--dry-run", "--resume", args[1], args[2]]).output().unwrap();
    let told = text(&output.stdout);
    assert!(told.contains("No key would be sent") && told.contains("4 decided already"), "{told}");
    assert_eq!(town.requests.load(std::sync::atomic::Ordering::Relaxed), requests);
    let list = fs::read_to_string(town.path("keys.ndjson")).unwrap();
    fs::write(town.path("keys.ndjson"), list + "\nhalf a line\n").unwrap();
    assert_eq!(town.fleet(&["--dry-run"]).output().unwrap().status.code(), Some(2));
}

#[test]
fn a_simulated_fleet_has_keys_of_its_own_and_takes_no_other() {
    let output = simulated(&["healthy"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let lines = lines(&output);
    let causes = [
        ("scenario", "healthy"),
        ("made-up", "key_unrecognized"),
        ("stand-in", "key_placeholder"),
        ("missing", "key_missing"),
    ];
    for (name, cause) in causes {
        assert_eq!(lines[name]["cause"], cause, "{lines:?}");
    }
    assert_eq!(lines.len(), causes.len());
    for args in [&["healthy", "keys.ndjson"][..], &["healthy", "--base-url", "http://127.0.0.1:9"]]
    {
        let output = simulated(args);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("hint: ") && output.stdout.is_empty(), "{told}");
    }
    let output = simulated(&["healthy", "--dry-run"]);
    assert!(text(&output.stdout).contains("Keys: 4 listed, 2 to be sent"), "{output:?}");
}

#[test]
fn requirements_are_those_of_check() {
    let code = |args: &[&str]| lines(&simulated(args))["scenario"]["exit_code"].clone();
    assert_eq!(code(&["scoped"]), 0);
    assert_eq!(code(&["scoped", "--strict"]), 3);
    assert_eq!(code(&["healthy", "--strict"]), 0);
    assert_eq!(code(&["healthy", "--require", "balance:5"]), 0);
    let rich = lines(&simulated(&["healthy", "--require", "balance:5000"]));
    let line = &rich["scenario"];
    assert_eq!((&line["verdict"], &line["exit_code"]), (&"limited".into(), &3.into()));
    assert!(line["next_step"].as_str().unwrap().starts_with("For `scenario`: "), "{line}");
}

#[test]
fn what_is_decided_is_counted_as_the_flags_of_this_run_say() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.ndjson");
    let out = out.to_str().unwrap();
    simulated(&["scoped", "--out", out, "--fail-on", "network"]);
    let joined = |args: &[&str]| {
        let output = doctor().args(["fleet", "--join", out]).args(args).output().unwrap();
        let codes = ["scenario", "made-up"].map(|name| lines(&output)[name]["exit_code"].clone());
        (output.status.code(), codes.map(|code| code.as_u64().unwrap()))
    };
    assert_eq!(joined(&[]), (Some(3), [0, 3]));
    assert_eq!(joined(&["--strict"]), (Some(3), [3, 3]));
    assert_eq!(joined(&["--fail-on", "network"]), (Some(0), [0, 0]));
    assert_eq!(joined(&["--fail-on", "network", "--strict"]), (Some(3), [3, 0]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_answerable_for_its_own_requests_only_and_failing_keys_are_named() {
    let town = Town::new(0..3, Turn::Never).await;
    mixed(&town);
    let summary = town.path("summary.json");
    let output = town.fleet(&["--summary", summary.to_str().unwrap()]).output().unwrap();
    let all = lines(&output);
    assert_eq!(all["works"]["requests"], 1);
    assert_eq!((&all["stand-in"]["requests"], &all["unset"]["requests"]), (&0.into(), &0.into()));
    let summary: Value = serde_json::from_str(&fs::read_to_string(summary).unwrap()).unwrap();
    let arrived = town.requests.load(std::sync::atomic::Ordering::Relaxed);
    assert_eq!(summary["requests"], arrived, "what is told is what arrived");
    assert!(summary.get("failing").is_none(), "names stand in the lines");
    let step = all["unset"]["next_step"].as_str().unwrap();
    assert!(step.contains("`unset`") && step.contains("the variable `NOT_SET`"), "{step}");
    let step = all["stand-in"]["next_step"].as_str().unwrap();
    assert!(step.starts_with("For `stand-in`: ") && step.contains("`heygen-doctor fleet` again"));
    assert!(all["unknown"]["next_step"].as_str().unwrap().starts_with("For `unknown`: "));
    let told = text(&output.stderr);
    let row = "1  key_unrecognized        Key that HeyGen doesn't recognize\n           unknown\n";
    assert!(told.contains(row), "{told}");

    let row = |n| json!({"name": format!("\u{1b}[1m{n}"), "env": "NOT_SET"}).to_string();
    let list: Vec<String> = (0..14).map(row).collect();
    fs::write(town.path("keys.ndjson"), list.join("\n")).unwrap();
    let told = |args: &[&str]| {
        let told = text(&town.fleet(args).output().unwrap().stderr);
        told.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let few = told(&[]);
    assert!(few.contains("and 4 more (`-v` names all)"), "{few}");
    assert!(few.contains("\\u{1b}[1m") && !few.contains('\u{1b}'), "{few}");
    let all = told(&["-v"]);
    assert!((0..14).all(|n| all.contains(&format!("[1m{n}"))) && !all.contains("more"), "{all}");
    assert!(!told(&["-q"]).contains("[1m"), "a quiet run names nobody");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_runs_never_write_to_one_file() {
    let town = Town::slow(0..200, Turn::Never, std::time::Duration::from_millis(10)).await;
    town.list(0..200);
    let out = town.path("out.ndjson");
    let args = ["--out", out.to_str().unwrap(), "--resume", "--concurrency", "2"];
    let mut first = town.fleet(&args).spawn().unwrap();
    while fs::metadata(&out).map_or(0, |found| found.len()) == 0 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let second = town.fleet(&args).output().unwrap();
    assert!(first.try_wait().unwrap().is_none(), "the first one goes on");
    let told = text(&second.stderr);
    assert_eq!(second.status.code(), Some(2), "{told}");
    assert!(told.contains("Another run writes to `") && told.contains("hint: "), "{told}");
    assert_eq!(first.wait_with_output().unwrap().status.code(), Some(0));
    let file = fs::read_to_string(&out).unwrap();
    assert_eq!((file.lines().count(), results(&file).len()), (200, 200));
    assert!((0..200).all(|number| town.asked(number) == 1), "the second one asked nothing");
}

#[cfg(unix)]
#[test]
fn metrics_are_for_a_collector_and_everything_else_for_its_owner() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("usual"), "").unwrap();
    let [usual, metrics, summary, out] = ["usual", "metrics", "summary", "out"].map(path);
    let metrics_flag = format!("--openmetrics={}", metrics.display());
    let args = ["--summary", summary.to_str().unwrap(), "--out", out.to_str().unwrap()];
    simulated(&[&["healthy", &metrics_flag][..], &args].concat());
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&metrics), mode(&usual) & 0o644);
    assert_eq!((mode(&summary), mode(&out)), (0o600, 0o600));
}
