//! The plan, before anything is sent.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::plan::{Batch, Brief, Connections, Manner, Pattern, PatternKind, Profile, Step};
use crate::record::facts::CredentialInfo;
use crate::render::told::key;
use crate::text::{count, neutralise};

/// Whom a plan asks, with which key.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The API under test.
    pub base_url: &'a str,
    /// The key, without the key.
    pub key: &'a CredentialInfo,
}

/// The first step as text: what would be asked of whom, and why.
#[must_use]
pub fn plan_as_text(target: &Target<'_>, brief: &Brief, step: &Step) -> String {
    let withheld = match &target.key.withheld {
        Some(why) => format!(" It would not be sent: {}", neutralise(why)),
        None => String::new(),
    };
    let mut out = format!(
        "{} would be sent. Nothing was.\n\nHost: {}\nKey: {}.{withheld}\n\n{}\n",
        count(step.requests(), "request"),
        neutralise(target.base_url),
        key(target.key).join(", "),
        step.why
    );
    let widest = step
        .batches
        .iter()
        .flat_map(|batch| &batch.probes)
        .map(|probe| probe.id.0.len())
        .max()
        .unwrap_or_default();
    for batch in &step.batches {
        let _ = writeln!(out, "\n{}:", manner(batch));
        for probe in &batch.probes {
            let request = probe.request();
            let _ =
                writeln!(out, "  {:widest$}  {} {}", probe.id.0, request.method, request.target);
        }
    }
    for left_out in &step.not_sent {
        let _ = writeln!(out, "\nLeft out: {} ({})", left_out.probe, left_out.why);
    }
    if let Some(then) = then(brief.profile) {
        let _ = writeln!(out, "\n{then}");
    }
    out
}

/// The first step as JSON.
#[must_use]
pub fn plan_as_json(target: &Target<'_>, brief: &Brief, step: &Step) -> String {
    let batches: Vec<Value> = step.batches.iter().map(as_json).collect();
    let plan = json!({
        "base_url": target.base_url,
        "key": { "source": target.key.source, "fingerprint": target.key.fingerprint },
        "profile": brief.profile,
        "requests": step.requests(),
        "why": step.why,
        "batches": batches,
        "not_sent": step.not_sent,
        "then": then(brief.profile),
    });
    format!("{plan:#}\n")
}

fn as_json(batch: &Batch) -> Value {
    let probes: Vec<Value> = batch
        .probes
        .iter()
        .map(|probe| {
            json!({
                "probe": probe.id,
                "wave": probe.wave,
                "method": probe.request().method,
                "path": probe.path,
                "credential": probe.credential,
                "variant": probe.variant.id,
                "pattern": probe.pattern,
                "asks": probe.asks,
            })
        })
        .collect();
    json!({ "manner": manner(batch), "probes": probes })
}

fn manner(batch: &Batch) -> String {
    match batch.manner {
        Manner::Together => "Together".to_owned(),
        Manner::Fresh => "One after the other, each on a connection of its own".to_owned(),
        Manner::Timed(pattern) => timed(&pattern),
        Manner::After(wait) => format!("After {}", humantime::format_duration(wait)),
    }
}

fn timed(pattern: &Pattern) -> String {
    let every = humantime::format_duration(pattern.interval);
    let when = match pattern.kind {
        PatternKind::Burst => "all at the same moment".to_owned(),
        PatternKind::Ramp => format!("1, 2, 4, 8 at the same moment, every {every}"),
        _ => format!("every {every}"),
    };
    let on = match pattern.connections() {
        Connections::AsNeeded => "",
        Connections::New => ", each on a connection of its own",
        Connections::Kept => ", on one kept connection",
    };
    format!("`{}`: {when}{on}", pattern.kind)
}

const fn then(profile: Profile) -> Option<&'static str> {
    match profile {
        Profile::Quick | Profile::Listen | Profile::Inspect => None,
        Profile::Adaptive => Some(
            "What follows depends on the answers: only what separates the causes that still stand.",
        ),
        Profile::Full => Some(
            "Refusals for asking too often are asked once more when the server says to come back soon.",
        ),
    }
}
