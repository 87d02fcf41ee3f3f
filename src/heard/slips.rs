//! What is wrong with a request apart from the value of its key: a table, one row each.

use serde_json::Value;

use super::Sent;
use super::credential::{Found, Place};
use super::sent::bare;
use crate::heygen::{host, route};
use crate::key::Kind;
use crate::record::heard::{Form, Heard, Presented, Slip, Via};

/// Requests about a session that has to be named in the body (docs.heygen.com, streaming API).
const IN_SESSION: [&str; 5] = ["start", "task", "stop", "interrupt", "ice"];
/// The one request that mints a token and wants an empty JSON object.
const MINTS: &str = "/v1/streaming.create_token";
/// What programs write where there is no value.
const NOTHING: [&str; 5] = ["", "undefined", "null", "None", "nan"];

/// A request and what was found in it.
struct Look<'a> {
    sent: &'a Sent,
    found: &'a [Found],
    presented: &'a [Presented],
}

/// Everything that is wrong with a request, or noteworthy.
pub(super) fn of(sent: &Sent, found: &[Found], presented: &[Presented]) -> Vec<Slip> {
    let look = Look { sent, found, presented };
    Slip::ALL.into_iter().filter(|slip| applies(*slip, &look)).collect()
}

/// What calls for a slip.
fn applies(slip: Slip, look: &Look<'_>) -> bool {
    match slip {
        Slip::SingleQuotes | Slip::OutsideTheLine => {
            look.has_none() && look.sent.noted.contains(&slip)
        }
        Slip::NoCredential => {
            look.has_none()
                && !look.sent.sanitized
                && !look.sent.noted.contains(&Slip::OutsideTheLine)
        }
        Slip::NotRecorded => look.has_none() && look.sent.sanitized,
        Slip::OtherHeader => look.only(Place::OtherHeader),
        Slip::KeyInUrl => look.only(Place::Url),
        Slip::KeyInBody => look.only(Place::Body) && !look.at(Place::Url),
        Slip::KeyElsewhereToo => look.elsewhere_too(),
        Slip::KeyInAuthorization => look.key_in_authorization(),
        Slip::OtherScheme => look.other_scheme(),
        Slip::LoginInKeyHeader => look.login_in_key_header(),
        Slip::TwoCredentials => look.two(),
        // Only the request before it tells.
        Slip::LostOnRedirect => false,
        Slip::OtherHost => {
            !is_the_api(look.sent)
                && !look.sent.is_host_unexpanded()
                && is_relevant(look.sent, look.found)
        }
        Slip::UnexpandedHost => {
            look.sent.is_host_unexpanded() && is_relevant(look.sent, look.found)
        }
        Slip::NotForHeygen => !is_relevant(look.sent, look.found),
        Slip::UnknownPath => look.path() == Some(route::Standing::Unknown),
        Slip::RetiredPath => matches!(look.path(), Some(route::Standing::Retired(_))),
        Slip::OtherServerName | Slip::OffersHttp2 => look.sent.noted.contains(&slip),
        Slip::PlainHttp => {
            look.sent.noted.contains(&slip)
                && is_relevant(look.sent, look.found)
                && !is_loopback(&look.sent.host)
        }
        Slip::OtherMethod => look.other_method(),
        Slip::NoSessionId => look.no_session_id(),
        Slip::NoBody => look.mints() && look.sent.body_known && look.sent.body_bytes == 0,
        Slip::NoContentType => look.no_content_type(),
        Slip::Unexpanded => look.found.iter().any(|one| one.is_unexpanded),
    }
}

