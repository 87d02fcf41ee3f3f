//! What many keys are asked: one request for each, beside controls that they have in common.

use super::Probe;
use super::build::{Brief, Maker};
use crate::heygen::endpoint::{ME, SELF, UNKNOWN_ROUTE};
use crate::record::probe::Credential;
use crate::record::wave::Wave;

/// A key that meets a limit on requests is asked so often.
pub const TRIES: usize = 3;

/// The one request with a key; with a `description` also what HeyGen says of the key, such as its end.
#[must_use]
pub fn glance(brief: &Brief, description: bool) -> Vec<Probe> {
    let maker = Maker { brief, wave: Wave::Controls };
    let ask = |id, asks| maker.at(id, brief.documented(), Credential::Real, asks);
    let described = description.then(|| ask(SELF, "What does HeyGen say of the key?"));
    [ask(ME, "Is the key accepted?")].into_iter().chain(described).collect()
}

/// The controls of that request.
#[must_use]
pub fn controls(brief: &Brief) -> [Probe; 3] {
    let maker = Maker { brief, wave: Wave::Controls };
    let documented = brief.documented();
    [
        maker.at(ME, documented, Credential::MadeUp, "Is a key that can't exist refused?"),
        maker.at(ME, documented, Credential::None, "What is the answer without any key?"),
        maker.probe(
            &UNKNOWN_ROUTE,
            documented,
            Credential::None,
            "Does the server know which paths it has?",
        ),
    ]
}
