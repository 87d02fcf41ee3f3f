//! What ends a run before its plan does: Ctrl-C, SIGTERM, the deadline.

#[cfg(unix)]
use futures::future::select_all;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::facts::EndedBy;

/// Knows whether the user asked to stop.
#[derive(Clone, Debug)]
pub struct Interrupt(watch::Receiver<bool>);

impl Interrupt {
    /// Listens for Ctrl-C, and for SIGTERM where there is such a thing, from this moment on.
    #[must_use]
    pub fn listen() -> Self {
        let (sender, receiver) = watch::channel(false);
        let asked = asked();
        tokio::spawn(async move {
            asked.await;
            // Nobody listens any more once the run is over.
            let _ = sender.send(true);
            sender.closed().await;
        });
        Self(receiver)
    }

    async fn wait(&self) {
        let mut receiver = self.0.clone();
        if receiver.wait_for(|asked| *asked).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Resolves when the user asks to stop. The signals are caught before it is first waited for.
#[cfg(unix)]
fn asked() -> impl Future<Output = ()> + Send {
    use tokio::signal::unix::{SignalKind, signal};
    let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
    let signals: Vec<_> = kinds.into_iter().filter_map(|kind| signal(kind).ok()).collect();
    async move {
        let any =
            signals.into_iter().map(|mut signal| Box::pin(async move { signal.recv().await }));
        if any.len() == 0 {
            std::future::pending::<()>().await;
        }
        select_all(any).await;
    }
}

#[cfg(not(unix))]
async fn asked() {
    let _ = tokio::signal::ctrl_c().await;
}

/// Waits for whatever ends the run first.
pub async fn ended(deadline: Instant, interrupt: &Interrupt) -> EndedBy {
    tokio::select! {
        biased;
        () = interrupt.wait() => EndedBy::Interrupt,
        () = tokio::time::sleep_until(deadline) => EndedBy::Deadline,
    }
}
