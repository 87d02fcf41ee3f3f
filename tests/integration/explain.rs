//! Offline explanations.

use std::collections::BTreeSet;

use heygen_doctor::classify::classify;
use heygen_doctor::explain::{explain, list, names};
use heygen_doctor::heygen::code;
use heygen_doctor::heygen::status;
use heygen_doctor::judge::causes::of;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::class::Class;
use heygen_doctor::record::diagnosis::NoteId;
use heygen_doctor::record::facts::FindingId;
use heygen_doctor::record::observation::{BodyKind, Envelope, Outcome};
use heygen_doctor::render::Options;

use super::scenarios;
use crate::samples;

fn told(what: &str) -> String {
    explain(&[what.to_owned()], &Options::default())
        .unwrap_or_else(|error| panic!("{what}: {error}"))
}

#[test]
fn some_of_each_kind() {
    for what in ["401", "402", "403", "429", "418", "503"] {
        insta::assert_snapshot!(format!("status_{what}"), told(what));
    }
    for what in ["400112", "internal_error", "trial_video_limit_exceeded"] {
        insta::assert_snapshot!(format!("code_{what}"), told(what));
    }
    for what in ["edge_block", "unauthenticated"] {
        insta::assert_snapshot!(format!("class_{what}"), told(what));
    }
    for what in ["key_encoded", "healthy"] {
        insta::assert_snapshot!(format!("cause_{what}"), told(what));
    }
    for what in ["quota_exceeded", "tls_intercepted", "100"] {
        insta::assert_snapshot!(format!("several_{what}"), told(what));
    }
}

#[test]
fn looks_follow_the_options() {
    let options = Options { width: 120, colour: true, ..Options::default() };
    let text = explain(&["401".to_owned()], &options).unwrap().replace('\u{1b}', "␛");
    insta::assert_snapshot!("status_401_120_colour", text);
}

#[test]
fn every_name_is_explained() {
    for name in names() {
        assert!(told(&name).contains("\n  Meaning      "), "{name}");
    }
    for status in 100..600 {
        assert!(told(&status.to_string()).starts_with(&status.to_string()), "{status}");
    }
}

/// Whatever stands in a record or on a page: ids of findings and probes, verdicts, standings, headers.
#[test]
fn every_word_of_a_report_is_explained() {
    for what in [
        "key_quotes",
        "degraded",
        "ruled_out",
        "caller",
        "X-Api-Key",
        "x-api-key.base64",
        "fingerprint",
        "made-up key",
        "v3.users-me/x-api-key/real",
        "v3.users-me/x-api-key/made-up/burst-03",
    ] {
        insta::assert_snapshot!(format!("word_{}", what.replace('/', "_")), told(what));
    }
}

#[test]
fn every_probe_of_every_run_is_explained() {
    let ids: BTreeSet<&str> = scenarios::all()
        .iter()
        .filter_map(|verdict| verdict.record["observations"].as_array())
        .flatten()
        .filter_map(|observation| observation["probe"].as_str())
        .collect();
    assert!(ids.len() > 100, "{}", ids.len());
    for id in ids {
        assert!(told(id).starts_with(&format!("{id} (probe)")), "{id}");
    }
}

/// It could be a key of no known look.
#[test]
fn what_is_no_name_of_a_repeat_is_not_said_again() {
    for part in [
        "SYNTHETIC+opaque+7Qx2Zk9Lw4Tm8B",
        "a1b2c3d4e5f6",
        "\u{1b}[2J",
        "abcdefghijklmnopqrstuvwxyz",
    ] {
        let id = format!("v3.users-me/x-api-key/real/{part}");
        let error = explain(&[id], &Options::default()).unwrap_err();
        assert!(!format!("{error:?}").contains(part), "{error:?}");
    }
}

#[test]
fn several_names_are_explained_one_after_the_other() {
    let all = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        explain(&names, &Options::default())
    };
    assert_eq!(all(&["401", "key_quotes"]).unwrap(), told("401") + "\n" + &told("key_quotes"));
    assert_eq!(all(&["invalid", "API", "key"]).unwrap(), told("invalid_api_key"));
    assert_eq!(all(&["429", "Too", "Many", "Requests"]).unwrap(), told("429"));
    assert_eq!(all(&["HTTP/1.1", "401", "Whatever"]).unwrap(), told("401"));
    assert!(all(&["401", "blue"]).unwrap_err().message.contains("`blue`"));
}

#[test]
fn the_list_has_every_name() {
    let wide = Options { width: 100_000, prose: 100_000, ..Options::default() };
    let all = list(&wide);
    for name in Cause::NAMES.iter().chain(NoteId::NAMES).chain(Class::NAMES).chain(FindingId::NAMES)
    {
        assert!(all.contains(name), "{name}");
    }
    insta::assert_snapshot!("list", list(&Options::default()));
}

