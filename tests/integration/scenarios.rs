//! Every scenario through the real binary: flags, sockets, HTTP, judgement, exit code.

use std::process::{Command, Output};
use std::sync::{Mutex, OnceLock};
use std::thread;

use heygen_doctor::record::Record;
use heygen_doctor::simulate::{Scenario, load, names};
use serde_json::Value;

use super::binary;

/// How many scenarios are under way at once.
const TOGETHER: usize = 12;

/// A scenario with the result of `check`.
pub(crate) struct Verdict {
    pub(crate) scenario: Scenario,
    pub(crate) exit: i32,
    pub(crate) record: Value,
    read: OnceLock<Record>,
    /// It was run without the flags of its label.
    pub(crate) plain: bool,
}

impl Verdict {
    /// The record as it is read, which takes a while: once for all tests.
    pub(crate) fn read(&self) -> &Record {
        self.read.get_or_init(|| serde_json::from_value(self.record.clone()).unwrap())
    }

    pub(crate) fn cause(&self) -> &str {
        self.record["diagnosis"]["cause"].as_str().unwrap()
    }

    pub(crate) fn confidence(&self) -> &str {
        self.record["diagnosis"]["confidence"].as_str().unwrap()
    }

    /// The differences from its label.
    pub(crate) fn faults(&self) -> Vec<String> {
        let expect = &self.scenario.expect;
        let mut faults = Vec::new();
        let mut differ = |what: &str, got: &str, want: &str| {
            if got != want {
                faults.push(format!("{what} is {got}, not {want}"));
            }
        };
        differ("the cause", self.cause(), &expect.cause.to_string());
        differ(
            "the verdict",
            self.record["diagnosis"]["verdict"].as_str().unwrap(),
            &expect.verdict.to_string(),
        );
        differ("the exit code", &self.exit.to_string(), &expect.exit_code.to_string());
        let standings: Vec<String> = expect.confidence.iter().map(ToString::to_string).collect();
        if !standings.iter().any(|standing| standing == self.confidence()) {
            faults.push(format!(
                "the confidence is {}, not {}",
                self.confidence(),
                standings.join(" or ")
            ));
        }
        let notes: Vec<&str> = self.record["diagnosis"]["notes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|note| note["id"].as_str().unwrap())
            .collect();
        for note in expect.notes.iter().filter(|note| !notes.contains(&note.as_str())) {
            faults.push(format!("the note {note} is missing"));
        }
        faults
    }
}

/// Runs `check` on a scenario.
pub(crate) fn check(scenario: &Scenario, args: &[&str]) -> Output {
    let mut command: Command = binary::doctor();
    command.args(["check", "--simulate", &scenario.name, "--profile", &scenario.expect.profile]);
    command.args(&scenario.expect.args).args(args).output().unwrap()
}

/// The same without any of the flags that its label asks for.
fn check_plainly(scenario: &Scenario, args: &[&str]) -> Output {
    let mut command: Command = binary::doctor();
    command.args(["check", "--simulate", &scenario.name]).args(args).output().unwrap()
}

/// Every scenario with the result of `check`, with the flags of its label; run once for all tests, a
/// few at a time.
pub(crate) fn all() -> &'static [Verdict] {
    static ALL: OnceLock<Vec<Verdict>> = OnceLock::new();
    ALL.get_or_init(|| {
        // Some of these wait for the whole deadline, so they do it meanwhile.
        thread::spawn(plain);
        run_all(names().map(|name| load(name).unwrap()).collect(), false)
    })
}

/// The results of a plain `check` for those whose label asks for more; for the others it is the same.
pub(crate) fn plain() -> &'static [Verdict] {
    static PLAIN: OnceLock<Vec<Verdict>> = OnceLock::new();
    PLAIN.get_or_init(|| {
        let all = names().map(|name| load(name).unwrap());
        let asking = all.filter(|scenario| !scenario.expect.flags().is_empty());
        run_all(asking.collect(), true)
    })
}

fn run_all(scenarios: Vec<Scenario>, plain: bool) -> Vec<Verdict> {
    let check = if plain { check_plainly } else { check };
    let waiting = Mutex::new(scenarios.into_iter());
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..TOGETHER {
            scope.spawn(|| {
                loop {
                    let Some(scenario) = waiting.lock().unwrap().next() else { return };
                    let output = check(&scenario, &["--format", "json"]);
                    let record = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
                        let stderr = String::from_utf8_lossy(&output.stderr);
                        panic!("{}: {error}: {stderr}", scenario.name)
                    });
                    let exit = output.status.code().unwrap();
                    done.lock().unwrap().push(Verdict {
                        scenario,
                        exit,
                        record,
                        read: OnceLock::new(),
                        plain,
                    });
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by(|a, b| a.scenario.name.cmp(&b.scenario.name));
    done
}

#[test]
fn every_scenario_is_diagnosed_as_labelled_or_listed_as_wrong() {
    let schema: Value =
        serde_json::from_str(include_str!("../../docs/record.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let mut surprises = Vec::new();
    for verdict in all() {
        let name = &verdict.scenario.name;
        if let Err(error) = schema.validate(&verdict.record) {
            surprises.push(format!(
                "{name}: the record breaks its schema at {}: {error}",
                error.instance_path()
            ));
        }
        match (verdict.faults(), &verdict.scenario.expect.wrong) {
            (faults, None) => {
                surprises.extend(faults.iter().map(|fault| format!("{name}: {fault}")));
            }
            (faults, Some(_)) if faults.is_empty() => {
                surprises.push(format!("{name}: listed as wrong, and right now: remove `wrong`"));
            }
            (_, Some(_)) => {}
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}
