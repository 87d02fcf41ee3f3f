//! Bad input: a clear message with a hint, exit 2, nothing half-written, nothing echoed.

use std::fs;
use std::process::Output;

use super::binary::{KEY, doctor};

pub(crate) fn run(args: &[&str]) -> Output {
    doctor().args(args).output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Exit 2, an error with a hint on stderr, nothing on stdout.
pub(crate) fn refused(args: &[&str], says: &str) {
    let output = run(args);
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
    assert!(stderr.contains(says), "{args:?}: {stderr}");
    assert!(output.stdout.is_empty(), "{args:?}: {}", text(&output.stdout));
}

#[test]
fn what_cannot_be_used_is_told_with_a_hint() {
    for (args, says) in [
        (&["check", "--key-file", "nowhere/key"] as &[&str], "does not exist"),
        (&["check", "--base-url", "not a url"], "--base-url is not a valid URL"),
        (&["check", "--base-url", "http://api.example.com"], "plain http"),
        (&["check", "--base-url", "https://api.heygen.com/v3"], "names the version `/v3`"),
        (&["check", "--base-url", "https://api.heygen.com/v2/"], "Leave `/v2` and"),
        (&["check", "--simulate", "no-such-scenario"], "hint:"),
        (&["check", "--simulate", "healthy", "--json=nowhere/record.json"], "can't be written"),
        (&["check", "--simulate", "healthy", "--json", "--markdown"], "standard output"),
        (&["check", "--simulate", "healthy", "--json=same", "--markdown=same"], "can't both go"),
        (&["check", "--from", "nowhere.json"], "can't be read"),
        (&["check", "--from", "Cargo.toml"], "is not a run record"),
        (&["check", "--control-env", "NOT_SET"], "not set"),
        (&["check", "--key-env", "MY_KEY=something"], "not the name of a variable"),
        (&["key", "--key-env", "$MY_KEY"], "not the name of a variable"),
        (&["redact", "--key-env", "", "Cargo.toml"], "not the name of a variable"),
        (&["check", "--simulate", "healthy", "--json=/nowhere/x.json"], "its folder doesn't exist"),
        (&["redact", "src"], "it is a folder"),
        (&["check", "--junit=nowhere/report.xml"], "its folder doesn't exist"),
        (&["check", "--format", "github", "--json"], "can't both go to standard output"),
        (&["chekc"], "Did you mean `heygen-doctor check`?"),
        (&["diagnose"], "The commands are check, report, watch"),
        (&["check", "--ca-cert", "Cargo.toml"], "--ca-cert"),
        (&["check", "--proxy", "http://user:secret@proxy.example:1"], "HTTPS_PROXY"),
        (&["check", "--simulate", "healthy", "--only", "no-such/*"], "leave nothing to send"),
        (&["check", "--simulate", "healthy", "--skip", "*"], "`*/real`"),
        (&["explain", "intrenal_eror"], "internal_error"),
        (&["simulate", "healhty"], "healthy"),
        (&["check", "support-ticket"], "`heygen-doctor check --simulate support-ticket`"),
        (&["check", "--json", "run.json"], "Write `--json=run.json`"),
        (&["report", "-o", "ticket.md"], "like `--markdown=ticket.md`"),
        (&["report", "--format", "json"], "Name the document by its own flag"),
        (&["key", "--json"], "Write `--format json`."),
        (&["check", "--api-key"], "No flag takes the key itself"),
        (&["check", "--profil", "quick"], "Did you mean `--profile`?"),
        (&["check", "--profile", "quik"], "It can be quick, adaptive, or full."),
        (&["check", "--profile"], "`--profile` needs a value."),
        (&["check", "--quiet", "--quiet"], "`--quiet` can be used only once."),
        (&["explain"], "is missing."),
        (&["check", "--nothing"], "`heygen-doctor check --help`"),
        (&["check", "--timeout", "soon"], "500ms"),
        (&["check", "--concurrency", "65"], "a whole number from 1 to 64"),
        (&["check", "--concurrency", "none"], "a whole number from 1 to 64"),
        (&["check", "--only", "v3.["], "write it like `v3.users-me/*`"),
        (&["simulate", "healthy", "--listen", "8787"], "127.0.0.1:8787"),
        (&["check", "--pattern", "waltz"], "steady"),
        (&["check", "--require", "luck"], "scope:account:read"),
        (&["check", "--fail-on", "nobody"], "caller, account, heygen, and network"),
        (&["check", "--from", "record.json", "--skip", "*"], "--skip"),
        (&["check", "--simulate", "healthy", "--control-env", "GOOD"], "--control-env"),
        (&["explain", "401", "--verbose"], "--verbose"),
    ] {
        refused(args, says);
    }
}

#[test]
fn an_argument_that_is_a_key_is_refused_and_not_echoed() {
    let url = format!("https://api.heygen.com/?key={KEY}");
    let flag = format!("--vantage={KEY}");
    for args in [
        &["check", KEY] as &[&str],
        &["check", "--key-env", KEY],
        &["check", "--key-file", KEY],
        &["check", "--base-url", &url],
        &["check", &flag],
        &["explain", KEY],
        &["simulate", KEY],
        &[KEY],
        &["check", "--no-such-flag", "feedface00000000feedfacefeedface-1700000000"],
        &["explain", "ZmVlZGZhY2UwMDAwMDAwMGZlZWRmYWNlZmVlZGZhY2UtMTcwMDAwMDAwMA=="],
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = text(&output.stderr) + &text(&output.stdout);
        assert!(said.contains("HEYGEN_API_KEY") && said.contains("--key-file"), "{said}");
        for secret in [KEY, "feedface00000000", "ZmVlZGZhY2Uw"] {
            assert!(!said.contains(&secret[secret.len() - 12..]), "{said}");
        }
    }
}

/// A key of no known shape, where it does not belong: known only once the sources are read.
#[test]
fn an_argument_that_is_the_users_own_key_is_never_echoed() {
    const OPAQUE: &str = "SYNTHETIC+opaque+7Qx2Zk9Lw4Tm8B";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".env"), format!("HEYGEN_API_KEY={OPAQUE}\n")).unwrap();
    let joined = |flag: &str| format!("{flag}={OPAQUE}");
    for args in [
        &["check", "--key-file", OPAQUE] as &[&str],
        &["check", &joined("--json")],
        &["check", "--from", OPAQUE],
        &["check", "--vantage", OPAQUE, "--dry-run"],
        &["check", "--base-url", OPAQUE],
        &["check", "--proxy", OPAQUE],
        &["check", "--ca-cert", OPAQUE],
        &["check", "--key-env", OPAQUE],
        &["check", "--simulate", OPAQUE],
        &["check", "--timeout", OPAQUE],
        &["check", "--fail-on", &format!("caller,{OPAQUE}")],
        &["check", &joined("--no-such-flag")],
        &["check", &format!("--{OPAQUE}")],
        &["check", &format!("-q{OPAQUE}")],
        &["check", OPAQUE],
        &["report", "--plan", OPAQUE, "--dry-run"],
        &["key", "--key-file", OPAQUE],
        &["redact", OPAQUE],
        &["redact", "--key-file", OPAQUE],
        &["explain", OPAQUE],
        &["simulate", OPAQUE],
        &["simulate", "healthy", "--listen", OPAQUE],
        &[OPAQUE],
    ] {
        for variable in [true, false] {
            let mut command = doctor();
            if variable {
                command.env("HEYGEN_API_KEY", OPAQUE);
            }
            let output = command.current_dir(folder.path()).args(args).output().unwrap();
            let said = text(&output.stderr) + &text(&output.stdout);
            assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
            assert!(!said.contains("opaque"), "{args:?}: {said}");
            assert!(said.contains("error: "), "{args:?}: {said}");
        }
    }
    let output = run(&["check", "--no-status-page", "--from", "x.json", "--skip", "y"]);
    let said = text(&output.stderr);
    assert!(said.contains("--no-status-page") && said.contains("--from"), "flags stay: {said}");
}

