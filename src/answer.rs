//! An answer's bytes, described: what it is, how it is wrapped, what it says. Pure.

pub mod body;
mod charset;
mod fields;
mod headers;
mod unpack;

use http::{HeaderMap, StatusCode};

use self::body::Raw;
use self::unpack::Unpacked;
use crate::record::observation::{Answer, Connection, FaultKind};

/// The most bytes of a body that are read, and of an unpacked one that are kept.
pub const MOST_BYTES: usize = 64 * 1024;

/// An answer as it came off the wire, or out of a file.
#[derive(Debug)]
pub struct Wire<'a> {
    /// `HTTP/1.1`, `HTTP/2`, or empty where that isn't known.
    pub http_version: String,
    /// The address that answered.
    pub remote_addr: Option<String>,
    /// The connection that it came on.
    pub connection: Option<Connection>,
    /// The HTTP status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// The body, at most [`MOST_BYTES`] of it.
    pub bytes: &'a [u8],
    /// True if there was more.
    pub truncated: bool,
    /// The fault that ended it early.
    pub cut_short: Option<FaultKind>,
}

/// Where a text stood that has to be cleaned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// In a header, or in the body of a success.
    Plain,
    /// In the body of a refusal, which may echo what was sent.
    Refusal,
}

/// Describes an answer. `clean` takes secrets out of a text.
#[must_use]
pub fn read(raw: Wire<'_>, clean: &mut dyn FnMut(&str, Part) -> String) -> Answer {
    let headers = headers::kept(raw.headers, &mut |text| clean(text, Part::Plain));
    let success = raw.status.is_success();
    let Unpacked { bytes, more, broken } = unpack::unpacked(raw.headers, raw.bytes, MOST_BYTES);
    let (bytes, cut) = charset::utf8(raw.headers, bytes, MOST_BYTES);
    let truncated = raw.truncated || more || cut;
    // A packed body that was read in part breaks off where reading stopped.
    let broken = (broken && !truncated).then_some(FaultKind::Closed);
    let cut_short = raw.cut_short.or(broken);
    let part = if success { Part::Plain } else { Part::Refusal };
    let body = Raw { bytes: &bytes, truncated, cut_short, success };
    let reading = body::read(&body, &mut |text| clean(text, part));
    Answer {
        http_version: raw.http_version,
        remote_addr: raw.remote_addr,
        connection: raw.connection,
        status: raw.status.as_u16(),
        ids: headers::ids(&headers),
        headers,
        body: reading.body,
        envelope: reading.envelope,
        code: reading.code,
        message: reading.message,
    }
}
