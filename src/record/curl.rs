//! The same request as a curl line, safe to paste: the key stands as `$HEYGEN_API_KEY`.

use crate::record::observation::Observation;
use crate::record::probe::{Credential, Encoding, Placement, Variant, Wire, variant};

/// The curl line that repeats an exchange.
#[must_use]
pub fn line(observation: &Observation, base_url: &str) -> String {
    let mut words = vec!["curl -sS -i".to_owned()];
    if let Some(variant) = variant::find(&observation.variant) {
        if variant.wire == Wire::TitleCase {
            words.push("--http1.1".to_owned());
        }
        if let Some(agent) = variant.user_agent {
            words.push(format!("-A '{agent}'"));
        }
        if observation.credential != Credential::None {
            let value = value(observation.credential, variant.encoding);
            words.extend(headers(variant, &value));
        }
    }
    words.push(format!(
        "'{}{}'",
        base_url.trim_end_matches('/'),
        observation.path.replace('\'', "%27")
    ));
    words.join(" ")
}

fn value(credential: Credential, encoding: Encoding) -> String {
    let name = match credential {
        Credential::MadeUp => "$MADE_UP_KEY",
        Credential::KnownGood => "$KNOWN_GOOD_KEY",
        Credential::Other(_) => "$OTHER_KEY",
        Credential::Real | Credential::None => "$HEYGEN_API_KEY",
    };
    match encoding {
        Encoding::AsGiven | Encoding::Repaired => name.to_owned(),
        Encoding::Base64Encoded => format!("$(printf %s \"{name}\" | base64 | tr -d '\\n')"),
        Encoding::Base64Decoded => format!("$(printf %s \"{name}\" | base64 -d)"),
    }
}

fn headers(variant: &Variant, value: &str) -> Vec<String> {
    let key = |name: &str| format!("-H \"{name}: {value}\"");
    // The doctor's own spelling, which some servers mind.
    let own = if variant.wire == Wire::TitleCase { "X-Api-Key" } else { "x-api-key" };
    match variant.placement {
        Placement::ApiKeyHeader => vec![key(own)],
        Placement::Authorization("") => vec![key("Authorization")],
        Placement::Authorization(scheme) => vec![format!("-H \"Authorization: {scheme} {value}\"")],
        Placement::Both => vec![key(own), format!("-H \"Authorization: Bearer {value}\"")],
    }
}
