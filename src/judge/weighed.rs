//! The result of weighing one hypothesis.

use crate::record::diagnosis::{Evidence, Standing};

use super::group::Group;

/// A standing with its evidence.
#[derive(Debug)]
pub struct Weighed {
    pub(super) standing: Standing,
    pub(super) evidence: Vec<Evidence>,
    pub(super) against: Vec<Evidence>,
    pub(super) next_step: Option<String>,
    pub(super) headline: Option<String>,
}

impl Weighed {
    pub(super) const fn new(standing: Standing) -> Self {
        Self {
            standing,
            evidence: Vec::new(),
            against: Vec::new(),
            next_step: None,
            headline: None,
        }
    }

    pub(super) const fn confirmed() -> Self {
        Self::new(Standing::Confirmed)
    }

    pub(super) const fn likely() -> Self {
        Self::new(Standing::Likely)
    }

    pub(super) const fn possible() -> Self {
        Self::new(Standing::Possible)
    }

    /// Nothing was asked that could tell.
    pub(super) fn untested(why: impl Into<String>) -> Self {
        Self::new(Standing::Untested).against(&Group::default(), why)
    }

    /// Something speaks against it that it can't explain.
    pub(super) fn ruled_out(group: &Group<'_>, why: impl Into<String>) -> Self {
        Self::new(Standing::RuledOut).against(group, why)
    }

    /// Adds a piece of evidence for it.
    pub(super) fn because(mut self, group: &Group<'_>, text: impl Into<String>) -> Self {
        self.evidence.push(Evidence { probes: group.ids(), text: text.into() });
        self
    }

    /// Adds a piece of evidence against it.
    pub(super) fn against(mut self, group: &Group<'_>, text: impl Into<String>) -> Self {
        self.against.push(Evidence { probes: group.ids(), text: text.into() });
        self
    }

    /// Replaces the general headline by one for this case.
    pub(super) fn named(mut self, headline: impl Into<String>) -> Self {
        self.headline = Some(headline.into());
        self
    }

    /// Replaces the general next step by one for this case.
    pub(super) fn next(mut self, step: impl Into<String>) -> Self {
        self.next_step = Some(step.into());
        self
    }
}
