//! The forms of answers: which of them V3 of HeyGen's API has.

use super::case::{Case, envelope};
use super::group::Group;
use crate::record::class::Class;
use crate::record::observation::{Envelope, Observation};
use crate::record::probe::ApiVersion;

/// Forms of refusals that V3 of HeyGen's API doesn't have.
const FOREIGN_FORMS: &[Envelope] = &[Envelope::Drf, Envelope::Oauth, Envelope::Problem];

impl<'a> Case<'a> {
    /// Refusals of every control, on a path that can't exist as well, in a form that V3 doesn't have.
    pub(super) fn foreign_refusals(&self) -> Option<Group<'a>> {
        let (none, unknown) = (self.none().answered(), self.unknown_route().answered());
        let foreign = |group: &Group<'a>| {
            group.all_of(&[Class::Forbidden])
                && group.iter().all(|seen| FOREIGN_FORMS.contains(&envelope(seen)))
        };
        (foreign(&none) && foreign(&unknown)).then(|| none.and(&unknown))
    }

    /// A request without a key is refused in a form that V3 isn't known to have.
    pub(super) fn refuses_strangely(&self) -> bool {
        let refused = self.none().of(&[Class::Unauthenticated]);
        let strange =
            |seen: &Observation| matches!(envelope(seen), Envelope::Drf | Envelope::Oauth);
        !refused.is_empty() && refused.iter().all(strange)
    }

    /// Each version refuses in the form that it has at HeyGen. Another API that refuses whatever it is
    /// asked does so in one form.
    pub(super) fn speaks_every_dialect(&self) -> bool {
        let refused = self.seen.of(&[Class::Unauthenticated]);
        let dialects = [
            (ApiVersion::V1, Envelope::V1),
            (ApiVersion::V2, Envelope::V2),
            (ApiVersion::V3, Envelope::V3),
        ];
        dialects.iter().all(|(version, form)| {
            let here = refused.filter(|seen| seen.api_version == *version);
            !here.is_empty() && here.iter().all(|seen| envelope(seen) == *form)
        })
    }

    /// Some answer comes in one of the API's envelopes.
    pub(super) fn speaks_api(&self) -> bool {
        self.everyone()
            .answered()
            .iter()
            .any(|seen| seen.answer().is_some_and(|answer| answer.envelope != Envelope::None))
    }
}
