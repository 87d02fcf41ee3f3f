//! One request for a key of many: most of them work, and that is soon seen.

use chrono::{DateTime, Utc};

use super::blank;
use crate::config::Keys;
use crate::judge;
use crate::record::class::Class;
use crate::record::diagnosis::Diagnosis;
use crate::record::probe::Credential;
use crate::run::Lab;

/// What one request with a key showed.
#[derive(Debug, Default)]
pub struct Glance {
    /// The diagnosis of a key that works; every other key has to be examined.
    pub diagnosis: Option<Diagnosis>,
    /// When the key ends, where HeyGen says so.
    pub expires_at: Option<DateTime<Utc>>,
    /// The requests with it.
    pub requests: usize,
    /// The controls that were asked on its way, for it and for others.
    pub controls: usize,
    /// When the first of all these was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Something in front of the API answered.
    pub is_blocked: bool,
}

/// Asks once with a key, beside the controls that it has in common with others; with a
/// `description` also what HeyGen says of it.
pub async fn glance(lab: &Lab, keys: Keys, description: bool) -> Glance {
    let Some(subject) = lab.glanced(keys) else { return Glance::default() };
    #[expect(clippy::disallowed_methods, reason = "the run is where time enters")]
    let mut facts = blank(lab, &subject, Utc::now());
    facts.observations = Box::pin(lab.glance(&subject, description)).await;
    let sent = facts.observations.iter().filter(|seen| !seen.shared && seen.was_sent());
    let all = sent.clone().count();
    let sent_at = sent.clone().map(|seen| seen.sent_at).min();
    let own = sent.filter(|seen| seen.credential == Credential::Real);
    let requests = own.clone().count();
    Glance {
        is_blocked: own.clone().any(|seen| seen.class == Class::EdgeBlock),
        sent_at,
        requests,
        controls: all - requests,
        diagnosis: judge::at_a_glance(&facts),
        expires_at: judge::expires_at(&facts),
    }
}
