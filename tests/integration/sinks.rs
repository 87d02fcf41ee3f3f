//! Everything that is ever written: no part of a key in any form, no name, no address.

/// Looks for a key in a text, by means of its own.
mod detector;
/// Servers that say back what they were sent.
mod echo;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use futures::stream::{self, StreamExt};
use heygen_doctor::cli;
use heygen_doctor::config::{self, Double, proxy};
use heygen_doctor::doctor::examine;
use heygen_doctor::key::source::{Given, Keyring};
use heygen_doctor::key::{ApiKey, Kind};
use heygen_doctor::plan::Profile;
use heygen_doctor::run::Lab;
use heygen_doctor::simulate::{Scenario, load, names};

use super::binary::{KEY, doctor};
use detector::assert_clean;

/// Words about a person that servers say.
const PERSONAL: &[&str] = &["someone@example.com", "anna.secret@example.org", "Annabella"];

/// One in so many scenarios is written in all forms.
const SOME: usize = 8;

/// Runs a command that may write files into a folder; everything that was written.
fn everything(command: &mut Command, folder: &Path) -> String {
    let Output { stdout, stderr, .. } = command.output().unwrap();
    let mut all = [stdout, stderr].map(|out| String::from_utf8_lossy(&out).into_owned()).concat();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        all.push_str(&String::from_utf8_lossy(&fs::read(entry.path()).unwrap()));
    }
    all
}

/// `check` in all its forms at once.
fn check(folder: &Path) -> Command {
    let mut command = doctor();
    command.args(["check", "-vv", "--color", "never"]);
    for document in ["json", "markdown", "html", "har", "junit", "openmetrics", "github"] {
        command.arg(format!("--{document}={}", folder.join(document).display()));
    }
    command.env("GITHUB_STEP_SUMMARY", folder.join("summary"));
    command.env("RUST_BACKTRACE", "full").env("RUST_LOG", "trace");
    command
}

fn assert_private(what: &str, text: &str) {
    for personal in PERSONAL {
        assert!(!text.contains(personal), "{what}: {personal} in {text}");
    }
}

fn assert_hidden(scenario: &Scenario, text: &str) {
    let keys = scenario.key.iter().chain(scenario.elsewhere.iter().map(|place| &place.key));
    let secret =
        |key: &&String| ApiKey::from_bytes((*key).clone().into()).kind() != Kind::Placeholder;
    for key in keys.filter(secret) {
        assert_clean(&scenario.name, key, text);
    }
    assert_private(&scenario.name, text);
}

/// The record holds whatever the other forms show.
#[test]
fn no_scenarios_record_shows_its_key_or_its_owner() {
    for verdict in super::scenarios::all() {
        assert_hidden(&verdict.scenario, &verdict.record.to_string());
    }
}

#[tokio::test]
async fn no_form_of_a_scenario_shows_its_key_or_its_owner() {
    let some = names().step_by(SOME).map(|name| {
        tokio::task::spawn_blocking(move || {
            let (scenario, folder) = (load(name).unwrap(), tempfile::tempdir().unwrap());
            let mut command = check(folder.path());
            command.args(["--simulate", name, "--profile", &scenario.expect.profile]);
            let text = everything(command.args(&scenario.expect.args), folder.path());
            let has = |form: &&str| text.contains(*form);
            assert!(["schema_version", "# ", "<!DOCTYPE html>"].iter().all(has), "{name}: {text}");
            assert_hidden(&scenario, &text);
        })
    });
    let ends: Vec<_> = stream::iter(some).buffer_unordered(4).collect().await;
    assert!(ends.into_iter().all(|end| end.is_ok()), "see above");
}

#[test]
fn what_a_server_says_back_does_not_show_the_key() {
    for (name, answer) in echo::answers() {
        let ear = super::wire::Ear::answering(answer);
        let folder = tempfile::tempdir().unwrap();
        let mut command = check(folder.path());
        command.env("HEYGEN_API_KEY", KEY).args(["--base-url", &ear.base_url()]);
        let text = everything(&mut command, folder.path());
        assert!(text.contains("schema_version"), "{name}: {text}");
        assert_clean(name, KEY, &text);
        assert_private(name, &text);
    }
}

