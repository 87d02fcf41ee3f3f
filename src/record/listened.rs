//! What listening to a program came to beside its requests.

use serde::{Deserialize, Serialize};

use crate::record::heard::Client;
use crate::text::named_enum;

/// What was set for a program, and what it did that can't be told as a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Listened {
    /// The variables that were set for it.
    pub set: Vec<String>,
    /// Other hosts that it reached; what it sent there passed through untouched.
    pub passed: Vec<String>,
    /// Connections to HeyGen that came to nothing.
    pub stopped: Vec<Stopped>,
    /// Languages in which the program had a list of authorities of its own, which ours was added to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub widened: Vec<String>,
    /// Programs that it started and left behind; what they send later isn't heard.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Client>,
    /// Connections that were refused, as they weren't known to be the program's own.
    pub strangers: usize,
}

/// Connections of one program that came to nothing in the same way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Stopped {
    /// The host that it wanted.
    pub host: String,
    /// The program, where the system tells.
    pub client: Option<Client>,
    /// How they ended.
    pub how: Refusal,
    /// Their number.
    pub times: usize,
}

named_enum! {
    /// How a connection came to nothing.
    pub enum Refusal {
        /// The program says that it doesn't trust the certificate.
        Certificate = "certificate",
        /// The program ended the handshake without a word.
        Left = "left",
        /// The handshake failed for another reason.
        Handshake = "handshake",
        /// The program sent nothing after the handshake.
        Silent = "silent",
        /// The program sent something that is no HTTP request.
        NotHttp = "not_http",
        /// The program speaks HTTP/2 only, which isn't passed on.
        Http2Only = "http2_only",
    }
}

impl Refusal {
    /// What that means, behind the name of the program; `{host}` stands for the host.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Certificate => {
                "doesn't trust the certificate that was made for this run, so what it sends to {host} can't be seen."
            }
            Self::Left => {
                "broke off when it saw the certificate that was made for this run; it seems not to trust it, so what it sends to {host} can't be seen."
            }
            Self::Handshake => "and the doctor agreed on no TLS for {host}.",
            Self::Silent => {
                "connected to {host} and sent nothing; Wget does so when it doesn't trust the certificate."
            }
            Self::NotHttp => {
                "sent {host} something that is no HTTP request, and got 400. A carriage return in a header does that, as a key has one at its end that was read from a file of Windows."
            }
            Self::Http2Only => "speaks HTTP/2 only, which `--forward` can't pass on to {host}.",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn next_step(self) -> &'static str {
        match self {
            Self::Certificate | Self::Left | Self::Silent => {
                "Let the program trust the file that SSL_CERT_FILE names while it runs, where it names its authorities, or point it at the address in HEYGEN_API_BASE."
            }
            Self::NotHttp => {
                "Take the end of the line off the key in the program before it is sent."
            }
            Self::Handshake => {
                "Point the program at the address in HEYGEN_API_BASE, which needs no TLS."
            }
            Self::Http2Only => "Run it without `--forward`: its requests can be seen then.",
        }
    }
}

impl Stopped {
    /// It in one sentence.
    #[must_use]
    pub fn told(&self) -> String {
        let name = self.client.as_ref().map_or("The program", |client| client.name.as_str());
        format!("{name} {}", self.how.meaning().replace("{host}", &self.host))
    }
}
