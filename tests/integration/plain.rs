//! Plain words on the pages of every scenario: nothing said twice, nothing left empty, no key on a
//! screen, no step into a setting that isn't the reader's.

use heygen_doctor::judge::said;
use heygen_doctor::record::Record;
use heygen_doctor::record::cause::{Cause, Side};
use heygen_doctor::record::class::Class;
use heygen_doctor::record::diagnosis::{Diagnosis, NoteId};
use heygen_doctor::record::probe::{ApiVersion, Credential};
use heygen_doctor::render::{Format, Options, render};

use super::controls::{diagnose, facts};
use super::scenarios::all;

fn records() -> impl Iterator<Item = (&'static str, Record)> {
    all().iter().map(|verdict| {
        let record = verdict.read().clone();
        (verdict.scenario.name.as_str(), record)
    })
}

/// The page for a person, one paragraph a line.
fn page(record: &Record) -> String {
    render(Format::Human, record, &Options { width: 10_000, prose: 10_000, ..Options::default() })
}

/// Letters and digits only.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn step(diagnosis: &Diagnosis) -> &str {
    &diagnosis.named().unwrap().next_step
}

#[test]
fn no_sentence_under_the_headline_repeats_it() {
    let mut repeated = Vec::new();
    for (name, record) in records() {
        let headline = letters(record.diagnosis.headline.split(';').next().unwrap());
        let page = page(&record);
        let under = page.lines().skip(1).filter(|line| !line.contains(" says: "));
        for line in under.filter(|line| !line.contains("Next step:")) {
            if letters(line).contains(&headline) {
                repeated.push(format!("{name}: {line}"));
            }
        }
    }
    assert!(repeated.is_empty(), "{}", repeated.join("\n"));
}

#[test]
fn no_list_is_empty() {
    for (name, record) in records() {
        let diagnosis = &record.diagnosis;
        let pieces =
            diagnosis.causes.iter().flat_map(|one| one.evidence.iter().chain(&one.against));
        let steps = diagnosis.causes.iter().map(|one| one.next_step.as_str());
        let texts = pieces
            .map(|piece| piece.text.as_str())
            .chain(steps)
            .chain(diagnosis.notes.iter().map(|note| note.message.as_str()))
            .chain(record.run.not_sent.iter().map(|entry| entry.why.as_str()))
            .chain([diagnosis.statement.as_str(), diagnosis.headline.as_str()]);
        for text in texts {
            for empty in [": .", " .", "with .", "to .", "()", "``", "  ", ", ,", " ;"] {
                assert!(!text.contains(empty), "{name}: {empty:?} in {text}");
            }
        }
    }
}

#[test]
fn no_step_prints_a_key_on_any_system() {
    for verdict in all() {
        let name = &verdict.scenario.name;
        for os in ["linux", "macos", "windows"] {
            let mut facts = facts(name);
            facts.run.simulated = None;
            facts.environment.os = os.to_owned();
            for assessed in diagnose(&facts).causes {
                let step = assessed.next_step;
                let shown = ["echo", "printenv", "Write-Output", "Write-Host", "cat ", "pbpaste"];
                assert!(!shown.iter().any(|word| step.contains(word)), "{name}: {step}");
                // What reads the key puts it in a variable again, inside of `$(…)` or brackets.
                if let Some(at) = step.find("$HEYGEN_API_KEY") {
                    let before = &step[..at];
                    assert!(before.contains("export HEYGEN_API_KEY=\"$("), "{name}: {step}");
                }
                assert!(!step.contains("base64 -w"), "{name}: {step}");
                let windows = step.contains("$env:");
                assert!(!windows || os == "windows", "{name} on {os}: {step}");
            }
        }
    }
}

