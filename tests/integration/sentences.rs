//! Sentences that servers might say beside a refusal: how often the judgement reads them right.
//!
//! Rules are made with the half called "work"; of the half called "measure" only the counts are
//! printed.

use std::fmt::Write as _;
use std::sync::LazyLock;

use heygen_doctor::judge;
use heygen_doctor::judge::causes;
use heygen_doctor::record::Record;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::{Diagnosis, Standing};
use heygen_doctor::record::facts::Facts;
use heygen_doctor::record::observation::{Answer, Envelope, Outcome};
use heygen_doctor::record::probe::{ApiVersion, Credential};
use serde::Deserialize;

use super::binary::doctor;
use super::controls::diagnose;

/// The causes that a sentence can name.
const SAID: [Cause; 6] = [
    Cause::KeyRevoked,
    Cause::AccountSuspended,
    Cause::ApiAccessNotEnabled,
    Cause::CreditExhausted,
    Cause::QuotaExceeded,
    Cause::InsufficientScope,
];

#[derive(Deserialize)]
struct Sentences {
    sentence: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    says: String,
    status: u16,
    code: Option<String>,
    half: String,
}

impl Sentence {
    /// The thing that it names, if it names one.
    fn label(&self) -> Option<Cause> {
        let named = SAID.into_iter().find(|cause| cause.to_string() == self.says);
        assert!(named.is_some() || matches!(self.says.as_str(), "nothing" | "not_judged"));
        named
    }

    /// The run of an unknown key, in which V3 says this of the real one. The controls keep their
    /// plain "unauthorized".
    fn told(&self) -> Facts {
        let mut facts = UNKNOWN.clone();
        for seen in &mut facts.observations {
            if seen.credential == Credential::Real
                && let Outcome::Answer(answer) = &mut seen.outcome
            {
                self.say(answer);
            }
        }
        facts
    }

    fn say(&self, answer: &mut Answer) {
        let is_numeric = self.code.as_deref().is_some_and(|code| code.parse::<u32>().is_ok());
        answer.status = self.status;
        answer.envelope = if is_numeric { Envelope::V1 } else { Envelope::V3 };
        answer.code.clone_from(&self.code);
        answer.message = Some(self.text.clone());
    }
}

/// A run of `check` in which V3 refuses the key like a made-up one.
static UNKNOWN: LazyLock<Facts> = LazyLock::new(|| {
    let args = ["check", "--simulate", "unknown-key", "--format", "json"];
    let output = doctor().args(args).output().unwrap();
    let mut facts = judge::facts(serde_json::from_slice::<Record>(&output.stdout).unwrap());
    facts.observations.retain(|seen| seen.api_version == ApiVersion::V3);
    assert_eq!(causes::diagnose(&facts).cause, Cause::KeyUnrecognized);
    facts
});

/// How one sentence was read.
struct Read {
    sentence: Sentence,
    diagnosis: Diagnosis,
}

impl Read {
    /// The cause is the one that the sentence names, or none that a sentence can name.
    fn is_right(&self) -> bool {
        match self.sentence.label() {
            Some(label) => self.diagnosis.cause == label,
            None => !SAID.contains(&self.diagnosis.cause),
        }
    }

    /// Some cause that the sentence doesn't name is called confirmed, in whatever place.
    fn is_bold(&self) -> bool {
        self.diagnosis.causes.iter().any(|one| {
            one.standing == Standing::Confirmed
                && SAID.contains(&one.cause)
                && Some(one.cause) != self.sentence.label()
        })
    }
}

static READ: LazyLock<Vec<Read>> = LazyLock::new(|| {
    let text = include_str!("../../fixtures/sentences.toml");
    let Sentences { sentence } = toml::from_str(text).unwrap();
    let read = |sentence: Sentence| Read { diagnosis: diagnose(&sentence.told()), sentence };
    sentence.into_iter().map(read).collect()
});

/// Counts of one half.
struct Score {
    total: usize,
    right: usize,
    bold: usize,
}

fn score(half: &str) -> Score {
    let read = || READ.iter().filter(|read| read.sentence.half == half);
    Score {
        total: read().count(),
        right: read().filter(|read| read.is_right()).count(),
        bold: read().filter(|read| read.is_bold()).count(),
    }
}

/// The part of the page of accuracy that counts sentences.
pub(crate) fn section() -> String {
    let mut out = format!(
        "\n## Words\n\nCounted over the {} labelled sentences of `fixtures/sentences.toml`, each told to the real key beside\na made-up one that is told no more than \"unauthorized\". In most of the traps a word like \"expired\"\nbelongs to something else than the key. Rules are made with one half; the other is only counted.\n\n| Half | Sentences | Read right | Read wrong | Wrongly `confirmed` |\n| --- | --- | --- | --- | --- |\n",
        READ.len()
    );
    for half in ["work", "measure"] {
        let Score { total, right, bold } = score(half);
        writeln!(out, "| {half} | {total} | {right} | {} | {bold} |", total - right).unwrap();
    }
    out
}

/// The least share of sentences that are read right, in percent. The aim is 97 for both halves.
const LEAST: usize = 95;

#[test]
#[expect(clippy::print_stdout, reason = "the list is what rules are made with")]
fn words_are_read_right() {
    for read in READ.iter().filter(|read| read.sentence.half == "work") {
        if !read.is_right() || read.is_bold() {
            let Read { sentence: Sentence { text, says, status, code, .. }, diagnosis } = read;
            let (cause, standing) = (diagnosis.cause, diagnosis.confidence);
            println!("{status} {code:?} {text:?}: {cause} ({standing}), not {says}");
        }
    }
    print!("{}", section());
    for half in ["work", "measure"] {
        let Score { total, right, bold } = score(half);
        assert_eq!(bold, 0, "{half}: wrongly confirmed");
        assert!(right * 100 >= total * LEAST, "{half}: {right} of {total} read right");
    }
}
