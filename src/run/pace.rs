//! The pace that all examinations of a lab keep together.

use std::sync::PoisonError;
use std::time::Duration;

use tokio::sync::{Mutex, Semaphore, SemaphorePermit, watch};
use tokio::time::{Instant, sleep_until};

/// Bounds the requests in flight, and those in a second.
#[derive(Debug)]
pub(super) struct Pace {
    most: usize,
    in_flight: Semaphore,
    /// Only the first of those who wait takes what it needs, so that whoever may go first needn't wait for all.
    line: Mutex<()>,
    is_held: watch::Sender<bool>,
    rate: Option<Rate>,
}

/// One request each interval. Those that leave together are paid for by whoever comes next.
#[derive(Debug)]
struct Rate {
    /// The interval that was asked for.
    asked: Duration,
    state: std::sync::Mutex<State>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    interval: Duration,
    /// From when on the next request may be sent.
    free_at: Instant,
    /// When the interval was changed for the last time.
    changed_at: Option<Instant>,
}

/// A wait that ends so late doesn't delay whoever is next.
const LATE: Duration = Duration::from_millis(5);
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
        Self {
            most: in_flight,
            in_flight: Semaphore::new(in_flight),
            line: Mutex::default(),
            is_held: watch::Sender::new(false),
            rate: interval.map(Rate::new),
        }
    }

    /// Waits until this many requests may be sent together. A burst may be larger than what may be
    /// in flight: it waits until nothing else is.
    pub(super) async fn leave(&self, requests: usize) -> Leave<'_> {
        let _first = self.line.lock().await;
        loop {
            // The sender is here, so this is no error.
            let _ = self.is_held.subscribe().wait_for(|is_held| !is_held).await;
            let leave = self.taken(requests).await;
            if !*self.is_held.borrow() {
                return leave;
            }
        }
    }

    /// Leave for one request that goes before all others, and isn't held.
    pub(super) async fn leave_first(&self) -> Leave<'_> {
        self.taken(1).await
    }

    async fn taken(&self, requests: usize) -> Leave<'_> {
        let permits = u32::try_from(requests.min(self.most)).unwrap_or(u32::MAX);
        // The semaphore is never closed.
        let permits = self.in_flight.acquire_many(permits).await.ok();
        if let Some(rate) = &self.rate {
            sleep_until(rate.take(u32::try_from(requests).unwrap_or(u32::MAX))).await;
        }
        Leave { requests, permits }
    }

    /// Lets nobody go any more, or everybody again, but those that go first.
    pub(super) fn hold(&self, is_held: bool) {
        self.is_held.send_replace(is_held);
    }

    /// The server has had too many requests: half as many are sent from now on.
    pub(super) fn throttled(&self) {
        if let Some(rate) = &self.rate {
            rate.slow_down();
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

impl Rate {
    fn new(interval: Duration) -> Self {
        let state = State { interval, free_at: Instant::now(), changed_at: None };
        Self { asked: interval, state: std::sync::Mutex::new(state) }
    }

    /// Says from when on this many requests may be sent together.
    fn take(&self, requests: u32) -> Instant {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if state.interval > self.asked && state.changed_at.is_some_and(|at| now >= at + CALM) {
            state.interval = (state.interval / 2).max(self.asked);
            state.changed_at = Some(now);
        }
        let at = if now < state.free_at + LATE { state.free_at } else { now };
        state.free_at = at + state.interval * requests;
        at
    }

    fn slow_down(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if state.changed_at.is_none_or(|at| now >= at + TOGETHER) {
            state.interval = (state.interval * 2).min(self.asked * SLOWEST);
            state.changed_at = Some(now);
            // The next request waits for a whole interval.
            state.free_at = state.free_at.max(now + state.interval);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_leaves_each_interval_and_a_burst_together_and_is_paid_for() {
        let pace = Pace::new(64, Some(Duration::from_millis(50)));
        let began = Instant::now();
        let left = async |requests| {
            drop(pace.leave(requests).await);
            began.elapsed().as_millis()
        };
        for number in 0..40 {
            assert_eq!(left(1).await, number * 50);
        }
        tokio::time::sleep_until(began + Duration::from_secs(9)).await;
        assert_eq!([left(1).await, left(1).await], [9_000, 9_050], "a rest saves nothing up");
        assert_eq!(left(10).await, 9_100);
        assert_eq!([left(1).await, left(1).await], [9_600, 9_650]);
        tokio::time::sleep(Duration::from_millis(53)).await;
        assert_eq!(
            [left(1).await, left(1).await],
            [9_703, 9_750],
            "late by a little, and no later"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn who_goes_first_waits_for_one_at_most_and_for_no_hold() {
        let pace = Pace::new(1, Some(Duration::from_secs(1)));
        let began = Instant::now();
        let others = futures::future::join_all((0..8).map(|_| async {
            drop(pace.leave(1).await);
            began.elapsed().as_secs()
        }));
        let first = async {
            tokio::time::sleep(Duration::from_millis(500)).await;
            drop(pace.leave_first().await);
            let went = began.elapsed().as_secs();
            pace.hold(true);
            drop(pace.leave_first().await);
            assert_eq!(began.elapsed().as_secs(), 4, "behind the one that was let go before");
            tokio::time::sleep_until(began + Duration::from_secs(20)).await;
            pace.hold(false);
            went
        };
        let (others, first) = futures::join!(others, first);
        assert_eq!((others[0], others[1], first), (0, 1, 2));
        assert!(others[2..].iter().all(|at| *at >= 20), "{others:?}");
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
        assert_eq!(twenty().await, Duration::from_millis(950));
        pace.throttled();
        pace.throttled();
        assert_eq!(twenty().await, Duration::from_secs(2), "one halving for what came together");
        tokio::time::sleep(Duration::from_secs(30)).await;
        assert_eq!(twenty().await, Duration::from_millis(950));
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