#[test]
fn commands_that_send_nothing_do_not_show_the_key_either() {
    let folder = tempfile::tempdir().unwrap();
    let spoiled = format!(" Bearer \"{KEY}\"\u{200b}\n");
    let long = format!("{KEY}{KEY}");
    for key in [KEY, &spoiled, &long, "feedface00000000feedfacefeedface-1700000000"] {
        for args in [
            &["key"] as &[&str],
            &["key", "--format", "json"],
            &["check", "--dry-run"],
            &["report", "--dry-run", "--json"],
            &["check", "--no-such-flag"],
            &["check", "--timeout", "soon"],
            &["check", "--key-file", "/dev/null/x"],
            &["check", "--base-url", key],
            &["explain", key],
            &[key],
        ] {
            let mut command = doctor();
            command.args(args).env("HEYGEN_API_KEY", key);
            command.env("RUST_BACKTRACE", "full").env("RUST_LOG", "trace");
            let text = everything(&mut command, folder.path());
            assert_clean(&args.join(" "), key.trim_start_matches(" Bearer \""), &text);
        }
    }
}

#[test]
fn keys_of_every_source_are_hidden() {
    let (folder, output) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let [dotenv, file, access, refresh] = ["Dotenv", "File00", "Access", "Refres"]
        .map(|name| format!("sk_V2_hgu_kSYNTHETIC2_Synthetic{name}KeyForTheTestsOnly999"));
    fs::write(folder.path().join(".env"), format!("HEYGEN_API_KEY='{dotenv}'\n")).unwrap();
    fs::write(folder.path().join("key"), &file).unwrap();
    let oauth = format!(r#"{{"oauth":{{"access_token":"{access}","refresh_token":"{refresh}"}}}}"#);
    fs::write(folder.path().join("credentials"), oauth).unwrap();
    let known: String = [&dotenv, &file, &access, &refresh].map(String::as_str).join(" ");
    // A server that knows all of them, whichever it was sent.
    let ear = super::wire::Ear::answering(move |_| echo::json(401, &known));
    let mut command = check(output.path());
    command
        .current_dir(folder.path())
        .env("HEYGEN_API_KEY", KEY)
        .env("HEYGEN_CONFIG_DIR", folder.path())
        .args(["--key-file", "key", "--base-url", &ear.base_url()]);
    let text = everything(&mut command, output.path());
    assert!(text.contains("[redacted]"), "{text}");
    for key in [&dotenv, &file, &access, &refresh, KEY] {
        assert_clean("every source", key, &text);
    }
}

#[test]
fn a_proxy_that_says_back_its_login_does_not_show_it() {
    let ear = super::wire::Ear::answering(|head| {
        let login =
            head.lines().find_map(|line| line.split_once("asic ")).map_or("", |line| line.1);
        format!("HTTP/1.1 407 No {login}\r\nproxy-authenticate: Basic realm=\"{login} correct-horse-battery\"\r\nvia: 1.1 {login}\r\ncontent-length: 0\r\n\r\n").into_bytes()
    });
    let folder = tempfile::tempdir().unwrap();
    let mut command = check(folder.path());
    command
        .env("HEYGEN_API_KEY", KEY)
        .env("HTTPS_PROXY", format!("http://annabelle:correct-horse-battery@{}", ear.address))
        .args(["--base-url", "https://api.doctor.invalid", "--timeout", "30s"]);
    let text = everything(&mut command, folder.path());
    assert!(text.contains("proxy_error") && text.contains("[redacted]"), "{text}");
    for secret in ["annabelle", "correct-horse", "YW5uYWJlbGxl", "Y29ycmVjdC1ob3JzZS"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert_clean("the proxy", KEY, &text);
}

/// Names that a document holds anyway: part of a path, or a word of the record's own.
#[test]
fn the_name_of_a_proxys_user_is_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("jenkins");
    fs::create_dir(&home).unwrap();
    fs::write(home.join("key"), KEY).unwrap();
    for login in ["jenkins:correct-horse-battery", "connections:correct-horse", "x:connections"] {
        let mut command = doctor();
        command
            .env("HTTPS_PROXY", format!("http://{login}@127.0.0.1:9"))
            .args(["check", "--format", "json", "--base-url", "https://api.doctor.invalid"])
            .arg("--key-file")
            .arg(home.join("key"));
        let output = command.output().unwrap();
        let record: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{login}: {}", String::from_utf8_lossy(&output.stderr)));
        assert_eq!(record["environment"]["proxy"]["source"], "HTTPS_PROXY", "{login}");
    }
}

#[test]
fn what_stops_a_document_is_told_by_kind_and_not_by_value() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("correct-horse");
    fs::create_dir(&home).unwrap();
    fs::write(home.join("key"), KEY).unwrap();
    let mut command = doctor();
    command
        .env("HTTPS_PROXY", "http://anna:correct-horse@127.0.0.1:9")
        .args(["check", "--format", "json", "--base-url", "https://api.doctor.invalid"])
        .arg("--key-file")
        .arg(home.join("key"));
    let Output { status, stdout, stderr } = command.output().unwrap();
    let said = String::from_utf8_lossy(&stderr);
    assert_eq!((status.code(), stdout.len()), (Some(1), 0), "{said}");
    assert!(said.contains("a part of the proxy's password"), "{said}");
    assert!(!said.contains("correct-horse") && !said.contains("anna"), "{said}");
}

