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
    /// The interval that was asked for.
    asked: Duration,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    interval: Duration,
    full_at: Instant,
    /// When the interval was changed for the last time.
    changed_at: Option<Instant>,
}

/// Answers to requests that were sent together change the interval once.
const TOGETHER: Duration = Duration::from_secs(1);
/// After so long without a 429 a slower rate is doubled again.
const CALM: Duration = Duration::from_secs(30);
/// A rate is halved three times at most: a key with a limit of its own must not end all others.
const SLOWEST: u32 = 8;

/// Leave to send this many requests.
#[derive(Debug, Default)]
pub(super) struct Leave<'p> {
    requests: usize,
    permits: Option<SemaphorePermit<'p>>,
}

/// Leave to send one request, kept while it is under way.
#[derive(Debug)]
pub(super) struct Permit<'p> {
    /// The surplus of a burst that is larger than what may be in flight has none.
    _in_flight: Option<SemaphorePermit<'p>>,
}

impl Pace {
    /// At most `in_flight` at once, and one each `interval` where that is given.
    pub(super) fn new(in_flight: usize, interval: Option<Duration>) -> Self {
        let bucket = interval.map(Bucket::full);
        Self { most: in_flight, in_flight: Semaphore::new(in_flight), bucket }
    }

    /// Waits until this many requests may be sent together. A burst may be larger than what may be
    /// in flight: it waits until nothing else is.
    pub(super) async fn leave(&self, requests: usize) -> Leave<'_> {
        let permits = u32::try_from(requests.min(self.most)).unwrap_or(u32::MAX);
        // The semaphore is never closed.
        let permits = self.in_flight.acquire_many(permits).await.ok();
        if let Some(bucket) = &self.bucket {
            sleep_until(bucket.take(u32::try_from(requests).unwrap_or(u32::MAX))).await;
        }
        Leave { requests, permits }
    }
}

impl Pace {
    /// The server has had too many requests: half as many are sent from now on.
    pub(super) fn throttled(&self) {
        if let Some(bucket) = &self.bucket {
            bucket.slow_down();
        }
    }
}

impl<'p> Leave<'p> {
    /// Takes the leave for one request, if any is left.
    pub(super) fn take(&mut self) -> Option<Permit<'p>> {
        self.requests = self.requests.checked_sub(1)?;
        Some(Permit { _in_flight: self.permits.as_mut().and_then(|all| all.split(1)) })
    }
}

impl Bucket {
    fn full(interval: Duration) -> Self {
        let state = State { interval, full_at: Instant::now(), changed_at: None };
        Self { asked: interval, state: Mutex::new(state) }
    }

    /// Takes tokens, and says from when on they may be used.
    fn take(&self, tokens: u32) -> Instant {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if state.interval > self.asked && state.changed_at.is_some_and(|at| now >= at + CALM) {
            state.interval = (state.interval / 2).max(self.asked);
            state.changed_at = Some(now);
        }
        state.full_at = now.max(state.full_at) + state.interval * tokens;
        let usable = state.full_at.checked_sub(state.interval * BUCKET);
        usable.map_or(now, |usable| usable.max(now))
    }

    fn slow_down(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if state.changed_at.is_none_or(|at| now >= at + TOGETHER) {
            state.interval = (state.interval * 2).min(self.asked * SLOWEST);
            state.changed_at = Some(now);
            // What was saved up is gone: the next request waits for a whole interval.
            state.full_at = state.full_at.max(now + state.interval * BUCKET);
        }
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
    async fn a_429_halves_the_rate_and_calm_doubles_it_again() {
        let pace = Pace::new(64, Some(Duration::from_millis(50)));
        let twenty = async || {
            let began = Instant::now();
            for _ in 0..20 {
                drop(pace.leave(1).await);
            }
            began.elapsed()
        };
        drop(pace.leave(10).await);
        assert_eq!(twenty().await, Duration::from_secs(1));
        pace.throttled();
        pace.throttled();
        assert_eq!(twenty().await, Duration::from_secs(2), "one halving for what came together");
        tokio::time::sleep(Duration::from_secs(30)).await;
        drop(pace.leave(10).await);
        assert_eq!(twenty().await, Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn as_many_are_in_flight_as_may_be() {
        let pace = Pace::new(2, None);
        let first = pace.leave(1).await;
        let mut burst = Box::pin(pace.leave(10));
        assert!(futures::poll!(&mut burst).is_pending());
        drop(first);
        let mut burst = burst.await;
        let mut another = std::pin::pin!(pace.leave(1));
        let sent: Vec<_> = std::iter::from_fn(|| burst.take()).collect();
        assert_eq!(sent.len(), 10, "all of a burst may be sent");
        assert!(futures::poll!(&mut another).is_pending(), "and nothing beside it");
        drop((burst, sent));
        another.await;
    }
}
