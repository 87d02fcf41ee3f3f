//! `redact` behind a program that is still running.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use super::binary::{KEY, doctor};

#[test]
fn a_live_log_is_shown_line_by_line() {
    let mut child = doctor()
        .env("HEYGEN_API_KEY", KEY)
        .args(["redact", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for number in 0..3 {
        writeln!(stdin, "{number} {KEY}").unwrap();
        assert_eq!(lines.next().unwrap().unwrap(), format!("{number} [redacted]"));
    }
    drop(stdin);
    assert!(lines.next().is_none() && child.wait().unwrap().success());
}
