//! For agents: what decides, as one small JSON object.

use serde::Serialize;

use super::Options;
use super::json;
use super::told;
use crate::record::class::Class;
use crate::record::observation::Observation;
use crate::record::{Record, SCHEMA_VERSION};

/// The most bytes, the line break included.
const MOST: usize = 2_048;
/// The most observations.
const DECISIVE: usize = 3;

#[derive(Serialize)]
struct Brief<'a> {
    schema_version: u32,
    verdict: &'a str,
    cause: &'a str,
    confidence: &'a str,
    exit_code: u8,
    statement: String,
    next_step: Step,
    decisive: Vec<Decisive<'a>>,
    record: Option<&'a str>,
}

#[derive(Serialize)]
struct Step {
    text: String,
    argv: Option<Vec<String>>,
}

#[derive(Serialize)]
struct Decisive<'a> {
    probe: &'a str,
    status: Option<u16>,
    class: Class,
}

pub(super) fn render(record: &Record, options: &Options) -> String {
    let diagnosis = &record.diagnosis;
    let step = told::next_step(diagnosis);
    let mut brief = Brief {
        schema_version: SCHEMA_VERSION,
        verdict: diagnosis.verdict.as_str(),
        cause: diagnosis.cause.as_str(),
        confidence: diagnosis.confidence.as_str(),
        exit_code: diagnosis.exit_code,
        statement: diagnosis.statement.clone(),
        next_step: Step { text: step.to_owned(), argv: argv(step) },
        decisive: decisive(record),
        record: options.record.as_deref(),
    };
    let mut out = json::line(&brief);
    // What is longest is cut first; a path that is cut would lead nowhere.
    while let Some(over) = out.len().checked_sub(MOST + 1) {
        let longest =
            std::cmp::max_by_key(&mut brief.statement, &mut brief.next_step.text, |text| {
                text.len()
            });
        if !cut(longest, over + 1)
            && brief.record.take().is_none()
            && brief.decisive.pop().is_none()
        {
            break;
        }
        out = json::line(&brief);
    }
    out
}

/// Takes at least so many bytes from the end of a text, if it has them.
fn cut(text: &mut String, over: usize) -> bool {
    const SIGN: &str = "…";
    let kept = text.trim_end_matches(SIGN);
    let end = kept.floor_char_boundary(kept.len().saturating_sub(over + SIGN.len()));
    let was = text.len();
    if end > 0 {
        text.truncate(end);
        text.push_str(SIGN);
    }
    text.len() < was
}

/// The command that is the step, word by word, where it is one of this program's and nothing in it is left
/// to fill in: it only reads.
fn argv(step: &str) -> Option<Vec<String>> {
    let (command, _) = step.strip_prefix("Run `")?.split_once('`')?;
    let words: Vec<String> = command.split(' ').map(ToOwned::to_owned).collect();
    let plain = |word: &String| {
        let given = !word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        given && word.chars().all(|c| c.is_ascii_alphanumeric() || "-._:/=".contains(c))
    };
    (words.first().is_some_and(|first| first == "heygen-doctor") && words.iter().all(plain))
        .then_some(words)
}

/// The observations behind the verdict: those that differ before those that say the same again.
fn decisive<'a>(record: &'a Record) -> Vec<Decisive<'a>> {
    let pieces = record.diagnosis.named().into_iter().flat_map(|named| &named.evidence);
    let probes = pieces.flat_map(|piece| &piece.probes);
    let mut found: Vec<&'a Observation> = Vec::new();
    for probe in probes {
        let seen = record.observations.iter().map(|judged| &judged.observation);
        let seen = seen.filter(|seen| seen.was_sent()).find(|seen| seen.probe == *probe);
        found.extend(seen.filter(|seen| !found.iter().any(|one| one.probe == seen.probe)));
    }
    let says = |one: &Observation| (one.credential, one.class);
    let mut chosen: Vec<&'a Observation> = Vec::new();
    for fresh in [true, false] {
        for seen in &found {
            let told = chosen
                .iter()
                .any(|one| if fresh { says(one) == says(seen) } else { one.probe == seen.probe });
            if !told && chosen.len() < DECISIVE {
                chosen.push(seen);
            }
        }
    }
    let tell = |seen: &'a Observation| Decisive {
        probe: &seen.probe.0,
        status: seen.status(),
        class: seen.class,
    };
    chosen.into_iter().map(tell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_command_of_this_program_is_one_to_run() {
        let words = |step| argv(step).map(|words| words.join(" "));
        let whole = "heygen-doctor check --timeout 30s";
        assert_eq!(words("Run `heygen-doctor check --timeout 30s`."), Some(whole.to_owned()));
        for step in [
            "Send the base64-encoded form of the key.",
            "Run `heygen-doctor check --key-env SECOND_KEY`.",
            "Run `export HEYGEN_API_KEY=\"$(pbpaste)\"`.",
            "Run `heygen-doctor check; rm -r x`.",
            "If it fails, run `heygen-doctor check`.",
        ] {
            assert_eq!(words(step), None, "{step}");
        }
    }

    #[test]
    fn a_text_is_cut_between_its_letters() {
        let mut text = "äöüäöüäöü".to_owned();
        assert!(cut(&mut text, 4) && text.ends_with('…') && text.len() <= 14, "{text}");
        assert!(!cut(&mut "ä".to_owned(), 4));
    }
}
