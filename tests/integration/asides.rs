//! What is said on stderr beside the documents, and before anything is sent.

use serde_json::Value;

use super::binary::{KEY, doctor};
use super::inputs::{run, text};

const FLAGS: [(&str, &str); 7] = [
    ("--account-email", "dev@example.com"),
    ("--account-id", "acc-1"),
    ("--space-id", "space-9"),
    ("--plan", "Scale"),
    ("--impact", "No videos since Monday."),
    ("--egress-ip", "2001:db8::7"),
    ("--previous", "Ticket 4711"),
];

fn report(args: &[&str]) -> (String, String) {
    let usual = ["report", "--simulate", "unknown-key", "--profile", "quick"];
    let output = run(&[&usual[..], args].concat());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_report_says_what_it_found_and_what_is_left_to_fill_in() {
    let (ticket, told) = report(&[]);
    assert!(ticket.starts_with("## Subject\n"), "{ticket}");
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].contains("(key_unrecognized, likely)"), "{told}");
    assert_eq!(lines[1], "The ticket went to standard output.");
    for (flag, _) in FLAGS {
        assert!(lines[2].starts_with("Left to fill in") && lines[2].contains(flag), "{told}");
    }
    let given: Vec<&str> = FLAGS.iter().flat_map(|(flag, value)| [*flag, *value]).collect();
    let (ticket, told) = report(&given);
    assert_eq!(told.lines().count(), 2, "{told}");
    for (flag, value) in FLAGS {
        assert!(ticket.contains(value), "{flag}: {ticket}");
    }
    assert_eq!(report(&["-q"]).1, "");
}

#[test]
fn a_report_names_the_files_that_it_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let [json, ticket] = ["run.json", "ticket.md"].map(|name| folder.path().join(name));
    let json_flag = format!("--json={}", json.display());
    let ticket_flag = format!("--markdown={}", ticket.display());
    let (page, told) = report(&[&json_flag, &ticket_flag]);
    assert!(page.contains("\n  Next step: "), "{page}");
    // The page on standard output says what was found.
    assert!(!told.contains("key_unrecognized"), "{told}");
    for file in [json, ticket] {
        assert!(told.contains(&format!("`{}`", file.canonicalize().unwrap().display())), "{told}");
    }
    let output = run(&["report", "--simulate", "healthy", "--profile", "quick"]);
    let told = text(&output.stderr);
    assert!(told.contains("why no ticket is needed") && !told.contains("Left to fill"), "{told}");
}

#[test]
fn a_plan_names_the_host_and_the_key() {
    let plan = |args: &[&str]| {
        let asked = ["check", "--dry-run", "--base-url", "http://127.0.0.1:9"];
        let output = doctor().env("HEYGEN_API_KEY", KEY).args(asked).args(args).output().unwrap();
        text(&output.stdout)
    };
    let (page, json) = (plan(&[]), plan(&["--json"]));
    let plan: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(plan["base_url"], "http://127.0.0.1:9");
    assert_eq!(plan["key"]["source"], "HEYGEN_API_KEY");
    let fingerprint = plan["key"]["fingerprint"].as_str().unwrap();
    assert!(page.contains("Host: http://127.0.0.1:9\n"), "{page}");
    assert!(page.contains(&format!("Key: {fingerprint}, ")), "{page}");
    let none = doctor().args(["check", "--dry-run"]).output().unwrap();
    assert!(text(&none.stdout).contains("Key: none found."), "{none:?}");
}
