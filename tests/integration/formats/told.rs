//! What a reader of one format would miss, each by itself.

use heygen_doctor::compare::compare;
use heygen_doctor::record::Record;
use heygen_doctor::record::facts::EndedBy;
use heygen_doctor::record::observation::Outcome;
use heygen_doctor::record::probe::Credential;
use heygen_doctor::render::{Format, Options, compared};
use serde_json::{Value, json};

use super::{metrics, written};
use crate::inputs::{run, text};
use crate::samples;

#[test]
fn junit_says_that_a_value_can_not_be_sent() {
    let page = text(&run(&["check", "--simulate", "two-lines", "--format", "junit"]).stdout);
    assert!(page.contains("no HTTP header can carry this value"), "{page}");
}

#[test]
fn a_limited_key_is_a_warning_on_github() {
    let said = |scenario| run(&["check", "--simulate", scenario, "--format", "github"]).stdout;
    for (scenario, level) in
        [("scoped", "::warning "), ("healthy", "::notice "), ("unknown-key", "::error ")]
    {
        assert!(text(&said(scenario)).starts_with(level), "{scenario}");
    }
}

#[test]
fn the_status_for_prometheus_is_the_last_one() {
    let mut record = samples::healthy();
    let seen = record.observations.iter_mut().map(|judged| &mut judged.observation);
    let last = seen
        .filter(|seen| seen.credential == Credential::Real && seen.variant == "x-api-key")
        .rfind(|seen| seen.path.starts_with("/v3/"))
        .unwrap();
    let Outcome::Answer(answer) = &mut last.outcome else { panic!("{last:?}") };
    assert_eq!(answer.status, 200);
    answer.status = 503;
    let families = metrics::read(&written(Format::Openmetrics, &record)).unwrap();
    assert_eq!(families["probe_http_status_code"][0].value.to_string(), "503");
}

#[test]
fn an_archive_never_takes_a_proxy_for_the_server() {
    let direct = serde_json::to_value(samples::healthy()).unwrap();
    let mut through = direct.clone();
    through["environment"]["proxy"] =
        json!({ "url": "http://proxy.example:3128", "source": "HTTPS_PROXY" });
    let addressed = |record: Value| {
        let record: Record = serde_json::from_value(record).unwrap();
        written(Format::Har, &record).contains("serverIPAddress")
    };
    assert!(addressed(direct) && !addressed(through));
}

#[test]
fn a_page_says_that_its_run_is_partial() {
    let mut record = samples::healthy();
    assert!(!written(Format::Html, &record).contains("Partial: "));
    record.run.partial = true;
    record.run.ended_by = Some(EndedBy::Deadline);
    assert!(written(Format::Html, &record).contains("Partial: "));
}

#[test]
fn a_latency_is_told_of_the_later_run_beside_the_first() {
    let mut slow = samples::flapping();
    for judged in &mut slow.observations {
        judged.observation.timing_ms.ttfb += 500.0;
        judged.observation.timing_ms.total += 500.0;
    }
    let records = [("fast".to_owned(), samples::flapping()), ("slow".to_owned(), slow)];
    let page = compared(Format::Human, &compare(&records), &Options::default());
    let told = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("Latency of slow beside fast: the median differs by +5"), "{told}");
}
