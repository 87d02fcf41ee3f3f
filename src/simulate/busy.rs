//! How busy the double is, and since when it is asked.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;

/// The requests under way, and when the first one came.
#[derive(Debug, Default)]
pub(super) struct Busy {
    under_way: AtomicUsize,
    first: OnceLock<Instant>,
}

/// A request that is being answered.
pub(super) struct UnderWay<'b>(&'b Busy);

/// How busy the double is when a request arrives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// Since the first request.
    pub(super) since_first: Duration,
    /// Requests under way, this one among them.
    pub(super) in_flight: usize,
}

impl Busy {
    /// A request arrives; it is under way until what is returned is dropped.
    pub(super) fn arrives(&self) -> UnderWay<'_> {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(self)
    }

    /// How busy it is now.
    pub(super) fn moment(&self) -> Moment {
        let now = Instant::now();
        Moment {
            since_first: now.duration_since(*self.first.get_or_init(|| now)),
            in_flight: self.under_way.load(Ordering::Relaxed),
        }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}
