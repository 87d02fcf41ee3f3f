//! The progress line: on stderr, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal::progress;
use crate::config::Site;
use crate::run::Event;
use crate::text::neutralise;

/// How often the line ticks: a server that hangs is no reason to look dead.
const TICK: Duration = Duration::from_millis(200);

/// A progress line, or nothing.
#[derive(Debug)]
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A line on stderr, if it is wanted.
    pub(super) fn new(wanted: bool, site: &Site, unicode: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), progress(wanted));
        let sign = if unicode { "·" } else { "|" };
        let template = format!(
            "{{spinner}} {{elapsed}} of {{prefix}} {sign} {{pos}} of {{len}} answered {sign} {{wide_msg}}"
        );
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style.tick_chars("|/-\\ "));
        }
        bar.set_prefix(short(site.deadline));
        bar.set_message(waited_for(site));
        bar.enable_steady_tick(TICK);
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

fn waited_for(site: &Site) -> String {
    format!("waiting for {}, {} at most", neutralise(&site.shown_base_url()), short(site.timeout))
}

/// A limit, without parts of a second that say nothing.
fn short(time: Duration) -> String {
    let whole = Duration::from_secs(time.as_secs() + u64::from(time.subsec_nanos() > 0));
    let shown = if time.as_secs() == 0 { time } else { whole };
    humantime::format_duration(shown).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_told_as_they_were_given() {
        for (time, told) in [(59_999, "1m"), (10_000, "10s"), (500, "500ms"), (90_000, "1m 30s")] {
            assert_eq!(short(Duration::from_millis(time)), told);
        }
    }
}
