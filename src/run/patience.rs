//! How long is waited where something hangs.

use std::time::Duration;

use tokio::time::Instant;

use super::dispatch::Run;
use crate::record::facts::Profile;

/// The longest that a run may take in which something hangs; twice as long in `full`, and longer
/// where one request may take longer.
const PATIENCE: Duration = Duration::from_secs(15);
/// A request that would have less time than this isn't begun.
const LEAST: Duration = Duration::from_secs(1);

impl Run<'_> {
    /// When a request that is begun now has to be answered; where something hangs, early enough for
    /// the whole run to end in time.
    pub(super) fn limit(&self, hangs: bool) -> Instant {
        let limit = Instant::now() + self.exchange.lab.site.timeout;
        if hangs { limit.min(self.patience()) } else { limit }
    }

    /// No time is left for another request, where something hangs.
    pub(super) fn is_spent(&self) -> bool {
        self.patience() < Instant::now() + LEAST
    }

    /// When a run has to be over in which something hangs.
    fn patience(&self) -> Instant {
        let site = &self.exchange.lab.site;
        let (least, of_limits) = match site.asked.profile {
            Profile::Full => (PATIENCE * 2, site.timeout * 3),
            _ => (PATIENCE, site.timeout * 3 / 2),
        };
        self.exchange.began + least.max(of_limits)
    }
}