#[test]
fn a_decoded_key_is_encoded_in_place() {
    let mut facts = facts("decoded-by-a-deploy-script");
    facts.run.simulated = None;
    let line = r#"`export HEYGEN_API_KEY="$(printf %s "$HEYGEN_API_KEY" | base64 | tr -d '\n')"`"#;
    facts.environment.os = "macos".into();
    assert!(step(&diagnose(&facts)).contains(line), "{}", step(&diagnose(&facts)));
    facts.environment.os = "windows".into();
    let windows = diagnose(&facts);
    assert!(step(&windows).contains("$env:HEYGEN_API_KEY = "), "{}", step(&windows));
}

#[test]
fn a_scenario_sends_nobody_into_his_own_settings() {
    for (name, record) in records() {
        let step = step(&record.diagnosis);
        for own in [".env", "environment", "HEYGEN_API_KEY", "HYPERFRAMES_API_KEY", "~/.heygen"] {
            assert!(!step.contains(own), "{name}: {own} in {step}");
        }
    }
}

#[test]
fn what_the_server_says_of_its_own_stands_under_the_verdict() {
    let mut shown = 0;
    for (name, record) in records() {
        let diagnosis = &record.diagnosis;
        let of_account =
            heygen_doctor::judge::causes::of(diagnosis.cause).side == Some(Side::Account);
        let seen = record.observations.iter().map(|judged| &judged.observation);
        let named = diagnosis.named().unwrap();
        if !(of_account || diagnosis.cause == Cause::Inconclusive) || named.evidence.is_empty() {
            continue;
        }
        let Some(said) = said::of(seen.clone(), named) else {
            let behind = |probe| named.evidence.iter().any(|piece| piece.probes.contains(probe));
            let mut coded = seen.filter(|one| {
                one.credential == Credential::Real && one.class != Class::Ok && behind(&one.probe)
            });
            let code = coded.find_map(|one| one.answer()?.code.as_deref());
            let plain = code.is_none_or(|code| ["forbidden", "unauthorized"].contains(&code));
            assert!(plain, "{name}: {code:?}");
            continue;
        };
        let page = page(&record);
        let head = page.lines().nth(1).unwrap();
        for part in [said.code, said.message].into_iter().flatten() {
            let part: String = part.chars().take(60).collect();
            assert!(letters(head).contains(&letters(&part)), "{name}: {part} not in {head}");
        }
        let ticket = render(Format::Markdown, &record, &Options::default());
        assert!(ticket.contains("\nThe server says: "), "{name}");
        shown += 1;
    }
    assert!(shown >= 40, "only {shown} answers are shown");
}

#[test]
fn the_answer_chooses_the_step() {
    for (name, says) in [
        ("phone-verification", "Verify a phone number"),
        ("unpaid-invoice", "Pay the open invoice"),
        ("invitation-expired", "send the invitation again"),
        ("ten-days-to-wait", "Wait 10 days"),
        ("two-hours-to-wait", "after 2 hours"),
        ("login-token-expired", "Log in again"),
        ("oauth-expired", "Log in again"),
        ("oauth-unknown", "Log in again"),
        ("vendor-policy-forbids", "AI vendor policy"),
        ("low-balance", "Add credit"),
    ] {
        let diagnosis = diagnose(&facts(name));
        assert!(step(&diagnosis).contains(says), "{name}: {}", step(&diagnosis));
        assert!(!step(&diagnosis).contains("make a new key"), "{name}");
    }
}

