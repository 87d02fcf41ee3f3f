//! One scenario: a story, a key, a behaviour, and the expected diagnosis.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::key::ApiKey;
use crate::key::source::{Given, Keyring};
use crate::record::cause::{Cause, Verdict};
use crate::record::diagnosis::Standing;
use crate::text::shell_word;

use super::account::Account;
use super::front::Front;
use super::machine::{self, MachineFile};
use super::rule::Rule;

/// One labelled story, as it stands in its file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The stem of its file.
    pub name: String,
    /// The trouble, in one sentence.
    pub title: String,
    /// The way it came to be, and its signs.
    pub story: String,
    /// The synthetic key as the user configured it; `None` where none is configured.
    #[serde(default)]
    pub key: Option<String>,
    /// The place of that key: `HEYGEN_API_KEY`, if nothing is said.
    #[serde(default)]
    pub source: Option<String>,
    /// It stands there as an OAuth access token (`oauth` in `~/.heygen/credentials`).
    #[serde(default)]
    pub oauth: bool,
    /// Keys in places that are looked at after the one that is used, in that order.
    #[serde(default)]
    pub elsewhere: Vec<Elsewhere>,
    /// The variables of the machine; where there is no `key`, it is looked for in them, as on a real one.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// The files of the machine that may hold keys, in which it is looked for as well.
    #[serde(default, rename = "file")]
    files: Vec<MachineFile>,
    /// The conclusion of a careful human.
    pub expect: Expected,
    #[serde(default)]
    target: Target,
    /// The server and the way to it.
    #[serde(default)]
    pub(super) server: Front,
    /// HeyGen's record of the key.
    #[serde(default)]
    pub(super) account: Account,
    /// Departures from the default behaviour, the first that applies decides.
    #[serde(default, rename = "rule")]
    pub(super) rules: Vec<Rule>,
    /// Public reports of people who met this, or what looks like it.
    #[serde(default)]
    pub field: Vec<FieldReport>,
}

/// A public report of somebody whose key failed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldReport {
    /// Its address.
    pub source: String,
    /// The trouble that is reported there, in one sentence.
    pub report: String,
}

/// A key that is shadowed by the one in use.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    /// The name of the place, for example `.env`.
    pub source: String,
    /// The synthetic key in it.
    pub key: String,
}

/// The label of a scenario: the truth, whatever an implementation makes of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The cause to be named.
    pub cause: Cause,
    /// The verdict that belongs to it.
    pub verdict: Verdict,
    /// The exit code of `check`.
    pub exit_code: u8,
    /// The standings that the evidence can bear.
    pub confidence: Vec<Standing>,
    /// Notes that must ride along; others may.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The profile in which it must be found.
    #[serde(default = "adaptive")]
    pub profile: String,
    /// Further arguments for `check`; paths are relative to the package's root.
    #[serde(default)]
    pub args: Vec<String>,
    /// The truth of a run without these arguments, where they change what happens.
    #[serde(default)]
    pub plain: Option<Plain>,
    /// Set when it is known to be diagnosed wrong, with the reason.
    #[serde(default)]
    pub wrong: Option<String>,
}

/// The label of a run without the arguments of the other one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plain {
    /// The cause to be named.
    pub cause: Cause,
    /// The exit code of `check`.
    pub exit_code: u8,
}

fn adaptive() -> String {
    "adaptive".to_owned()
}

impl Expected {
    /// The flags of `check` without which it need not be found: none for a plain one.
    #[must_use]
    pub fn flags(&self) -> Vec<&str> {
        let profile = ["--profile", &self.profile];
        let profile = profile.into_iter().filter(|_| self.profile != adaptive());
        profile.chain(self.args.iter().map(String::as_str)).collect()
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Target {
    base_url: Option<String>,
    /// The double is the proxy on the way there.
    #[serde(default)]
    through_proxy: bool,
}

impl Scenario {
    /// Reads a scenario as it stands in its file.
    ///
    /// # Errors
    /// When it isn't one; the error says where.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        // Read as it is first: from the text itself, each type would be compiled three times.
        let table: toml::Table = toml::from_str(text)?;
        Ok(table.try_into()?)
    }

    /// The command that finds what is to be found, with every flag it needs.
    #[must_use]
    pub fn command(&self) -> String {
        let flags = self.expect.flags();
        let words = [self.name.as_str()].into_iter().chain(flags).map(shell_word);
        format!("heygen-doctor check --simulate {}", words.collect::<Vec<_>>().join(" "))
    }

    /// Its keys, in the order in which their places are looked at.
    #[must_use]
    pub fn keyring(&self) -> Keyring {
        if self.key.is_none() && !(self.env.is_empty() && self.files.is_empty()) {
            return machine::keyring(&self.env, &self.files);
        }
        let given = |source: String, key: &str, oauth: bool| Given {
            source,
            key: ApiKey::from_bytes(key.as_bytes().to_vec()),
            oauth,
        };
        let source = self.source.clone().unwrap_or_else(|| format!("scenario {}", self.name));
        let used = self.key.iter().map(|key| given(source.clone(), key, self.oauth));
        let others = self.elsewhere.iter();
        let others = others.map(|place| given(place.source.clone(), &place.key, false));
        Keyring::of(used.chain(others).collect())
    }

    /// The base URL to ask instead of the double's own: for names that don't resolve and ports
    /// on which nothing listens.
    #[must_use]
    pub fn base_url_override(&self) -> Option<&str> {
        self.target.base_url.as_deref()
    }

    /// True if the double plays the proxy on the way to the base URL.
    #[must_use]
    pub const fn is_proxy(&self) -> bool {
        self.target.through_proxy
    }
}
