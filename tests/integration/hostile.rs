//! Servers that mean harm. Whatever they do, a run ends in time and with a code of its own, stays
//! small, classifies what it saw, and shows what was said as text that does nothing.

/// Answers that break HTTP, or never end.
mod broken;
/// The conduct of a server once it was asked.
mod conduct;
/// Servers that speak HTTP/2, and TLS, against its rules.
mod frames;
/// One run of the program, watched.
mod run;
/// Answers that would like to write on the reader's screen.
mod said;

use futures::stream::{self, StreamExt};
use heygen_doctor::text::acts;
use serde_json::Value;

use super::loopback::serve;
use conduct::{Conduct, misbehave};
use run::{Seen, run};

/// The most memory that a run may need.
const MOST_KIB: u64 = 60 << 10;
/// How many runs are under way at once: most of them wait.
const TOGETHER: usize = 8;

/// A server, and what its answers may be taken for.
struct Case {
    name: &'static str,
    conduct: Conduct,
    classes: &'static [&'static str],
}

/// Runs the program against every server, a few at a time, and looks at what came of it.
async fn try_all(cases: Vec<Case>) {
    let runs = cases.into_iter().map(|case| async move {
        let conduct = case.conduct.clone();
        let port = serve(move |stream| misbehave(stream, conduct.clone())).await;
        let url = format!("http://127.0.0.1:{port}");
        let seen = tokio::task::spawn_blocking(move || run(&url, case.classes, &[])).await.unwrap();
        problems(case.name, &seen, case.classes)
    });
    let problems: Vec<String> =
        stream::iter(runs).buffer_unordered(TOGETHER).flat_map(stream::iter).collect().await;
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Everything that is wrong with a run.
fn problems(name: &str, seen: &Seen, classes: &[&str]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut must = |holds: bool, what: String| {
        if !holds {
            problems.push(format!("{name}: {what}"));
        }
    };
    must((0..=4).contains(&seen.exit), format!("exit {}: {}", seen.exit, seen.stderr));
    let small = seen.peak_kib.map_or(!cfg!(target_os = "linux"), |kib| kib < MOST_KIB);
    must(small, format!("{:?} KiB of memory", seen.peak_kib));
    let answers = seen.record["observations"].as_array().map_or(&[] as &[Value], Vec::as_slice);
    must(!answers.is_empty(), format!("nothing was seen: {}", seen.stderr));
    // Some of these servers close a connection just as it is used again: then the same is asked
    // once more on a new one, and that answer counts.
    let (lost, told): (Vec<&Value>, Vec<&Value>) = answers.iter().partition(|answer| {
        let outcome = &answer["outcome"];
        outcome["fault"] == "closed" && outcome["connection"] == "reused"
    });
    for lost in lost {
        let again = format!("{}/new-connection", lost["probe"].as_str().unwrap());
        let asked = told.iter().any(|answer| answer["probe"] == again.as_str());
        must(asked || seen.record["run"]["partial"] == true, format!("{again} was not asked"));
    }
    let odd = told.iter().find(|answer| !classes.contains(&answer["class"].as_str().unwrap()));
    if let Some(odd) = odd {
        must(false, format!("{} of {}: {}", odd["class"], odd["probe"], odd["outcome"]));
    }
    for (which, text) in seen.texts() {
        if let Some(c) = text.chars().find(|c| *c != '\n' && acts(*c)) {
            must(false, format!("{which} has {c:?}"));
        }
        for line in text.lines() {
            must(!acts_as_ours(which, line), format!("{which} has the line {line:?}"));
        }
    }
    problems
}

/// True if a line could be taken for a command to a CI job, or for a word of the program.
fn acts_as_ours(which: &str, line: &str) -> bool {
    let commands = ["::", "##[", "##vso"];
    let commanded = match which {
        // What JSON says has to stay what was said.
        "json" => commands.iter().any(|command| line.trim_start().starts_with(command)),
        _ => commands.iter().any(|command| line.contains(command)),
    };
    let spoofs = ["Healthy: the key works", "# SPOOFED", "| SPOOFED", "<script"];
    commanded || spoofs.iter().any(|spoof| line.starts_with(spoof))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_break_http_or_never_end() {
    try_all(broken::cases()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_would_write_on_the_screen() {
    try_all(said::cases()).await;
}
