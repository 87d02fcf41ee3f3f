//! Ctrl-C and its kin: the program gets them too, and nothing is left behind.

use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::binary::{KEY, doctor};

/// The doctor, whose folder for temporary files is this one.
fn start(folder: &Path, args: &[&str]) -> Child {
    let mut command = doctor();
    command.env("HEYGEN_API_KEY", KEY).env("PATH", "/usr/bin:/bin").env("TMPDIR", folder);
    command.arg("listen").args(args).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn entries(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[test]
fn a_signal_reaches_the_program_and_the_folder_goes() {
    for (signal, name) in [(Signal::INT, "INT"), (Signal::TERM, "TERM"), (Signal::HUP, "HUP")] {
        let folder = tempfile::tempdir().unwrap();
        let script = format!(
            "trap 'echo got {name}; exit 5' {name}; echo ready; while :; do sleep 0.02; done"
        );
        let mut child = start(folder.path(), &["--", "sh", "-c", &script]);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "ready");
        assert_eq!(entries(folder.path()), 1);
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(lines.next().unwrap().unwrap(), format!("got {name}"));
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(130), "{stderr}");
        assert!(stderr.contains("Inconclusive"), "{stderr}");
        assert_eq!(entries(folder.path()), 0);
    }
}

#[test]
fn without_a_program_the_lines_to_set_are_printed_and_ctrl_c_ends_it() {
    if !super::command::has("curl") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut child = start(folder.path(), &[]);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut script = String::new();
    while !script.contains("HEYGEN_DOCTOR_HOSTS") {
        script += &(lines.next().unwrap().unwrap() + "\n");
    }
    // In another shell.
    script += "curl -sS -o /dev/null -w %{http_code} -H \"X-Api-Key: $KEY\" https://api.heygen.com/v3/users/me";
    let mut shell = std::process::Command::new("/bin/sh");
    shell.env_clear().env("PATH", "/usr/bin:/bin").env("KEY", KEY).args(["-c", &script]);
    let asked = shell.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&asked.stdout), "200", "{asked:?}");
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{stderr}");
    assert!(stderr.contains("the key from HEYGEN_API_KEY"), "{stderr}");
    assert_eq!(entries(folder.path()), 0);
}
