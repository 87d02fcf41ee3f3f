//! Lists of keys, good and bad.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use super::text;
use super::town::{Town, Turn, key, name, results};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_come_from_json_or_csv_from_lines_variables_files_and_standard_input() {
    let town = Town::new(0..4, Turn::Never).await;
    let file = town.path("three.key");
    fs::write(&file, key(3) + "\n").unwrap();
    let csv = format!(
        "\u{feff}Name,key,env,file,owner\r\n\"customer-1, Inc.\",{},,,us\r\n\r\ncustomer-2,,KEY_2,,\r\ncustomer-3,,,{},\r\n",
        key(1),
        file.display()
    );
    fs::write(town.path("keys.ndjson"), &csv).unwrap();
    let run = |mut command: std::process::Command| command.env("KEY_2", key(2)).output().unwrap();
    let output = run(town.fleet(&[]));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let lines = results(&text(&output.stdout));
    for name in ["customer-1, Inc.", "customer-2", "customer-3"] {
        assert_eq!(lines[name]["cause"], "healthy", "{lines:?}");
    }
    let json = format!(
        "{{\"name\":\"a\",\"key\":\"{}\",\"plan\":3}}\n\n{{\"name\":\"b\",\"env\":\"NOT_SET\"}}\n",
        key(1)
    );
    fs::write(town.path("keys.ndjson"), "name,key\n").unwrap();
    let mut command = super::super::binary::doctor();
    let url = town.url();
    command.args(["fleet", "-", "--rate", "none", "--base-url"]).arg(url);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(json.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let lines = results(&text(&output.stdout));
    assert_eq!(
        (&lines["a"]["cause"], &lines["b"]["cause"]),
        (&"healthy".into(), &"key_missing".into())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_cannot_be_read_is_told_with_its_number_and_left_out() {
    let town = Town::new(0..9, Turn::Never).await;
    let secret = key(5);
    let list = [
        format!("{{\"name\":\"good\",\"key\":\"{}\"}}", key(1)),
        "{\"name\":\"half".to_owned(),
        format!("{{\"key\":\"{secret}\"}}"),
        format!("{{\"name\":\"{secret}\",\"key\":\"{secret}\"}}"),
        format!("{{\"name\":\"{}\",\"key\":\"{secret}\"}}", &secret[20..45]),
        format!("{{\"name\":\"two\",\"key\":\"{secret}\",\"env\":\"X\"}}"),
        "{\"name\":\"none\"}".to_owned(),
        format!("{{\"name\":\"{}\",\"key\":\"x\"}}", "n".repeat(201)),
        format!("{{\"name\":\"long\",\"key\":\"{}\"}}", "x".repeat(20_000)),
        "{\"name\":\"lost\",\"file\":\"/nowhere/key\"}".to_owned(),
        format!("{{\"name\":[\"{secret}\"],\"key\":\"x\"}}"),
        format!("{{\"name\":\"\\u001b[31mred\\u202e\",\"key\":\"{}\"}}", key(2)),
    ];
    fs::write(town.path("keys.ndjson"), list.join("\n")).unwrap();
    let output = town.fleet(&[]).output().unwrap();
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    for number in 2..=11 {
        assert!(told.contains(&format!("Line {number} is left out: ")), "{number}: {told}");
    }
    assert!(told.contains("10 lines of the list left out"), "{told}");
    let lines = results(&text(&output.stdout));
    let mut names: Vec<&str> = lines.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["\\u{1b}[31mred\\u{202e}", "good"]);
    let all = told + &text(&output.stdout);
    assert!(!all.contains("SyntheticKey") && !all.contains('\u{1b}'), "{all}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_list_is_refused_before_anything_is_sent() {
    let town = Town::new(0..9, Turn::Never).await;
    let twice = format!("name,key\na,{}\nb,{}\na,{}\n", key(1), key(2), key(3));
    for (list, says) in [
        (twice.as_str(), "Line 4 has the name `a`"),
        ("", "No line of the list names a key"),
        ("just some notes\nof mine\n", "No line of the list names a key"),
        ("\0\u{1}binary", "No line of the list names a key"),
        ("name,api_key\na,x\n", "no column `key`, `env`, or `file`"),
        ("name,key,key\na,x,y\n", "names a column twice"),
        (&"a note\n".repeat(5_000), "None of the first 20 lines"),
    ] {
        fs::write(town.path("keys.ndjson"), list).unwrap();
        let output = town.fleet(&[]).output().unwrap();
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(says) && told.contains("hint: "), "{told}");
        assert!(told.lines().count() < 30, "{told}");
    }
    town.list(0..2);
    let out = town.path("out.ndjson");
    fs::write(&out, "something of mine\n").unwrap();
    let out = out.to_str().unwrap();
    let keys = town.path("keys.ndjson");
    let keys = keys.to_str().unwrap();
    for (args, says) in [
        (vec!["--resume"], "--out"),
        (vec!["--out", out], "holds something already"),
        (vec!["--out", out, "--resume"], "is no result of a fleet"),
        (vec!["--out", keys, "--resume"], "that keys are kept in"),
        (vec!["--summary", keys], "that keys are kept in"),
        (vec!["--summary", "same", "--openmetrics=same"], "named twice"),
        (vec!["--out", "-"], "is no file to write to"),
        (vec!["--openmetrics"], "can't both go to standard output"),
        (vec!["--shard", "5/4"], "like `1/4`"),
        (vec!["--rate", "fast"], "like `20/s`"),
        (vec!["--warn-before", "soon"], "like `14d`"),
        (vec!["--join"], "needs a value"),
    ] {
        let output = town.fleet(&args).output().unwrap();
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {told}");
        assert!(told.contains(says), "{args:?}: {told}");
    }
    assert_eq!(fs::read_to_string(out).unwrap(), "something of mine\n");
    assert_eq!(town.requests.load(std::sync::atomic::Ordering::Relaxed), 0);
    assert_eq!(name(1), "customer-1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_spreadsheet_is_read_with_what_it_puts_between_cells_and_a_misplaced_key_is_not_shown() {
    let town = Town::new(0..9, Turn::Never).await;
    let (one, two) = (key(1), key(2));
    for (list, works, bad) in [
        (format!("name;key\na;{one}\n\"b;c\";{two}\n"), vec!["a", "b;c"], 0),
        (format!("name\tkey\na\t{one}\n"), vec!["a"], 0),
        (format!("name,key\na,{one}\n\"two\nlines\",{two}\n"), vec!["a"], 2),
        (format!("name,key,env\na,{one},\nb,,{two}\nc,,$C\nd,,A=B\n"), vec!["a"], 3),
        (format!("name,key,file\na,{one},\nb,,{two}\nc,,\nd,{two},x\n"), vec!["a"], 3),
    ] {
        fs::write(town.path("keys.ndjson"), &list).unwrap();
        let output = town.fleet(&[]).output().unwrap();
        let told = text(&output.stderr) + &text(&output.stdout);
        assert_eq!(output.status.code(), Some(if bad > 0 { 2 } else { 0 }), "{told}");
        let lines = results(&text(&output.stdout));
        let mut names: Vec<&str> = lines.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, works, "{told}");
        assert_eq!(told.matches("is left out: ").count(), bad, "{told}");
        assert!(!told.contains("SyntheticKey") && !told.contains("not decided"), "{told}");
    }
    // A key file that is missing is found at its turn, and the key is left out as well.
    let list = format!("name,key,file\na,{one},\nb,,/nowhere/key\n");
    fs::write(town.path("keys.ndjson"), list).unwrap();
    let told = text(&town.fleet(&[]).output().unwrap().stderr);
    assert!(
        told.contains("1 line of the list left out") && !told.contains("not decided"),
        "{told}"
    );
}
