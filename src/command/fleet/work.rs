//! What is under way for a fleet.

use crate::command::keys::TIME;
use crate::config::Keys;
use crate::config::roster::{BadLine, Listed};
use crate::doctor::{Examination, Glance, examine};
use crate::error::Usage;
use crate::fleet::Decided;
use crate::judge::requirements::{self, Requirements};
use crate::judge::{self, expires_at};
use crate::key::ApiKey;
use crate::key::source::Keyring;
use crate::record::Redaction;
use crate::record::facts::EndedBy;
use crate::record::observation::Observation;
use crate::redact::Redactor;
use crate::run::Lab;

/// A key whose turn has come.
pub(super) struct Candidate {
    pub(super) name: String,
    pub(super) fingerprint: Option<String>,
    pub(super) keyring: Keyring,
    /// What one request with it showed.
    pub(super) glance: Glance,
}

/// Something came to its end.
pub(super) enum Event {
    /// One request with a key.
    Glanced(Box<Candidate>),
    /// The whole examination of one.
    Examined(Box<Examined>),
    /// The controls were asked.
    Looked(Vec<(String, Observation)>),
    /// The wait before they are asked again.
    Rested,
}

/// A key that was examined.
pub(super) struct Examined {
    /// The result; none where a signal ended the examination.
    pub(super) decided: Option<Decided>,
    pub(super) keyring: Keyring,
    /// Takes its secrets out of texts.
    pub(super) redactor: Redactor,
}

impl Candidate {
    pub(super) fn new(listed: &Listed) -> Result<Self, BadLine> {
        let keyring = listed.keyring(TIME)?;
        let key = keyring.used().filter(|key| key.is_secret());
        Ok(Self {
            name: listed.name.clone(),
            fingerprint: key.map(ApiKey::fingerprint),
            keyring,
            glance: Glance::default(),
        })
    }

    /// The result, where one request was enough for it.
    pub(super) fn decided(&self) -> Option<Decided> {
        let diagnosis = self.glance.diagnosis.as_ref()?;
        Some(Decided {
            requests: self.glance.requests,
            expires_at: self.glance.expires_at,
            ..Decided::new(self.name.clone(), self.fingerprint.clone(), diagnosis)
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
        let keys = Keys { keyring: self.keyring, known_good, send_anyway: given.send_anyway };
        let subject = lab.subject(keys, Vec::new()).await;
        let Examination { facts, ledger } = Box::pin(examine(lab, &subject, &|_| ())).await?;
        let ends = expires_at(&facts).or(self.glance.expires_at);
        let mut record = judge::record(facts, ledger.added_to(Redaction::default()));
        requirements::apply(&mut record, wanted);
        let decided = Decided {
            requests: self.glance.requests + record.summary.requests,
            expires_at: ends,
            ..Decided::new(self.name, self.fingerprint, &record.diagnosis)
        };
        let is_whole = record.run.ended_by != Some(EndedBy::Interrupt);
        let decided = is_whole.then_some(decided);
        Ok(Examined { decided, keyring: subject.keys.keyring, redactor: subject.redactor })
    }
}
