//! What all keys come to.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::{Decided, Shard};
use crate::record::cause::{Cause, Verdict};
use crate::record::exit::Exit;

/// The most keys that are named because they end soon.
const NAMED: usize = 100;

/// Counts over the keys of a fleet.
#[derive(Clone, Debug, Serialize)]
pub struct Tally {
    /// Keys that are decided.
    pub keys: usize,
    /// How many of them have each cause.
    pub by_cause: BTreeMap<Cause, usize>,
    /// How many of them have each verdict.
    pub by_verdict: BTreeMap<Verdict, usize>,
    /// All requests, those of the controls included.
    pub requests: usize,
    /// The part of the fleet that was asked, where it was split.
    pub shard: Option<Shard>,
    /// Keys that are not decided.
    pub undecided: usize,
    /// Lines of the input that can't be read.
    pub unreadable: usize,
    /// Keys that end soon.
    pub expiring: usize,
    /// Those of them that end first, at most a hundred.
    pub expiring_first: Vec<Expiring>,
    /// The names of the keys that don't work as they should, by cause.
    #[serde(skip)]
    pub failing: BTreeMap<Cause, Vec<String>>,
    #[serde(skip)]
    exits: BTreeMap<u8, usize>,
    #[serde(skip)]
    soon: TimeDelta,
}

/// A key that ends soon.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Expiring {
    /// When (UTC).
    pub expires_at: DateTime<Utc>,
    /// Its name.
    pub name: String,
}

impl Tally {
    /// Nothing yet; a key ends soon if it does within this time after it was decided.
    #[must_use]
    pub const fn new(shard: Option<Shard>, soon: TimeDelta) -> Self {
        Self {
            keys: 0,
            by_cause: BTreeMap::new(),
            by_verdict: BTreeMap::new(),
            requests: 0,
            shard,
            undecided: 0,
            unreadable: 0,
            expiring: 0,
            expiring_first: Vec::new(),
            failing: BTreeMap::new(),
            exits: BTreeMap::new(),
            soon,
        }
    }

    /// Counts a key.
    pub fn add(&mut self, key: &Decided) {
        self.keys += 1;
        self.requests += key.requests;
        *self.by_cause.entry(key.cause).or_default() += 1;
        *self.by_verdict.entry(key.verdict).or_default() += 1;
        *self.exits.entry(key.exit_code).or_default() += 1;
        if key.fails() {
            self.failing.entry(key.cause).or_default().push(key.name.clone());
        }
        if let Some(expires_at) = soonest(key.expires_at, key.decided_at, self.soon) {
            self.expiring += 1;
            self.expiring_first.push(Expiring { expires_at, name: key.name.clone() });
            self.expiring_first.sort();
            self.expiring_first.truncate(NAMED);
        }
    }

    /// Counts a key no more; its requests were sent all the same.
    pub fn take_back(&mut self, key: &Decided) {
        self.keys -= 1;
        less(&mut self.by_cause, &key.cause);
        less(&mut self.by_verdict, &key.verdict);
        less(&mut self.exits, &key.exit_code);
        self.requests -= key.requests;
        if let Some(names) = self.failing.get_mut(&key.cause) {
            names.retain(|name| *name != key.name);
        }
        if soonest(key.expires_at, key.decided_at, self.soon).is_some() {
            self.expiring -= 1;
            self.expiring_first.retain(|soon| soon.name != key.name);
        }
    }

    /// The exit code of the worst key: whoever holds it, then what else is wrong, then time.
    #[must_use]
    pub fn worst(&self) -> Exit {
        let worst = [Exit::Key, Exit::Wrong, Exit::TimedOut];
        let found = worst.into_iter().find(|exit| self.exits.contains_key(&exit.code()));
        let other = self.exits.keys().any(|code| *code != Exit::Works.code());
        found.unwrap_or(if other { Exit::Wrong } else { Exit::Works })
    }
}

/// When a key ends, if that is soon and still to come.
#[must_use]
pub fn soonest(
    expires_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    soon: TimeDelta,
) -> Option<DateTime<Utc>> {
    expires_at.filter(|at| *at > now && *at - now <= soon)
}

fn less<K: Ord>(counts: &mut BTreeMap<K, usize>, of: &K) {
    if let Some(count) = counts.get_mut(of) {
        *count -= 1;
        if *count == 0 {
            counts.remove(of);
        }
    }
}
