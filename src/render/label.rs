//! Short words for what the record holds.

use crate::record::Judged;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::diagnosis::Standing;
use crate::record::facts::{EndedBy, Kind, RunInfo, Source};
use crate::record::observation::{FaultKind, Outcome};
use crate::record::probe::variant;
use crate::record::probe::{Credential, Encoding, Placement, Variant, Wire};
use crate::text::{code_span, neutralise};

/// An answer in a word or two: `200 ok`, `401`, `403 scope`, `refused`.
pub(crate) fn outcome(judged: &Judged) -> String {
    match &judged.observation.outcome {
        Outcome::Fault(fault) => fault_word(fault.fault).to_owned(),
        Outcome::Answer(answer) => match class_word(judged.observation.class, answer.status) {
            Some(word) => format!("{} {word}", answer.status),
            None => answer.status.to_string(),
        },
    }
}

/// The word beside a status, where the status alone could mislead.
fn class_word(class: Class, status: u16) -> Option<&'static str> {
    Some(match class {
        Class::Unauthenticated if status == 401 => return None,
        Class::RouteNotFound if status == 404 => return None,
        Class::ServerError | Class::EdgeError if status >= 500 => return None,
        Class::Ok => "ok",
        Class::Unauthenticated => "no auth",
        Class::PaymentRequired => "credit",
        Class::InsufficientScope => "scope",
        Class::Forbidden => "denied",
        Class::ApiNotEnabled => "plan",
        Class::Suspended => "blocked",
        Class::RateLimited => "rate",
        Class::QuotaExceeded => "quota",
        Class::BadRequest => "invalid",
        Class::UnsupportedMediaType => "media",
        Class::MethodNotAllowed => "method",
        Class::RouteNotFound => "no route",
        Class::ResourceNotFound => "no item",
        Class::Gone => "gone",
        Class::Redirect => "away",
        Class::EdgeBlock => "edge",
        Class::NotHeygen => "not API",
        Class::ProxyAuth => "proxy",
        Class::ServerError | Class::Dns | Class::Connect | Class::Tls => "fault",
        Class::EdgeError => "gateway",
        Class::Malformed => "garbled",
        Class::Timeout | Class::Reset => "cut off",
        Class::Unsendable => "not sent",
    })
}

pub(crate) const fn fault_word(fault: FaultKind) -> &'static str {
    match fault {
        FaultKind::Dns => "no DNS",
        FaultKind::Refused => "refused",
        FaultKind::Unreachable => "no route",
        FaultKind::ConnectTimeout | FaultKind::Timeout => "timeout",
        FaultKind::Tls => "TLS",
        FaultKind::Closed => "closed",
        FaultKind::NotHttp => "no HTTP",
        FaultKind::Proxy => "proxy",
        FaultKind::Unsendable => "not sent",
    }
}

/// An answer in words for the middle of a sentence: `accepted`, `refused (401)`,
/// `answered with 403 (scope)`, `failed (TLS)`.
pub(crate) fn result(judged: &Judged) -> String {
    match (judged.observation.class, &judged.observation.outcome) {
        (Class::Ok, _) => "accepted".to_owned(),
        (Class::Unsendable, _) => "not sent".to_owned(),
        (Class::Unauthenticated, _) => format!("refused ({})", outcome(judged)),
        (_, Outcome::Fault(fault)) => format!("failed ({})", fault_word(fault.fault)),
        (class, Outcome::Answer(answer)) => match class_word(class, answer.status) {
            Some(word) => format!("answered with {} ({word})", answer.status),
            None => format!("answered with {}", answer.status),
        },
    }
}

/// The reason why a run ended early, as the start of a sentence.
pub(crate) const fn ended_by(run: &RunInfo) -> &'static str {
    match run.ended_by {
        Some(EndedBy::Deadline) => "the deadline ended the run",
        Some(EndedBy::Interrupt) => "the run was interrupted",
        None => "the run ended early",
    }
}

/// The name of a way to present a key, short enough for the head of a column.
pub(crate) fn variant(id: &str) -> String {
    variant::find(id).map_or_else(|| neutralise(id), |known| known.label.to_owned())
}

