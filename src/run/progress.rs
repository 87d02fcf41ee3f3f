//! Events of an examination, for whoever shows its progress.

use crate::record::observation::Observation;

/// Something that happened in an examination.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// This many more requests are planned.
    Planned(usize),
    /// A request was answered, or failed.
    Landed(&'a Observation),
    /// Nothing more will be sent.
    Ended,
}

/// Whoever wants to know.
pub type Listener<'a> = &'a (dyn Fn(Event<'_>) + Sync);
