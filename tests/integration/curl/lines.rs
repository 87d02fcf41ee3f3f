//! Each line repeats its own exchange.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::net::SocketAddr;

use heygen_doctor::key::ApiKey;
use heygen_doctor::record::Record;
use heygen_doctor::record::class::Class;
use heygen_doctor::simulate::{Scenario, Server};
use tempfile::{TempDir, tempdir};

use super::{forms, has_curl, say, sh};
use crate::binary::doctor;
use crate::scenarios::{Verdict, all};
use crate::wire::{Ear, refusal};

/// How many scenarios are served at once.
const TOGETHER: usize = 4;

/// Why a line isn't compared, by the structure of its scenario or its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spared {
    /// The server answers by what it was asked before.
    Remembers,
    /// The scenario is about an address where no server is.
    NobodyThere,
    /// No answer came in time, and curl would wait as long.
    Silence,
    /// No HTTP client can send it.
    Unsendable,
}

/// A folder whose `.curlrc` makes every line print its status and nothing else.
fn curl_home(scenario: &Scenario) -> TempDir {
    let folder = tempdir().unwrap();
    let mut config =
        "output = /dev/null\nwrite-out = \"%{http_code}\\n\"\nmax-time = 3\n".to_owned();
    let args = &scenario.expect.args;
    if let Some(at) = args.iter().position(|arg| arg == "--ca-cert") {
        let file = format!("{}/{}", env!("CARGO_MANIFEST_DIR"), args[at + 1]);
        config = format!("{config}cacert = \"{file}\"\n");
    }
    fs::write(folder.path().join(".curlrc"), config).unwrap();
    folder
}

/// Every variable that a line of this scenario can name.
fn variables(scenario: &Scenario) -> Vec<(String, OsString)> {
    let ring = scenario.keyring();
    let real = ring.used();
    let made_up = real.map_or_else(ApiKey::made_up_default, ApiKey::made_up);
    let mut variables = forms("MADE_UP_KEY", &made_up);
    variables.extend(real.iter().flat_map(|real| forms("HEYGEN_API_KEY", real)));
    for (number, _, key) in ring.others() {
        variables.extend(forms(&format!("OTHER_KEY_{number}"), key));
    }
    variables
}

