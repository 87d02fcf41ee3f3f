//! The key under test, and other keys beside it: all that belongs to one examination.

use super::Site;
use crate::key::source::Keyring;
use crate::key::{ApiKey, Kind};
use crate::plan::Brief;
use crate::redact::{Other, Redactor};

/// The keys of one examination.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The keys of all sources; the first that holds one is under test.
    pub keyring: Keyring,
    /// A key that is known to work.
    pub known_good: Option<ApiKey>,
    /// Another vendor's key is sent, too, and a value that can't be a key.
    pub send_anyway: bool,
}

impl Keys {
    /// The key under test, where it may be sent.
    #[must_use]
    pub fn real(&self) -> Option<&ApiKey> {
        self.keyring.used().filter(|_| self.withheld().is_none())
    }

    /// The facts that the plan needs; no key is among them.
    #[must_use]
    pub fn brief(&self, site: &Site) -> Brief {
        let used = self.keyring.used();
        let kind = used.map(ApiKey::kind);
        let never_encoded =
            matches!(kind, Some(Kind::UserKey | Kind::PartnerKey | Kind::LegacyKey | Kind::Jwt));
        Brief {
            profile: site.asked.profile,
            real: self.real().is_some(),
            withheld: self.withheld(),
            oauth: self.keyring.used_is_oauth(),
            repairable: used.is_some_and(|key| key.repaired().is_some()),
            encodable: used.is_some() && !never_encoded,
            decodable: used.is_some_and(|key| key.base64_decoded().is_some()),
            known_good: self.known_good.is_some(),
            others: self.keyring.others().into_iter().map(|(number, _, _)| number).collect(),
            patterns: site.asked.patterns.clone(),
            only: site.asked.only.clone(),
            skip: site.asked.skip.clone(),
            unknown_path: site.asked.unknown_path.clone(),
            wrong_host: site.other_service().map(str::to_owned),
        }
    }

    /// Takes every secret out of texts: these keys, the `made_up` one, and the secrets of the
    /// `site`; `shown` is what the user gave to be shown.
    #[must_use]
    pub fn redactor(
        &self,
        site: Vec<Other>,
        made_up: Option<&ApiKey>,
        shown: &[String],
    ) -> Redactor {
        // A server that echoes keys in any form answers the made-up one and the real one alike.
        let keys: Vec<&ApiKey> =
            self.keyring.all().into_iter().chain(&self.known_good).chain(made_up).collect();
        let tokens = self.keyring.extra_secrets().into_iter().map(Other::Token);
        let others: Vec<Other> = tokens.chain(site).collect();
        Redactor::new(&keys, &others, shown)
    }

    fn withheld(&self) -> Option<String> {
        let withheld = self.keyring.used()?.withheld()?;
        let lifted = self.send_anyway || self.keyring.used_is_oauth();
        (!(lifted && withheld.can_be_lifted())).then(|| withheld.to_string())
    }
}
