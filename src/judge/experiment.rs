//! The key in another form, beside a made-up key in the same form.

use super::case::{Case, TRANSIENT};
use super::group::Group;
use super::weighed::Weighed;
use crate::record::class::Class;
use crate::record::probe::{Credential, Variant, variant};

impl<'a> Case<'a> {
    /// The key in another form than the one given. Accepted shows something only if it is accepted
    /// every time, and a made-up key in the same form is refused on the same path.
    pub(super) fn opened_by(&self, variant: &Variant) -> Experiment<'a> {
        let real = self.ask(Credential::Real, variant.id);
        let made_up = self.ask(Credential::MadeUp, variant.id);
        let accepted = real.of(&[Class::Ok]);
        let outcome = if real.is_empty() {
            Opened::NotAsked
        } else if accepted.is_empty() {
            if real.any_of(&[Class::Unauthenticated]) { Opened::No } else { Opened::Unclear }
        } else if made_up.any_of(&[Class::Ok]) {
            Opened::ForAnyKey
        } else if accepted.len() < real.not_of(TRANSIENT).len()
            || self.lets_in_beside(&made_up)
            || self.let_a_control_in()
        {
            Opened::Unclear
        } else if accepted.iter().any(|seen| {
            let beside = made_up.at(&seen.endpoint).not_of(TRANSIENT);
            beside.all_of(&[Class::Unauthenticated])
        }) {
            Opened::Yes
        } else {
            Opened::Alone
        };
        Experiment { outcome, asked: real.and(&made_up) }
    }

    /// A made-up key, as documented or in this form, was answered otherwise than refused.
    fn lets_in_beside(&self, made_up: &Group<'a>) -> bool {
        let sent = self.made_up().and(made_up).answered().not_of(TRANSIENT);
        !sent.not_of(&[Class::Unauthenticated]).is_empty()
    }

    /// The experiment that shows the key to be accepted in another form than the one given.
    pub(super) fn opened_otherwise(&self) -> Option<Group<'a>> {
        OTHER_FORMS
            .iter()
            .map(|variant| self.opened_by(variant))
            .find(|experiment| matches!(experiment.outcome, Opened::Yes | Opened::Alone))
            .map(|experiment| experiment.asked)
    }
}

/// Forms in which a key may be accepted that isn't as it was given.
const OTHER_FORMS: &[&Variant] =
    &[variant::REPAIRED, variant::BASE64, variant::DECODED, variant::BEARER, variant::TITLE_CASE];

/// The outcome of an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// It was not made.
    NotAsked,
    /// The real key was accepted, and a made-up one was refused.
    Yes,
    /// The real key was accepted, and nothing says what becomes of a made-up one.
    Alone,
    /// The real key was refused.
    No,
    /// A made-up key was accepted as well: it shows nothing.
    ForAnyKey,
    /// Neither accepted nor refused.
    Unclear,
}

/// An experiment with the requests that it consisted of.
#[derive(Debug)]
pub(super) struct Experiment<'a> {
    pub(super) outcome: Opened,
    pub(super) asked: Group<'a>,
}

impl Experiment<'_> {
    /// The standing that follows if the key was accepted in another form.
    ///
    /// 1. Refused as given, and a made-up one is refused in this form: confirmed.
    /// 2. Accepted, with one of these two unseen: likely.
    pub(super) fn weigh(&self, real: &Group<'_>, form: &str) -> Option<Weighed> {
        let refused = real.all_of(&[Class::Unsendable]) || real.any_of(&[Class::Unauthenticated]);
        let evidence = real.and(&self.asked);
        match self.outcome {
            Opened::Yes if refused => Some(Weighed::confirmed().because(
                &evidence,
                format!("{form} is accepted; the value as given isn't, nor is a made-up one."),
            )),
            Opened::Yes => Some(Weighed::likely().because(
                &evidence,
                format!("{form} is accepted; whether the value as given is refused wasn't seen."),
            )),
            Opened::Alone => Some(Weighed::likely().because(
                &evidence,
                format!("{form} is accepted; no made-up one was refused beside it."),
            )),
            _ => None,
        }
    }
}
