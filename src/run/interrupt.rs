//! What ends a run before its plan does: Ctrl-C, SIGTERM, the deadline.

#[cfg(unix)]
use std::sync::Arc;
#[cfg(unix)]
use std::sync::atomic::AtomicBool;

#[cfg(unix)]
use futures::future::select_all;
use tokio::sync::watch;
use tokio::time::Instant;

#[cfg(unix)]
use crate::record::exit::Exit;
use crate::record::facts::EndedBy;

/// Knows whether the user asked to stop.
#[derive(Clone, Debug)]
pub struct Interrupt(watch::Receiver<bool>);

impl Interrupt {
    /// Listens for Ctrl-C, and for SIGTERM where there is such a thing, from this moment on. A
    /// second one ends the program at once, where there are signals.
    #[must_use]
    pub fn listen() -> Self {
        let (sender, receiver) = watch::channel(false);
        #[cfg(unix)]
        end_at_the_second_signal();
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

/// Whoever asks twice doesn't wait for the report. Handlers of a signal run in the order in which
/// they were registered: the first one ends the program if the second one was here before.
#[cfg(unix)]
fn end_at_the_second_signal() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag::{register, register_conditional_shutdown};

    let asked = Arc::new(AtomicBool::new(false));
    let code = i32::from(Exit::Interrupted.code());
    for signal in [SIGINT, SIGTERM] {
        // What can't be caught ends the program, as it does anyway.
        let _ = register_conditional_shutdown(signal, code, Arc::clone(&asked));
        let _ = register(signal, Arc::clone(&asked));
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
