//! What a record tells of this machine's settings: those the run used, and none under `--simulate`.

use std::fs;

use serde_json::Value;

use super::binary::doctor;
use super::loopback::Authority;

#[test]
fn certificates_that_the_user_named_are_told() {
    let named = Authority::new();
    let run = |args: &[&str]| {
        let mut command = doctor();
        command.args(["report", "--simulate", "healthy", "--json", "--markdown=ticket.md"]);
        let folder = tempfile::tempdir().unwrap();
        let output = command.args(args).current_dir(folder.path()).output().unwrap();
        let record: Value = serde_json::from_slice(&output.stdout).unwrap();
        let ticket = fs::read_to_string(folder.path().join("ticket.md")).unwrap();
        (record["environment"]["ca_cert"].clone(), ticket.contains("`--ca-cert`"))
    };
    let file = named.file();
    assert_eq!(run(&["--ca-cert", file.to_str().unwrap()]), (true.into(), true));
    assert_eq!(run(&[]), (Value::Null, false));
}

#[test]
fn a_scenario_is_told_without_this_machines_settings() {
    let mut command = doctor();
    for name in ["HTTPS_PROXY", "http_proxy", "ALL_PROXY", "NO_PROXY", "NODE_EXTRA_CA_CERTS"] {
        command.env(name, "http://proxy.example:3128");
    }
    command.args(["check", "--simulate", "healthy", "--format", "json"]);
    let output = command.output().unwrap();
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    for list in ["proxy_variables", "settings"] {
        let found = record["environment"][list].as_array().map_or(0, Vec::len);
        assert_eq!(found, 0, "{list}: {}", record["environment"]);
    }
}
