//! What the controls show of the key: nothing is told of it that they are told as well.

use super::case::{Case, PASSING};
use super::group::Group;
use crate::class::Class;

impl<'a> Case<'a> {
    /// Whether the controls behave as HeyGen's must: refused without a valid key.
    pub(super) fn controls_refused(&self) -> bool {
        [self.none(), self.made_up()]
            .iter()
            .all(|control| control.not_of(PASSING).all_of(&[Class::Unauthenticated]))
    }

    /// The made-up key on the paths of these answers, where its answer decides anything.
    pub(super) fn made_up_beside(&self, told: &Group<'_>) -> Group<'a> {
        self.made_up().not_of(PASSING).filter(|control| {
            told.0.iter().any(|seen| seen.observation.endpoint == control.observation.endpoint)
        })
    }

    /// Whether a made-up key is refused as unauthenticated on the paths of these answers: then
    /// another answer to the real key shows that it was recognised.
    pub(super) fn made_up_refused_beside(&self, told: &Group<'_>) -> bool {
        self.made_up_beside(told).all_of(&[Class::Unauthenticated])
    }

    /// Whether the key was accepted on a path where a made-up key is refused.
    pub(super) fn accepted_and_not_made_up(&self) -> bool {
        self.made_up_refused_beside(&self.real().of(&[Class::Ok]))
    }

    /// Whether the controls show that these answers are about this key: a made-up key is refused
    /// on the same paths, or, where it got no answer there, on another path that accepts the key.
    pub(super) fn tells_apart(&self, told: &Group<'_>) -> bool {
        self.made_up_refused_beside(told)
            || (self.made_up_beside(told).is_empty() && self.accepted_and_not_made_up())
    }
}
