//! Who is asking: which credential a request carries, and where.
//!
//! API keys go into `X-Api-Key`, OAuth tokens into `Authorization: Bearer` (`OpenAPI` of
//! developers.heygen.com, `ApiKeyAuth` and `BearerAuth`); an API key as bearer is refused
//! (the original support ticket).

use serde::Deserialize;

use super::request::Request;
use super::scenario::Scenario;

/// Where a credential stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Place {
    /// `X-Api-Key`, in any spelling.
    #[serde(rename = "x-api-key")]
    ApiKey,
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Token`.
    Token,
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization` without a scheme.
    Bare,
}

/// Whose credential it is, as the double sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Holder {
    /// Nobody's: there is none.
    None,
    /// The key that HeyGen issued to this user, wherever it stands.
    Real,
    /// The key as configured, where that is not the issued one.
    Given,
    /// Any other.
    Other,
}

/// The sender of one request.
#[derive(Clone, Debug)]
pub(super) struct Visitor {
    /// Whose credential it carries.
    pub(super) holder: Holder,
    /// Where that credential stands.
    pub(super) place: Option<Place>,
    /// The credential as text, for servers that repeat it.
    pub(super) value: String,
    /// Whether the default behaviour lets it in.
    pub(super) accepted: bool,
}

impl Visitor {
    /// Reads the headers; `x-api-key` goes before `authorization`, and a known key before both.
    pub(super) fn of(request: &Request, scenario: &Scenario) -> Self {
        let presented = presented(request);
        let issued = scenario.issued().map(str::as_bytes);
        let given = scenario.key.as_deref().map(str::as_bytes);
        let holder_of = |value: &[u8]| match value {
            _ if Some(value) == issued => Holder::Real,
            _ if Some(value) == given => Holder::Given,
            _ => Holder::Other,
        };
        let account = &scenario.account;
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
