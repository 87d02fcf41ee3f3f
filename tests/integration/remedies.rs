//! A robot that knows only the next step: it mends the caller's side of each scenario, runs again,
//! and the key is no longer at fault.

use std::net::{Ipv4Addr, SocketAddr};

use base64::prelude::{BASE64_STANDARD, Engine};
use futures::stream::{self, StreamExt};
use heygen_doctor::judge::causes::of;
use heygen_doctor::record::cause::Side;
use heygen_doctor::simulate::Server;
use serde_json::Value;

use super::binary::doctor;
use super::scenarios::{Verdict, all};

/// Says whether the issued key can come of the value that is there.
type ComesOf = fn(&str, &str) -> bool;

/// What a step does to the value that is there, by its first words. Each says whether the issued key can
/// come of it.
const ACTS: &[(&str, ComesOf)] = &[
    ("Remove", only_less),
    ("Keep", only_less),
    ("Save the value without", only_less),
    ("Add what is missing", |given, issued| issued.contains(given) && issued.len() > given.len()),
    ("Replace", |given, issued| given.chars().count() == issued.chars().count()),
    ("Write the signs themselves", |given, issued| given.len() > issued.len()),
    ("Send the base64-encoded form", |given, issued| BASE64_STANDARD.encode(given) == issued),
    ("Send the base64-decoded form", |given, issued| {
        BASE64_STANDARD.decode(given).is_ok_and(|bytes| bytes.trim_ascii_end() == issued.as_bytes())
    }),
    // The key comes from elsewhere: its owner, a store, or a tool.
    ("Put", |_, _| true),
    ("Copy", |_, _| true),
    ("Use a key", |_, _| true),
    ("Use the other key", |_, _| true),
    ("Set", |_, _| true),
    ("Start the program", |_, _| true),
    ("Let", |_, _| true),
    ("Read the file", |_, _| true),
    ("Decrypt", |_, _| true),
    ("Ask the tool", |_, _| true),
    ("Give the token", |_, _| true),
];

/// Words of what can't be undone.
const DESTRUCTIVE: &[&str] =
    &["regenerate", "rotate", "delete the key", "revoke", "make a new key"];

/// Leaving something out is enough.
fn only_less(given: &str, issued: &str) -> bool {
    let mut rest = given.chars();
    given.len() > issued.len() && issued.chars().all(|wanted| rest.any(|c| c == wanted))
}

/// The key that HeyGen issued in a scenario, if it is still known.
fn issued(name: &str) -> Option<String> {
    let path = format!("{}/fixtures/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let file: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let account = file.get("account")?.as_table()?;
    let known = account.get("known").is_none_or(|known| known.as_bool() == Some(true));
    account.get("key")?.as_str().filter(|_| known).map(ToOwned::to_owned)
}

fn step(verdict: &Verdict) -> String {
    let diagnosis = &verdict.record["diagnosis"];
    let causes = diagnosis["causes"].as_array().unwrap();
    let named = causes.iter().find(|one| one["cause"] == diagnosis["cause"]).unwrap();
    named["next_step"].as_str().unwrap().to_owned()
}

/// The cause once the issued key is in the variable.
async fn mended(verdict: &Verdict, key: String) -> String {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let server = Server::start(&verdict.scenario, listen).await.unwrap();
    let base_url = server.base_url();
    let run = move || {
        let mut command = doctor();
        command.args(["check", "--json", "--no-status-page", "--base-url", &base_url]);
        let output = command.env("HEYGEN_API_KEY", key).output().unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let record = tokio::task::spawn_blocking(run).await.unwrap();
    record["diagnosis"]["cause"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_remedy_on_the_callers_side_works() {
    let broken = all().iter().filter(|verdict| {
        let cause = heygen_doctor::record::cause::Cause::from_name(verdict.cause()).unwrap();
        of(cause).side == Some(Side::Caller) && verdict.cause().starts_with("key_")
    });
    let repairable: Vec<_> = broken
        .filter_map(|verdict| {
            let given = verdict.scenario.key.clone()?;
            Some((verdict, given, issued(&verdict.scenario.name)?))
        })
        .collect();
    assert!(repairable.len() >= 30, "{} scenarios can be mended", repairable.len());
    for (verdict, given, issued) in &repairable {
        let (name, step) = (&verdict.scenario.name, step(verdict));
        let (_, comes_of) = ACTS
            .iter()
            .find(|(begins, _)| step.starts_with(begins))
            .unwrap_or_else(|| panic!("{name}: nobody knows how to do this: {step}"));
        assert!(comes_of(given, issued), "{name}: {issued:?} doesn't come of {given:?} so: {step}");
        let lower = step.to_lowercase();
        assert!(!DESTRUCTIVE.iter().any(|word| lower.contains(word)), "{name}: {step}");
    }
    let again = repairable.into_iter().map(|(verdict, _, issued)| async {
        (verdict.scenario.name.clone(), mended(verdict, issued).await)
    });
    let causes: Vec<(String, String)> = stream::iter(again).buffer_unordered(4).collect().await;
    let left: Vec<_> = causes.iter().filter(|(_, cause)| cause != "healthy").collect();
    assert!(left.is_empty(), "{left:?}");
}
