//! The names under which the doctor asks: some servers talk to other programs only.

use super::case::Case;
use super::group::REFUSED;
use crate::heygen::endpoint::UNKNOWN_ROUTE;
use crate::record::class::Class;
use crate::record::probe::{Credential, variant};

/// The refusals under the doctor's own name that show them to be no chance.
const ALWAYS: usize = 5;

impl Case<'_> {
    /// The variant of a user agent that the server talks to, where it doesn't talk to our own.
    pub(super) fn unblocked_agent(&self) -> Option<&'static str> {
        [variant::UA_CURL, variant::UA_BROWSER]
            .into_iter()
            .map(|variant| variant.id)
            .find(|id| self.passes_a_block(id) || self.opens(id) || self.tells_routes_apart(id))
    }

    /// Without a key, our own name is blocked, and this one is refused as HeyGen refuses.
    fn passes_a_block(&self, agent: &str) -> bool {
        self.none().and(&self.unknown_route()).all_of(&[Class::EdgeBlock, Class::Forbidden])
            && self.ask(Credential::None, agent).any_of(&[Class::Unauthenticated])
    }

    /// The key is refused under our own name each time, and accepted under this one, which doesn't
    /// open the door to a made-up key.
    fn opens(&self, agent: &str) -> bool {
        let own = self.real().answered();
        own.len() >= ALWAYS
            && own.all_of(REFUSED)
            && self.ask(Credential::Real, agent).all_of(&[Class::Ok])
            && self.ask(Credential::MadeUp, agent).all_of(&[Class::Unauthenticated])
    }

    /// Under our own name every path is refused alike, and under this one only those that exist.
    fn tells_routes_apart(&self, agent: &str) -> bool {
        let (none, unknown) = (self.none().answered(), self.unknown_route().answered());
        let refused = |class| none.all_of(&[class]) && unknown.all_of(&[class]);
        let there = self.seen.at(UNKNOWN_ROUTE.id).filter(|seen| seen.variant == agent).answered();
        [Class::Unauthenticated, Class::Forbidden].into_iter().any(refused)
            && there.all_of(&[Class::RouteNotFound])
            && self.ask(Credential::None, agent).any_of(&[Class::Unauthenticated])
    }
}
