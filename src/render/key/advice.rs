//! The one thing to do next, after a look at a key.

use super::of_the_key;
use crate::record::facts::{About, CredentialInfo, Finding, FindingId, Severity};
use crate::text::neutralise;

/// The step for a value that is no key of HeyGen's.
const REPLACE: &str = "Put your HeyGen API key in its place";

/// A word on what was not done, and the next step; `flags` are those that named the key.
pub(super) fn given(info: &CredentialInfo, flags: &str) -> String {
    let Some(source) = &info.source else { return nothing_found(info, flags) };
    match repair(info) {
        Some(repair) => format!(
            "Nothing was sent. {repair} ({}), then look again: {}",
            neutralise(source),
            command("key", flags)
        ),
        None => format!(
            "Nothing was sent. To find out whether HeyGen accepts it: {}",
            command("check", flags)
        ),
    }
}

fn nothing_found(info: &CredentialInfo, flags: &str) -> String {
    // What is nearest to a key comes first: a file that hides it, a name that comes near.
    let places = info.findings.iter().filter(|finding| finding.id.about() == About::Place);
    let cure = places.filter_map(|finding| Some((finding.id, finding.step.as_ref()?))).max();
    if let Some((_, cure)) = cure {
        return format!(
            "Nothing was sent. {}, then look again: {}",
            neutralise(cure),
            command("key", flags)
        );
    }
    if flags.is_empty() {
        "Nothing was sent. Set HEYGEN_API_KEY, or name the key with --key-file or --key-env."
            .to_owned()
    } else {
        format!(
            "Nothing was sent. Put your HeyGen API key where the flag says, then look again: {}",
            command("key", flags)
        )
    }
}

/// The repair that is needed before it makes sense to send the value.
pub(super) fn repair(info: &CredentialInfo) -> Option<String> {
    let replace = || REPLACE.to_owned();
    let step = |finding: &Finding| finding.step.clone().unwrap_or_else(replace);
    let no_key = of_the_key(info).find(|finding| finding.id == FindingId::KeyPlaceholder);
    if let Some(no_key) = no_key.filter(|no_key| no_key.step.is_some()) {
        return Some(step(no_key));
    }
    if info.withheld.is_some() || info.fingerprint.is_none() {
        return Some(replace());
    }
    of_the_key(info).find(|finding| finding.severity == Severity::Error).map(step)
}

fn command(name: &str, flags: &str) -> String {
    let gap = if flags.is_empty() { "" } else { " " };
    format!("heygen-doctor {name}{gap}{}", neutralise(flags))
}
