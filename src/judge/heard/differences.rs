//! What two requests differ in, the noise left out.

use crate::record::heard::{Heard, Presented};

/// Something in which two requests differ that can matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    Credential,
    Header,
    Scheme,
    Spelling,
    Host,
    Method,
    Path,
    HttpVersion,
    ContentType,
}

impl Difference {
    /// True where another key is sent, or the same one in another way.
    pub(super) const fn is_of_key(self) -> bool {
        matches!(self, Self::Credential | Self::Header | Self::Scheme | Self::Host)
    }

    /// As words for the middle of a sentence.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Credential => "the key",
            Self::Header => "the header of the key",
            Self::Scheme => "the word before the key",
            Self::Spelling => "the spelling of the key's header",
            Self::Host => "the host",
            Self::Method => "the method",
            Self::Path => "the path",
            Self::HttpVersion => "the version of HTTP",
            Self::ContentType => "the content type",
        }
    }
}

/// A request in the middle of a sentence.
pub(super) fn name(heard: &Heard) -> String {
    format!("`{} {}`", heard.method, heard.path())
}

/// Everything that matters and differs.
pub(super) fn between(one: &Heard, other: &Heard) -> Vec<Difference> {
    let (mine, theirs) = (one.credentials.first(), other.credentials.first());
    let part = |read: fn(&Presented) -> String| mine.map(read) != theirs.map(read);
    let lower = |one: &Presented| one.header.to_ascii_lowercase();
    let is_old = |heard: &Heard| heard.http_version.starts_with("HTTP/1");
    let header = part(lower);
    // Over HTTP/2 every name travels in lower case.
    let spelling = !header && is_old(one) && is_old(other) && part(|one| one.header.clone());
    let known = !one.http_version.is_empty() && !other.http_version.is_empty();
    let all = [
        (Difference::Credential, part(value)),
        (Difference::Header, header),
        (Difference::Scheme, part(|one| one.scheme.to_ascii_lowercase())),
        (Difference::Spelling, spelling),
        (Difference::Host, !one.host.eq_ignore_ascii_case(&other.host)),
        (Difference::Method, one.method != other.method),
        (Difference::Path, one.path() != other.path()),
        (Difference::HttpVersion, known && one.http_version != other.http_version),
        (Difference::ContentType, content_type(one) != content_type(other)),
    ];
    all.into_iter().filter(|(_, differs)| *differs).map(|(difference, _)| difference).collect()
}

fn value(one: &Presented) -> String {
    format!("{} {}", one.fingerprint.as_deref().unwrap_or_default(), one.form)
}

fn content_type(heard: &Heard) -> Option<&str> {
    let found = heard.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    found.map(|(_, value)| value.split(';').next().unwrap_or_default().trim())
}
