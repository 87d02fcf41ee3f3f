//! Runs that are ended from outside, and outputs that can't be written.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::binary::{KEY, doctor};
use super::wire::{Ear, refusal};

/// A part of the key that is a secret.
const SECRET: &str = "SyntheticKey";
/// Far longer than it takes to send a request, whatever else goes on.
const LONG: Duration = Duration::from_mins(1);

/// A server that never answers, and says when it was asked.
fn hanging() -> (Ear, Receiver<()>) {
    let (asked, sight) = channel();
    let ear = Ear::answering(move |_| {
        let _ = asked.send(());
        loop {
            thread::park();
        }
    });
    (ear, sight)
}

fn check(ear: &Ear, args: &[&str]) -> Command {
    let mut command = doctor();
    command.env("HEYGEN_API_KEY", KEY).args(["check", "--base-url", &ear.base_url()]).args(args);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts a run, and sends it a signal once its server was asked.
fn struck(signal: Signal, args: &[&str]) -> Output {
    let (ear, sight) = hanging();
    let child = check(&ear, args).spawn().unwrap();
    sight.recv_timeout(LONG).unwrap();
    kill_process(Pid::from_child(&child), signal).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn a_signal_ends_a_run_with_a_report() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let output = struck(signal, &["--format", "json"]);
        let record: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(record["run"]["partial"], true, "{signal:?}");
        assert_eq!(record["run"]["ended_by"], "interrupt", "{signal:?}");
        assert_eq!(record["diagnosis"]["cause"], "inconclusive", "{signal:?}");
        assert_eq!(record["diagnosis"]["exit_code"], 130, "{signal:?}");
        assert_eq!(output.status.code(), Some(130), "{signal:?}: {}", text(&output.stderr));
    }
    let output = struck(Signal::INT, &[]);
    assert!(text(&output.stdout).contains("interrupted"), "{}", text(&output.stdout));
}

#[test]
#[cfg(target_os = "linux")]
fn a_run_that_is_to_outlive_its_terminal_does() {
    let (ear, sight) = hanging();
    let mut shell = Command::new("/bin/sh");
    let program = check(&ear, &["--format", "json", "--timeout", "2s"]);
    shell.args(["-c", "trap '' HUP; exec \"$@\"", "sh"]).arg(program.get_program());
    shell.args(program.get_args()).stdout(Stdio::piped());
    shell.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let child = shell.spawn().unwrap();
    sight.recv_timeout(LONG).unwrap();
    kill_process(Pid::from_child(&child), Signal::HUP).unwrap();
    let output = child.wait_with_output().unwrap();
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(record["run"]["partial"], false);
    assert_eq!(record["diagnosis"]["cause"], "timeout");
}

#[test]
fn a_signal_still_lets_files_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    let output = struck(Signal::TERM, &[&format!("--json={}", file.display())]);
    let record: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(record["run"]["partial"], true);
    assert_eq!(names(folder.path()), ["record.json"]);
    assert_eq!(output.status.code(), Some(130));
}

#[test]
fn a_second_signal_does_not_wait_for_the_report() {
    let (ear, sight) = hanging();
    let mut command = check(&ear, &["--format", "json", "--profile", "full"]);
    // Nobody reads: a report that is longer than this waits for ever.
    let (_reader, writer) = std::io::pipe().unwrap();
    #[cfg(target_os = "linux")]
    rustix::pipe::fcntl_setpipe_size(&writer, 4096).unwrap();
    let mut child = command.stdout(writer).spawn().unwrap();
    sight.recv_timeout(LONG).unwrap();
    let end = (0..6000).find_map(|_| {
        kill_process(Pid::from_child(&child), Signal::INT).unwrap();
        thread::sleep(Duration::from_millis(10));
        child.try_wait().unwrap()
    });
    let _ = child.kill();
    assert_eq!(end.and_then(|end| end.code()), Some(130));
}