/// A way to present a key as it looks on the wire, in Markdown.
pub(crate) fn presentation(id: &str) -> String {
    let Some(known) = variant::find(id) else { return code_span(id) };
    let Variant { placement, encoding, wire, user_agent, .. } = known;
    let mut told = match placement {
        Placement::ApiKeyHeader if *wire == Wire::TitleCase => "`X-Api-Key`, HTTP/1.1".to_owned(),
        Placement::ApiKeyHeader => "`x-api-key`".to_owned(),
        Placement::Authorization("") => "`Authorization` without a scheme".to_owned(),
        Placement::Authorization(scheme) => format!("`Authorization: {scheme}`"),
        Placement::Both => "`x-api-key` and `Authorization: Bearer` at once".to_owned(),
    };
    told.push_str(match encoding {
        Encoding::AsGiven => "",
        Encoding::Repaired => " with the key repaired",
        Encoding::Base64Encoded => " with the key in base64",
        Encoding::Base64Decoded => " with the key decoded from base64",
    });
    if user_agent.is_some() {
        told.push_str(if known == variant::UA_CURL {
            " sent as curl"
        } else {
            " sent as a browser"
        });
    }
    told
}

pub(crate) fn credential(credential: Credential, sources: &[Source]) -> String {
    match credential {
        Credential::Real => "key under test".to_owned(),
        Credential::None => "no key".to_owned(),
        Credential::MadeUp => "made-up key".to_owned(),
        Credential::KnownGood => "known good key".to_owned(),
        Credential::Other(n) => match sources.get(n) {
            Some(source) => format!("key in {}", neutralise(&source.source)),
            None => "key of another source".to_owned(),
        },
    }
}

pub(crate) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Healthy => "Healthy",
        Verdict::Limited => "Limited",
        Verdict::Blocked => "Blocked",
        Verdict::Degraded => "Degraded",
        Verdict::Broken => "Broken",
        Verdict::Inconclusive => "Inconclusive",
    }
}

pub(crate) const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::RuledOut => "ruled out",
        Standing::Untested => "untested",
        Standing::Possible => "possible",
        Standing::Likely => "likely",
        Standing::Confirmed => "confirmed",
    }
}

/// The people who can fix a cause of this side.
#[must_use]
pub const fn side(side: Side) -> &'static str {
    match side {
        Side::Caller => "whoever configured the key",
        Side::Account => "whoever owns the account",
        Side::Heygen => "HeyGen",
        Side::Network => "whoever runs the network between",
    }
}

/// `840 ms`, `2.4 s`, `3 min 20 s`.
pub(crate) fn duration(ms: u64) -> String {
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..60_000 => format!("{}.{} s", ms / 1_000, ms % 1_000 / 100),
        _ => format!("{} min {} s", ms / 60_000, ms % 60_000 / 1_000),
    }
}

/// The name of a kind of credential among people.
pub(crate) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::UserKey => "HeyGen key",
        Kind::PartnerKey => "HeyGen partner key",
        Kind::LegacyKey => "older HeyGen key",
        Kind::DecodedLegacyKey => "older HeyGen key, base64-decoded",
        Kind::HgKey => "HeyGen key of the form `hg_…`",
        Kind::OauthToken => "OAuth token of a login",
        Kind::AccessToken => "OAuth access token",
        Kind::Jwt => "session token (JWT)",
        Kind::SessionCookie => "session cookie of HeyGen's web page",
        Kind::ElevenLabs => "ElevenLabs key",
        Kind::OpenAi => "OpenAI key",
        Kind::Anthropic => "Anthropic key",
        Kind::DidBasic => "D-ID basic credentials",
        Kind::Stripe => "Stripe key",
        Kind::Github => "GitHub token",
        Kind::Google => "Google key",
        Kind::Aws => "Amazon Web Services key id",
        Kind::Replicate => "Replicate token",
        Kind::HuggingFace => "Hugging Face token",
        Kind::Slack => "Slack token",
        Kind::LiveAvatar => "LiveAvatar key",
        Kind::StreamingToken => "token of a streaming session",
        Kind::OtherVendor => "key of another service",
        Kind::Placeholder => "placeholder",
        Kind::Empty => "empty",
        Kind::Unknown => "unknown",
    }
}
