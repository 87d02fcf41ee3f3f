//! The sender of a request: the credential that it carries, and its place.
//!
//! API keys go into `X-Api-Key`, OAuth tokens into `Authorization: Bearer` (`OpenAPI` of
//! developers.heygen.com, `ApiKeyAuth` and `BearerAuth`); an API key as bearer is refused
//! (the original support ticket).

use super::account::Account;
use super::terms::{Holder, Place};
use crate::serve::Request;

/// The sender of one request.
#[derive(Clone, Debug)]
pub(super) struct Visitor {
    /// The owner of its credential.
    pub(super) holder: Holder,
    /// The place of that credential.
    pub(super) place: Option<Place>,
    /// The credential as text, for servers that repeat it.
    pub(super) value: String,
    /// The default behaviour lets it in.
    pub(super) accepted: bool,
}

impl Visitor {
    /// Reads the headers; `x-api-key` goes before `authorization`, and a known key before both.
    pub(super) fn of(request: &Request, given: Option<&str>, account: &Account) -> Self {
        let presented = presented(request);
        let holder_of = |value: &[u8]| match value {
            _ if Some(value) == account.issued(given).map(str::as_bytes) => Holder::Real,
            _ if Some(value) == given.map(str::as_bytes) => Holder::Given,
            _ => Holder::Other,
        };
        let accepted = presented.iter().any(|(place, value)| {
            let real = account.known && holder_of(value) == Holder::Real && *place == account.takes;
            let other = account.other_keys.iter().any(|key| key.as_bytes() == *value);
            real || (other && *place == Place::ApiKey)
        });
        let Some((place, value)) = presented
            .iter()
            .find(|(_, value)| holder_of(value) != Holder::Other)
            .or_else(|| presented.first())
        else {
            return Self { holder: Holder::None, place: None, value: String::new(), accepted };
        };
        let text = String::from_utf8_lossy(value).into_owned();
        Self { holder: holder_of(value), place: Some(*place), value: text, accepted }
    }
}

fn presented(request: &Request) -> Vec<(Place, &[u8])> {
    let keys = request.values("x-api-key").map(|value| (Place::ApiKey, value));
    let rest = request.values("authorization").map(authorization);
    keys.chain(rest).filter(|(_, value)| !value.is_empty()).collect()
}

fn authorization(value: &[u8]) -> (Place, &[u8]) {
    let scheme = |name: &str| {
        let (head, tail) = value.split_at_checked(name.len())?;
        let fits = head.eq_ignore_ascii_case(name.as_bytes()) && tail.starts_with(b" ");
        fits.then(|| tail.trim_ascii())
    };
    [("Bearer", Place::Bearer), ("Token", Place::Token), ("Basic", Place::Basic)]
        .into_iter()
        .find_map(|(name, place)| scheme(name).map(|rest| (place, rest)))
        .unwrap_or((Place::Bare, value))
}
