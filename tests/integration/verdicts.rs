//! Verdicts that no scenario can play: faults in front of the host, and what a file says.

use std::collections::BTreeMap;
use std::net::TcpListener;

use serde_json::Value;

use super::binary::{KEY, doctor};
use super::samples::expired_login;

fn standings(record: &Value) -> BTreeMap<String, String> {
    let causes = record["diagnosis"]["causes"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    causes.map(|assessed| (text(&assessed["cause"]), text(&assessed["standing"]))).collect()
}

#[test]
fn behind_a_proxy_that_is_not_there_nothing_is_claimed_of_the_host() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = doctor()
        .env("HEYGEN_API_KEY", KEY)
        .args(["check", "--format", "json", "--base-url", "https://api.doctor.invalid"])
        .args(["--proxy", &format!("http://{closed}")])
        .output()
        .unwrap();
    let standings = standings(&serde_json::from_slice(&output.stdout).unwrap());
    assert_eq!(standings["proxy_error"], "confirmed");
    for cause in ["connection_failed", "dns_failure", "tls_error", "timeout"] {
        assert_eq!(standings[cause], "untested", "{cause}");
    }
}

#[test]
fn a_stored_login_that_is_over_and_refused_has_expired() {
    let record = serde_json::to_value(expired_login()).unwrap();
    assert_eq!(record["diagnosis"]["cause"], "key_revoked", "{}", record["diagnosis"]["statement"]);
    assert_eq!(record["diagnosis"]["confidence"], "likely");
    assert_eq!(record["diagnosis"]["exit_code"], 3);
}
