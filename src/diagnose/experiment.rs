//! The key in another form, beside a made-up key in the same form.

use super::case::{Case, PASSING};
use super::group::Group;
use crate::class::Class;
use crate::probe::{Credential, Variant, variant};

impl<'a> Case<'a> {
    /// Whether an experiment got in where the key as given did not: always accepted, and a made-up
    /// key always refused, in this form and in the documented one.
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
        } else if accepted.len() < real.not_of(PASSING).len()
            || !self.refuses_made_up_beside(&made_up)
            || self.let_a_control_in()
        {
            Opened::Unclear
        } else {
            Opened::Yes
        };
        Experiment { outcome, asked: real.and(&made_up) }
    }

    /// Whether every made-up key that was answered was refused, as documented and in this form.
    fn refuses_made_up_beside(&self, made_up: &Group<'a>) -> bool {
        let sent = self.made_up().and(made_up).answered();
        sent.not_of(PASSING).all_of(&[Class::Unauthenticated])
            && (made_up.is_empty() || made_up.all_of(&[Class::Unauthenticated]))
    }

    /// The experiment that shows the key to be accepted in another form than the one given.
    pub(super) fn opened_otherwise(&self) -> Option<Group<'a>> {
        [variant::REPAIRED, variant::BASE64, variant::DECODED, variant::BEARER]
            .into_iter()
            .map(|variant| self.opened_by(variant))
            .find(|experiment| experiment.outcome == Opened::Yes)
            .map(|experiment| experiment.asked)
    }
}

/// What an experiment came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// It was not made.
    NotAsked,
    /// The real key was accepted, a made-up one was not.
    Yes,
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
