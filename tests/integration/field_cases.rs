//! Public reports of people with failing keys, and what the doctor says to each: a page that is
//! written from the scenarios, and kept true by a test.

use std::collections::BTreeSet;

use heygen_doctor::text::markdown;

use super::binary;
use super::scenarios::{Verdict, all};

const ABOUT: &str = "\
# Field cases

<!-- Written from the `field` entries of fixtures/scenarios. To change it, change those, then run
     UPDATE_DOCS=1 cargo test --test integration field_cases -->

Public reports of people whose HeyGen keys, or programs, failed; and what the doctor says to each. The
right half is what `check` printed for the scenario in this repository's tests, not what HeyGen would
answer today: a report seldom says enough to be sure, so a scenario is the likeliest story behind it,
or, where the key itself was fine, the one that shows that. Pages that still show somebody's key are
not linked.

| Report | What was reported | Scenario | What the doctor says | Next step |
| --- | --- | --- | --- | --- |
";

/// The least number of reports that the page has.
const REPORTS: usize = 40;

fn rows(verdict: &Verdict) -> Vec<String> {
    let record = verdict.read();
    let diagnosis = &record.diagnosis;
    let step = diagnosis.named().map_or("", |named| &named.next_step);
    let said = format!("{} ({})", markdown(&diagnosis.headline), diagnosis.confidence);
    let row = |field: &heygen_doctor::simulate::FieldReport| {
        format!(
            "| <{}> | {} | `{}` | {said} | {} |\n",
            field.source,
            markdown(&field.report),
            verdict.scenario.name,
            markdown(step)
        )
    };
    verdict.scenario.field.iter().map(row).collect()
}

#[test]
fn the_page_of_field_cases_is_up_to_date() {
    let rows: Vec<String> = all().iter().flat_map(rows).collect();
    assert!(rows.len() >= REPORTS, "only {} reports", rows.len());
    binary::page("docs/field-cases.md", &(ABOUT.to_owned() + &rows.concat()));
}

#[test]
fn every_report_has_a_public_address_and_is_told_in_a_sentence() {
    let mut seen = BTreeSet::new();
    for verdict in all() {
        for field in &verdict.scenario.field {
            let name = &verdict.scenario.name;
            let address = url::Url::parse(&field.source).unwrap();
            assert_eq!(address.scheme(), "https", "{name}");
            let public = ["github.com", "docs.heygen.com"];
            assert!(public.contains(&address.host_str().unwrap()), "{name}: {address}");
            assert!(field.report.ends_with('.'), "{name}: {}", field.report);
            assert!(seen.insert((&field.source, &field.report)), "{name}: {} twice", field.source);
        }
    }
}