#[cfg(debug_assertions)]
#[test]
fn a_failure_of_the_program_does_not_show_the_key() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&["key"] as &[&str], &["check", "--dry-run"], &["redact", "Cargo.toml"]] {
        let mut command = doctor();
        command.args(args).env("HEYGEN_API_KEY", KEY).env("HEYGEN_DOCTOR_TEST_PANIC", "1");
        command.env("RUST_BACKTRACE", "full").env("RUST_LOG", "trace");
        let text = everything(&mut command, folder.path());
        assert!(text.contains("heygen-doctor failed at src/command/hardening.rs"), "{text}");
        assert_clean("a panic", KEY, &text);
        assert_eq!(command.output().unwrap().status.code(), Some(101));
    }
}

#[tokio::test]
async fn values_that_hold_a_key_do_not_show_it() {
    let address = "http://annabelle:correct-horse-battery@127.0.0.1:9";
    let args = ["heygen-doctor", "check", "--deadline", "1ms", "--simulate", "healthy"];
    let cli::Command::Check(args) = cli::parse(args).unwrap() else { panic!() };
    let given = [("one", KEY.to_owned()), ("two", format!("Bearer {KEY}9"))];
    let keyring = Keyring::of(
        given
            .map(|(source, key)| Given {
                source: source.to_owned(),
                key: ApiKey::from_bytes(key.into_bytes()),
                oauth: false,
            })
            .into(),
    );
    let double = Double {
        scenario: "healthy".to_owned(),
        base_url: "http://127.0.0.1:9".to_owned(),
        ..Double::default()
    };
    let shown_double = format!("{double:?}");
    let (mut site, keys) =
        config::read(&args.examination.probe, Profile::Adaptive, keyring.clone(), Some(double))
            .unwrap();
    let target = "https://api.doctor.invalid".parse().unwrap();
    let env = |name: &str| (name == "HTTPS_PROXY").then(|| address.into());
    site.proxy = proxy::choose(None, &env, &target).unwrap();
    site.proxy_logins = proxy::logins(&env);
    let choice = site.proxy.clone().unwrap();
    let lab = Lab::new(site).unwrap();
    let subject = lab.subject(keys, Vec::new()).await;
    let header = ApiKey::from_bytes(KEY.into()).header_value("Bearer").unwrap();
    let shown = [
        format!("{lab:?} {subject:?} {keyring:?} {header:?}"),
        format!("{choice:?} {:?}", choice.reqwest()),
        format!("{:?} {:?}", subject.keys.brief(&lab.site), examine(&lab, &subject, &|_| ()).await),
        shown_double,
    ];
    for text in shown {
        assert_clean("Debug", KEY, &text);
        assert!(!text.contains("annabelle") && !text.contains("correct-horse"), "{text}");
    }
}

#[test]
fn what_the_program_says_itself_is_no_secret() {
    let ear = super::wire::Ear::answering(|_| super::wire::refusal());
    for value in [
        "https://api.heygen.com/v3/users/me",
        "curl -H \"X-Api-Key: $HEYGEN_API_KEY\" https://api.heygen.com/v3/users/me",
        "my HEYGEN_API_KEY",
        "Content-Type: application/json",
        "~/.heygen/credentials",
        "heygen-doctor check",
        "key_unrecognized",
    ] {
        let mut command = doctor();
        command.env("HEYGEN_API_KEY", value);
        command.args(["check", "--format", "json", "--base-url", &ear.base_url()]);
        let output = command.output().unwrap();
        let record: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{value}: {}", String::from_utf8_lossy(&output.stderr)));
        assert_eq!(record["redaction"]["replaced"], 0, "{value}");
    }
}
