//! The core of a run: the endpoints whose answers tell of the key.

use super::case::{Case, Core, is_control};
use super::group::Group;
use crate::heygen::endpoint::{ME, SELF};
use crate::record::class::Class;
use crate::record::probe::Credential;

impl<'a> Case<'a> {
    pub(super) fn core_endpoints(&self) -> Core {
        if self.lists_stand_in() {
            Core::Lists
        } else if self.is_beside_the_point(SELF, ME) {
            Core::Only(ME)
        } else if self.is_beside_the_point(ME, SELF) {
            Core::Only(SELF)
        } else {
            Core::Both
        }
    }

    /// The answers of the core to one credential, sent as documented.
    fn core(&self, credential: Credential) -> Group<'a> {
        let at = |is_core: &dyn Fn(&str) -> bool| {
            self.seen.filter(|seen| {
                seen.credential == credential
                    && is_core(&seen.endpoint)
                    && self.documented(&seen.variant)
            })
        };
        match self.core {
            Core::Both => at(&|endpoint| matches!(endpoint, SELF | ME)),
            Core::Only(one) => at(&|endpoint| endpoint == one),
            Core::Lists => {
                let controls = self.lists(Credential::None).and(&self.lists(Credential::MadeUp));
                self.lists(credential).filter(|seen| !controls.at(&seen.endpoint).is_empty())
            }
        }
    }

    /// The answers of one endpoint, whoever asked it in the documented way.
    fn answers_at(&self, endpoint: &str) -> Group<'a> {
        self.seen.at(endpoint).filter(|seen| self.documented(&seen.variant)).answered()
    }

    /// Whoever asks for this endpoint is told that it doesn't exist.
    pub(super) fn is_not_offered(&self, endpoint: &str) -> bool {
        self.answers_at(endpoint).all_of(&[Class::RouteNotFound])
    }

    /// One endpoint of the core isn't offered, or a page in front of it meets everyone, while the
    /// other one is answered otherwise.
    pub(super) fn is_beside_the_point(&self, endpoint: &str, other: &str) -> bool {
        let here = self.answers_at(endpoint);
        let page = |class| {
            here.all_of(&[class])
                && here.iter().any(is_control)
                && here.iter().any(|seen| seen.credential == Credential::Real)
        };
        let there = self.answers_at(other);
        let elsewhere = |class| !there.not_of(&[class]).is_empty();
        (self.is_not_offered(endpoint) && elsewhere(Class::RouteNotFound))
            || [Class::EdgeBlock, Class::NotHeygen].iter().any(|class| {
                page(*class)
                    && there.of(&[Class::Ok]).iter().any(|seen| seen.credential == Credential::Real)
            })
    }

    /// The real key, as documented, on the two core endpoints.
    pub(super) fn real(&self) -> Group<'a> {
        self.core(Credential::Real)
    }

    /// The control without a key.
    pub(super) fn none(&self) -> Group<'a> {
        self.core(Credential::None)
    }

    /// The control with a made-up key.
    pub(super) fn made_up(&self) -> Group<'a> {
        self.core(Credential::MadeUp)
    }
}
