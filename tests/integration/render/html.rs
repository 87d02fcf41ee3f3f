//! The page for a browser.

use heygen_doctor::record::Record;
use heygen_doctor::record::read::read;

use super::lengths::corpus;
use super::{Format, HOSTILE, Options, render, samples};
use crate::binary::doctor;
use crate::markup::{Element, assert_sound};

/// The most bytes of a page.
const MOST: usize = 400 << 10;

fn html(record: &Record) -> String {
    render(Format::Html, record, &Options::default())
}

/// One element a line, without the style and the record.
fn outline(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let (body, rest) = rest.split_once("id=\"record\">").unwrap();
    let (_, end) = rest.split_once("</script>").unwrap();
    let (before, policy) = head.split_once("sha256-").unwrap();
    let (_, after) = policy.split_once('\'').unwrap();
    format!("{before}[hash]'{after}<style></style>{body}id=\"record\"></script>{end}")
        .replace("><", ">\n<")
}

#[test]
fn one_page() {
    insta::assert_snapshot!("scoped_html", outline(&html(&samples::scoped())));
}

#[test]
fn every_page_is_sound_and_short_and_holds_its_record() {
    let made = samples::ALL.iter().map(|(name, sample)| (*name, sample()));
    for (name, record) in corpus().chain(made) {
        let page = html(&record);
        assert!(page.len() <= MOST, "{name}: {} bytes", page.len());
        let all = assert_sound(name, &page);
        let inside = all.iter().find(|one| one.get("id") == Some("record")).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&inside.text).unwrap(), record, "{name}");
        if name != "hostile" {
            assert_eq!(read(&page).unwrap(), record, "{name}");
        }
        let text: String = all.iter().map(|one| one.text.as_str()).collect();
        let named = record.diagnosis.named().unwrap();
        for told in [record.diagnosis.cause.as_str(), named.next_step.trim_matches('`')] {
            let words: Vec<&str> = told.split('`').collect();
            assert!(words.iter().all(|word| text.contains(word)), "{name}: {told}");
        }
        let rows = all.iter().filter(|one| one.get("id").is_some_and(|id| id.starts_with('x')));
        let sent = record.observations.iter().filter(|one| one.observation.was_sent());
        assert_eq!(rows.count(), sent.count(), "{name}: the waterfall has every request");
    }
}

/// Everything that was asked of a key that fails at everything: the longest of ordinary pages.
#[test]
fn the_page_of_a_full_run_is_short() {
    for scenario in ["support-ticket", "flapping"] {
        let mut command = doctor();
        let output = command.args(["report", "--simulate", scenario, "--html"]).output().unwrap();
        let page = String::from_utf8(output.stdout).unwrap();
        assert!(page.len() <= MOST, "{scenario}: {} bytes", page.len());
        let all = assert_sound(scenario, &page);
        let points = all.iter().filter(|one| one.get("class") == Some("cross")).count();
        assert!(points > 20 && page.contains("lines to copy"), "{scenario}: {points}");
        assert!(!page.contains("would be too long"), "{scenario}");
    }
}

#[test]
fn a_page_that_would_be_too_long_tells_less_of_each_exchange() {
    let mut record = samples::support_ticket();
    let one = record.observations[0].clone();
    for n in 0..120 {
        let mut judged = one.clone();
        let heygen_doctor::record::observation::Outcome::Answer(answer) =
            &mut judged.observation.outcome
        else {
            panic!()
        };
        answer.body.excerpt = Some(format!("{n} {}", "<&\"".repeat(400)));
        record.observations.push(judged);
    }
    let page = html(&record);
    let all = assert_sound("a long one", &page);
    assert!(page.contains("would be too long"), "{} bytes", page.len());
    let lines = |one: &&Element| one.name == "pre";
    assert_eq!(all.iter().filter(lines).count(), record.observations.len());
}

#[test]
fn what_a_server_says_is_no_markup() {
    let page = html(&samples::hostile());
    let all = assert_sound("hostile", &page);
    for tag in ["b", "script", "img"] {
        let with = |one: &&Element| one.name == tag && one.text.contains("alert");
        assert!(
            !all.iter().filter(|one| one.get("id") != Some("record")).any(|one| with(&one)),
            "{tag}"
        );
    }
    let told = all
        .iter()
        .any(|one| one.name != "script" && one.text.contains("<script>alert(1)</script>"));
    assert!(told, "nothing is left out");
    let acting: Vec<char> =
        page.chars().filter(|&c| c != '\n' && heygen_doctor::text::acts(c)).collect();
    assert!(acting.is_empty(), "{acting:?}");
    for command in ["::", "##[", "##vso"] {
        assert!(!page.contains(command), "{command}");
    }
    for first in HOSTILE.lines().map(str::trim).filter(|line| !line.is_empty()) {
        assert!(!page.lines().any(|line| line.trim_start().starts_with(first)), "{first}");
    }
}
