//! What a program sent: requests that others made, as they were heard or written down.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::record::class::Class;
use crate::record::facts::{FindingId, Kind};
use crate::record::observation::FaultKind;
use crate::text::named_enum;

/// One request of a program, already redacted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Heard {
    /// When it was sent (UTC), where that is known.
    pub at: Option<DateTime<Utc>>,
    /// The method.
    pub method: String,
    /// The host, with its port where that isn't the usual one.
    pub host: String,
    /// Path and query.
    pub target: String,
    /// `HTTP/1.1`, `HTTP/2`, or empty where that isn't known.
    pub http_version: String,
    /// Each header with its value as it may be shown, in the order and spelling in which they came.
    pub headers: Vec<(String, String)>,
    /// Every credential in it.
    pub credentials: Vec<Presented>,
    /// The length of the body.
    pub body_bytes: u64,
    /// The program that sent it, where the system tells.
    pub client: Option<Client>,
    /// How it was heard.
    pub via: Via,
    /// The answer to it, where there was one.
    pub answered: Option<Answered>,
    /// Everything that is wrong with it, or noteworthy.
    pub findings: Vec<Flaw>,
}

impl Heard {
    /// True where this is wrong with it.
    #[must_use]
    pub fn has(&self, slip: Slip) -> bool {
        self.findings.contains(&Flaw::Request(slip))
    }

    /// Puts another finding in the place of this one.
    pub fn replace(&mut self, slip: Slip, by: Slip) {
        for flaw in &mut self.findings {
            if *flaw == Flaw::Request(slip) {
                *flaw = Flaw::Request(by);
            }
        }
    }

    /// The class of its answer.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        self.answered.as_ref()?.class
    }

    /// Its path, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }
}

/// A credential in a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Presented {
    /// The name of the header as it was spelled; for a parameter of the URL its name behind a `?`, else
    /// `path` or `body`.
    pub header: String,
    /// The word before the value, such as `Bearer`; empty where there is none.
    pub scheme: String,
    /// How the value stands to the keys that the doctor knows.
    pub form: Form,
    /// The kind of credential that it looks like.
    pub kind: Kind,
    /// A short SHA-256 fingerprint; none where the value is no secret.
    pub fingerprint: Option<String>,
    /// The place where the doctor found the same key.
    pub source: Option<String>,
    /// True if that place says that it is the token of a login.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_login: bool,
}

/// A program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Client {
    /// The id of its process.
    pub pid: u32,
    /// Its name.
    pub name: String,
}

/// An answer to a request that was heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Answered {
    /// Who answered.
    pub by: Answerer,
    /// The HTTP status, if an answer came.
    pub status: Option<u16>,
    /// Why the doctor, which passes the request on, got no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<FaultKind>,
    /// The meaning of the answer, taken alone, where enough of it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// The seconds to wait that it names in `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// The error code in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The message in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

named_enum! {
    /// How a request was heard.
    pub enum Via {
        /// The program asked the address that the doctor gave to it.
        BaseUrl = "base_url",
        /// It came through the doctor's proxy.
        Proxy = "proxy",
        /// It was written down.
        File = "file",
    }
}

named_enum! {
    /// Who answered a request.
    pub enum Answerer {
        /// The doctor itself, as HeyGen would.
        Double = "double",
        /// The host that was asked: HeyGen, if it is HeyGen's.
        Heygen = "heygen",
        /// Nobody.
        Nobody = "nobody",
    }
}

named_enum! {
    /// How the value in a request stands to the keys that the doctor knows.
    pub enum Form {
        /// It is the key in use, byte for byte.
        AsKnown = "as_known",
        /// The same key, with other blanks or other things around it than the doctor knows it.
        Trimmed = "trimmed",
        /// The same key in quotes.
        Quoted = "quoted",
        /// The same key, encoded once more.
        Encoded = "encoded",
        /// The same key, a base64 layer taken off.
        Decoded = "decoded",
        /// A part of the same key.
        Truncated = "truncated",
        /// The key of another source.
        OtherSource = "other_source",
        /// No key, but nothing, an example's text, or a variable that nobody expanded.
        Placeholder = "placeholder",
        /// None of these.
        Unknown = "unknown",
    }
}

/// Something that is wrong with a request, or noteworthy: about the value, or about the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Flaw {
    /// About the value of a credential.
    Key(FindingId),
    /// About the request.
    Request(Slip),
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Key(id) => id.fmt(f),
            Self::Request(slip) => slip.fmt(f),
        }
    }
}

named_enum! {
    /// Something that is wrong with a request apart from the key's value.
    pub enum Slip {
        /// It carries none, and the line has single quotes, which are no quotes to its shell.
        SingleQuotes = "single_quotes",
        /// It carries no credential at all.
        NoCredential = "no_credential",
        /// The recording leaves credentials out: nobody knows whether there was one.
        NotRecorded = "not_recorded",
        /// A file, or a variable of curl's own, holds headers of a curl line.
        OutsideTheLine = "outside_the_line",
        /// The key stands in a header that HeyGen doesn't read.
        OtherHeader = "other_header",
        /// The key stands in the URL.
        KeyInUrl = "key_in_url",
        /// The key stands in the body.
        KeyInBody = "key_in_body",
        /// The key stands in the URL or in the body, beside the header of a credential.
        KeyElsewhereToo = "key_elsewhere_too",
        /// An API key stands in `Authorization`, where HeyGen takes the tokens of logins only.
        KeyInAuthorization = "key_in_authorization",
        /// `Authorization` has another scheme than `Bearer`, and no API key behind it.
        OtherScheme = "other_scheme",
        /// The token of a login stands in `X-Api-Key`.
        LoginInKeyHeader = "login_in_key_header",
        /// Two credentials that differ.
        TwoCredentials = "two_credentials",
        /// The key was left out when the request was sent again after a redirect.
        LostOnRedirect = "lost_on_redirect",
        /// The host is not that of HeyGen's API.
        OtherHost = "other_host",
        /// The host is a variable that the paste doesn't hold.
        UnexpandedHost = "unexpanded_host",
        /// It isn't encrypted: `http://`.
        PlainHttp = "plain_http",
        /// HeyGen's API has no such path.
        UnknownPath = "unknown_path",
        /// TLS names another host than the one that the proxy was asked for.
        OtherServerName = "other_server_name",
        /// The program offers HTTP/2 too, where the names of headers travel in lower case.
        OffersHttp2 = "offers_http2",
        /// The path exists, but not with this method.
        OtherMethod = "other_method",
        /// A request about a streaming session that names none.
        NoSessionId = "no_session_id",
        /// The body is missing.
        NoBody = "no_body",
        /// The body isn't said to be JSON.
        NoContentType = "no_content_type",
        /// The path belongs to a version that was retired.
        RetiredPath = "retired_path",
        /// The value is a variable that the paste doesn't hold.
        Unexpanded = "unexpanded",
        /// Neither its host nor its key has to do with HeyGen.
        NotForHeygen = "not_for_heygen",
    }
}
