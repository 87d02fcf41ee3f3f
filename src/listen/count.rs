//! A number that tasks share, and can wait for.

use tokio::sync::watch;

/// A number of things.
#[derive(Debug)]
pub(super) struct Count(watch::Sender<usize>);

/// Counts one thing for as long as it is kept.
#[derive(Debug)]
pub(super) struct Counted(watch::Sender<usize>);

impl Default for Count {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Count {
    /// One more, until what is given back is dropped.
    pub(super) fn arrives(&self) -> Counted {
        self.add();
        Counted(self.0.clone())
    }

    /// One more, for good.
    pub(super) fn add(&self) {
        self.0.send_modify(|number| *number += 1);
    }

    /// The number now.
    pub(super) fn get(&self) -> usize {
        *self.0.borrow()
    }

    /// Waits until there are none.
    pub(super) async fn none(&self) {
        let _ = self.0.subscribe().wait_for(|number| *number == 0).await;
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.send_modify(|number| *number -= 1);
    }
}