#[test]
fn a_file_is_whole_or_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    fs::write(&file, "before").unwrap();
    let json = format!("--json={}", file.display());
    let output = run(&["check", "--simulate", "healthy", &json, "--base-url", "nonsense"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&file).unwrap(), "before");

    let output = run(&["check", "--simulate", "healthy", &json]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let record: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(record["diagnosis"]["cause"], "healthy");
    assert!(text(&output.stdout).contains("Healthy"), "stdout stays human");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_plan_goes_where_its_document_would_go() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.json");
    let json = format!("--json={}", file.display());
    let output = run(&["report", "--dry-run", &json]);
    assert!(text(&output.stdout).contains("would be sent. Nothing was."));
    let plan: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(plan["profile"], "full");
    for probe in plan["batches"][0]["probes"].as_array().unwrap() {
        let names: Vec<&String> = probe.as_object().unwrap().keys().collect();
        assert!(names.iter().any(|name| *name == "pattern"), "{names:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for args in [
        &["report", "--simulate", "healthy", "--pattern", "burst:1"] as &[&str],
        &["report", "--simulate", "unknown-key", "--pattern", "burst:1", "--exit-code"],
        &["check", "--simulate", "unknown-key"],
    ] {
        let mut child = doctor().args(args).stdout(std::process::Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{args:?}");
    }
}

#[test]
fn without_a_key_the_controls_still_run() {
    let output =
        run(&["check", "--simulate", "unknown-key", "--format", "json", "--skip", "*/real*"]);
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(record["summary"]["controls"]["asked"], 4);
}

#[test]
fn judgement_turns_limits_into_failures_and_spares_sides() {
    for (args, code) in [
        (&["--simulate", "scoped"] as &[&str], 0),
        (&["--simulate", "scoped", "--strict"], 3),
        (&["--simulate", "healthy", "--require", "scope:account:read"], 0),
        (&["--simulate", "healthy", "--require", "balance:1000000"], 3),
        (&["--simulate", "outage", "--fail-on", "caller,account"], 0),
        (&["--simulate", "outage", "--fail-on", "heygen"], 1),
        (&["--simulate", "unknown-key", "--fail-on", "network"], 0),
        (&["--simulate", "unknown-key", "--fail-on", "caller"], 3),
    ] {
        let output = doctor().arg("check").args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", text(&output.stdout));
    }
}

#[test]
fn a_report_ends_with_zero_unless_asked() {
    let args = ["report", "--simulate", "unknown-key", "--pattern", "burst:1"];
    assert_eq!(run(&args).status.code(), Some(0));
    assert_eq!(doctor().args(args).arg("--exit-code").output().unwrap().status.code(), Some(3));
}

#[test]
fn the_deadline_ends_a_run_with_what_was_seen() {
    let args = [
        "check",
        "--simulate",
        "healthy",
        "--pattern",
        "steady:50,100ms",
        "--deadline",
        "1s",
        "--format",
        "json",
    ];
    let output = run(&args);
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(record["run"]["partial"], true);
    assert_eq!(record["run"]["ended_by"], "deadline");
    assert_eq!(record["diagnosis"]["cause"], "healthy");
    assert_eq!(output.status.code(), Some(0), "a diagnosis was made before the deadline");
}

#[test]
fn patterns_are_not_sent_to_nobody() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}");
    let output = doctor()
        .env("HEYGEN_API_KEY", KEY)
        .args(["report", "--json", "--base-url", &url])
        .output()
        .unwrap();
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(record["diagnosis"]["cause"], "connection_failed");
    let patterns = record["observations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|seen| seen["pattern"].is_string());
    assert_eq!(patterns.count(), 0);
    let held = record["run"]["not_sent"].as_array().unwrap();
    assert!(
        held.iter().any(|entry| entry["probe"].as_str().unwrap().contains("/steady-")),
        "{held:?}"
    );
}
