//! `simulate`: what it lists, what it tells of a story, and what it refuses.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Stdio};

use crate::binary::doctor;

fn run(args: &[&str]) -> (String, String, Option<i32>) {
    let output = doctor().arg("simulate").args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn what_is_to_be_found_comes_with_the_command_that_finds_it() {
    let (story, _, _) = run(&["flapping-tenth", "--list"]);
    assert!(
        story.ends_with(
            "To be found: inconsistent_auth (exit code 1), with\n  heygen-doctor check --simulate flapping-tenth --profile full\n"
        ),
        "{story}"
    );
    let (story, _, _) = run(&["wrong-name", "--list"]);
    assert!(story.contains("--simulate wrong-name --ca-cert fixtures/tls/ca.pem\n"), "{story}");
    assert!(story.contains("folder of heygen-doctor's source"), "{story}");
    let (list, _, _) = run(&[]);
    let line = |name: &str| list.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(line("flapping-tenth ").ends_with(" [--profile full]"));
    assert!(line("healthy ").ends_with("The key works."));
}

#[test]
fn an_address_without_a_scenario_is_refused() {
    for args in
        [&["--listen", "127.0.0.1:0"] as &[&str], &["healthy", "--list", "--listen", "127.0.0.1:0"]]
    {
        let (stdout, stderr, code) = run(args);
        assert_eq!((stdout.as_str(), code), ("", Some(2)), "{args:?}: {stderr}");
        assert!(stderr.contains("hint:") && stderr.contains("--listen"), "{stderr}");
    }
}

#[test]
fn a_story_that_no_server_can_play_is_not_served() {
    for name in ["name-unknown", "port-refused"] {
        let (stdout, stderr, code) = run(&[name, "--listen", "127.0.0.1:0"]);
        assert_eq!((stdout.as_str(), code), ("", Some(2)), "{name}: {stderr}");
        let hint = format!("hint: `heygen-doctor check --simulate {name}` plays it.");
        assert!(stderr.contains(&hint), "{stderr}");
    }
}

/// `simulate healthy` as a program of its own, and its address.
struct Serving(Child, SocketAddr);

impl Serving {
    fn start(args: &[&str]) -> Self {
        let mut command = doctor();
        command.args(["simulate", "healthy", "--listen", "127.0.0.1:0"]).args(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        Self(child, line.trim().strip_prefix("http://").unwrap().parse().unwrap())
    }

    /// The status line of an answer to a request that names this host.
    fn ask(&self, host: &str) -> String {
        let mut stream = TcpStream::connect(self.1).unwrap();
        let head =
            format!("GET /v3/users/me HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.lines().next().unwrap().to_owned()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn other_machines_are_let_in_only_when_that_was_asked_for() {
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.7:8787"] {
        let (stdout, stderr, code) = run(&["healthy", "--listen", listen]);
        assert_eq!((stdout.as_str(), code), ("", Some(2)), "{listen}: {stderr}");
        assert!(stderr.contains("Other machines could connect"), "{stderr}");
        assert!(stderr.contains("hint:") && stderr.contains("--allow-remote"), "{stderr}");
    }
    let (_, stderr, code) = run(&["healthy", "--allow-remote"]);
    assert_eq!(code, Some(2), "{stderr}");
}

#[test]
fn the_host_of_a_request_is_checked_unless_anyone_may_ask() {
    let local = Serving::start(&[]);
    assert_eq!(local.ask("localhost:8787"), "HTTP/1.1 401 Unauthorized");
    assert_eq!(local.ask("attacker.example"), "HTTP/1.1 421 Misdirected Request");
    let anyone = Serving::start(&["--allow-remote"]);
    assert_eq!(anyone.ask("attacker.example"), "HTTP/1.1 401 Unauthorized");
}
