//! The progress bar: on stderr, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::run::Event;

/// A progress bar, or nothing.
#[derive(Debug)]
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar on stderr if it is wanted; indicatif hides it off a terminal.
    pub(super) fn new(wanted: bool) -> Self {
        let target =
            if wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}/{len} requests answered") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Shows what happened.
    pub(super) fn show(&self, event: Event<'_>) {
        match event {
            Event::Planned(requests) => self.0.inc_length(requests as u64),
            Event::Landed(_) => self.0.inc(1),
            Event::Ended => self.0.finish_and_clear(),
        }
    }
}
