//! Decides for each probe of one examination: send it, wait for an answer first, or hold it back.

use std::collections::HashMap;

use crate::plan::Probe;
use crate::record::class::Class;
use crate::record::facts::Reason;
use crate::record::observation::{FaultKind, Observation, Outcome};
use crate::record::probe::{ApiVersion, Credential};
use crate::record::wave::Wave;

/// Stop after this many requests without an answer: each of them is waited for to its limit.
const MAX_UNANSWERED: usize = 8;
/// Stop sending keys, or one header, after this many of those: in another one they may be answered.
const MAX_UNANSWERED_KEYED: usize = 12;
/// Don't repeat a request after this many without an answer in time.
const MAX_UNANSWERED_TO_REPEAT: usize = 5;
/// Stop after this many requests that reached nobody: all go to the same host.
const MAX_UNREACHED: usize = 8;
/// Stop keyed probing after this many blocks at the edge under one user agent.
const MAX_BLOCKS: usize = 3;
/// The beginning of the sentence that says why keyed probing ended early.
const STOPPED: &str = "Keyed probing stopped";

/// Counts what was sent in one examination, and what came of it.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    /// By user agent, and apart for V1 and V2, which may stand behind an edge of their own.
    blocks: HashMap<(Option<&'static str>, bool), Blocks>,
    controls: HashMap<(&'static str, &'static str, Credential), Class>,
    control_changed: bool,
    tallies: HashMap<Group, Tally>,
}

/// The decision about a probe.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It is sent.
    Send,
    /// An answer to one of those under way is waited for first.
    Wait,
    /// It is not sent.
    HoldBack(HeldBack),
}

/// Why a probe is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeldBack {
    /// The edge refused too many requests: more of them would look like an attack.
    Blocked,
    /// A control got another answer than before.
    ControlChanged,
    /// No request of its group was answered in time.
    Silence(Group),
    /// No request was answered at all, so another one shows nothing.
    Unreachable,
    /// Something hangs, and the run has lasted long enough.
    Spent,
}

/// Requests that are counted together. A server that looks up no key in `Authorization` may answer
/// there while it hangs on a key in another header, or on another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Group {
    /// All of them.
    All,
    /// Those with a key, the made-up one included.
    Keyed,
    /// Those with a key in one header on one version.
    Alike(&'static str, ApiVersion),
}

/// The requests of a group, by their end.
#[derive(Debug, Default)]
struct Tally {
    sent: usize,
    /// Given up because their time was over.
    silent: usize,
    /// Ended by another fault.
    failed: usize,
    /// Those of them whose host had no address, or no open port.
    unreached: usize,
    /// Answered, whatever the answer was.
    answered: usize,
}

impl Gate {
    /// Something was waited for in vain.
    pub(super) fn hangs(&self) -> bool {
        self.tallies.get(&Group::All).is_some_and(|all| all.silent > 0)
    }

    /// Decides about a probe, by what came of those before it, and whether there is time for it where
    /// something hangs.
    pub(super) fn turn(&self, probe: &Probe, spent: bool) -> Turn {
        if spent && self.hangs() {
            return Turn::HoldBack(HeldBack::Spent);
        }
        let is_control = matches!(probe.credential, Credential::None | Credential::MadeUp);
        if let Some(why) =
            self.stopped(probe.variant.user_agent, probe.endpoint.version).filter(|_| !is_control)
        {
            return Turn::HoldBack(why);
        }
        let repeats = matches!(probe.wave, Wave::Repeats | Wave::Closing);
        for group in groups(probe) {
            let Some(tally) = self.tallies.get(&group) else { continue };
            if tally.answered + tally.failed > 0 {
                continue;
            }
            let most = match group {
                Group::All => MAX_UNANSWERED,
                Group::Keyed | Group::Alike(..) => MAX_UNANSWERED_KEYED,
            };
            if tally.silent >= if repeats { MAX_UNANSWERED_TO_REPEAT } else { most } {
                return Turn::HoldBack(HeldBack::Silence(group));
            }
            if tally.sent >= most {
                return Turn::Wait;
            }
        }
        let Some(all) = self.tallies.get(&Group::All).filter(|all| all.answered == 0) else {
            return Turn::Send;
        };
        let in_vain = all.unreached + all.silent;
        if all.unreached > 0 && in_vain >= MAX_UNREACHED || repeats && all.failed >= MAX_UNANSWERED
        {
            Turn::HoldBack(HeldBack::Unreachable)
        } else if all.unreached > 0 && in_vain + all.under_way() >= MAX_UNREACHED {
            Turn::Wait
        } else {
            Turn::Send
        }
    }

