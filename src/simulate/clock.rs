//! The double's clock: a server needs one for `Date` and for expiry.

use chrono::{DateTime, Utc};

/// This moment.
#[expect(clippy::disallowed_methods, reason = "the double is a server, and servers state the time")]
pub(super) fn now() -> DateTime<Utc> {
    Utc::now()
}

/// A time as HTTP writes it.
pub(super) fn http_date(moment: DateTime<Utc>) -> String {
    moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
