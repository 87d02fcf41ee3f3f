//! The endpoints of V3 beside the two that are asked with every credential: they count as well.

use std::collections::BTreeSet;

use super::case::{Case, TRANSIENT};
use super::group::Group;
use super::group::REFUSED;
use crate::heygen::endpoint::UNKNOWN_ROUTE;
use crate::heygen::endpoint::{ME, SELF};
use crate::record::class::Class;
use crate::record::facts::Reason;
use crate::record::probe::{ApiVersion, Credential};
use crate::text::list;

/// Classes that say nothing of a key where they are the answer to a list: it isn't offered here, or
/// wants to be asked otherwise.
const NOT_ABOUT_KEYS: &[Class] =
    &[Class::RouteNotFound, Class::ResourceNotFound, Class::BadRequest, Class::Gone];

impl<'a> Case<'a> {
    /// One credential as documented on the other endpoints of V3.
    pub(super) fn lists(&self, credential: Credential) -> Group<'a> {
        self.seen.filter(|seen| {
            seen.api_version == ApiVersion::V3
                && seen.credential == credential
                && self.documented(&seen.variant)
                && !matches!(seen.endpoint.as_str(), SELF | ME)
                && seen.endpoint != UNKNOWN_ROUTE.id
        })
    }

    /// The lists that refuse the real key each time.
    pub(super) fn lists_refusing(&self) -> Group<'a> {
        let lists = self.lists(Credential::Real);
        let accepted = lists.of(&[Class::Ok]);
        lists.of(REFUSED).filter(|seen| accepted.at(&seen.endpoint).is_empty())
    }

    /// The lists that accept the real key at one time and refuse the identical request at another.
    pub(super) fn lists_wavering(&self) -> Group<'a> {
        let lists = self.lists(Credential::Real);
        let (accepted, refused) = (lists.of(&[Class::Ok]), lists.of(REFUSED));
        accepted.and(&refused).filter(|seen| {
            !accepted.at(&seen.endpoint).is_empty() && !refused.at(&seen.endpoint).is_empty()
        })
    }

    /// The lists that accept the real key each time; none where lists let a control in, for then
    /// acceptance shows nothing.
    pub(super) fn lists_accepting(&self) -> Group<'a> {
        let lists = self.lists(Credential::Real);
        let refused = lists.of(REFUSED);
        let controls = self.lists(Credential::None).and(&self.lists(Credential::MadeUp));
        if !controls.successes().is_empty() {
            return Group::default();
        }
        lists.of(&[Class::Ok]).filter(|seen| refused.at(&seen.endpoint).is_empty())
    }

    /// The lists that neither accept nor refuse the key: they fail, hang, or put it off.
    pub(super) fn lists_unclear(&self) -> Group<'a> {
        self.lists(Credential::Real).not_of(&[Class::Ok]).not_of(REFUSED).not_of(NOT_ABOUT_KEYS)
    }

    /// Lists that accept the real key and refuse a made-up one: they show that the key lives.
    pub(super) fn lives_by_lists(&self) -> Group<'a> {
        let made_up = self.lists(Credential::MadeUp).not_of(TRANSIENT);
        if self.let_a_control_in() {
            return Group::default();
        }
        self.lists_accepting()
            .filter(|seen| made_up.at(&seen.endpoint).all_of(&[Class::Unauthenticated]))
    }

    /// Neither of the two endpoints that are asked first is offered here, to nobody, and lists are.
    pub(super) fn lists_stand_in(&self) -> bool {
        let offered = |credential| {
            !self.lists(credential).answered().not_of(&[Class::RouteNotFound]).is_empty()
        };
        self.is_not_offered(ME)
            && self.is_not_offered(SELF)
            && (offered(Credential::None) || offered(Credential::MadeUp))
    }

    /// Questions to V3 were ended early: what was not asked may have come out otherwise.
    pub(super) fn ended_early(&self) -> bool {
        self.facts.run.not_sent.iter().any(|entry| {
            let legacy = ["v1.", "v2."].iter().any(|version| entry.probe.starts_with(version));
            entry.reason == Some(Reason::Stopped) && !legacy
        })
    }
}

/// The paths of these answers, each once.
pub(super) fn endpoints<'a>(group: &Group<'a>) -> BTreeSet<&'a str> {
    group.iter().map(|seen| seen.endpoint.as_str()).collect()
}

/// The versions of the API that these were sent to: `V1 and V2`.
pub(super) fn versions(group: &Group<'_>) -> String {
    let versions: BTreeSet<String> =
        group.iter().map(|seen| seen.api_version.to_string().to_uppercase()).collect();
    list(&versions.into_iter().collect::<Vec<_>>())
}

/// The paths of these answers as a part of a sentence: `/v3/voices` and 2 more.
pub(super) fn paths(group: &Group<'_>) -> String {
    let paths: BTreeSet<&str> = group
        .iter()
        .map(|seen| seen.path.split('?').next().unwrap_or(seen.path.as_str()))
        .collect();
    crate::text::first_few(paths.into_iter().map(|path| format!("`{path}`")).collect(), 4)
}
