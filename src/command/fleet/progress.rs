//! The live line of a fleet: on stderr, on a terminal only.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};

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
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {elapsed} {pos} of {len} keys{left}{msg}")
        {
            bar.set_style(style.tick_chars("|/-\\ ").with_key("left", left));
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
        self.0.set_position(tally.keys as u64);
        self.0.set_message(rows.collect::<String>());
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

/// How long it will take, once that can be told.
fn left(state: &ProgressState, out: &mut dyn Write) {
    if state.pos() > 0 {
        // A line that can't be drawn is no reason to end.
        let _ = write!(out, ", {:#} left", HumanDuration(state.eta()));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
