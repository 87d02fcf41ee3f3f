//! Links that a terminal opens, seen through a terminal of our own.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::process::Stdio;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::binary::doctor;
use super::inputs::text;

/// How a link begins.
const LINK: &str = "\x1b]8;;";
const PAGE: &str = "https://developers.heygen.com/docs/api-key";

/// What a terminal gets to see of `explain key_missing`.
fn shown(env: &[(&str, &str)], args: &[&str]) -> String {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let name = PathBuf::from(ptsname(&ours, Vec::new()).unwrap().to_str().unwrap());
    let theirs = File::options().read(true).write(true).open(name).unwrap();
    let mut command = doctor();
    command.args(["explain", "key_missing"]).args(args).envs(env.iter().copied());
    command.env("COLUMNS", "80").stdin(Stdio::null()).stderr(Stdio::null()).stdout(theirs);
    let mut child = command.spawn().unwrap();
    // Its end of the terminal is closed with the child only if this copy is gone.
    drop(command);
    let mut seen = Vec::new();
    // The end of a terminal is an error on Linux.
    let _ = File::from(ours).read_to_end(&mut seen);
    assert!(child.wait().unwrap().success());
    String::from_utf8(seen).unwrap()
}

#[test]
fn links_stand_only_where_a_terminal_opens_them() {
    let linked = shown(&[("TERM_PROGRAM", "WezTerm")], &[]);
    let link = format!("{LINK}{PAGE}\x1b\\{PAGE}{LINK}\x1b\\");
    assert!(linked.contains(&link), "{linked:?}");
    let plain = shown(&[("TERM", "xterm")], &[]);
    assert!(plain.contains(PAGE) && !plain.contains(LINK), "{plain:?}");
    assert_eq!(linked.replace(&link, PAGE), plain);
    let able = ("TERM_PROGRAM", "WezTerm");
    for (env, args) in [
        ([able, ("NO_COLOR", "1")], &[] as &[&str]),
        ([able, ("TERM", "dumb")], &[]),
        ([able, ("CI", "true")], &[]),
        ([able, ("TERM", "xterm")], &["--color", "never"]),
    ] {
        let seen = shown(&env, args);
        assert!(seen.contains(PAGE) && !seen.contains(LINK), "{env:?} {args:?}: {seen:?}");
    }
}

#[test]
fn a_pipe_never_gets_a_link() {
    let mut command = doctor();
    command.args(["explain", "key_missing", "--color", "always"]);
    let output = command.envs([("FORCE_HYPERLINK", "1"), ("TERM_PROGRAM", "WezTerm")]).output();
    let seen = text(&output.unwrap().stdout);
    assert!(seen.contains(PAGE) && !seen.contains(LINK), "{seen:?}");
}
