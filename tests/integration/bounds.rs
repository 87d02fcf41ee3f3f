//! Files that never give anything, never end, or are never read: none of them holds the program up.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::{Pid, Signal, kill_process};

use super::binary::{KEY, doctor};
use super::wire::{Ear, refusal};

/// No command of these tests takes nearly so long, whatever else the machine does.
const LONG: Duration = Duration::from_mins(2);

/// A pipe that nobody else opens.
fn pipe(path: &Path) -> PathBuf {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    path.to_owned()
}

/// The end of a program that may hang.
fn ended(child: Child) -> Output {
    let pid = Pid::from_child(&child);
    let (sender, receiver) = channel();
    thread::spawn(move || sender.send(child.wait_with_output().unwrap()));
    receiver.recv_timeout(LONG).unwrap_or_else(|_| {
        kill_process(pid, Signal::KILL).unwrap();
        panic!("it went on for ever");
    })
}

fn started(command: &mut Command) -> Child {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn run(command: &mut Command) -> Output {
    ended(started(command))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Exit 2, and an error that names what gave nothing.
fn refused(command: &mut Command, says: &str) {
    is_refused(&run(command), says);
}

fn is_refused(output: &Output, says: &str) {
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains(says) && stderr.contains("hint:"), "{stderr}");
}

#[test]
fn a_silent_dotenv_is_given_up_and_only_looked_at_for_a_key() {
    let folder = tempfile::tempdir().unwrap();
    pipe(&folder.path().join(".env"));
    let here = |args: &[&str]| started(doctor().current_dir(folder.path()).args(args));
    for args in [&["--version"] as &[&str], &["explain", "401"], &["simulate", "--list"]] {
        let output = ended(here(args));
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
    }
    // All of them wait at once.
    let waiting =
        [&["key", "--format", "json"] as &[&str], &["check", "--dry-run"], &["redact"]].map(here);
    let outputs = waiting.map(ended);
    for output in &outputs {
        assert!(output.status.code().is_some_and(|code| code != 2), "{}", text(&output.stderr));
    }
    let told: serde_json::Value = serde_json::from_slice(&outputs[0].stdout).unwrap();
    assert!(told.to_string().contains("gave nothing in time"), "{told}");
}

#[test]
fn a_dotenv_that_is_a_pipe_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = pipe(&folder.path().join(".env"));
    // Whoever reads it again waits for somebody who never comes.
    let writer = thread::spawn(move || fs::write(path, format!("HEYGEN_API_KEY={KEY}\n")));
    let output = run(doctor().current_dir(folder.path()).args(["check", "--dry-run", "--json"]));
    writer.join().unwrap().unwrap();
    let plan = text(&output.stdout);
    assert!(plan.contains("v3.users-me/x-api-key/real"), "{plan} {}", text(&output.stderr));
}

#[test]
fn silent_credentials_are_given_up() {
    let folder = tempfile::tempdir().unwrap();
    pipe(&folder.path().join("credentials"));
    let output =
        run(doctor().env("HEYGEN_CONFIG_DIR", folder.path()).args(["key", "--format", "json"]));
    assert!(text(&output.stdout).contains("gave nothing in time"), "{}", text(&output.stdout));
}

#[test]
fn a_silent_key_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = pipe(&folder.path().join("key"));
    let says = "gave nothing in time";
    let commands = [
        &["check", "--deadline", "1s", "--key-file"] as &[&str],
        &["redact", "Cargo.toml", "--key-file"],
    ];
    for child in commands.map(|args| started(doctor().args(args).arg(&path))) {
        is_refused(&ended(child), says);
    }
}

#[test]
fn a_silent_standard_input_is_an_error() {
    let mut command = doctor();
    command.args(["check", "--deadline", "1s", "--key-file", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let silent = child.stdin.take();
    let output = ended(child);
    drop(silent);
    assert_eq!(output.status.code(), Some(2));
    let stderr = text(&output.stderr);
    assert!(stderr.contains("No key came from standard input in time."), "{stderr}");
}

#[test]
fn silent_certificates_and_records_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let path = pipe(&folder.path().join("pipe"));
    let check = |name: &str| {
        let mut command = doctor();
        command.env("HEYGEN_API_KEY", KEY).args(["check", "--dry-run"]);
        if !name.is_empty() {
            command.arg(name).arg(&path);
        }
        command
    };
    let mut from = doctor();
    from.args(["check", "--from"]).arg(&path).env("HEYGEN_API_KEY", KEY);
    let waiting = [
        (started(&mut check("--ca-cert")), "--ca-cert"),
        (started(check("").env("SSL_CERT_FILE", &path)), "SSL_CERT_FILE"),
        (started(&mut from), "it gave nothing"),
    ];
    for (child, says) in waiting {
        is_refused(&ended(child), says);
    }
}

/// The library that reads this file would take two gigabytes of zeros before it gives up.
#[test]
fn an_endless_trust_store_is_an_error() {
    let mut command = Command::new("sh");
    command.env_clear().args(["-c", "ulimit -v 2097152; exec \"$0\" \"$@\""]);
    command.arg(doctor().get_program()).args(["check", "--dry-run"]);
    command.env("HEYGEN_API_KEY", KEY);
    refused(command.env("SSL_CERT_FILE", "/dev/zero"), "SSL_CERT_FILE can't be used");
    let output = run(command.env("SSL_CERT_FILE", "/dev/null"));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

#[test]
fn a_document_that_nobody_reads_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = pipe(&folder.path().join("pipe"));
    let json = format!("--json={}", path.display());
    refused(doctor().args(["check", "--simulate", "healthy", &json]), "nobody reads from it");
    let reader = thread::spawn(move || {
        let mut read = String::new();
        File::open(path).unwrap().read_to_string(&mut read).unwrap();
        read
    });
    let output = run(doctor().args(["check", "--simulate", "healthy", &json]));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(reader.join().unwrap().contains("schema_version"));
}

/// A limit on the size of files ends the program in the middle of the first that is longer.
#[test]
fn whoever_kills_the_program_while_it_writes_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    fs::write(&file, "before").unwrap();
    for name in ["record.json", "new.json"] {
        let mut command = Command::new("sh");
        command.env_clear().args(["-c", "ulimit -f 1; exec \"$0\" \"$@\""]);
        command.arg(doctor().get_program()).args(["check", "--simulate", "healthy"]);
        command.arg(format!("--json={}", folder.path().join(name).display()));
        let output = run(&mut command);
        assert_eq!(output.status.code(), None, "a signal: {}", text(&output.stderr));
        let names: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["record.json"], "{name}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "before");
    }
}

#[test]
fn waiting_for_files_is_part_of_the_deadline() {
    let folder = tempfile::tempdir().unwrap();
    pipe(&folder.path().join(".env.local"));
    pipe(&folder.path().join(".env"));
    let ear = Ear::answering(|_| refusal());
    let args = ["check", "--deadline", "1s", "--format", "json", "--base-url", &ear.base_url()];
    let output = run(doctor().current_dir(folder.path()).env("HEYGEN_API_KEY", KEY).args(args));
    assert_eq!(output.status.code(), Some(4), "{}", text(&output.stderr));
    assert!(!ear.heard().contains(KEY), "{}", ear.heard());
}
