//! The waves of a run.

use serde::{Deserialize, Serialize};

/// The probes that are asked for one purpose. In a record it is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Wave {
    /// The key beside its controls.
    Controls,
    /// Other headers, forms, user agents, and versions.
    Variants,
    /// Other endpoints.
    Endpoints,
    /// The identical request repeated.
    Repeats,
    /// The controls once more.
    Closing,
}

impl Wave {
    /// Every wave, in order.
    pub const ALL: [Self; 5] =
        [Self::Controls, Self::Variants, Self::Endpoints, Self::Repeats, Self::Closing];

    /// The number in records. Waves 0 and 1, the look at the machine and the network, have no probes.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Controls => 2,
            Self::Variants => 3,
            Self::Endpoints => 4,
            Self::Repeats => 5,
            Self::Closing => 6,
        }
    }
}

impl From<Wave> for u8 {
    fn from(wave: Wave) -> Self {
        wave.number()
    }
}

impl TryFrom<u8> for Wave {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|wave| wave.number() == number);
        known.ok_or_else(|| format!("there is no wave {number}"))
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Wave {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Wave".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "enum": Self::ALL.map(Self::number) })
    }
}
