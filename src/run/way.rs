//! The rules by which the probes of a batch follow each other.

use crate::plan::{Connections, Pattern, PatternKind};

/// The rules by which the probes of a batch follow each other.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// The most that may be under way.
    pub(super) together: usize,
    /// Each has a connection of its own.
    pub(super) fresh: bool,
    /// Those of one moment belong together: none waits for what comes of another.
    pub(super) at_once: bool,
    /// The first 429 ends it.
    pub(super) until_limited: bool,
}

impl Way {
    /// As many at once as may be.
    pub(super) const fn of(together: usize) -> Self {
        Self { together, fresh: false, at_once: false, until_limited: false }
    }

    /// As a pattern asks.
    pub(super) fn timed(pattern: Pattern, together: usize, all: usize) -> Self {
        let kept = pattern.connections() == Connections::Kept;
        let load = pattern.kind.is_load();
        Self {
            together: if kept {
                1
            } else if load {
                all
            } else {
                together
            },
            fresh: pattern.connections() == Connections::New,
            at_once: load,
            until_limited: pattern.kind == PatternKind::Ramp,
        }
    }
}
