//! Answers that are asked for once for all keys of a lab, and again when they are too old.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::time::Instant;

/// An answer speaks for keys that are examined within this time after it.
const LIFETIME: Duration = Duration::from_mins(1);

/// A value that is asked for by the first who needs it; whoever comes meanwhile waits for it.
#[derive(Debug)]
pub(super) struct Shared<T>(Mutex<Arc<OnceCell<Known<T>>>>);

#[derive(Debug)]
struct Known<T> {
    value: T,
    until: Instant,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Shared<T> {
    /// A value that was asked for a moment ago.
    pub(super) fn of(value: T) -> Self {
        let known = Known { value, until: Instant::now() + LIFETIME };
        Self(Mutex::new(Arc::new(OnceCell::new_with(Some(known)))))
    }

    /// The value, where it is known and still speaks for others.
    pub(super) fn known(&self) -> Option<T> {
        self.round().get().map(|known| known.value.clone())
    }

    /// The value, which is asked for unless it is known or somebody is asking. What `lasts` not,
    /// such as a fault, is shared with those who wait for it and with nobody after them.
    pub(super) async fn get(&self, ask: impl Future<Output = T>, lasts: impl Fn(&T) -> bool) -> T {
        let round = self.round();
        let asked = async {
            let value = ask.await;
            let lifetime = if lasts(&value) { LIFETIME } else { Duration::ZERO };
            Known { value, until: Instant::now() + lifetime }
        };
        round.get_or_init(|| asked).await.value.clone()
    }

    /// The current round; a new one where the last is over.
    fn round(&self) -> Arc<OnceCell<Known<T>>> {
        let mut round = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if round.get().is_some_and(|known| known.until <= Instant::now()) {
            *round = Arc::default();
        }
        Arc::clone(&round)
    }
}
