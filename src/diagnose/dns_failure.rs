//! Whether the host name fails to resolve.

use super::case::Case;
use super::weighed::Weighed;
use super::{Hypothesis, unreached};
use crate::cause::Cause;
use crate::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::DnsFailure, weigh };

/// Every request, and the doctor's own look-up, fail to resolve the name.
fn weigh(case: &Case<'_>) -> Weighed {
    let own = case.facts.network.dns.as_ref().is_some_and(|dns| dns.fault.is_some());
    unreached::weigh(case, &[Class::Dns], own, "the host name didn't resolve")
}
