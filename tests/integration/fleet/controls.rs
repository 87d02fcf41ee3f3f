//! When the controls change, nothing more is claimed.

use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use heygen_doctor::simulate::{Server, load};

use serde_json::Value;

use super::town::{Town, Turn, key};
use super::{lines, text};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_lets_everybody_in_ends_the_run_and_what_it_said_is_withdrawn() {
    // The second look at the controls comes after a hundred keys.
    let town = Town::new(0..200, Turn::LetsIn { from: 150 }).await;
    town.list(0..900);
    let output = town.fleet(&["--concurrency", "4"]).output().unwrap();
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("warning: The control `v3.users-me/x-api-key/made-up`"), "{told}");
    assert!(told.contains("error: The control") && told.contains("--resume"), "{told}");
    let lines = lines(&output);
    let of = |cause: &str| lines.values().filter(|line| line["cause"] == cause).count();
    let (healthy, withdrawn) = (of("healthy"), of("inconclusive"));
    assert!((90..=110).contains(&healthy), "{healthy} before the last good look");
    assert!((90..=115).contains(&withdrawn), "{withdrawn} after it");
    assert_eq!(lines.len(), healthy + withdrawn);
    assert!((300..900).all(|number| town.asked(number) == 0), "nobody was asked any more");
    assert!(told.contains(&format!("{} keys not decided", 900 - lines.len())), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edge_that_blocks_ends_the_run() {
    let town = Town::new(0..400, Turn::Blocks { from: 30 }).await;
    town.list(0..400);
    let output = town.fleet(&["--concurrency", "2"]).output().unwrap();
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("blocks requests with keys"), "{told}");
    let asked = (0..400).filter(|number| town.asked(*number) > 0).count();
    assert!(asked < 36, "{asked} keys were sent on");
    assert!(lines(&output).values().all(|line| line["cause"] != "blocked_at_edge"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_heals_in_two_seconds_is_waited_for_and_every_key_is_asked_again() {
    for turn in [Turn::Fails { from: 110 }, Turn::Blocks { from: 40 }] {
        let town = Town::healing(0..250, turn).await;
        town.list(0..250);
        let summary = town.path("summary.json");
        let args = ["--concurrency", "16", "--summary", summary.to_str().unwrap()];
        let output = town.fleet(&args).output().unwrap();
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{turn:?}: {told}");
        assert_eq!(told.matches("looked at again in 2 seconds").count(), 1, "{turn:?}: {told}");
        // What was on its way when the pause began may arrive in it.
        assert!(town.longest_rest() > Duration::from_secs(1), "{:?}", town.longest_rest());
        let last = lines(&output);
        assert!(last.values().all(|line| line["cause"] == "healthy"), "{turn:?}: {last:?}");
        assert_eq!(last.len(), 250);
        let withdrawn = text(&output.stdout).matches(r#""cause":"inconclusive""#).count();
        assert!((5..=120).contains(&withdrawn), "{turn:?}: {withdrawn}");
        let summary: Value = serde_json::from_slice(&std::fs::read(&summary).unwrap()).unwrap();
        assert_eq!(summary["requests"], town.requests.load(Relaxed), "{turn:?}");
        assert_eq!(summary["keys"], 250);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_any_answer_no_key_is_sent() {
    let town = Town::new(0..10, Turn::Never).await;
    town.list(0..10);
    let port = super::super::loopback::dead_port().await;
    let output = town.fleet(&["--base-url", &format!("http://127.0.0.1:{port}")]).output();
    // The flag can be given once only.
    assert_eq!(output.unwrap().status.code(), Some(2));
    let mut command = super::super::binary::doctor();
    command.arg("fleet").arg(town.path("keys.ndjson"));
    let output =
        command.args(["--base-url", &format!("http://127.0.0.1:{port}")]).output().unwrap();
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("No control was answered") && output.stdout.is_empty(), "{told}");
    assert!(told.contains("10 keys not decided"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_on_requests_says_nothing_of_a_key() {
    let town = Town::new(0..20, Turn::Throttles { from: 12, times: 3 }).await;
    town.list(0..20);
    let output = town.fleet(&["--rate", "400/s"]).output().unwrap();
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(lines(&output).values().all(|line| line["cause"] == "healthy"));
    let asked: usize = (0..20).map(|number| town.asked(number)).sum();
    assert!((20..=23).contains(&asked), "{asked}: {}{told}", text(&output.stdout));
    assert!(town.asked.lock().unwrap().contains_key(&key(0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_that_dies_for_keys_that_worked_ends_the_run_and_condemns_no_key() {
    let town = Town::new(0..900, Turn::LocksOut { from: 150 }).await;
    town.list(0..900);
    let output = town.fleet(&["--concurrency", "4"]).output().unwrap();
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("warning: A key that worked in this run got `unauthenticated`"),
        "{told}"
    );
    assert!(told.contains("error: A key that worked in this run got"), "{told}");
    let lines = lines(&output);
    let of = |cause: &str| lines.values().filter(|line| line["cause"] == cause).count();
    assert!((90..=110).contains(&of("healthy")), "{told}");
    assert_eq!(of("healthy") + of("inconclusive"), lines.len(), "no key is said to be bad");
    let asked = (0..900).filter(|number| town.asked(*number) > 0).count();
    assert!(asked < 170, "{asked} keys were asked, and few of them in vain");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_never_worked_end_nothing_as_long_as_others_do() {
    // Far more than three in a row, again and again.
    let works = |number: &usize| number.is_multiple_of(10);
    let town = Town::new((0..60).filter(works), Turn::Never).await;
    town.list(0..60);
    let output = town.fleet(&[]).output().unwrap();
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(!told.contains("warning") && told.contains("60 keys decided"), "{told}");
    let lines = lines(&output);
    assert!(lines.values().all(|line| line["cause"] != "inconclusive"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_heygen_gets_no_more_keys() {
    let town = Town::new(0..1, Turn::Never).await;
    town.list(0..40);
    let other = load("other-api-hub").unwrap();
    let other = Server::start(&other, "127.0.0.1:0".parse().unwrap()).await.unwrap();
    let fleet = |url: &str| {
        let mut command = super::super::binary::doctor();
        command.arg("fleet").arg(town.path("keys.ndjson"));
        command.args(["--rate", "none", "--base-url", url]).output().unwrap()
    };
    let output = fleet(&other.base_url());
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("What answers isn't HeyGen's API") && told.contains("hint: "), "{told}");
    let lines = lines(&output);
    assert!((3..10).contains(&lines.len()), "{}", lines.len());
    assert!(lines.values().all(|line| line["cause"] == "wrong_host"), "{lines:?}");

    let output = fleet("https://app.heygen.com");
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("HeyGen's web app") && output.stdout.is_empty(), "{told}");
}
