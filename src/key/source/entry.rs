//! One place that was looked at.

use chrono::{DateTime, Utc};

use super::readers::Readings;
use super::{ApiKey, SILENT};
use crate::key::Kind;
use crate::record::facts::{Finding, FindingId, Severity, Source};

/// One place, and what was in it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) source: String,
    pub(super) key: Option<ApiKey>,
    /// True for the token of a login.
    pub(super) oauth: bool,
    /// When that login ends, as its file says.
    pub(super) expires_at: Option<DateTime<Utc>>,
    /// The fault of the place itself.
    pub(super) problem: Option<String>,
    /// True if the place is there and holds nothing.
    pub(super) empty: bool,
    /// True where no tool looks for a key: it is told of, and neither used nor sent.
    pub(super) aside: bool,
    /// Why there is nothing, where that is no fault.
    pub(super) nothing: Option<String>,
    /// How to mend the place.
    pub(super) step: Option<String>,
    /// Further findings about the place.
    pub(super) findings: Vec<Finding>,
    /// The value in an env file, by each reader.
    pub(super) readings: Option<Readings>,
}

impl Entry {
    pub(super) fn absent(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            key: None,
            oauth: false,
            expires_at: None,
            problem: None,
            empty: false,
            aside: false,
            nothing: None,
            step: None,
            findings: Vec::new(),
            readings: None,
        }
    }

    pub(super) fn none(source: &str, nothing: String) -> Self {
        Self { nothing: Some(nothing), ..Self::absent(source) }
    }

    pub(super) fn of(source: &str, value: Vec<u8>) -> Self {
        Self::with(source, ApiKey::from_bytes(value))
    }

    pub(super) fn with(source: &str, key: ApiKey) -> Self {
        let empty = key.kind() == Kind::Empty;
        Self { empty, key: (!empty).then_some(key), ..Self::absent(source) }
    }

    pub(super) fn login(source: &str, token: ApiKey, expires_at: Option<DateTime<Utc>>) -> Self {
        Self { oauth: true, expires_at, ..Self::with(source, token) }
    }

    /// The same as the token of a login.
    pub(super) fn into_login(self) -> Self {
        Self { oauth: self.key.is_some(), ..self }
    }

    pub(super) fn broken(source: &str, problem: &str) -> Self {
        Self { problem: Some(problem.to_owned()), ..Self::absent(source) }
    }

    /// A credentials file that isn't one.
    pub(super) fn malformed(source: &str, problem: &str) -> Self {
        let step = "Log in again, which writes the file anew: run `heygen auth login`".to_owned();
        Self { step: Some(step), ..Self::broken(source, problem) }
    }

    /// A file that is there and can't be read.
    pub(super) fn unreadable(source: &str, problem: &str) -> Self {
        let step = if problem == SILENT {
            format!("Start or unlock the program that writes into `{source}`")
        } else {
            format!("Make `{source}` a file that this user may read, or move it away")
        };
        Self { step: Some(step), ..Self::broken(source, problem) }
    }

    /// Its line in the report, without the fingerprint of a value that is short enough to be guessed.
    pub(super) fn listed(&self, used: bool) -> Source {
        let secret = self.key.as_ref().filter(|key| key.is_secret());
        let problem = match &self.key {
            Some(key) if key.kind() == Kind::Placeholder => {
                Some("It holds a placeholder.".to_owned())
            }
            Some(key) if !key.is_secret() => {
                Some("What it holds is too short for a key.".to_owned())
            }
            _ if self.empty => Some("It is set, and empty.".to_owned()),
            _ if self.aside => Some("No tool of HeyGen's reads this name.".to_owned()),
            _ => self.problem.as_ref().map(|problem| format!("It {problem}.")),
        };
        Source {
            source: self.source.clone(),
            fingerprint: secret.map(ApiKey::fingerprint),
            used,
            problem,
            nothing: self.nothing.clone(),
        }
    }

    /// The finding about the place, if any: an error only where no key was found at all.
    pub(super) fn finding(&self, found: bool) -> Option<Finding> {
        let severity = if found { Severity::Warning } else { Severity::Error };
        let (id, message) = match &self.problem {
            _ if self.empty => {
                (FindingId::KeyEmpty, format!("`{}` is set, and empty.", self.source))
            }
            Some(problem) => {
                (FindingId::CredentialsMalformed, format!("`{}` {problem}.", self.source))
            }
            None => return None,
        };
        Some(Finding { step: self.step.clone(), ..Finding::new(id, severity, message) })
    }
}
