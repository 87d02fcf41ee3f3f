//! The live line of a fleet: on stderr, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::command::output::to_stderr;
use crate::command::terminal::progress;
use crate::fleet::Tally;

/// How often it ticks.
const TICK: Duration = Duration::from_millis(200);

/// The keys so far, by cause.
#[derive(Debug)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new(wanted: bool, keys: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(keys as u64), progress(wanted));
        let template = "{spinner} {elapsed} {pos} of {len} keys, {eta} left{msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.tick_chars("|/-\\ "));
        }
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// Shows the counts.
    pub(super) fn show(&self, tally: &Tally) {
        if self.0.is_hidden() {
            return;
        }
        let rows = tally.by_cause.iter().map(|(cause, keys)| format!("\n  {keys:>7}  {cause}"));
        self.0.set_message(rows.collect::<String>());
        self.0.set_position(tally.keys as u64);
    }

    /// Does something that writes to the terminal as well.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }

    /// Says something above the line.
    pub(super) fn say(&self, text: &str) {
        self.aside(|| to_stderr(text));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
