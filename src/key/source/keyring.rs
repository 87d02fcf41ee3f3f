//! The keys of all sources.

use chrono::{DateTime, Utc};

use super::ApiKey;
use super::entry::Entry;
use super::tools::{self, Places};
use crate::key::Kind;
use crate::record::facts::{About, CredentialInfo, Finding};
use crate::record::tools::Tools;

/// The keys of all sources, in the order in which they are looked at.
#[derive(Clone, Debug, Default)]
pub struct Keyring {
    entries: Vec<Entry>,
    extra: Vec<ApiKey>,
    places: Places,
}

/// A key that is given rather than looked for.
#[derive(Clone, Debug)]
pub struct Given {
    /// The name of its source.
    pub source: String,
    /// The key.
    pub key: ApiKey,
    /// True for the token of a login.
    pub oauth: bool,
}

impl Keyring {
    /// No source at all.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// These keys and no others; the first is used.
    #[must_use]
    pub fn of(keys: Vec<Given>) -> Self {
        let entry = |Given { source, key, oauth }| Entry { oauth, ..Entry::with(&source, key) };
        Self { entries: keys.into_iter().map(entry).collect(), ..Self::default() }
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    pub(super) fn hide(&mut self, secrets: Vec<ApiKey>) {
        self.extra.extend(secrets);
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn put(&mut self, places: Places) {
        self.places = places;
    }

    /// Tells of something beside the places themselves, where it is about this one.
    pub(super) fn remark(&mut self, source: &str, finding: Finding) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.source == source) {
            entry.findings.push(finding);
        }
    }

    /// The first place that holds a key.
    pub(super) fn first(&self) -> Option<(&str, bool)> {
        self.used_entry().map(|entry| (entry.source.as_str(), entry.readings.is_some()))
    }

    /// Which tool would use which key here.
    #[must_use]
    pub fn tools(&self, now: DateTime<Utc>) -> Tools {
        tools::of(&self.places, now)
    }

    fn used_at(&self) -> Option<usize> {
        self.entries.iter().position(|entry| entry.key.is_some() && !entry.aside)
    }

    fn used_entry(&self) -> Option<&Entry> {
        self.used_at().and_then(|at| self.entries.get(at))
    }

    /// The key under test.
    #[must_use]
    pub fn used(&self) -> Option<&ApiKey> {
        self.used_entry().and_then(|entry| entry.key.as_ref())
    }

    /// True if the key under test is the token of a login, which is sent as `Bearer`.
    #[must_use]
    pub fn used_is_oauth(&self) -> bool {
        self.used_entry().is_some_and(|entry| entry.oauth)
    }

    /// Where it came from.
    #[must_use]
    pub fn used_source(&self) -> Option<&str> {
        self.used_entry().map(|entry| entry.source.as_str())
    }

    /// Keys that differ from the used one and may be sent, each once, with the place of their
    /// source in the list of all sources. That is at least 1: at 0 it would be the one in use.
    #[must_use]
    pub fn others(&self) -> Vec<(usize, &str, &ApiKey)> {
        let mut seen: Vec<&[u8]> = self.used().into_iter().map(ApiKey::bytes).collect();
        let mut others = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let Some(key) = entry
                .key
                .as_ref()
                .filter(|key| !entry.oauth && !entry.aside && key.withheld().is_none())
            else {
                continue;
            };
            if !seen.contains(&key.bytes()) {
                seen.push(key.bytes());
                others.push((at, entry.source.as_str(), key));
            }
        }
        others
    }

    /// Every key, the used one first.
    #[must_use]
    pub fn all(&self) -> Vec<&ApiKey> {
        self.entries.iter().filter_map(|entry| entry.key.as_ref()).collect()
    }

    /// Every key with its source, the used one first; true for the token of a login.
    pub fn named(&self) -> impl Iterator<Item = (&str, &ApiKey, bool)> {
        let used = self.used_entry().into_iter();
        let others = self.entries.iter().filter(|entry| !entry.aside);
        used.chain(others)
            .filter_map(|entry| Some((entry.source.as_str(), entry.key.as_ref()?, entry.oauth)))
    }

    /// Everything of which no part may be shown.
    #[must_use]
    pub fn secrets(&self) -> Vec<&ApiKey> {
        self.all().into_iter().chain(&self.extra).filter(|key| key.is_secret()).collect()
    }

    /// Other secrets of the sources, such as refresh tokens.
    #[must_use]
    pub fn extra_secrets(&self) -> Vec<String> {
        self.extra
            .iter()
            .map(|secret| String::from_utf8_lossy(secret.bytes()).into_owned())
            .collect()
    }

    /// All that may be told of the keys; `send_anyway` lets another vendor's key be sent.
    #[must_use]
    pub fn info(&self, now: DateTime<Utc>, send_anyway: bool) -> CredentialInfo {
        let used = self.used_at();
        let listed =
            self.entries.iter().enumerate().map(|(at, entry)| entry.listed(used == Some(at)));
        let info = CredentialInfo {
            findings: self.findings(now),
            sources: listed.collect(),
            ..CredentialInfo::default()
        };
        let Some((entry, key)) = self.used_entry().zip(self.used()) else { return info };
        let kind = if entry.oauth { Kind::OauthToken } else { key.kind() };
        let withheld =
            key.withheld().filter(|why| !(why.can_be_lifted() && (send_anyway || entry.oauth)));
        CredentialInfo {
            source: Some(entry.source.clone()),
            fingerprint: key.is_secret().then(|| key.fingerprint()),
            length: Some(key.len()),
            shape: Some(key.shape()),
            kind: Some(kind),
            created_at: key.created_at(),
            expires_at: entry.expires_at,
            withheld: withheld.map(|why| why.to_string()),
            ..info
        }
    }

    /// Findings about the used key, then about the places that were looked at before it, or
    /// that can't be understood.
    fn findings(&self, now: DateTime<Utc>) -> Vec<Finding> {
        let used = self.used_at();
        let mut findings = self.used().map(|key| key.findings(now)).unwrap_or_default();
        // Where the source says that it is the token of a login, its look says nothing.
        let doubts_kind =
            |finding: &Finding| matches!(finding.id.about(), About::Foreign | About::Form);
        findings.retain(|finding| !(self.used_is_oauth() && doubts_kind(finding)));
        let noteworthy =
            self.entries.iter().enumerate().filter(|(at, entry)| {
                entry.problem.is_some() || used.is_none_or(|used| *at < used)
            });
        findings.extend(noteworthy.filter_map(|(_, entry)| entry.finding(used.is_some())));
        // What stands in places behind the one in use changes nothing, but for names that are near.
        let told = self
            .entries
            .iter()
            .enumerate()
            .filter(|(at, entry)| entry.aside || used.is_none_or(|used| *at <= used));
        findings.extend(told.flat_map(|(_, entry)| entry.findings.iter().cloned()));
        findings
    }
}
