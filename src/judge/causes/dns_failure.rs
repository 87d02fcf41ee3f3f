//! Whether the host name fails to resolve.

use super::case::Case;
use super::weighed::Weighed;
use super::{Hypothesis, unreached};
use crate::record::cause::Cause;
use crate::record::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::DnsFailure, weigh };

/// Every request, and the doctor's own look-up, fail to resolve the name.
fn weigh(case: &Case<'_>) -> Weighed {
    let own = case.facts.network.dns.as_ref().is_some_and(|dns| dns.fault.is_some());
    // A resolver that stays silent shows as a timeout of the request.
    let classes: &[Class] = if own { &[Class::Dns, Class::Timeout] } else { &[Class::Dns] };
    let weighed = unreached::weigh(case, classes, own, "The resolver gives no address");
    match plain_host(&case.facts.run.base_url) {
        Some(host) => {
            weighed.next(format!("Compare `{host}` with `api.heygen.com`, letter by letter."))
        }
        None => weighed,
    }
}

/// Another host than HeyGen's, if its name has nothing but letters, digits, dots and hyphens.
fn plain_host(base_url: &str) -> Option<String> {
    let host = url::Url::parse(base_url).ok()?.host_str()?.to_owned();
    let plain = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    (plain && host != "api.heygen.com").then_some(host)
}
