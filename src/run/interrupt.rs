//! What ends a run before its plan does: Ctrl-C, SIGTERM, the deadline.

use tokio::sync::watch;
use tokio::time::Instant;

use crate::facts::EndedBy;

/// Knows whether the user asked to stop.
#[derive(Clone, Debug)]
pub struct Interrupt(watch::Receiver<bool>);

impl Interrupt {
    /// Listens for Ctrl-C, and for SIGTERM where there is such a thing.
    #[must_use]
    pub fn listen() -> Self {
        let (sender, receiver) = watch::channel(false);
        tokio::spawn(async move {
            asked().await;
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

#[cfg(unix)]
async fn asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
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
