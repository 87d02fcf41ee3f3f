//! The controls beside the key. An answer that they get as well says nothing of the key; where they
//! show that nobody looked at the key, nothing is said of it at all.

use super::case::{Case, TRANSIENT, envelope};
use super::group::Group;
use super::weighed::Weighed;
use crate::record::class::Class;
use crate::record::diagnosis::Standing;
use crate::record::observation::{BodyKind, Envelope, Observation};
use crate::record::probe::Credential;

impl<'a> Case<'a> {
    /// The controls behave as HeyGen's must: refused without a valid key.
    pub(super) fn controls_refused(&self) -> bool {
        [self.none(), self.made_up()]
            .iter()
            .all(|control| control.not_of(TRANSIENT).all_of(&[Class::Unauthenticated]))
    }

    /// The made-up key on the paths of these answers, where its answer decides anything.
    pub(super) fn made_up_beside(&self, told: &Group<'_>) -> Group<'a> {
        self.made_up()
            .not_of(TRANSIENT)
            .filter(|control| told.iter().any(|seen| seen.endpoint == control.endpoint))
    }

    /// A made-up key is refused as unauthenticated on the paths of these answers: then
    /// another answer to the real key shows that it was recognised.
    pub(super) fn made_up_refused_beside(&self, told: &Group<'_>) -> bool {
        self.made_up_beside(told).all_of(&[Class::Unauthenticated])
    }

    /// The key was accepted on a path where a made-up key is refused.
    pub(super) fn accepted_and_not_made_up(&self) -> bool {
        self.made_up_refused_beside(&self.real().of(&[Class::Ok]))
    }

    /// The controls show that these answers are about this key: a made-up key is refused
    /// on the same paths, or, where it got no answer there, on another path that accepts the key.
    pub(super) fn tells_apart(&self, told: &Group<'_>) -> bool {
        self.made_up_refused_beside(told)
            || (self.made_up_beside(told).is_empty() && self.accepted_and_not_made_up())
    }

    /// The source whose key works and the one whose key is used, where that one's doesn't.
    pub(super) fn conflict(&self) -> Option<(&'a str, &'a str)> {
        if self.real().any_of(&[Class::Ok]) || !self.made_up().of(&[Class::Ok]).is_empty() {
            return None;
        }
        let working = self.seen.iter().find_map(|seen| match seen.credential {
            Credential::Other(n) if seen.class == Class::Ok => Some(n),
            _ => None,
        })?;
        let credential = &self.facts.credential;
        let works = credential.sources.get(working)?;
        Some((&works.source, credential.source.as_deref().unwrap_or("the source in use")))
    }

    /// Requests without a valid key are refused in the form of V3.
    pub(super) fn refuses_as_the_api(&self) -> bool {
        let controls = self.none().and(&self.made_up()).not_of(TRANSIENT);
        controls.all_of(&[Class::Unauthenticated])
            && controls.iter().all(|seen| envelope(seen) == Envelope::V3)
    }

    /// Every control that was answered was answered as HeyGen answers it, whatever was left out.
    pub(super) fn as_far_as_asked(&self) -> bool {
        let keys = self.none().and(&self.made_up());
        keys.not_of(&[Class::Unauthenticated]).is_empty()
            && self.unknown_route().not_of(&[Class::RouteNotFound]).is_empty()
    }

    /// The key of `--control-env`, where it is refused and never accepted.
    pub(super) fn known_good_refused(&self) -> Group<'a> {
        let known = self.seen.filter(|seen| {
            seen.credential == Credential::KnownGood && self.documented(&seen.variant)
        });
        if known.any_of(&[Class::Ok]) {
            Group::default()
        } else {
            known.of(&[Class::Unauthenticated])
        }
    }

    /// Any key is refused outside the API's forms, and no key in one of them.
    pub(super) fn gateway_refuses(&self, refused: &Group<'_>) -> bool {
        let none = self.none().of(&[Class::Unauthenticated]);
        let made_up = self.made_up().of(&[Class::Unauthenticated]);
        let formless = |group: &Group<'_>| {
            !group.is_empty() && group.iter().all(|seen| envelope(seen) == Envelope::None)
        };
        formless(refused)
            && formless(&made_up)
            && !none.is_empty()
            && none.iter().all(|seen| envelope(seen) == Envelope::V3)
    }

    /// Untested, where no answer shows that anybody looked at the key; nothing about it can be
    /// ruled out then.
    pub(super) fn unchecked(&self) -> Option<Weighed> {
        let real = self.real();
        let answered = real.answered();
        if real.is_empty() && !self.cut_off() {
            return Some(Weighed::untested("No key was sent."));
        }
        if answered.is_empty() {
            return Some(Weighed::untested("No answer to the key came."));
        }
        let judged = answered.filter(|seen| self.shows_a_check(seen));
        judged.is_empty().then(|| {
            Weighed::new(Standing::Untested)
                .against(&answered, "The key wasn't checked: no answer to it is about a key.")
        })
    }

    /// Ruled out, if anybody looked at the key.
    pub(super) fn ruled_out(&self, group: &Group<'_>, why: impl Into<String>) -> Weighed {
        self.unchecked().unwrap_or_else(|| Weighed::ruled_out(group, why))
    }

    /// This answer shows that somebody looked at the key.
    ///
    /// 1. It refuses a credential: yes.
    /// 2. A made-up key gets an answer of the same class there: no.
    /// 3. It is a web page: no, whoever sent it.
    /// 4. A made-up key gets another answer there: yes.
    /// 5. No made-up key was answered there: by its class.
    fn shows_a_check(&self, seen: &Observation) -> bool {
        let beside = self.made_up_beside(&Group(vec![seen]));
        let is_page = seen.answer().is_some_and(|answer| answer.body.kind == BodyKind::Html);
        if seen.class == Class::Unauthenticated {
            true
        } else if beside.any_of(&[seen.class]) || is_page {
            false
        } else {
            !beside.is_empty() || ABOUT_A_KEY.contains(&seen.class)
        }
    }
}

/// Classes that only whoever looks at keys answers with.
const ABOUT_A_KEY: &[Class] = &[
    Class::Ok,
    Class::PaymentRequired,
    Class::InsufficientScope,
    Class::Forbidden,
    Class::ApiNotEnabled,
    Class::Suspended,
    Class::QuotaExceeded,
    Class::ResourceNotFound,
];