/// True if a rule of the scenario looks at more than the request at hand.
fn remembers(name: &str) -> bool {
    let path = format!("{}/fixtures/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let scenario: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
    let counting = [
        "first",
        "after",
        "every",
        "chance",
        "burst",
        "during",
        "in_flight_over",
        "new_connection",
    ];
    let rules = scenario.get("rule").and_then(toml::Value::as_array);
    rules
        .into_iter()
        .flatten()
        .filter_map(|rule| rule.get("when"))
        .any(|when| counting.iter().any(|condition| when.get(condition).is_some()))
}

/// Why the line of an observation isn't compared, if so.
fn spared(verdict: &Verdict, class: Class, remembers: bool) -> Option<Spared> {
    let scenario = &verdict.scenario;
    if scenario.base_url_override().is_some() && !scenario.is_proxy() {
        Some(Spared::NobodyThere)
    } else if class == Class::Unsendable {
        Some(Spared::Unsendable)
    } else if class == Class::Timeout {
        Some(Spared::Silence)
    } else {
        remembers.then_some(Spared::Remembers)
    }
}

/// A line that is executed.
struct Line {
    text: String,
    status: String,
    probe: String,
    spared: Option<Spared>,
}

/// Stands in a line for the address of its server.
const SERVER: &str = "SERVER";

/// The lines of a scenario with the status that each of them stands for, each pair once.
fn lines(verdict: &Verdict) -> Vec<Line> {
    let record = verdict.read();
    let old = match &record.environment.proxy {
        Some(proxy) => proxy.url.clone(),
        None => record.run.base_url.clone(),
    };
    let authority = old.split_once("://").unwrap().1;
    let remembers = remembers(&verdict.scenario.name);
    let mut known = BTreeSet::new();
    let mut lines = Vec::new();
    for judged in &record.observations {
        let seen = &judged.observation;
        let status = seen.status().map_or_else(|| "000".to_owned(), |status| status.to_string());
        let text = judged.curl.replace(authority, SERVER);
        if known.insert((text.clone(), status.clone())) {
            let spared = spared(verdict, seen.class, remembers);
            lines.push(Line { text, status, probe: seen.probe.to_string(), spared });
        }
    }
    lines
}

/// In how many scenarios the same line is executed for the same status.
const ENOUGH: usize = 1;

/// The lines of every scenario. What many scenarios share is left to the first of them, but each
/// keeps its first line.
fn shared_out(verdicts: &'static [Verdict]) -> Vec<(&'static Verdict, Vec<Line>)> {
    let mut times: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut shares = Vec::new();
    for verdict in verdicts {
        let mut first = true;
        let mut own = lines(verdict);
        own.retain(|line| {
            let times = times.entry((line.text.clone(), line.status.clone())).or_default();
            *times += 1;
            std::mem::take(&mut first) || *times <= ENOUGH
        });
        shares.push((verdict, own));
    }
    shares
}

/// The results of the lines of one scenario.
#[derive(Default)]
struct Tally {
    compared: usize,
    spared: BTreeMap<Spared, usize>,
    wrong: Vec<String>,
}

/// Executes the lines of a scenario against a server of their own.
fn repeat(verdict: &Verdict, mut lines: Vec<Line>, server: SocketAddr) -> Tally {
    let mut tally = Tally::default();
    lines.retain(|line| {
        let Some(spared) = line.spared else { return true };
        *tally.spared.entry(spared).or_default() += 1;
        // A server that remembers is asked all the same: its lines must be lines.
        spared == Spared::Remembers
    });
    let server = server.to_string();
    let script: Vec<String> = lines.iter().map(|line| line.text.replace(SERVER, &server)).collect();
    let folder = curl_home(&verdict.scenario);
    let output = sh(&script.join("\n"), folder.path(), &variables(&verdict.scenario));
    let statuses: Vec<&str> = std::str::from_utf8(&output.stdout).unwrap().lines().collect();
    if statuses.len() != lines.len() {
        let said = String::from_utf8_lossy(&output.stderr);
        tally.wrong.push(format!("{} statuses of {} lines: {said}", statuses.len(), lines.len()));
    }
    for (Line { text, status, probe, spared }, got) in lines.iter().zip(statuses) {
        if spared.is_none() {
            tally.compared += 1;
            if got != status {
                tally.wrong.push(format!("{probe} was {status}, and its line gets {got}: {text}"));
            }
        }
    }
    tally
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lines_of_every_scenario_get_the_status_that_they_stand_for() {
    if !has_curl() {
        return;
    }
    let shares = tokio::task::spawn_blocking(|| shared_out(all())).await.unwrap();
    let mut queue = shares.into_iter();
    let mut running = tokio::task::JoinSet::new();
    let (mut compared, mut spared, mut wrong) = (0, BTreeMap::new(), Vec::new());
    loop {
        while running.len() < TOGETHER
            && let Some((verdict, lines)) = queue.next()
        {
            running.spawn(async move {
                let listen = "127.0.0.1:0".parse().unwrap();
                let server = Server::start(&verdict.scenario, listen).await.unwrap();
                let address = server.addr();
                let repeat = move || repeat(verdict, lines, address);
                (verdict, tokio::task::spawn_blocking(repeat).await.unwrap())
            });
        }
        let Some(done) = running.join_next().await else { break };
        let (verdict, tally) = done.unwrap();
        compared += tally.compared;
        for (why, lines) in &tally.spared {
            *spared.entry(*why).or_insert(0) += lines;
        }
        let name = &verdict.scenario.name;
        wrong.extend(tally.wrong.iter().map(|wrong| format!("{name}: {wrong}")));
        let asked = !verdict.record["observations"].as_array().unwrap().is_empty();
        if asked && tally.compared == 0 && tally.spared.is_empty() {
            wrong.push(format!("{name}: no line was executed"));
        }
    }
    say(&format!("{compared} curl lines got their status; not compared: {spared:?}"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > spared.values().sum(), "most lines are not compared: {spared:?}");
}

/// A decoded key of the older kind in quotes: every form is tried.
const QUOTED: &str = "\"0123456789abcdef0123456789abcdef-1759568400\"";
/// The same key as HeyGen issued it, in quotes.
const ENCODED: &str = "\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYtMTc1OTU2ODQwMA==\"";

/// The heads of requests without `Host`, each key named after its variable.
fn heads(heard: &str, known: &[(String, OsString)]) -> BTreeMap<String, usize> {
    let mut heads = BTreeMap::new();
    for head in heard.split_terminator("\r\n\r\n") {
        let lines = head.lines().filter(|line| !line.to_ascii_lowercase().starts_with("host:"));
        let lines: Vec<String> = lines.map(|line| named(line, known)).collect();
        *heads.entry(lines.join("\n")).or_default() += 1;
    }
    heads
}

/// A header whose value is a key, with its variable's name in place of the key.
fn named(line: &str, known: &[(String, OsString)]) -> String {
    let Some((name, value)) = line.split_once(": ") else { return line.to_owned() };
    if !["x-api-key", "authorization"].contains(&name.to_ascii_lowercase().as_str()) {
        return line.to_owned();
    }
    let schemes = ["Bearer ", "bearer ", "Token "];
    let scheme = schemes.into_iter().find(|scheme| value.starts_with(scheme)).unwrap_or_default();
    let key = &value[scheme.len()..];
    let variable = known.iter().find(|(_, value)| value.to_str() == Some(key));
    format!("{name}: {scheme}{}", variable.map_or("MADE_UP", |(name, _)| name.as_str()))
}

#[test]
fn a_line_sends_the_bytes_that_the_doctor_sent_in_every_variant() {
    if !has_curl() {
        return;
    }
    let mut variants = BTreeSet::new();
    for given in [QUOTED, ENCODED] {
        let key = ApiKey::from_bytes(given.as_bytes().to_vec());
        let known = forms("HEYGEN_API_KEY", &key);
        let ear = Ear::answering(|_| refusal());
        let base = ear.base_url();
        let args = ["report", "--json", "--pattern", "steady:1", "--base-url", &base];
        let output = doctor().env("HEYGEN_API_KEY", given).args(args).output().unwrap();
        let record: Record = serde_json::from_slice(&output.stdout).unwrap();
        let sent = heads(&ear.heard(), &known);

        let folder = tempdir().unwrap();
        let lines: Vec<&str> =
            record.observations.iter().map(|judged| judged.curl.as_str()).collect();
        let before = ear.heard().len();
        let mut variables = forms("MADE_UP_KEY", &key.made_up());
        variables.extend(known.clone());
        let output = sh(&lines.join("\n"), folder.path(), &variables);
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(heads(&ear.heard()[before..], &known), sent);
        variants
            .extend(record.observations.iter().map(|judged| judged.observation.variant.clone()));
    }
    let all = heygen_doctor::record::probe::variant::ALL.iter().map(|known| known.id.to_owned());
    assert_eq!(variants, all.collect());
}
