//! The making of probes.

use crate::text::Glob;

use super::{Batch, Manner, Pattern, Probe, Profile};
use crate::heygen::endpoint::{self, Endpoint};
use crate::record::probe::variant::{BEARER, X_API_KEY};
use crate::record::probe::{Credential, ProbeId, Variant};
use crate::record::wave::Wave;

/// All that the plan knows of a run; no key is in it.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Brief {
    /// The profile, which bounds the plan.
    pub profile: Profile,
    /// True if the real key may be sent.
    pub real: bool,
    /// The reason why it may not, if so.
    pub withheld: Option<String>,
    /// True for an OAuth token.
    pub oauth: bool,
    /// True if something in the value can be repaired.
    pub repairable: bool,
    /// True if another base64 layer is worth a try.
    pub encodable: bool,
    /// True if the value can be base64-decoded to readable text.
    pub decodable: bool,
    /// True if a key known to work is at hand.
    pub known_good: bool,
    /// Keys of other sources, by their position.
    pub others: Vec<usize>,
    /// The timing patterns to run.
    pub patterns: Vec<Pattern>,
    /// Probe ids to keep; all when empty.
    pub only: Vec<Glob>,
    /// Probe ids to leave out.
    pub skip: Vec<Glob>,
    /// The random path of the identity control.
    pub unknown_path: String,
    /// The service behind the base URL, where it is known not to be the API: nothing is sent.
    pub wrong_host: Option<String>,
}

impl Brief {
    /// The way in which this kind of credential is documented to be sent.
    #[must_use]
    pub const fn documented(&self) -> &'static Variant {
        if self.oauth { BEARER } else { X_API_KEY }
    }

    /// True if `--only` and `--skip` let this probe through.
    #[must_use]
    pub fn wants(&self, probe: &Probe) -> bool {
        let id = probe.id.0.as_str();
        let any = |globs: &[Glob]| globs.iter().any(|glob| glob.matches(id));
        (self.only.is_empty() || any(&self.only)) && !any(&self.skip)
    }
}

/// Makes the probes of one wave.
pub(super) struct Maker<'a> {
    pub(super) brief: &'a Brief,
    pub(super) wave: Wave,
}

impl Maker<'_> {
    pub(super) fn probe(
        &self,
        endpoint: &'static Endpoint,
        variant: &'static Variant,
        credential: Credential,
        asks: &'static str,
    ) -> Probe {
        let path = if endpoint.id == endpoint::UNKNOWN_ROUTE.id {
            self.brief.unknown_path.clone()
        } else {
            endpoint.target()
        };
        let id = ProbeId(format!("{}/{}/{credential}", endpoint.id, variant.id));
        Probe { id, wave: self.wave, endpoint, path, credential, variant, pattern: None, asks }
    }

    /// The same on an endpoint given by its id in the catalogue.
    pub(super) fn at(
        &self,
        id: &str,
        variant: &'static Variant,
        credential: Credential,
        asks: &'static str,
    ) -> Probe {
        let endpoint = find(id);
        self.probe(endpoint, variant, credential, asks)
    }
}

/// A repeat of a probe, told apart by a fourth part of its id.
pub(super) fn again(probe: Probe, part: &str) -> Probe {
    Probe { id: ProbeId(format!("{}/{part}", probe.id)), ..probe }
}

fn find(id: &str) -> &'static Endpoint {
    if id == endpoint::UNKNOWN_ROUTE.id {
        return &endpoint::UNKNOWN_ROUTE;
    }
    endpoint::find(id).expect("the plan names endpoints of the catalogue")
}

/// One batch of probes that are sent together, or none where there are none.
pub(super) fn together(probes: Vec<Probe>) -> Vec<Batch> {
    if probes.is_empty() { Vec::new() } else { vec![Batch { probes, manner: Manner::Together }] }
}
