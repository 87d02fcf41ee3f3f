//! Every format of every sample, and what holds for all of them.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says where")]

use heygen_doctor::record::Record;
use heygen_doctor::render::{Format, Options, Ticket, render};
use heygen_doctor::text::acts;

use crate::samples::{self, HOSTILE};

mod hostile;
mod sources;
mod ticket;

fn human(record: &Record, change: impl FnOnce(&mut Options)) -> String {
    let mut options = Options::default();
    change(&mut options);
    render(Format::Human, record, &options)
}

fn markdown(record: &Record) -> String {
    render(Format::Markdown, record, &Options::default())
}

/// Escapes as a sign that a reader of a snapshot can see.
fn visible(text: &str) -> String {
    text.replace('\u{1b}', "␛")
}

/// Without the escapes that set colours.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for (i, part) in text.split('\u{1b}').enumerate() {
        out.push_str(if i == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    out
}

#[test]
fn every_sample_for_a_person() {
    for (name, sample) in samples::ALL {
        insta::assert_snapshot!(format!("{name}_80"), human(&sample(), |_| {}));
    }
}

#[test]
fn every_sample_as_a_ticket() {
    for (name, sample) in samples::ALL {
        insta::assert_snapshot!(format!("{name}_ticket"), markdown(&sample()));
    }
}

#[test]
fn every_verdict_line() {
    let lines: String =
        samples::ALL.iter().map(|(_, sample)| human(&sample(), |o| o.quiet = true)).collect();
    insta::assert_snapshot!("quiet", lines);
}

#[test]
fn looks_of_the_ticket_that_started_this() {
    let record = samples::support_ticket();
    let wide = human(&record, |o| {
        o.width = 120;
        o.colour = true;
    });
    insta::assert_snapshot!("support_ticket_120_colour", visible(&wide));
    insta::assert_snapshot!("support_ticket_60", human(&record, |o| o.width = 60));
    insta::assert_snapshot!("support_ticket_40", human(&record, |o| o.width = 40));
    insta::assert_snapshot!("support_ticket_160", human(&record, |o| o.width = 160));
    insta::assert_snapshot!("support_ticket_80_ascii", human(&record, |o| o.unicode = false));
}

#[test]
fn details_on_demand() {
    insta::assert_snapshot!("scoped_80_v", human(&samples::scoped(), |o| o.verbose = 1));
    insta::assert_snapshot!("scoped_80_vv", human(&samples::scoped(), |o| o.verbose = 2));
}

#[test]
fn the_record_as_json() {
    for (name, record) in [("healthy", samples::healthy()), ("dns_failure", samples::dns_failure())]
    {
        let json = render(Format::Json, &record, &Options::default());
        insta::assert_snapshot!(format!("{name}_json"), json);
        assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
    }
}

#[test]
fn colour_adds_nothing_but_colour() {
    each(|name, record, options| {
        let coloured = render(Format::Human, record, &Options { colour: true, ..options.clone() });
        assert_eq!(plain(&coloured), render(Format::Human, record, options), "{name}");
    });
}

#[test]
fn nothing_in_the_output_acts() {
    each(|name, record, options| {
        for format in [Format::Human, Format::Markdown, Format::Json] {
            let text = render(format, record, options);
            let acting: Vec<char> = text.chars().filter(|&c| c != '\n' && acts(c)).collect();
            assert!(acting.is_empty(), "{name} as {format}: {acting:?}");
        }
    });
}

#[test]
fn lines_fit_the_terminal() {
    each(|name, record, options| {
        if name == "hostile" || options.verbose > 0 || options.width < 80 {
            return;
        }
        for line in render(Format::Human, record, options).lines() {
            let width = line.chars().count();
            assert!(width <= options.width, "{name} at {}: {line}", options.width);
        }
    });
}

#[test]
fn ascii_is_ascii() {
    each(|name, record, options| {
        let text = render(Format::Human, record, &Options { unicode: false, ..options.clone() });
        let other: String = text.chars().filter(|c| !c.is_ascii()).collect();
        assert!(other.is_empty(), "{name}: {other}");
    });
}

#[test]
fn the_verdict_comes_first_and_alone_when_quiet() {
    each(|name, record, options| {
        let whole = render(Format::Human, record, options);
        let quiet = render(Format::Human, record, &Options { quiet: true, ..options.clone() });
        assert_eq!(quiet.lines().count(), 1, "{name}");
        assert!(whole.starts_with(&quiet), "{name}");
    });
}

#[test]
fn one_next_step_is_told_at_the_end() {
    for (name, sample) in samples::ALL {
        let text = human(&sample(), |_| {});
        assert_eq!(text.matches("\n  Next step: ").count(), 1, "{name}");
        let after = text.split_once("\n  Next step: ").unwrap().1;
        assert!(after.lines().take(4).any(|line| line.starts_with('─')), "{name}");
    }
}

#[test]
fn samples_are_classified_as_they_mean() {
    let told: Vec<String> = samples::ALL
        .iter()
        .map(|(name, sample)| {
            let classes: Vec<String> =
                samples::classes(&sample()).iter().map(ToString::to_string).collect();
            format!("{name}: {}", classes.join(", "))
        })
        .collect();
    insta::assert_snapshot!("classes", told.join("\n"));
}

/// Every sample in every look.
fn each(check: impl Fn(&str, &Record, &Options)) {
    for (name, sample) in samples::ALL {
        let record = sample();
        for width in [40, 80, 100, 120, 200] {
            for unicode in [true, false] {
                for verbose in [0, 1, 2] {
                    let options = Options { width, unicode, verbose, ..Options::default() };
                    check(name, &record, &options);
                }
            }
        }
    }
}
