//! The ticket's outline, what the user adds to it, and the page in place of one.

use std::collections::BTreeSet;

use heygen_doctor::record::Record;
use heygen_doctor::render::{is_needed, left_to_fill};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::lengths::corpus;
use super::{Format, Options, Ticket, markdown, render, samples};

/// The sections in their order, and what is folded away in them.
const OUTLINE: &[&str] = &[
    "## Subject",
    "| Time (UTC) | Request | Sent with | Status |",
    "<summary>Each failure, with its ids</summary>",
    "## Account information",
    "## Issue summary",
    "## Forensic results",
    "<summary>What was asked, why, and what came back</summary>",
    "## Key findings",
    "- **Network:**",
    "- **Authentication methods:**",
    "- **Error pattern:**",
    "- **Rate limiting:**",
    "- **Key format:**",
    "## Insights",
    "<summary>How to read the answers</summary>",
    "## Technical details",
    "<summary>Headers and error bodies</summary>",
    "<summary>Lines to repeat it with</summary>",
    "<summary>Every request</summary>",
    "## Possible causes",
    "## Requested actions",
    "## Alternatives",
    "## Environment",
    "## Previous attempts",
    "---",
];

fn plain(record: &Record) -> String {
    let ticket = Ticket { plain: true, ..Ticket::default() };
    render(Format::Markdown, record, &Options { ticket, ..Options::default() })
}

/// A page as a reader of Markdown takes it: its headings, and its HTML.
fn read(page: &str) -> (Vec<String>, String) {
    let (mut headings, mut html, mut inside) = (Vec::new(), String::new(), false);
    for event in Parser::new_ext(page, pulldown_cmark::Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                headings.push(String::new());
                inside = true;
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Text(text) if inside => headings.last_mut().unwrap().push_str(&text),
            Event::Html(text) | Event::InlineHtml(text) => html.push_str(&text),
            Event::Start(Tag::Image { .. }) => panic!("an image in {page}"),
            Event::Start(Tag::Link { dest_url, .. }) => panic!("a link to {dest_url} in {page}"),
            _ => {}
        }
    }
    (headings, html)
}

#[test]
fn has_every_section_in_its_order() {
    let text = markdown(&samples::flapping());
    let mut rest = text.as_str();
    for section in OUTLINE {
        let at = rest.find(section).unwrap_or_else(|| panic!("no {section} in:\n{rest}"));
        rest = &rest[at + section.len()..];
    }
}

#[test]
fn begins_with_the_finding_as_its_subject() {
    let text = markdown(&samples::unrecognized());
    assert!(text.starts_with("## Subject\n\nHeyGen API key: "), "{text}");
    assert!(text.contains("| 2026-11-20T09:14:07.120Z | `/v3/"), "{text}");
}

#[test]
fn placeholders_stand_only_for_what_the_tool_cannot_know() {
    let record = samples::flapping();
    let open = |text: &str| text.matches("_[").count();
    assert_eq!(open(&markdown(&record)), 7);
    assert_eq!(left_to_fill(&Ticket::default()).len(), 7);
    let ticket = Ticket {
        plan: Some("Scale".into()),
        account_email: Some("dev@example.com".into()),
        account_id: Some("acc-1".into()),
        space_id: Some("space-9".into()),
        egress_ip: Some("203.0.113.7".into()),
        impact: Some("No videos since Monday.".into()),
        previous: Some("Ticket 4711, closed.".into()),
        plain: false,
    };
    assert!(left_to_fill(&ticket).is_empty());
    let text = render(Format::Markdown, &record, &Options { ticket, ..Options::default() });
    assert_eq!(open(&text), 0, "{text}");
    for told in [
        "Scale",
        "`dev@example.com`",
        "acc-1",
        "space-9",
        "203.0.113.7",
        "No videos since Monday.",
        "Ticket 4711",
    ] {
        assert!(text.contains(told), "{told} in:\n{text}");
    }
}

#[test]
fn where_heygen_can_do_nothing_there_is_no_ticket() {
    for record in [samples::support_ticket(), samples::healthy(), samples::no_key()] {
        assert!(!is_needed(&record));
        let text = markdown(&record);
        assert!(text.starts_with("## No ticket is needed\n\nHeyGen API key: "), "{text}");
        let open = text.split("<details>").next().unwrap();
        assert!(open.lines().count() <= 26, "{open}");
        assert!(open.contains("\n- To do: ") && !open.contains("_["), "{open}");
        assert!(!text.contains("## Requested actions"), "{text}");
    }
    for record in [samples::unrecognized(), samples::flapping(), samples::hostile()] {
        assert!(is_needed(&record));
    }
}

#[test]
fn every_page_is_read_as_it_is_meant() {
    for (name, record) in corpus() {
        let (headings, html) = read(&markdown(&record));
        let first = if is_needed(&record) { "Subject" } else { "No ticket is needed" };
        assert_eq!(headings[0], first, "{name}");
        let distinct: BTreeSet<&String> = headings.iter().collect();
        assert_eq!(distinct.len(), headings.len(), "{name}: {headings:?}");
        let (mut open, mut folds) = (false, 0);
        for line in html.lines() {
            match line {
                "<details>" if !open => open = true,
                "</details>" if open => {
                    open = false;
                    folds += 1;
                }
                line if line.starts_with("<summary>") && line.ends_with("</summary>") => {}
                line => panic!("{name}: {line} in {html}"),
            }
        }
        assert!(!open && folds > 0, "{name}: {html}");
        let (headings, html) = read(&plain(&record));
        assert!(html.is_empty(), "{name}: {html}");
        assert_eq!(headings.iter().filter(|title| *title == "Details").count(), 1, "{name}");
    }
}
