//! `watch`: the program against the double, and against servers that come and go.

mod machine;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use heygen_doctor::key::ApiKey;
use heygen_doctor::record::watched::{Round, State};
use heygen_doctor::simulate::{Server, load};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;
use tokio::time::Instant;

use super::binary::doctor;

/// Far longer than any step takes, whatever else goes on.
const LONG: Duration = Duration::from_mins(2);

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("watch.ndjson")
    }

    /// A watch with a log and a record, many rounds in a second.
    fn watch(&self, args: &[&str]) -> Command {
        let mut command = doctor();
        command.args(["watch", "--json", "--log"]).arg(self.log()).args(args);
        for (flag, usual) in [("--every", "20ms"), ("--for", "2m")] {
            if !args.contains(&flag) {
                command.args([flag, usual]);
            }
        }
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn rounds(&self) -> Vec<Round> {
        let text = fs::read_to_string(self.log()).unwrap_or_default();
        // The last line may be on its way.
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// Waits until the log holds what is asked for.
    fn wait_for(&self, holds: impl Fn(&[Round]) -> bool) {
        let began = Instant::now();
        while !holds(&self.rounds()) {
            assert!(began.elapsed() < LONG, "{:?}", self.rounds());
            thread::sleep(Duration::from_millis(20));
        }
    }
}

fn record(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn conclusion(record: &Value) -> &str {
    record["watch"]["conclusion"].as_str().unwrap()
}

fn count(rounds: &[Round], state: State) -> usize {
    rounds.iter().filter(|round| round.state == state).count()
}

#[test]
fn a_new_key_is_seen_to_come_and_the_log_is_gone_on_with() {
    let place = Place::new();
    let output = place.watch(&["--simulate", "new-key-on-its-way"]).output().unwrap();
    let seen = record(&output);
    assert_eq!(conclusion(&seen), "propagated", "{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(0));
    let schema: Value =
        serde_json::from_str(include_str!("../../docs/record.schema.json")).unwrap();
    jsonschema::validate(&schema, &seen).unwrap();

    let rounds = place.rounds();
    assert_eq!(count(&rounds, State::Refused), 45);
    assert_eq!(rounds.len(), 45 + 36, "36 in a row against 1 in 10");
    let flips: Vec<usize> = (0..rounds.len()).filter(|n| rounds[*n].flip).collect();
    assert_eq!(flips, [45]);
    let flip = &seen["watch"]["flips"][0];
    let at = |n: usize| serde_json::to_value(&rounds[n]).unwrap()["at"].clone();
    assert_eq!((&flip["after"], &flip["before"]), (&at(44), &at(45)));
    assert!(text(&output.stderr).contains("refused until"), "{}", text(&output.stderr));

    // Ten of the lines, and one that was cut off: the first answer of a key that works is a change.
    let lines = fs::read_to_string(place.log()).unwrap();
    let some: Vec<&str> = lines.lines().take(10).collect();
    let cut = format!("{}\n{{\"at\":\"2026", some.join("\n"));
    fs::write(place.log(), &cut).unwrap();
    let args = ["--simulate", "healthy", "--until", "changed"];
    let refused = place.watch(&args).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("log of another key"), "{}", text(&refused.stderr));
    assert_eq!(fs::read_to_string(place.log()).unwrap(), cut, "nothing was added");
    let healthy = load("healthy").unwrap().key.unwrap();
    let healthy = ApiKey::from_bytes(healthy.into_bytes()).fingerprint();
    let now = cut.replace(rounds[0].key.as_ref().unwrap(), &healthy);
    fs::write(place.log(), now).unwrap();
    let output = place.watch(&args).output().unwrap();
    let seen = record(&output);
    assert_eq!(conclusion(&seen), "undecided", "one answer shows little");
    assert_eq!((seen["watch"]["refused"].clone(), output.status.code()), (10.into(), Some(0)));
    assert!(text(&output.stderr).contains("1 line of the log"), "{}", text(&output.stderr));
    assert_eq!(place.rounds().len(), 11);
    let log = fs::read_to_string(place.log()).unwrap();
    assert_eq!(log.lines().count(), 11, "what was cut off is gone");
    assert!(place.rounds()[10].flip);
}

#[test]
fn answers_in_turns_are_no_end_and_no_beginning() {
    let place = Place::new();
    let args = ["--simulate", "flapping", "--for", "3s", "--until", "gone"];
    let output = place.watch(&args).output().unwrap();
    let seen = record(&output);
    assert_eq!(conclusion(&seen), "flapping", "{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "whatever the last answer was");
    let diagnosis = &seen["diagnosis"];
    assert_eq!(diagnosis["cause"], "inconsistent_auth", "{diagnosis}");
    assert_eq!((&diagnosis["exit_code"], &diagnosis["confidence"]), (&1.into(), &"likely".into()));
    assert!(diagnosis["statement"].as_str().unwrap().contains("in turns"), "{diagnosis}");
    assert_eq!(diagnosis["causes"][0]["cause"], "inconsistent_auth");
    let path = place.folder.path().join("record.json");
    fs::write(&path, &output.stdout).unwrap();
    let again = doctor().args(["check", "--json", "--from"]).arg(&path).output().unwrap();
    assert_eq!(record(&again)["diagnosis"], *diagnosis, "judged again it is the same");
}

#[test]
fn the_old_key_ends_and_the_new_one_lives() {
    let scenario = load("rotated-while-watched").unwrap();
    let old = scenario.key.clone().unwrap();
    let new = "sk_V2_hgu_kSYNTHETICO_SyntheticKeyThatIsTheNewOne0000";
    for (other, conclusion_wanted, code) in [
        (Some(new), "rotated", 3),
        (Some("sk_V2_hgu_kSYNTHETICO_SyntheticKeyNobodyKnows000000000"), "outage", 1),
        (None, "gone", 3),
    ] {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let server =
            runtime.block_on(Server::start(&scenario, "127.0.0.1:0".parse().unwrap())).unwrap();
        let place = Place::new();
        let url = server.base_url();
        let mut command = place.watch(&["--until", "gone", "--base-url", &url]);
        command.env("HEYGEN_API_KEY", &old);
        if let Some(other) = other {
            command.env("NEW", other).args(["--control-env", "NEW"]);
        }
        let output = command.output().unwrap();
        let seen = record(&output);
        assert_eq!(conclusion(&seen), conclusion_wanted, "{}", text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
        let rounds = place.rounds();
        assert_eq!(count(&rounds, State::Accepted), 20, "{rounds:?}");
        assert_eq!(rounds.iter().all(|it| it.control_key.is_some()), other.is_some());
        let told = text(&output.stdout)
            + &text(&output.stderr)
            + &fs::read_to_string(place.log()).unwrap();
        assert!(!told.contains("SyntheticKey"), "no key in any output");
    }
}

#[test]
fn a_server_that_is_gone_for_a_while_changes_nothing() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let scenario = load("healthy").unwrap();
    let start = |address: &str| {
        runtime.block_on(Server::start(&scenario, address.parse().unwrap())).unwrap()
    };
    let server = start("127.0.0.1:0");
    let (address, url) = (server.addr().to_string(), server.base_url());
    let place = Place::new();
    let mut command = place.watch(&["--every", "100ms", "--base-url", &url]);
    command.env("HEYGEN_API_KEY", scenario.key.clone().unwrap());
    let child = command.spawn().unwrap();
    place.wait_for(|rounds| count(rounds, State::Accepted) >= 3);
    drop(server);
    place.wait_for(|rounds| count(rounds, State::Failed) >= 2);
    let _server = start(&address);
    let output = child.wait_with_output().unwrap();
    let seen = record(&output);
    assert_eq!(conclusion(&seen), "working", "{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(seen["watch"]["flips"], Value::Array(Vec::new()), "failing is no refusal");
    assert!(seen["watch"]["failed"].as_u64().unwrap() >= 2);
}

#[test]
fn a_signal_ends_a_watch_with_its_record_and_its_metrics() {
    let place = Place::new();
    let metrics = place.folder.path().join("key.prom");
    let flag = format!("--openmetrics={}", metrics.display());
    let child: Child = place.watch(&["--simulate", "unknown-key", &flag]).spawn().unwrap();
    place.wait_for(|rounds| rounds.len() >= 3);
    assert!(fs::read_to_string(&metrics).unwrap().ends_with("# EOF\n"), "written each round");
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    let seen = record(&output);
    assert_eq!(seen["diagnosis"]["cause"], "key_unrecognized", "{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(3), "that of the last state");
    let run = &seen["run"];
    assert_eq!((&run["partial"], &run["ended_by"]), (&true.into(), &"interrupt".into()));
    assert!(seen["watch"]["refused"].as_u64().unwrap() >= 3);
}

#[test]
fn what_can_not_be_watched_is_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("notes.txt");
    fs::write(&other, "remember the milk\n").unwrap();
    let log = other.to_str().unwrap();
    for (args, told) in [
        (&["--every", "10ms", "--base-url", "https://192.0.2.1"][..], "--every 1s"),
        (&["--simulate", "healthy", "--log", log], "no log of a watch"),
        (&["--from", "run.json"], "takes no record"),
        (&["--until", "never"], "working"),
        (&["--simulate", "healthy", "--log", "-"], "is no file to write to"),
        (&["--simulate", "healthy", "--log", "x.ndjson", "--json=x.ndjson"], "can't both go to"),
        (&["--simulate", "healthy", "--json=-"], "is no file to write to"),
    ] {
        let mut command = doctor();
        command.env("HEYGEN_API_KEY", super::binary::KEY).arg("watch").args(args);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains(told), "{args:?}: {}", text(&output.stderr));
    }
    assert_eq!(fs::read_to_string(Path::new(log)).unwrap(), "remember the milk\n");
}

#[test]
fn without_a_key_there_is_nothing_to_wait_for() {
    let output = doctor().args(["watch", "--base-url", "http://127.0.0.1:9"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("no key"), "{}", text(&output.stdout));
}

#[test]
fn the_end_of_a_key_is_told_once_where_it_is_near() {
    for (before, told) in [(Some("14d"), 1), (Some("36h"), 0), (None, 0)] {
        let place = Place::new();
        let mut args = vec!["--simulate", "expires-soon"];
        args.extend(before.iter().flat_map(|before| ["--warn-before", before]));
        let output = place.watch(&args).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(count(&place.rounds(), State::Accepted) > 3);
        let warned = text(&output.stderr).matches("warning: The key ends at 20").count();
        assert_eq!(warned, told, "{before:?}: {}", text(&output.stderr));
        let seen = record(&output);
        let notes = seen["diagnosis"]["notes"].as_array().unwrap();
        let noted = notes.iter().filter(|note| note["id"] == "expires_soon").count();
        assert_eq!(noted, told, "{before:?}: {notes:?}");
    }
    // A key that isn't accepted has no end that would matter.
    let place = Place::new();
    let refused = ["--simulate", "unknown-key", "--warn-before", "14d", "--for", "200ms"];
    let output = place.watch(&refused).output().unwrap();
    assert!(!text(&output.stderr).contains("warning"), "{}", text(&output.stderr));
}

#[test]
fn two_watches_never_write_to_one_log() {
    let place = Place::new();
    let args = ["--simulate", "unknown-key"];
    let first = place.watch(&args).spawn().unwrap();
    place.wait_for(|rounds| rounds.len() >= 2);
    let second = place.watch(&args).output().unwrap();
    let told = text(&second.stderr);
    assert_eq!(second.status.code(), Some(2), "{told}");
    assert!(told.contains("Another run writes to `") && second.stdout.is_empty(), "{told}");
    kill_process(Pid::from_child(&first), Signal::INT).unwrap();
    assert_eq!(first.wait_with_output().unwrap().status.code(), Some(3));
    let log = fs::read_to_string(place.log()).unwrap();
    assert_eq!(log.lines().count(), place.rounds().len(), "every line is whole");
}
