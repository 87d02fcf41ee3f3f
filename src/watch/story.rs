//! What all rounds come to.

use chrono::{DateTime, Utc};

use super::streak::Streak;
use crate::record::watched::{Conclusion, Flip, Round, State, Watched};
use crate::text::{count, named_enum};

named_enum! {
    /// The event that ends a watch.
    pub enum Until {
        /// The key works: accepted often enough in a row.
        Working = "working",
        /// It was accepted and is refused, or the other way round.
        Changed = "changed",
        /// It is refused for good.
        Gone = "gone",
    }
}

/// The probability of acceptance that "works" is told from: a server that refuses 1 in 10.
const NEARLY_WORKING: f64 = 0.9;
/// The probability of refusal that "gone" is told from: a server that accepts every other request.
const NEARLY_GONE: f64 = 0.5;
/// Failures in a row that are an outage.
const OUTAGE: usize = 3;

/// All rounds so far, as far as they matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    first: Option<State>,
    /// The last time that it was accepted or refused.
    last: Option<(State, DateTime<Utc>)>,
    /// Something was skipped since then.
    gap: bool,
    flips: Vec<Flip>,
    /// Accepted, refused, failed.
    counts: [usize; 3],
    failing: usize,
    works: Streak,
    is_gone: Streak,
    control_key: Option<State>,
}

impl Default for Story {
    fn default() -> Self {
        Self {
            first: None,
            last: None,
            gap: false,
            flips: Vec::new(),
            counts: [0; 3],
            failing: 0,
            works: Streak::against(NEARLY_WORKING),
            is_gone: Streak::against(NEARLY_GONE),
            control_key: None,
        }
    }
}

impl Story {
    /// Takes in one round, and says in it whether it is a change.
    pub fn push(&mut self, round: &mut Round) {
        round.flip = false;
        self.control_key = round.control_key.or(self.control_key);
        self.failing = if round.state == State::Failed { self.failing + 1 } else { 0 };
        match round.state {
            State::Skipped => self.gap = true,
            State::Failed => self.counts[2] += 1,
            state => {
                let accepted = state == State::Accepted;
                self.counts[usize::from(!accepted)] += 1;
                self.works.push(accepted);
                self.is_gone.push(!accepted);
                self.first.get_or_insert(state);
                let earlier = self.last.replace((state, round.at));
                let gap = std::mem::take(&mut self.gap);
                if let Some((_, after)) = earlier.filter(|(earlier, _)| *earlier != state) {
                    round.flip = true;
                    self.flips.push(Flip { to: state, after, before: round.at, gap });
                }
            }
        }
    }

    /// The last change.
    #[must_use]
    pub fn last_flip(&self) -> Option<&Flip> {
        self.flips.last()
    }

    /// True once there is nothing left to wait for.
    #[must_use]
    pub fn has_reached(&self, until: Until) -> bool {
        match until {
            Until::Working => self.works.is_shown(),
            Until::Changed => !self.flips.is_empty(),
            Until::Gone => self.is_gone.is_shown(),
        }
    }

    /// True while the state that is waited for is there, and not yet for long enough: it is worth asking
    /// sooner then.
    #[must_use]
    pub const fn is_close(&self, until: Until) -> bool {
        match until {
            Until::Working => self.works.length() > 0,
            Until::Changed => false,
            Until::Gone => self.is_gone.length() > 0,
        }
    }

    /// What it comes to.
    #[must_use]
    pub fn conclusion(&self) -> Conclusion {
        let changed = !self.flips.is_empty();
        if self.failing >= OUTAGE {
            return Conclusion::Outage;
        }
        match self.first {
            Some(State::Refused) if self.works.is_shown() => Conclusion::Propagated,
            _ if self.works.is_shown() && changed => Conclusion::Recovered,
            _ if self.works.is_shown() => Conclusion::Working,
            _ if self.is_gone.is_shown() && !changed => Conclusion::Refused,
            _ if self.is_gone.is_shown() => match self.control_key {
                Some(State::Accepted) => Conclusion::Rotated,
                Some(_) => Conclusion::Outage,
                None => Conclusion::Gone,
            },
            _ if self.flips.len() > 1 => Conclusion::Flapping,
            _ => Conclusion::Undecided,
        }
    }

    /// Summed up, for the record.
    #[must_use]
    pub fn summed_up(&self) -> Watched {
        let [accepted, refused, failed] = self.counts;
        Watched {
            conclusion: self.conclusion(),
            statement: self.statement(),
            accepted,
            refused,
            failed,
            flips: self.flips.clone(),
        }
    }

    fn statement(&self) -> String {
        let (yes, no) = (self.works.length(), self.is_gone.length());
        let works = format!(
            "It was accepted {yes} times in a row. A server that still refuses 1 in 10 is called working in at most 5 of 100 watches, however long they last."
        );
        let refused = format!(
            "It was refused {no} times in a row. A server that still accepts every other request is called so in at most 5 of 100 watches."
        );
        match self.conclusion() {
            Conclusion::Working => format!("The key works. {works}"),
            Conclusion::Propagated => format!(
                "The key was refused at first and works now, as a new key does once every server knows it. {works}"
            ),
            Conclusion::Recovered => {
                format!("The key was refused for a while and works again. {works}")
            }
            Conclusion::Refused => format!("The key is refused, and was from the start. {refused}"),
            Conclusion::Gone => format!("The key was accepted and is refused now. {refused}"),
            Conclusion::Rotated => format!(
                "The key was accepted and is refused now, while the other key is accepted, as when one takes the place of the other. {refused}"
            ),
            Conclusion::Outage if self.failing >= OUTAGE => format!(
                "The last {} were neither accepted nor refused: this is no matter of the key.",
                count(self.failing, "round")
            ),
            Conclusion::Outage => format!(
                "The key was accepted and is refused now, and the other key isn't accepted, either: this is no rotation. {refused}"
            ),
            Conclusion::Flapping => format!(
                "The key is accepted and refused in turns: it changed {} times, and neither lasted.",
                self.flips.len()
            ),
            Conclusion::Undecided => self.too_early(),
        }
    }

    fn too_early(&self) -> String {
        match self.last {
            None => "No round was accepted or refused.".to_owned(),
            Some((State::Accepted, _)) => format!(
                "The key was last accepted, {} in a row; to call it working takes {}.",
                count(self.works.length(), "time"),
                self.works.needed()
            ),
            Some(_) => format!(
                "The key was last refused, {} in a row; to call it gone takes {}.",
                count(self.is_gone.length(), "time"),
                self.is_gone.needed()
            ),
        }
    }
}
