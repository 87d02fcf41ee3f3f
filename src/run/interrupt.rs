//! Ctrl-C, SIGTERM, SIGHUP, and the deadline end a run before its plan does.

use std::pin::pin;
use std::sync::OnceLock;

use futures_util::future::{Either, select};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::record::facts::EndedBy;

/// No signal has this number.
const NONE: i32 = 0;

/// The signal by which the user asked to stop; the whole process shares it.
static ASKED: OnceLock<watch::Receiver<i32>> = OnceLock::new();

/// Knows whether the user asked to stop.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt(watch::Receiver<i32>);

impl Interrupt {
    /// Listens for Ctrl-C, and where there are such signals for SIGTERM and SIGHUP, from this
    /// moment on. A second one ends the program at once. The signals are caught once in a process,
    /// however often this is called.
    pub(crate) fn listen() -> Self {
        let asked = ASKED.get_or_init(|| {
            let (sender, receiver) = watch::channel(NONE);
            catch(sender);
            receiver
        });
        Self(asked.clone())
    }

    /// Waits until the user asks to stop, and gives the number of the signal.
    pub(crate) async fn wait(&self) -> i32 {
        let mut receiver = self.0.clone();
        let asked = receiver.wait_for(|signal| *signal != NONE).await.map(|signal| *signal);
        match asked {
            Ok(signal) => signal,
            Err(_) => std::future::pending().await,
        }
    }

    /// True once the user asked to stop.
    pub(crate) fn is_asked(&self) -> bool {
        *self.0.borrow() != NONE
    }
}

/// Catches the signals on a thread of their own, which lives as long as the process.
#[cfg(unix)]
fn catch(sender: watch::Sender<i32>) {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag::{register, register_conditional_shutdown};
    use signal_hook::iterator::Signals;

    use crate::record::exit::Exit;

    let mut caught = vec![SIGINT, SIGTERM];
    if !hangup_is_ignored() {
        caught.push(SIGHUP);
    }
    // Handlers of a signal run in the order in which they were registered: the first one ends the
    // program if the second one was here before. What can't be caught ends it anyway.
    let asked = Arc::new(AtomicBool::new(false));
    let code = i32::from(Exit::Interrupted.code());
    for signal in &caught {
        let _ = register_conditional_shutdown(*signal, code, Arc::clone(&asked));
        let _ = register(*signal, Arc::clone(&asked));
    }
    let Ok(mut signals) = Signals::new(caught) else { return };
    let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            sender.send_replace(signal);
        }
    });
}

/// True where the program was started to outlive its terminal, as by `nohup`. Only Linux tells;
/// elsewhere a hangup ends the run.
#[cfg(unix)]
fn hangup_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // The lowest bit is that of signal 1, SIGHUP.
    ignored
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask & 1 == 1)
}

#[cfg(not(unix))]
fn catch(sender: watch::Sender<i32>) {
    let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        if runtime.is_ok_and(|runtime| runtime.block_on(tokio::signal::ctrl_c()).is_ok()) {
            // The number of Ctrl-C wherever signals have numbers.
            sender.send_replace(2);
        }
    });
}

/// Waits for whatever ends the run first.
pub(crate) async fn ended(deadline: Instant, interrupt: &Interrupt) -> EndedBy {
    // A timer is late by up to a millisecond: time enough to send one more request.
    if deadline <= Instant::now() {
        return EndedBy::Deadline;
    }
    let (interrupt, late) = (interrupt.wait(), tokio::time::sleep_until(deadline));
    match select(pin!(interrupt), pin!(late)).await {
        Either::Left(_) => EndedBy::Interrupt,
        Either::Right(_) => EndedBy::Deadline,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn a_run_is_over_at_its_deadline_whenever_the_timer_fires() {
        let deadline = Instant::now() + Duration::from_millis(2);
        while Instant::now() < deadline {}
        let over = ended(deadline, &Interrupt::listen()).now_or_never();
        assert_eq!(over, Some(EndedBy::Deadline));
    }

    #[test]
    fn signals_are_caught_once_however_often_is_listened() {
        let first = Interrupt::listen();
        let elsewhere = std::thread::spawn(Interrupt::listen).join().unwrap();
        assert!(first.0.same_channel(&elsewhere.0));
    }
}
