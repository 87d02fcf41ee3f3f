//! The ticket's outline, and what the user adds to it.

use super::{Format, Options, Ticket, markdown, render, samples};

/// The sections in their order; those of one level below are indented.
const OUTLINE: &[&str] = &[
    "## Subject",
    "## Account information",
    "## Issue summary",
    "## Forensic results",
    "### Coverage",
    "## Key findings",
    "### Network",
    "### Authentication methods",
    "### Error pattern",
    "### Rate limiting",
    "### Key format",
    "## Insights",
    "## Technical details",
    "### Request headers",
    "### Response headers",
    "### Error bodies of V1",
    "### Error bodies of V2",
    "### Error bodies of V3",
    "### Ids of the load balancer",
    "### Lines to repeat it with",
    "## Possible causes",
    "### Ruled out",
    "## Requested actions",
    "## Alternatives",
    "## Environment",
    "## Previous attempts",
    "---",
];

#[test]
fn has_every_section_in_its_order() {
    let text = markdown(&samples::support_ticket());
    let mut rest = text.as_str();
    for section in OUTLINE {
        let at = rest.find(&format!("\n{section}\n"));
        let at = at.unwrap_or_else(|| panic!("no {section} in:\n{rest}"));
        rest = &rest[at + section.len()..];
    }
}

#[test]
fn opens_with_the_finding_and_a_table_of_times() {
    let text = markdown(&samples::support_ticket());
    assert!(text.starts_with("**Broken:** HeyGen refused the key as given, and accepted"));
    assert!(text.find("| Time (UTC) |") < text.find("## Subject"));
    assert!(text.contains("`2026-11-20T09:14:07.120Z`"));
}

#[test]
fn placeholders_stand_only_for_what_the_tool_cannot_know() {
    let record = samples::support_ticket();
    let open = |text: &str| text.matches("_[").count();
    assert_eq!(open(&markdown(&record)), 7);
    let ticket = Ticket {
        plan: Some("Scale".into()),
        account_email: Some("dev@example.com".into()),
        account_id: Some("acc-1".into()),
        impact: Some("No videos since Monday.".into()),
        previous: Some("Ticket 4711, closed.".into()),
    };
    let text = render(Format::Markdown, &record, &Options { ticket, ..Options::default() });
    assert_eq!(open(&text), 2, "space id and egress address");
    for told in ["Scale", "`dev@example.com`", "acc-1", "No videos since Monday.", "Ticket 4711"] {
        assert!(text.contains(told), "{told} in:\n{text}");
    }
}
