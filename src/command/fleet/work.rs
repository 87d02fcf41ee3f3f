//! What is under way for a fleet.

use chrono::{DateTime, Utc};

use crate::command::keys::TIME;
use crate::config::Keys;
use crate::config::roster::{BadLine, Listed};
use crate::doctor::{Examination, Glance, examine};
use crate::error::Usage;
use crate::fleet::Decided;
use crate::judge::requirements::{self, Requirements};
use crate::judge::{self, REFUSED, expires_at};
use crate::key::ApiKey;
use crate::key::source::Keyring;
use crate::record::Redaction;
use crate::record::facts::EndedBy;
use crate::record::observation::Observation;
use crate::record::probe::Credential;
use crate::redact::Redactor;
use crate::run::Lab;

/// A key whose turn has come.
pub(super) struct Candidate {
    pub(super) name: String,
    /// Where its key is, in words.
    pub(super) place: String,
    pub(super) fingerprint: Option<String>,
    pub(super) keyring: Keyring,
    /// What one request with it showed.
    pub(super) glance: Glance,
    /// The requests with it that showed nothing, because the controls were not good then.
    pub(super) spent: usize,
    /// The line that took back what was said of it.
    pub(super) withdrawn: Option<Decided>,
    /// An edge blocked it, and that is counted.
    pub(super) was_blocked: bool,
}

/// Something came to its end.
pub(super) enum Event {
    /// One request with a key.
    Glanced(Box<Candidate>),
    /// The whole examination of one.
    Examined(Box<Examined>),
    /// The controls were asked, and where there was a doubt, keys that had worked; after so many pauses.
    Looked(usize, Vec<(String, Observation)>, Vec<Observation>),
    /// The wait before they are asked again.
    Rested,
}

/// A key that was examined.
pub(super) struct Examined {
    pub(super) candidate: Candidate,
    /// The result; none where a signal ended the examination.
    pub(super) decided: Option<Decided>,
    pub(super) began_at: DateTime<Utc>,
    /// The requests with it.
    pub(super) requests: usize,
    /// Requests that no key of the list is answerable for.
    pub(super) controls: usize,
    /// The working key beside it was refused.
    pub(super) is_control_refused: bool,
    /// Takes its secrets out of texts.
    pub(super) redactor: Redactor,
}

impl Candidate {
    pub(super) fn new(listed: &Listed) -> Result<Self, BadLine> {
        let keyring = listed.keyring(TIME)?;
        let key = keyring.used().filter(|key| key.is_secret());
        Ok(Self {
            name: listed.name.clone(),
            place: listed.place(),
            fingerprint: key.map(ApiKey::fingerprint),
            keyring,
            glance: Glance::default(),
            spent: 0,
            withdrawn: None,
            was_blocked: false,
        })
    }

    /// The result, where one request was enough for it.
    pub(super) fn decided(&self) -> Option<Decided> {
        let diagnosis = self.glance.diagnosis.as_ref()?;
        Some(Decided {
            requests: self.spent + self.glance.requests,
            expires_at: self.glance.expires_at,
            ..Decided::new(self.name.clone(), &self.place, self.fingerprint.clone(), diagnosis)
        })
    }

    /// Examines it as `check` does; `working` is a key that was accepted a moment ago.
    pub(super) async fn examined(
        self,
        lab: &Lab,
        given: &Keys,
        working: Option<ApiKey>,
        wanted: &Requirements,
    ) -> Result<Examined, Usage> {
        let known_good = given.known_good.clone().or(working);
        let keyring = self.keyring.clone();
        let keys = Keys { keyring, known_good, send_anyway: given.send_anyway };
        let subject = lab.subject(keys, Vec::new()).await;
        let Examination { facts, ledger } = Box::pin(examine(lab, &subject, &|_| ())).await?;
        let is_control_refused = facts
            .observations
            .iter()
            .any(|seen| seen.credential == Credential::KnownGood && REFUSED.contains(&seen.class));
        let ends = expires_at(&facts).or(self.glance.expires_at);
        let mut record = judge::record(facts, ledger.added_to(Redaction::default()));
        requirements::apply(&mut record, wanted);
        // Where the key was not sent, whatever was sent would have done for any other one.
        let all = record.summary.requests;
        let own = if subject.keys.real().is_some() { all } else { 0 };
        let (name, fingerprint) = (self.name.clone(), self.fingerprint.clone());
        let decided = Decided {
            requests: self.spent + self.glance.requests + own,
            expires_at: ends,
            ..Decided::new(name, &self.place, fingerprint, &record.diagnosis)
        };
        let is_whole = record.run.ended_by != Some(EndedBy::Interrupt);
        let decided = is_whole.then_some(decided);
        Ok(Examined {
            decided,
            began_at: record.run.started_at,
            requests: self.glance.requests + own,
            controls: all - own,
            is_control_refused,
            candidate: self,
            redactor: subject.redactor,
        })
    }
}
