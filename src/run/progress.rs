//! What is shown while a run is under way: on stderr, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A progress bar, or nothing.
#[derive(Clone, Debug)]
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar on stderr if it is wanted; indicatif hides it off a terminal.
    #[must_use]
    pub fn new(wanted: bool) -> Self {
        let target =
            if wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}/{len} requests answered") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// More requests will come.
    pub fn expect(&self, requests: usize) {
        self.0.inc_length(requests as u64);
    }

    /// One request was answered, or failed.
    pub fn landed(&self) {
        self.0.inc(1);
    }

    /// Takes the bar off the screen.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}
