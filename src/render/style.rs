//! The only place that names a colour.
//!
//! `colored` decides by process-global state whether it styles; renderers are pure, so only its
//! palette is used, and the escape sequences are written here.

use colored::Color;

use crate::record::cause::Verdict;
use crate::record::class::Class;
use crate::record::diagnosis::Standing;

/// The role of a piece of text, which decides its looks. Nothing is said by looks alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Bad,
    Warn,
    Hint,
    Quiet,
    Strong,
}

/// How output may look, decided by whoever knows the terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) colour: bool,
    pub(crate) unicode: bool,
}

impl Style {
    /// The text in this tone, or unchanged where colours are off.
    pub(crate) fn paint(self, tone: Tone, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Good => Color::Green.to_fg_str(),
            Tone::Bad => Color::Red.to_fg_str(),
            Tone::Warn => Color::Yellow.to_fg_str(),
            Tone::Hint => Color::Cyan.to_fg_str(),
            Tone::Quiet => "2".into(),
            Tone::Strong => "1".into(),
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// The first form where the terminal can show it, the second elsewhere.
    pub(crate) const fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.unicode { unicode } else { ascii }
    }

    pub(crate) const fn verdict(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Healthy => self.pick("✓", "[ok]"),
            Verdict::Limited | Verdict::Degraded => self.pick("!", "[!]"),
            Verdict::Blocked | Verdict::Broken => self.pick("✗", "[x]"),
            Verdict::Inconclusive => self.pick("?", "[?]"),
        }
    }
}

pub(crate) const fn verdict_tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Healthy => Tone::Good,
        Verdict::Limited | Verdict::Blocked | Verdict::Degraded | Verdict::Inconclusive => {
            Tone::Warn
        }
        Verdict::Broken => Tone::Bad,
    }
}

pub(crate) const fn standing_tone(standing: Standing) -> Tone {
    match standing {
        Standing::Confirmed | Standing::Likely => Tone::Strong,
        Standing::Possible => Tone::Hint,
        Standing::Untested | Standing::RuledOut => Tone::Quiet,
    }
}

/// The tone of an answer to the key under test.
pub(crate) fn class_tone(class: Class) -> Tone {
    match class {
        Class::Ok => Tone::Good,
        Class::Unauthenticated | Class::Suspended | Class::ApiNotEnabled => Tone::Bad,
        Class::RouteNotFound | Class::Gone => Tone::Quiet,
        _ if class.is_transport() => Tone::Bad,
        _ => Tone::Warn,
    }
}
