//! What differs, one row each.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::observation::Observation;
use crate::record::{Judged, Record};

/// One thing with its value in each run, where at least two values differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Row {
    /// A probe id, or the fact of the network.
    pub name: String,
    /// The value in each run; absent where there is none.
    pub values: Vec<Option<String>>,
}

impl Row {
    fn differs(&self) -> bool {
        let mut known = self.values.iter().flatten();
        let first = known.next();
        known.any(|value| Some(value) != first)
    }

    fn is_whole(&self) -> bool {
        self.values.iter().all(Option::is_some)
    }
}

/// Probes with their status and class, and how many were asked in some of the runs only.
pub(super) fn cells(records: &[&Record]) -> (Vec<Row>, usize) {
    let answers: Vec<BTreeMap<&str, String>> =
        records.iter().map(|record| by_probe(&record.observations)).collect();
    let mut probes: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    for judged in records.iter().flat_map(|record| &record.observations) {
        let probe = judged.observation.probe.0.as_str();
        if seen.insert(probe) {
            probes.push(probe);
        }
    }
    let rows: Vec<Row> = probes
        .into_iter()
        .map(|probe| Row {
            name: probe.to_owned(),
            values: answers.iter().map(|answers| answers.get(probe).cloned()).collect(),
        })
        .collect();
    let asked_in_some = rows.iter().filter(|row| !row.is_whole()).count();
    (rows.into_iter().filter(Row::differs).collect(), asked_in_some)
}

fn by_probe(observations: &[Judged]) -> BTreeMap<&str, String> {
    let own = observations.iter().map(|judged| &judged.observation).filter(|seen| !seen.is_lost());
    own.map(|seen| (seen.probe.0.as_str(), answer(seen))).collect()
}

fn answer(seen: &Observation) -> String {
    let class = seen.class.as_str();
    seen.status().map_or_else(|| class.to_owned(), |status| format!("{status} {class}"))
}

/// A fact of one run, where it is known.
type Fact = fn(&Record) -> Option<String>;

/// What the doctor's own sockets saw, and the way to the server.
pub(super) fn network(records: &[&Record]) -> Vec<Row> {
    let facts: [(&str, Fact); 5] = [
        ("name resolved to", dns),
        ("answered from", addresses),
        ("tls", tls),
        ("proxy", |record| {
            Some(record.environment.proxy.as_ref().map_or("none", |proxy| &proxy.url).to_owned())
        }),
        ("base url", |record| Some(record.run.base_url.clone())),
    ];
    let rows = facts.map(|(name, fact)| Row {
        name: name.to_owned(),
        values: records.iter().map(|record| fact(record)).collect(),
    });
    rows.into_iter().filter(Row::differs).collect()
}

fn dns(record: &Record) -> Option<String> {
    let dns = record.network.dns.as_ref()?;
    let addresses: BTreeSet<&str> = dns.addresses.iter().map(String::as_str).collect();
    Some(match addresses.len() {
        0 => "nothing".to_owned(),
        _ => addresses.into_iter().collect::<Vec<_>>().join(", "),
    })
}

fn addresses(record: &Record) -> Option<String> {
    let seen = record.observations.iter().filter_map(|judged| judged.observation.answer());
    let all: BTreeSet<&str> = seen.filter_map(|answer| answer.remote_addr.as_deref()).collect();
    (!all.is_empty()).then(|| all.into_iter().collect::<Vec<_>>().join(", "))
}

fn tls(record: &Record) -> Option<String> {
    let tls = record.network.tls.as_ref()?;
    let issuer = tls.chain.first().map_or("nobody", |leaf| leaf.issuer.as_str());
    let trust = match (tls.trusted_here, tls.trusted_publicly) {
        (true, true) => "trusted",
        (true, false) => "trusted on this machine only",
        (false, _) => "not trusted",
    };
    let version = tls.version.as_deref().unwrap_or("no TLS");
    Some(format!("{version}, signed by {issuer}, {trust}"))
}
