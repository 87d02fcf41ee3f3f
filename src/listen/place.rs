//! Where a program's requests were meant to go.

use std::net::SocketAddr;

use url::Url;

use crate::heygen::host;
use crate::record::heard::{Slip, Via};
use crate::transport::is_loopback;

/// The hosts whose TLS is looked into: where HeyGen's keys are sent, rightly or not.
pub const HOSTS: [&str; 5] = [
    "api.heygen.com",
    "api2.heygen.com",
    "app.heygen.com",
    "upload.heygen.com",
    "api.liveavatar.com",
];

/// Where requests on a connection were meant to go.
pub(super) struct Place {
    /// How they are heard.
    pub(super) via: Via,
    /// The server.
    pub(super) url: Url,
    /// What TLS showed of the program.
    pub(super) noted: Vec<Slip>,
}

impl Place {
    /// One without TLS.
    pub(super) fn plain(via: Via, url: Url) -> Self {
        // The base URL stands for an encrypted one.
        let is_open = via == Via::Proxy;
        Self { via, url, noted: is_open.then_some(Slip::PlainHttp).into_iter().collect() }
    }

    /// The host that a request was meant for.
    pub(super) fn host(&self) -> String {
        host_of(&self.url)
    }

    /// The server that stands for HeyGen's API, where the user named another one.
    pub(super) fn instead<'a>(&self, base_url: &'a Url) -> Option<&'a Url> {
        let is_named = self.via == Via::Proxy && !host::is_the_api(base_url.as_str());
        (is_named && host::is_the_api(self.url.as_str())).then_some(base_url)
    }

    /// True where the host is HeyGen's API, or stands for it.
    pub(super) fn is_the_api(&self) -> bool {
        let is_encrypted = self.url.scheme() == "https";
        self.via == Via::BaseUrl || (is_encrypted && host::is_the_api(self.url.as_str()))
    }

    /// The target as HeyGen would get it.
    pub(super) fn local(&self, target: &str, token: &str) -> String {
        let path = match target.split_once("://") {
            Some((scheme, rest)) if !scheme.contains(['/', '?']) => {
                rest.find('/').map_or("/", |at| &rest[at..])
            }
            _ => target,
        };
        if self.via != Via::BaseUrl {
            return path.to_owned();
        }
        let inner = path.strip_prefix('/').and_then(|path| path.strip_prefix(token));
        let inner = inner.unwrap_or(path);
        let before = self.url.path().trim_end_matches('/');
        let slash = if inner.starts_with('/') { "" } else { "/" };
        format!("{before}{slash}{inner}")
    }
}

/// Host and port as a header names them.
pub(super) fn host_of(url: &Url) -> String {
    url[url::Position::BeforeHost..url::Position::AfterPort].to_owned()
}

/// True for a host that is looked into.
pub(super) fn is_heard(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    HOSTS.iter().any(|heard| heard.eq_ignore_ascii_case(host))
}

/// True for a URL at this address of this machine, by whatever name.
pub(super) fn is_at(url: &Url, address: SocketAddr) -> bool {
    let is_here = url.host_str().is_some_and(|host| host == address.ip().to_string());
    url.port_or_known_default() == Some(address.port()) && (is_here || is_loopback(url))
}
