//! The file of results is the state of a run, whatever ends it.

use std::collections::HashMap;
use std::fs;
use std::thread::sleep;
use std::time::Duration;

use heygen_doctor::files;
use serde_json::Value;

use super::super::dice::Dice;
use super::text;
use super::town::{Town, Turn, key, name, results};

/// What must not depend on how often a run was killed.
fn told(text: &str) -> HashMap<String, String> {
    let result = |line: Value| {
        ["fingerprint", "verdict", "cause", "confidence", "exit_code", "next_step"]
            .map(|field| line[field].to_string())
            .join(" ")
    };
    results(text).into_iter().map(|(name, line)| (name, result(line))).collect()
}

#[expect(clippy::disallowed_methods, reason = "a switch of the test")]
fn kills() -> usize {
    std::env::var("FLEET_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(10)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_is_killed_again_and_again_comes_to_the_same_in_the_end() {
    const KEYS: usize = 240;
    const TOGETHER: usize = 4;
    let works = |number: &usize| number % 80 != 3;
    let town = Town::slow((0..KEYS).filter(works), Turn::Never, Duration::from_millis(4)).await;
    town.list(0..KEYS);
    let undisturbed = town.fleet(&["--concurrency", "4"]).output().unwrap();
    assert_eq!(undisturbed.status.code(), Some(3), "{}", text(&undisturbed.stderr));
    town.asked.lock().unwrap().clear();

    let out = town.path("out.ndjson");
    let args = ["--out", out.to_str().unwrap(), "--resume", "--concurrency", "4"];
    let mut dice = Dice::new(7);
    let kills = kills();
    for _ in 0..kills {
        let mut child = town.fleet(&args).spawn().unwrap();
        sleep(Duration::from_millis(dice.between(20, 180)));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let last = town.fleet(&args).output().unwrap();
    assert_eq!(last.status.code(), Some(3), "{}", text(&last.stderr));
    let file = fs::read_to_string(&out).unwrap();
    assert_eq!(told(&file), told(&text(&undisturbed.stdout)));
    assert_eq!(file.lines().count(), KEYS, "each key has one line");
    let again: usize = (0..KEYS).filter(works).map(|number| town.asked(number) - 1).sum();
    // A working key is also the control of the three that don't work.
    let as_control = 3 * (kills + 1);
    let lost = kills * TOGETHER;
    assert!(again <= lost + as_control, "{again} were asked again, {lost} were in flight");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_line_is_repaired_and_no_decided_key_is_asked_again() {
    let town = Town::new((0..6).chain([101]), Turn::Never).await;
    town.list(0..6);
    let out = town.path("out.ndjson");
    let args = ["--out", out.to_str().unwrap(), "--resume"];
    assert_eq!(town.fleet(&args).output().unwrap().status.code(), Some(0));
    let whole = fs::read_to_string(&out).unwrap();
    assert_eq!((whole.lines().count(), town.asked(2)), (6, 1));

    let cut: usize = whole.lines().take(4).map(|line| line.len() + 1).sum();
    fs::write(&out, &whole[..cut + 40]).unwrap();
    let known: Vec<String> = results(&whole[..cut]).into_keys().collect();
    let output = town.fleet(&args).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let now = fs::read_to_string(&out).unwrap();
    assert!(now.starts_with(&whole[..cut]) && now.lines().count() == 6, "{now}");
    assert_eq!(results(&now).len(), 6);
    for number in 0..6 {
        let decided = known.contains(&name(number));
        assert_eq!(town.asked(number), if decided { 1 } else { 2 }, "{number}");
    }
    assert!(text(&output.stderr).contains("6 keys decided"), "{}", text(&output.stderr));

    // Another key under a known name is another question, and so is one about which nothing is claimed.
    let changed = fs::read_to_string(town.path("keys.ndjson")).unwrap().replace(&key(1), &key(101));
    fs::write(town.path("keys.ndjson"), changed).unwrap();
    let line = now.lines().find(|line| line.contains("\"customer-2\"")).unwrap();
    let unsure = line.replace("\"cause\":\"healthy\"", "\"cause\":\"inconclusive\"");
    fs::write(&out, now.replace(line, &unsure)).unwrap();
    let before = [0, 2].map(|number| town.asked(number));
    assert_eq!(town.fleet(&args).output().unwrap().status.code(), Some(0));
    assert_eq!(town.asked(101), 1);
    assert_eq!([0, 2].map(|number| town.asked(number)), [before[0], before[1] + 1]);
    let last = results(&fs::read_to_string(&out).unwrap());
    assert_eq!((last.len(), &last["customer-2"]["cause"]), (6, &"healthy".into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_ends_a_run_and_its_results_stay() {
    use rustix::process::{Pid, Signal, kill_process};
    let works = (0..500).filter(|number| number % 2 == 0);
    let town = Town::slow(works, Turn::Never, Duration::from_millis(20)).await;
    town.list(0..500);
    let out = town.path("out.ndjson");
    let mut command = town.fleet(&["--out", out.to_str().unwrap(), "--concurrency", "8"]);
    let child = command.spawn().unwrap();
    while fs::metadata(&out).map_or(0, |found| found.len()) < 1_500 {
        sleep(Duration::from_millis(10));
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("not decided"), "{}", text(&output.stderr));
    let kept = results(&fs::read_to_string(&out).unwrap());
    assert!((2..400).contains(&kept.len()), "{}", kept.len());
    // What was being examined has no result: half an examination shows nothing.
    let is_whole =
        |line: &Value| ["healthy", "key_unrecognized"].contains(&line["cause"].as_str().unwrap());
    assert!(kept.values().all(is_whole), "{kept:?}");
    let late = town.fleet(&["--deadline", "200ms", "--concurrency", "1"]).output().unwrap();
    assert_eq!(late.status.code(), Some(4), "{}", text(&late.stderr));
    assert!(files::is_regular(&out).unwrap());
}
