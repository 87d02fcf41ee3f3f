//! What a server says is shown, and does nothing.

use heygen_doctor::judge;
use heygen_doctor::record::Record;
use heygen_doctor::text::{self, acts, neutralise};
use proptest::prelude::*;

use super::{Format, HOSTILE, Options, human, markdown, render, samples};

/// The sample, and what the real judge makes of its facts: some of them are told by notes. And what it
/// makes of what a program sent.
fn records() -> [Record; 3] {
    let judged = |sample: Record| {
        let redaction = sample.redaction.clone();
        judge::record(judge::facts(sample), redaction)
    };
    let sample = samples::hostile();
    [sample.clone(), judged(sample), judged(samples::hostile_program())]
}

/// Texts that runners of CI jobs take for a command, wherever it stands in a line.
const COMMANDS: &[&str] = &["::", "##[", "##vso"];

#[test]
fn no_command_of_a_ci_job_survives() {
    for record in records() {
        for text in [human(&record, |o| o.verbose = 2), markdown(&record)] {
            for command in COMMANDS {
                assert!(!text.contains(command), "{command} in:\n{text}");
            }
        }
    }
}

#[test]
fn nothing_is_left_out_silently() {
    let [text, judged, program] = records().map(|record| human(&record, |o| o.width = 400));
    assert!(judged.contains("setting_unusable") && judged.matches("owned").count() > 3, "{judged}");
    assert!(program.matches("owned").count() > 3, "{program}");
    for piece in ["owned", "<script>alert(1)</script>", "@everyone", "\\n- item", "\\u{202e}txet"] {
        assert!(text.contains(piece), "{piece}");
    }
}

#[test]
fn no_line_begins_with_what_the_server_said() {
    let firsts: Vec<&str> = HOSTILE.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let texts = records().map(|record| [human(&record, |o| o.width = 400), markdown(&record)]);
    for text in texts.into_iter().flatten() {
        for line in text.lines() {
            for first in &firsts {
                assert!(!line.starts_with(first), "{line}");
            }
            assert!(!line.starts_with("\\u{1b}"), "{line}");
        }
    }
}

#[test]
fn markup_stands_in_code() {
    let prose: String = records().iter().map(|record| without_code(&markdown(record))).collect();
    for markup in [
        "<script",
        "<b>",
        "](",
        "@everyone",
        "*bold*",
        "_it_",
        "~~",
        "#1",
        "www.evil",
        "&lt;",
        "$x$",
        "# Heading",
        "evil.example",
    ] {
        assert!(!prose.contains(markup), "{markup} in:\n{prose}");
    }
}

#[test]
fn tables_keep_their_columns() {
    let mut columns = None;
    for line in records().iter().map(markdown).collect::<String>().lines() {
        if line.starts_with('|') {
            let bars = line.matches('|').count();
            assert_eq!(*columns.get_or_insert(bars), bars, "{line}");
        } else {
            columns = None;
        }
    }
}

#[test]
fn json_means_what_the_server_said() {
    let record = samples::hostile();
    let json = render(Format::Json, &record, &Options::default());
    let back: heygen_doctor::record::Record = serde_json::from_str(&json).unwrap();
    assert_eq!(back, record);
    assert_eq!(back.diagnosis.statement, HOSTILE);
}

/// Text as a server may send it: markup and controls far more often than chance.
fn said() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "`",
        "``",
        "```",
        "::",
        "#",
        "##[",
        "<b>",
        "<!--",
        "](",
        "![",
        "@me",
        "*",
        "_",
        "~~",
        "|",
        "\n",
        "\r\n",
        "\t",
        " ",
        "- ",
        "1. ",
        "> ",
        "\u{1b}[2J",
        "\u{202e}",
        "\u{200b}",
        "www.a.b",
        "https://a.b",
        "$x$",
        "&lt;",
        "\\",
        "word",
        "…",
        "a@b.c",
        "GH-1",
        "#1",
        "{",
        "}",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn neutralised_text_stands_on_one_line_and_does_nothing(text in said()) {
        let out = neutralise(&text);
        prop_assert!(!out.chars().any(acts), "{out:?}");
        for command in COMMANDS {
            prop_assert!(!out.contains(command), "{out:?}");
        }
    }

    #[test]
    fn text_in_markdown_is_no_markup(text in said()) {
        let out = text::markdown(&text);
        prop_assert!(!out.chars().any(acts), "{out:?}");
        let prose = without_code(&format!("- {out}"));
        for markup in ["<", "](", "@", "*", "_", "~~", "|", "#", "www.", "://", "&", "$", "::"] {
            prop_assert!(!prose.contains(markup), "{markup} in {prose:?} of {out:?}");
        }
    }

    #[test]
    fn a_code_span_is_closed_and_breaks_no_table(text in said()) {
        let out = text::code_span(&text);
        prop_assert!(!out.chars().any(acts) && !out.contains('|'), "{out:?}");
        prop_assert_eq!(without_spans(&out), "", "{:?}", out);
    }

    #[test]
    fn a_fenced_block_ends_where_it_should(text in said()) {
        let out = text::fenced(&text, "text");
        prop_assert!(!out.chars().any(|c| c != '\n' && acts(c)), "{out:?}");
        prop_assert_eq!(without_code(&out), "", "{:?}", out);
    }
}

/// The rest of a page when its code spans and fenced blocks are taken out, as `CommonMark`
/// reads them: a span ends at a run of backticks as long as the one that began it.
fn without_code(text: &str) -> String {
    let mut prose = String::new();
    let mut fence: Option<usize> = None;
    for line in text.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(open) if ticks >= open && line.trim_matches('`').is_empty() => fence = None,
            Some(_) => {}
            None if ticks >= 3 => fence = Some(ticks),
            None => {
                prose.push_str(&without_spans(line));
                prose.push('\n');
            }
        }
    }
    assert_eq!(fence, None, "a fence stays open");
    prose
}

fn without_spans(line: &str) -> String {
    let mut prose = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        prose.push_str(&rest[..start]);
        let open = rest[start..].chars().take_while(|&c| c == '`').count();
        let body = &rest[start + open..];
        let Some(end) = closing(body, open) else { panic!("a span stays open in: {line}") };
        rest = &body[end + open..];
    }
    prose + rest
}

fn closing(body: &str, open: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = body[at..].find('`') {
        let run = body[at + start..].chars().take_while(|&c| c == '`').count();
        if run == open {
            return Some(at + start);
        }
        at += start + run;
    }
    None
}
