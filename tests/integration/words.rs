//! The texts that people read: whole sentences, one harmless step, no blame.

use std::collections::BTreeSet;

use heygen_doctor::heygen::code;
use heygen_doctor::heygen::status;
use heygen_doctor::judge::causes::{Hypothesis, of};
use heygen_doctor::judge::notes;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::class::Class;
use heygen_doctor::record::diagnosis::NoteId;

/// The names that a subcommand may have in a text.
const COMMANDS: &[&str] =
    &["check", "report", "key", "explain", "redact", "simulate", "schema", "completions", "man"];
/// Words of steps that would lose something if the finding were wrong.
const DESTRUCTIVE: &[&str] =
    &["regenerate", "rotate", "delete", "revoke the", "reset", "reinstall"];
/// Words that belittle or blame, and words of the trade.
const UNKIND: &[&str] = &[
    "simply",
    "obviously",
    "of course",
    "just ",
    "you forgot",
    "your fault",
    "wrongly",
    "stupid",
    "envelope",
    "payload",
    "upstream",
    "waf",
    "endpoint of yours",
    "invalid user",
];

fn prose(row: &Hypothesis) -> [&'static str; 4] {
    [row.meaning, row.told_apart, row.next_step, row.for_support.text()]
}

fn is_sentence(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase() || c == '`')
        && text.ends_with(['.', '?'])
        && !text.contains("  ")
}

#[test]
fn causes_are_told_in_whole_sentences() {
    for cause in Cause::ALL {
        let row = of(cause);
        for text in prose(row) {
            assert!(is_sentence(text), "{cause}: {text}");
        }
        for label in [row.title, row.headline] {
            assert!(!label.ends_with('.'), "{cause}: {label}");
        }
        assert!(row.title.starts_with(char::is_uppercase), "{cause}");
        let lower = row.headline.starts_with(char::is_lowercase);
        assert!(lower || row.headline.starts_with("HeyGen"), "{cause}");
    }
}

#[test]
fn titles_are_in_sentence_case() {
    for cause in Cause::ALL {
        for word in of(cause).title.split(' ').skip(1) {
            let proper = ["HeyGen", "HeyGen's", "API", "TLS"].contains(&word);
            assert!(
                proper || word.starts_with(|c: char| c.is_lowercase() || c.is_numeric()),
                "{word}"
            );
        }
    }
}

#[test]
fn texts_neither_blame_nor_belittle() {
    for cause in Cause::ALL {
        for text in prose(of(cause)) {
            for unkind in UNKIND {
                assert!(!text.to_lowercase().contains(unkind), "{cause}: {unkind} in {text}");
            }
        }
    }
}

#[test]
fn the_next_step_is_one_and_harmless() {
    for cause in Cause::ALL {
        let step = of(cause).next_step;
        for harm in DESTRUCTIVE {
            assert!(!step.to_lowercase().contains(harm), "{cause}: {step}");
        }
        let replaces = step.contains("make a new key");
        assert!(!replaces || cause == Cause::KeyRevoked, "{cause}: {step}");
        assert_eq!(step.matches(". ").count(), 0, "{cause}: {step}");
    }
}

#[test]
fn commands_in_texts_exist() {
    let texts = Cause::ALL
        .into_iter()
        .flat_map(|cause| prose(of(cause)))
        .chain(code::all().flat_map(|known| [known.meaning, known.remedy]))
        .chain(status::ALL.iter().map(|known| known.meaning));
    for text in texts {
        for rest in text.split("`heygen-doctor ").skip(1) {
            let command = rest.split([' ', '`']).next().unwrap_or_default();
            assert!(COMMANDS.contains(&command), "{command} in {text}");
        }
        assert_eq!(text.matches('`').count() % 2, 0, "{text}");
    }
}

#[test]
fn codes_are_unique_and_carry_a_public_source() {
    let mut seen = BTreeSet::new();
    for known in code::all() {
        assert!(seen.insert(known.code), "{} twice", known.code);
        assert!(is_sentence(known.meaning), "{}: {}", known.code, known.meaning);
        assert!(is_sentence(known.remedy), "{}: {}", known.code, known.remedy);
        let public =
            ["heygen.com/", "github.com/", "GitHub", "heygen-com/", "heygen-typescript-sdk"];
        assert!(public.iter().any(|place| known.source.contains(place)), "{}", known.code);
    }
}

#[test]
fn codes_of_money_are_told_apart() {
    for (code, class) in [
        ("insufficient_credit", Class::PaymentRequired),
        ("subscription_required", Class::ApiNotEnabled),
        ("plan_upgrade_required", Class::ApiNotEnabled),
        ("400599", Class::ApiNotEnabled),
        ("trial_limit_exceeded", Class::QuotaExceeded),
        ("trial_video_limit_exceeded", Class::QuotaExceeded),
    ] {
        assert_eq!(code::find(code).and_then(|known| known.class), Some(class), "{code}");
    }
}

#[test]
fn notes_are_told_in_whole_sentences() {
    for id in NoteId::ALL {
        let note = notes::of(id);
        for text in [note.meaning, note.next_step] {
            assert!(is_sentence(text), "{id}: {text}");
        }
        assert_eq!(note.next_step.matches(". ").count(), 0, "{id}");
    }
}

#[test]
fn every_class_means_something_of_its_own() {
    let meanings: BTreeSet<&str> = Class::ALL.into_iter().map(Class::meaning).collect();
    assert_eq!(meanings.len(), Class::ALL.into_iter().count());
    assert!(meanings.into_iter().all(is_sentence));
}
