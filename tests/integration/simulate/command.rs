//! `simulate`: what it lists, what it tells of a story, and what it refuses.

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
