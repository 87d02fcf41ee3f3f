//! Every format of every sample, and what holds for all of them.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says where")]

use heygen_doctor::record::Record;
use heygen_doctor::render::{Format, Options, Ticket, render};
use heygen_doctor::text::acts;

use crate::samples::{self, HOSTILE};

mod agents;
mod hostile;
mod html;
mod lengths;
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

/// Without line breaks and indents.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
        for format in Format::ALL {
            let text = render(format, record, options);
            let acting: Vec<char> = text.chars().filter(|&c| c != '\n' && acts(c)).collect();
            assert!(acting.is_empty(), "{name} as {format}: {acting:?}");
        }
    });
}

#[test]
fn lines_fit_the_terminal() {
    each(|name, record, options| {
        if name == "hostile" || options.verbose > 0 {
            return;
        }
        for line in render(Format::Human, record, options).lines() {
            let width = line.chars().count();
            // A word that is there to be copied stays whole.
            let longest = line.split(' ').map(|word| word.chars().count()).max().unwrap();
            let fits = width <= options.width || longest > options.width / 2;
            assert!(fits, "{name} at {}: {line}", options.width);
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
        assert!(flat(&whole).starts_with(&flat(&quiet)), "{name}");
    });
}

#[test]
fn one_next_step_is_the_last_that_is_told() {
    each(|name, record, options| {
        let text = render(Format::Human, record, options);
        assert_eq!(text.matches("\n  Next step: ").count(), 1, "{name}");
        let after = text.split_once("\n  Next step: ").unwrap().1;
        assert!(after.lines().skip(1).all(|line| line.starts_with("    ")), "{name}: {after}");
    });
}

#[test]
fn the_verdict_that_scrolled_away_stands_above_the_next_step() {
    each(|name, record, options| {
        let on = |height| render(Format::Human, record, &Options { height, ..options.clone() });
        let quiet = render(Format::Human, record, &Options { quiet: true, ..options.clone() });
        let (piped, long) = (on(None), on(Some(5)));
        let times = |text: &str| flat(text).matches(&flat(&quiet)).count();
        assert_eq!((times(&piped), times(&long)), (1, 2), "{name}");
        assert_eq!(on(Some(piped.lines().count() + 1)), piped, "{name}: all of it can be seen");
        let end = long.rsplit("\n\n").next().unwrap();
        assert!(flat(end).contains(&flat(&quiet)), "{name}: {end}");
    });
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
        for width in [40, 60, 80, 120, 200] {
            for unicode in [true, false] {
                for verbose in [0, 1, 2] {
                    let options = Options { width, unicode, verbose, ..Options::default() };
                    check(name, &record, &options);
                }
            }
        }
    }
}