#[test]
fn the_headline_names_the_mistake() {
    for (name, says) in [
        ("quoted-key", "the key has quotes around it"),
        ("between-angle-brackets", "the key has brackets around it"),
        ("bearer-pasted", "the key has `Bearer` before it"),
        ("assignment-pasted", "a whole `.env` line was pasted"),
        ("newline-in-file", "the key has a line break in it"),
        ("byte-order-mark", "the key has a byte order mark (BOM) before it"),
        ("zero-width", "zero-width"),
        ("foreign-letter", "the key has a foreign letter in it"),
        ("doubled-key", "the key was pasted twice"),
        ("truncated-key", "the key is cut off: 40 of 54 characters"),
        ("placeholder-unexpanded", "was not expanded by the shell or CI"),
        ("decoded-by-library", "the key was base64-decoded"),
        ("double-encoded", "the key was base64-encoded once too often"),
        ("read-only-key", "it can only read"),
        ("expires-soon", "it expires at"),
        ("low-balance", "the wallet is down to"),
        ("scoped", "the key works but lacks the scope `account:read`"),
        ("login-token-expired", "the login has ended"),
        ("oauth-unknown", "doesn't recognize the login"),
        ("intercepted", "a proxy is intercepting TLS"),
        ("inconclusive-409", "no single cause fits"),
    ] {
        let (_, record) = records().find(|(known, _)| *known == name).unwrap();
        let headline = &record.diagnosis.headline;
        assert!(headline.contains(says), "{name}: {headline}");
        let quiet = render(Format::Human, &record, &Options { quiet: true, ..Options::default() });
        assert!(quiet.contains(says), "{name}: {quiet}");
    }
}

#[test]
fn answers_that_change_are_counted_first_and_each_failure_is_in_the_ticket() {
    let (_, record) = records().find(|(name, _)| *name == "flapping").unwrap();
    let headline = &record.diagnosis.headline;
    assert!(headline.starts_with("the same request was accepted "), "{headline}");
    let ticket = render(Format::Markdown, &record, &Options::default());
    let line = ticket.lines().find(|line| line.starts_with("It failed ")).unwrap();
    let failed: usize = line.split(' ').nth(2).unwrap().parse().unwrap();
    assert_eq!(line.matches('Z').count(), failed, "{line}");
    let rate = headline.split(' ').filter_map(|word| word.parse::<usize>().ok());
    let rate: Vec<usize> = rate.collect();
    assert_eq!(failed, rate[1] - rate[0], "{headline}");
}

#[test]
fn older_versions_that_refuse_the_key_are_in_the_headline() {
    let (_, record) = records().find(|(name, _)| *name == "legacy-refuses").unwrap();
    let headline = &record.diagnosis.headline;
    assert!(headline.contains("a program on V") && headline.contains("gets 401"), "{headline}");
}

#[test]
fn a_version_that_accepts_the_key_elsewhere_is_not_said_to_refuse_it() {
    let mut facts = facts("legacy-refuses");
    let message = |diagnosis: &Diagnosis| {
        let note = diagnosis.notes.iter().find(|note| note.id == NoteId::LegacyRefuses);
        note.unwrap().message.clone()
    };
    assert!(message(&diagnose(&facts)).contains(" gets 401 "));
    let answer = |class| {
        facts.observations.iter().position(|seen| {
            seen.credential == Credential::Real
                && seen.class == class
                && (seen.api_version == ApiVersion::V3) == (class == Class::Ok)
        })
    };
    let (accepted, refused) = (answer(Class::Ok).unwrap(), answer(Class::Unauthenticated).unwrap());
    facts.observations[refused].outcome = facts.observations[accepted].outcome.clone();
    assert!(message(&diagnose(&facts)).contains(" can get 401 "));
}

#[test]
fn a_length_with_signs_of_several_bytes_is_told_in_bytes() {
    let (_, record) = records().find(|(name, _)| *name == "byte-order-mark").unwrap();
    let page = render(Format::Human, &record, &Options { verbose: 1, ..Options::default() });
    assert!(page.contains(" · 57 bytes · "), "{page}");
}

#[test]
fn an_invalid_key_is_explained_by_the_key() {
    let page =
        heygen_doctor::explain::explain(&["Invalid API key".to_owned()], &Options::default())
            .unwrap();
    let page = page.replace("\n               ", " ");
    assert!(page.contains("The key that was sent was refused"), "{page}");
    assert!(page.contains("Run `heygen-doctor check`"), "{page}");
}
