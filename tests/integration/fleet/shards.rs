//! A list that is split, and results that are joined.

use std::collections::HashSet;
use std::fs;

use super::text;
use super::town::{Town, Turn, key, name, results};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_parts_together_are_the_whole_once_each() {
    const PARTS: usize = 3;
    let town = Town::new(1..60, Turn::Never).await;
    town.list(0..60);
    let mut files = Vec::new();
    let mut names: HashSet<String> = HashSet::new();
    for part in 0..PARTS {
        let file = town.path(&format!("{part}.ndjson")).display().to_string();
        let summary = town.path("summary.json").display().to_string();
        let shard = format!("{part}/{PARTS}");
        let args = ["--shard", &shard, "--out", &file, "--summary", &summary];
        let output = town.fleet(&args).output().unwrap();
        assert!([Some(0), Some(3)].contains(&output.status.code()), "{}", text(&output.stderr));
        for name in results(&fs::read_to_string(&file).unwrap()).into_keys() {
            assert!(names.insert(name.clone()), "{name} is in two parts");
        }
        let summary = fs::read_to_string(&summary).unwrap();
        assert!(summary.contains(&format!("\"shard\": \"{shard}\"")), "{summary}");
        files.push(file);
    }
    assert_eq!(names, (0..60).map(name).collect());
    assert!((1..60).all(|number| town.asked(number) >= 1));
    let requests = town.requests.load(std::sync::atomic::Ordering::Relaxed);

    let args: Vec<&str> = ["--join"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let join = |args: &[&str]| {
        let mut command = super::super::binary::doctor();
        command.arg("fleet").arg(town.path("keys.ndjson")).args(args).output().unwrap()
    };
    let output = join(&args);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{told}");
    let joined = text(&output.stdout);
    assert_eq!((joined.lines().count(), results(&joined).len()), (60, 60));
    assert!(told.contains("60 keys decided") && !told.contains("warning"), "{told}");

    let output = join(&[&args[..], &[&files[0]]].concat());
    let told = text(&output.stderr);
    assert_eq!(text(&output.stdout), joined, "each key once");
    assert!(told.contains("Twice, and left out the second time"), "{told}");
    let output = join(&args[..PARTS]);
    let told = text(&output.stderr);
    assert!(told.contains("Missing (") && told.contains("not decided"), "{told}");
    assert_eq!(
        town.requests.load(std::sync::atomic::Ordering::Relaxed),
        requests,
        "nothing is sent to join"
    );
    // What was decided of another key says nothing of the one that the list has now.
    let list = fs::read_to_string(town.path("keys.ndjson")).unwrap();
    fs::write(town.path("keys.ndjson"), list.replace(&key(3), &key(503))).unwrap();
    let output = join(&args);
    let told = text(&output.stderr);
    assert!(told.contains("Decided with another key than the list has now"), "{told}");
    assert!(told.contains("Missing (1 key): customer-3."), "{told}");
    assert_eq!((text(&output.stdout).lines().count(), output.status.code()), (59, Some(3)));
    // Without a list nothing can be missing.
    let mut command = super::super::binary::doctor();
    let output = command.args(["fleet", "--join", &files[1]]).output().unwrap();
    assert!(!text(&output.stderr).contains("Missing"), "{}", text(&output.stderr));
    assert!(!output.stdout.is_empty());
}