    /// A probe is on its way.
    pub(super) fn sent(&mut self, probe: &Probe) {
        for group in groups(probe) {
            self.tallies.entry(group).or_default().sent += 1;
        }
    }

    /// Something came of a probe that was sent.
    pub(super) fn landed(&mut self, probe: &Probe, observation: &Observation) {
        for group in groups(probe) {
            self.tallies.entry(group).or_default().land(observation);
        }
        let class = observation.class;
        if class == Class::EdgeBlock {
            let legacy = probe.endpoint.version != ApiVersion::V3;
            let blocks = self.blocks.entry((probe.variant.user_agent, legacy)).or_default();
            blocks.all += 1;
            blocks.made_up += usize::from(probe.credential == Credential::MadeUp);
        }
        let is_control = matches!(probe.credential, Credential::None | Credential::MadeUp);
        let tells = matches!(
            class,
            Class::Ok | Class::Unauthenticated | Class::EdgeBlock | Class::Suspended
        );
        if is_control && tells {
            let question = (probe.endpoint.id, probe.variant.id, probe.credential);
            let first = *self.controls.entry(question).or_insert(class);
            self.control_changed |= first != class;
        }
    }

    /// Why no key is sent any more to this version under this user agent, if so.
    pub(crate) fn stopped(
        &self,
        user_agent: Option<&'static str>,
        version: ApiVersion,
    ) -> Option<HeldBack> {
        let edge = (user_agent, version != ApiVersion::V3);
        if self.blocks.get(&edge).is_some_and(Blocks::are_of_us) {
            Some(HeldBack::Blocked)
        } else {
            self.control_changed.then_some(HeldBack::ControlChanged)
        }
    }
}

/// Requests that were blocked at an edge.
#[derive(Debug, Default)]
struct Blocks {
    all: usize,
    /// Those with a made-up key.
    made_up: usize,
}

impl Blocks {
    /// Too many, and not only of made-up keys: a page that meets only those is no block of the real one.
    const fn are_of_us(&self) -> bool {
        self.all >= MAX_BLOCKS && self.all > self.made_up
    }
}

impl Tally {
    /// Sent, and not ended yet.
    const fn under_way(&self) -> usize {
        self.sent - self.silent - self.failed - self.answered
    }

    fn land(&mut self, seen: &Observation) {
        match &seen.outcome {
            // A body that never ends is no answer, either.
            _ if seen.class == Class::Timeout => self.silent += 1,
            // It never left, so nobody could answer it.
            Outcome::Fault(fault) if fault.fault == FaultKind::Unsendable => self.sent -= 1,
            Outcome::Fault(_) => {
                self.failed += 1;
                self.unreached += usize::from(matches!(seen.class, Class::Dns | Class::Connect));
            }
            Outcome::Answer(_) => self.answered += 1,
        }
    }
}

impl HeldBack {
    /// The kind of reason.
    pub(crate) const fn reason(self) -> Reason {
        match self {
            Self::Blocked | Self::ControlChanged => Reason::Stopped,
            Self::Silence(_) | Self::Unreachable | Self::Spent => Reason::Unanswered,
        }
    }

    /// The reason in a sentence.
    pub(crate) fn sentence(self) -> String {
        match self {
            Self::Blocked => format!(
                "{STOPPED}: {MAX_BLOCKS} requests were refused in another form than the API's."
            ),
            Self::ControlChanged => {
                format!("{STOPPED}: a control was answered differently than before.")
            }
            Self::Silence(group) => format!(
                "No request{} was answered in time{}, so more of them would show nothing.",
                match group {
                    Group::All => "",
                    Group::Keyed => " with a key",
                    Group::Alike(..) => " with a key in this header",
                },
                match group {
                    Group::All | Group::Keyed => "",
                    Group::Alike(..) => " by this version of the API",
                }
            ),
            Self::Unreachable => {
                "No request was answered, so more of them would show nothing.".to_owned()
            }
            Self::Spent => {
                "Requests hang here, and the time for waiting is over: no more were begun."
                    .to_owned()
            }
        }
    }
}

/// The groups of a probe, the widest first.
fn groups(probe: &Probe) -> impl Iterator<Item = Group> {
    let keyed = probe.credential != Credential::None;
    let narrow = [Group::Keyed, Group::Alike(probe.variant.id, probe.endpoint.version)];
    std::iter::once(Group::All).chain(narrow.into_iter().filter(move |_| keyed))
}

#[cfg(test)]
mod tests;