impl Look<'_> {
    fn has_none(&self) -> bool {
        self.found.is_empty() && !["OPTIONS", "CONNECT"].contains(&self.sent.method.as_str())
    }

    fn at(&self, place: Place) -> bool {
        self.found.iter().any(|one| one.place == place)
    }

    fn only(&self, place: Place) -> bool {
        let read = self.at(Place::KeyHeader) || self.at(Place::Authorization);
        !read && self.at(place)
    }

    fn elsewhere_too(&self) -> bool {
        let is_read = self.at(Place::KeyHeader) || self.at(Place::Authorization);
        is_read && (self.at(Place::Url) || self.at(Place::Body))
    }

    fn key_in_authorization(&self) -> bool {
        let pairs = self.found.iter().zip(self.presented);
        let is_key = |(one, presented): (&Found, &Presented)| {
            one.place == Place::Authorization
                && !one.is_unexpanded
                && !one.is_basic()
                && (one.key.is_heygens() || is_known_key(presented))
        };
        !self.at(Place::KeyHeader) && pairs.into_iter().any(is_key)
    }

    /// Something that may be a login, in a scheme that HeyGen doesn't have.
    fn other_scheme(&self) -> bool {
        !self.at(Place::KeyHeader)
            && !self.key_in_authorization()
            && self.found.iter().any(|one| {
                one.place == Place::Authorization
                    && !one.scheme.eq_ignore_ascii_case("bearer")
                    && !matches!(one.key.kind(), Kind::Placeholder | Kind::Empty)
            })
    }

    fn login_in_key_header(&self) -> bool {
        self.found.iter().zip(self.presented).any(|(one, presented)| {
            one.place == Place::KeyHeader && presented.is_login && !one.is_unexpanded
        })
    }

    fn two(&self) -> bool {
        let read: Vec<&Found> = self
            .found
            .iter()
            .filter(|one| matches!(one.place, Place::KeyHeader | Place::Authorization))
            .collect();
        read.windows(2).any(|pair| pair[0].key.whole() != pair[1].key.whole())
    }

    /// What is known of the path, where the host is the API's.
    fn path(&self) -> Option<route::Standing> {
        let is_known = is_the_api(self.sent)
            && self.sent.method != "CONNECT"
            && !self.sent.unexpanded.iter().any(|variable| self.sent.target.contains(variable));
        is_known.then(|| route::standing(&self.sent.target))
    }

    fn is_to(&self, path: &str) -> bool {
        self.sent.target.split('?').next() == Some(path)
    }

    fn mints(&self) -> bool {
        self.is_to(MINTS) && self.sent.method == "POST"
    }

    fn other_method(&self) -> bool {
        let is_list = ["/v1/avatar.list", "/v1/voice.list", "/v2/avatars", "/v2/voices"]
            .into_iter()
            .any(|path| self.is_to(path));
        (is_list && self.sent.method == "POST") || (self.is_to(MINTS) && self.sent.method == "GET")
    }

    fn no_session_id(&self) -> bool {
        let is_about_one =
            IN_SESSION.iter().any(|verb| self.is_to(&format!("/v1/streaming.{verb}")));
        if !is_about_one || !self.sent.body_known {
            return false;
        }
        let body: Option<Value> = serde_json::from_slice(&self.sent.body).ok();
        let id = body.as_ref().and_then(|body| body.get("session_id")?.as_str());
        id.is_none_or(|id| NOTHING.contains(&id.trim()))
    }

    /// JSON that isn't said to be JSON, as `curl -d` sends it.
    fn no_content_type(&self) -> bool {
        let named = self.sent.header("content-type").unwrap_or_default().to_ascii_lowercase();
        let named = String::from_utf8_lossy(&named);
        let is_json = self.sent.body.trim_ascii_start().starts_with(b"{");
        let wants = is_json || (self.mints() && self.sent.body_known);
        wants && !named.contains("json") && !named.starts_with("multipart/")
    }
}

/// True for a key that the doctor knows, not the token of a login.
fn is_known_key(presented: &Presented) -> bool {
    !presented.is_login && !matches!(presented.form, Form::Unknown | Form::Placeholder)
}

fn is_loopback(host: &str) -> bool {
    let host = bare(host);
    host == "localhost" || host == "[::1]" || host.starts_with("127.")
}

/// The request was meant for HeyGen's API: its host, or one that stands in for it.
fn is_the_api(sent: &Sent) -> bool {
    host::is_the_api(&format!("https://{}", sent.host))
        || sent.via == Via::BaseUrl
        || (is_loopback(&sent.host) && route::is_versioned(&sent.target))
}

/// True where a request is about HeyGen: by its host, or by the key in it.
pub(super) fn is_relevant(sent: &Sent, found: &[Found]) -> bool {
    let host = bare(&sent.host).to_ascii_lowercase();
    let is_heygens = host == "heygen.com" || host.ends_with(".heygen.com");
    let is_near = is_heygens || host::other_service(&format!("https://{host}")).is_some();
    // The pages of the web app need no key: no program meant them for the API.
    let is_near = is_near || sent.is_host_unexpanded();
    is_the_api(sent)
        || is_near && (!found.is_empty() || route::is_versioned(&sent.target))
        || found.iter().any(|one| one.place != Place::Body && one.key.is_heygens())
}

/// A redirect was followed, and the key left behind.
pub(super) fn is_lost_on_redirect(before: &Heard, after: &Heard) -> bool {
    let was_led_on = before
        .answered
        .as_ref()
        .and_then(|answered| answered.status)
        .is_some_and(|status| (300..400).contains(&status) && status != 304);
    was_led_on && !before.credentials.is_empty() && after.has(Slip::NoCredential)
}