#[test]
fn a_key_that_was_already_judged_keeps_its_verdict() {
    let (asked, sight) = channel();
    let ear = Ear::answering(move |head| {
        if head.contains("/v3/") && !head.contains("authorization") {
            let unknown = !head.contains("/v3/users/me") && !head.contains("/v3/api_keys");
            return if unknown { missing() } else { refusal() };
        }
        let _ = asked.send(());
        loop {
            thread::park();
        }
    });
    let args = ["--format", "json", "--profile", "full"];
    let child = check(&ear, &args).spawn().unwrap();
    for _ in 0..4 {
        sight.recv_timeout(LONG).unwrap();
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(record["run"]["partial"], true);
    assert_eq!(
        output.status.code().map(i64::from),
        record["diagnosis"]["exit_code"].as_i64(),
        "the code is a function of the report"
    );
}

/// HeyGen's answer to a path that can't exist.
pub(crate) fn missing() -> Vec<u8> {
    b"HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: 36\r\n\r\n{\"error\":{\"code\":\"not_found\",\"a\":1}}"
        .to_vec()
}

#[test]
fn the_deadline_without_an_answer_is_its_own_end() {
    let (ear, _sight) = hanging();
    let output = check(&ear, &["--format", "json", "--deadline", "300ms"]).output().unwrap();
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(record["run"]["partial"], true);
    assert_eq!(record["run"]["ended_by"], "deadline");
    assert_eq!(output.status.code(), Some(4));
}

#[test]
fn a_run_that_is_killed_leaves_nothing_secret() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    fs::write(&file, "before").unwrap();
    let markdown = format!("--markdown={}", folder.path().join("ticket.md").display());
    struck(Signal::KILL, &[&format!("--json={}", file.display()), &markdown, "-vv"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "before");
    for name in names(folder.path()) {
        let left = fs::read(folder.path().join(&name)).unwrap();
        assert!(name == "record.json" || left.is_empty(), "{name}: {}", text(&left));
        assert!(!text(&left).contains(SECRET));
    }
}

#[test]
fn standard_output_without_room_is_told() {
    let Ok(full) = File::options().write(true).open("/dev/full") else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    let json = format!("--json={}", file.display());
    let ear = Ear::answering(|_| refusal());
    let output = check(&ear, &[&json]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = text(&output.stderr);
    assert!(stderr.starts_with("error: Standard output can't be written"), "{stderr}");
    let record: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(record["schema_version"], 1, "the file was written before, and whole");
}

#[test]
fn a_file_without_room_is_told_and_nothing_is_half_written() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ticket.md");
    fs::write(&file, "before").unwrap();
    let ear = Ear::answering(|_| refusal());
    let markdown = format!("--markdown={}", file.display());
    let output = check(&ear, &["--json=/dev/full", &markdown]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = text(&output.stderr);
    assert!(stderr.contains("`/dev/full` can't be written"), "{stderr}");
    assert!(text(&output.stdout).contains("wrong_host"), "{}", text(&output.stdout));
    assert_eq!(names(folder.path()), ["ticket.md"]);
    // The other documents are whole.
    let ticket = fs::read_to_string(&file).unwrap();
    assert!(ticket.starts_with('#') && ticket.ends_with('\n'), "{ticket}");
}

#[test]
fn a_place_that_cannot_be_written_is_told_before_anything_is_sent() {
    let ear = Ear::answering(|_| refusal());
    for place in ["Cargo.toml/record.json", "/proc/record.json", "tests"] {
        let output = check(&ear, &[&format!("--json={place}")]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{place}");
        let stderr = text(&output.stderr);
        assert!(stderr.contains("can't be written") && stderr.contains("hint:"), "{stderr}");
        assert!(output.stdout.is_empty(), "{place}");
    }
    assert_eq!(ear.heard(), "");
}

#[test]
fn without_standard_streams_a_run_still_ends_by_its_diagnosis() {
    let ear = Ear::answering(|_| refusal());
    let program = env!("CARGO_BIN_EXE_heygen-doctor");
    let status = Command::new("/bin/sh")
        .args(["-c", "exec \"$0\" check --base-url \"$1\" <&- >&- 2>&-", program, &ear.base_url()])
        .env_clear()
        .env("HEYGEN_API_KEY", KEY)
        .env("HEYGEN_CONFIG_DIR", "/nowhere")
        .status()
        .unwrap();
    let with = check(&ear, &[]).output().unwrap();
    assert_eq!(status.code(), with.status.code());
}

#[test]
fn no_document_takes_the_place_of_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("heygen")).unwrap();
    let kept = ["key", ".env", "heygen/credentials"];
    for name in kept {
        fs::write(at(name), KEY).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(at("key"), at("link")).unwrap();
    let ways = ["key", "./key", "heygen/../key", ".env", "heygen/credentials"];
    for name in ways.into_iter().chain(cfg!(unix).then_some("link")) {
        for command in ["check", "report"] {
            let (ear, _) = hanging();
            let output = doctor()
                .current_dir(folder.path())
                .env("HEYGEN_CONFIG_DIR", at("heygen"))
                .args([command, "--key-file", "key", "--base-url", &ear.base_url()])
                .arg(format!("--json={name}"))
                .output()
                .unwrap();
            let told = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{name}: {told}");
            assert!(told.contains("keys are kept in"), "{told}");
            assert_eq!(ear.heard(), "");
        }
    }
    for name in kept {
        assert_eq!(fs::read_to_string(at(name)).unwrap(), KEY);
    }
}
