//! The pace that all examinations of a lab keep together.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// Requests that a token bucket lets through at once, so that a burst stays a burst.
const BUCKET: u32 = 10;

/// Bounds the requests in flight, and those in a second.
#[derive(Debug)]
pub(super) struct Pace {
    most: usize,
    in_flight: Semaphore,
    bucket: Option<Bucket>,
}

/// A token bucket: one token each interval, `BUCKET` of them at most.
#[derive(Debug)]
struct Bucket {
    interval: Duration,
    full_at: Mutex<Instant>,
}

impl Pace {
    /// At most `in_flight` at once, and one each `interval` where that is given.
    pub(super) fn new(in_flight: usize, interval: Option<Duration>) -> Self {
        let bucket = interval.map(Bucket::full);
        Self { most: in_flight, in_flight: Semaphore::new(in_flight), bucket }
    }

    /// Waits until this many requests may be sent; the permit is kept while they are under way.
    /// More than may be in flight get leave for as many as may.
    pub(super) async fn leave(&self, requests: usize) -> Option<SemaphorePermit<'_>> {
        let permits = u32::try_from(requests.min(self.most)).unwrap_or(u32::MAX);
        // The semaphore is never closed.
        let permit = self.in_flight.acquire_many(permits).await.ok();
        if let Some(bucket) = &self.bucket {
            sleep_until(bucket.take(u32::try_from(requests).unwrap_or(u32::MAX))).await;
        }
        permit
    }
}

impl Bucket {
    fn full(interval: Duration) -> Self {
        Self { interval, full_at: Mutex::new(Instant::now()) }
    }

    /// Takes tokens, and says from when on they may be used.
    fn take(&self, tokens: u32) -> Instant {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        *full_at = now.max(*full_at) + self.interval * tokens;
        full_at.checked_sub(self.interval * BUCKET).map_or(now, |usable| usable.max(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_burst_passes_and_what_follows_keeps_the_rate() {
        let pace = Pace::new(64, Some(Duration::from_millis(50)));
        let began = Instant::now();
        drop(pace.leave(10).await);
        assert_eq!(began.elapsed(), Duration::ZERO);
        for _ in 0..40 {
            drop(pace.leave(1).await);
        }
        assert_eq!(began.elapsed(), Duration::from_secs(2));
        tokio::time::sleep(Duration::from_secs(9)).await;
        drop(pace.leave(10).await);
        drop(pace.leave(1).await);
        assert_eq!(began.elapsed(), Duration::from_millis(11_050), "a rest saves ten, not more");
    }

    #[tokio::test(start_paused = true)]
    async fn as_many_are_in_flight_as_may_be() {
        let pace = Pace::new(2, None);
        let (first, burst) = (pace.leave(1).await, pace.leave(10));
        tokio::pin!(burst);
        assert!(futures::poll!(&mut burst).is_pending());
        drop(first);
        assert_eq!(burst.await.map(|permit| permit.num_permits()), Some(2));
    }
}
