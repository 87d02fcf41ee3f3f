//! What a run leaves on a terminal that it drew on.

use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::super::binary::doctor;
use super::town::{Town, Turn};

const WIDTH: usize = 80;

/// A terminal that knows what the program uses of it, and wraps late as most do.
#[derive(Default)]
struct Screen {
    lines: Vec<Vec<char>>,
    row: usize,
    column: usize,
}

impl Screen {
    fn of(text: &str) -> String {
        let mut screen = Self::default();
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\r' => screen.column = 0,
                '\n' => screen.row += 1,
                '\x1b' => {
                    rest.next();
                    let mut sequence = String::new();
                    for c in rest.by_ref() {
                        sequence.push(c);
                        if c.is_ascii_alphabetic() {
                            break;
                        }
                    }
                    screen.act(&sequence);
                }
                _ => screen.put(c),
            }
        }
        let lines: Vec<String> = screen.lines.iter().map(|line| line.iter().collect()).collect();
        lines.join("\n")
    }

    fn put(&mut self, c: char) {
        if self.column == WIDTH {
            (self.row, self.column) = (self.row + 1, 0);
        }
        let column = self.column;
        self.line()[column] = c;
        self.column += 1;
    }

    fn act(&mut self, sequence: &str) {
        let number: usize = sequence[..sequence.len() - 1].parse().unwrap_or(1);
        match sequence.chars().last() {
            Some('A') => self.row = self.row.saturating_sub(number),
            Some('B') => self.row += number,
            Some('K') => self.line().fill(' '),
            Some('m') => {}
            other => panic!("{other:?} isn't known here"),
        }
    }

    fn line(&mut self) -> &mut Vec<char> {
        while self.lines.len() <= self.row {
            self.lines.push(vec![' '; WIDTH]);
        }
        &mut self.lines[self.row]
    }
}

/// What a terminal gets to see of a program that somebody ends with Ctrl-C once this was drawn.
fn ended(mut command: Command, drawn: &str) -> String {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let name = PathBuf::from(ptsname(&ours, Vec::new()).unwrap().to_str().unwrap());
    let theirs = File::options().read(true).write(true).open(name).unwrap();
    command.env("TERM", "xterm").stdout(Stdio::null()).stderr(theirs);
    let mut child = command.spawn().unwrap();
    drop(command);
    let mut ours = File::from(ours);
    let (mut seen, mut part) = (Vec::new(), [0; 4096]);
    let mut is_ended = false;
    // The end of a terminal is an error on Linux.
    while let Ok(read @ 1..) = ours.read(&mut part) {
        seen.extend_from_slice(&part[..read]);
        if !is_ended && String::from_utf8_lossy(&seen).contains(drawn) {
            is_ended = true;
            // The terminal shows this as `^C`, wherever the cursor is.
            ours.write_all(b"\x03").unwrap();
            kill_process(Pid::from_child(&child), Signal::INT).unwrap();
        }
    }
    assert_eq!(child.wait().unwrap().code(), Some(130));
    String::from_utf8(seen).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_the_live_table_stays_when_somebody_ends_the_run() {
    let town = Town::slow(0..300, Turn::Never, std::time::Duration::from_millis(20)).await;
    town.list(0..300);
    let out = town.path("out.ndjson");
    let command = town.fleet(&["--out", out.to_str().unwrap(), "--concurrency", "2"]);
    let drawn = ended(command, " healthy");
    let (table, _) = drawn.split_once("^C").unwrap();
    let table = Screen::of(table);
    let rows: Vec<&str> = table.lines().collect();
    assert!(rows[0].contains("of 300 keys") && rows[1].starts_with("      "), "{table}");
    let left = Screen::of(&drawn);
    assert!(!left.contains("of 300 keys"), "{left}");
    assert!(left.trim_start().contains("decided with") && left.contains("not decided"), "{left}");
}

#[test]
fn nothing_of_a_line_that_fills_the_terminal_stays_either() {
    let mut command = doctor();
    command.args(["check", "--simulate", "hang", "--timeout", "50s", "--profile", "quick"]);
    let drawn = ended(command, "waiting for");
    let before = Screen::of(drawn.split_once("^C").unwrap().0);
    assert!(before.trim_end().chars().count() > WIDTH - 6, "it reaches the edge: {before:?}");
    let left = Screen::of(&drawn);
    assert!(!left.contains("waiting for"), "{left}");
}