#[test]
fn every_cause_class_and_code_has_a_name() {
    let names: BTreeSet<String> = names().into_iter().collect();
    assert!(Cause::ALL.into_iter().all(|cause| names.contains(&cause.to_string())));
    assert!(Class::ALL.into_iter().all(|class| names.contains(&class.to_string())));
    assert!(NoteId::NAMES.iter().all(|note| names.contains(*note)));
    assert!(code::all().all(|known| names.contains(known.code)));
}

#[test]
fn causes_use_the_words_of_the_report() {
    let wide = Options { width: 10_000, prose: 10_000, ..Options::default() };
    for cause in Cause::ALL {
        let text = explain(&[cause.to_string()], &wide).unwrap();
        let row = of(cause);
        for part in [row.title, row.meaning, row.told_apart, row.next_step, row.for_support.text()]
        {
            assert!(text.contains(part), "{cause}: {part}");
        }
    }
}

#[test]
fn spelling_is_forgiven() {
    for (given, meant) in [
        ("KEY-ENCODED", "key_encoded"),
        (" Internal Error ", "internal_error"),
        ("HTTP 401", "401"),
        ("HTTP401", "401"),
        ("401 Unauthorized", "401"),
        ("HTTP/1.1 429 Too Many Requests", "429"),
        ("error 400112", "400112"),
        ("movio_payment_insufficient_credit", "MOVIO_PAYMENT_INSUFFICIENT_CREDIT"),
        ("USER_BLOCKED", "400631"),
    ] {
        assert_eq!(told(given), told(meant), "{given}");
    }
}

#[test]
fn an_unknown_name_gets_the_nearest_ones() {
    let wrong = |what: &str| explain(&[what.to_owned()], &Options::default()).unwrap_err();
    insta::assert_debug_snapshot!(
        "unknown",
        [
            wrong("key_encodet"),
            wrong("400113"),
            wrong("4001"),
            wrong("blue"),
            wrong("\u{1b}[2J::x"),
        ]
    );
    assert!(
        !format!("{:?}", wrong("0123456789abcdef0123456789abcdef")).contains("0123456789abcdef")
    );
}

#[test]
fn the_nearest_name_is_near_in_meaning() {
    for (given, meant) in [
        ("key_expired", &["key_revoked"] as &[&str]),
        ("rate_limit", &["rate_limited", "rate_limit_exceeded"]),
        ("missing_key", &["key_missing"]),
        ("quota", &["quota_exceeded"]),
    ] {
        let hint = explain(&[given.to_owned()], &Options::default()).unwrap_err().hint;
        let first = hint.trim_start_matches("The nearest known names: ");
        assert!(first.starts_with(&format!("`{}`", meant[0])), "{given}: {hint}");
        assert!(meant.iter().all(|name| hint.contains(&format!("`{name}`"))), "{given}: {hint}");
    }
}

#[test]
fn what_stands_before_the_api_is_told_from_it() {
    for status in 520..=524 {
        let text = told(&status.to_string());
        assert!(text.contains("Cloudflare") && text.contains("edge_error"), "{text}");
    }
}

#[test]
fn every_class_says_what_to_do() {
    for class in Class::ALL {
        assert!(told(&class.to_string()).contains("  Next step  "), "{class}");
    }
}

/// One answer with this status, as the API wraps it, or as a web page.
fn answered(status: u16, code: Option<&str>, page: bool) -> Class {
    let mut seen = samples::answered(status);
    if let Outcome::Answer(answer) = &mut seen.outcome {
        answer.code = code.map(ToOwned::to_owned);
        if page {
            answer.envelope = Envelope::None;
            answer.body.kind = BodyKind::Html;
        }
    }
    classify(&seen.outcome)
}

#[test]
fn statuses_name_the_classes_that_the_classifier_gives() {
    // Codes whose status nobody has recorded, and bodies that end too early.
    let unrecorded = code::all().filter(|code| code.statuses.is_empty());
    let mut anywhere: BTreeSet<Class> = unrecorded.filter_map(|code| code.class).collect();
    anywhere.insert(Class::Malformed);
    let mut differences = Vec::new();
    for known in status::ALL {
        let codes = code::all().filter(|code| code.statuses.contains(&known.code));
        let mut given = vec![answered(known.code, None, false), answered(known.code, None, true)];
        given.extend(codes.map(|code| answered(known.code, Some(code.code), false)));
        let given: BTreeSet<Class> = given.into_iter().collect();
        let told: BTreeSet<Class> = known.classes.iter().copied().collect();
        let extra = |class| !given.contains(class) && !anywhere.contains(class);
        if !given.is_subset(&told) || told.iter().any(extra) {
            differences.push(format!("{}: given {given:?}, told {told:?}", known.code));
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn a_name_of_any_length_is_answered() {
    for sign in ["_", "a", "key_"] {
        super::inputs::refused(&["explain", &sign.repeat(25_000)], "nothing to explain");
    }
}
