//! The diagnosis, as data.

use serde::{Deserialize, Serialize};

use crate::record::cause::{Cause, Side, Verdict};
use crate::record::facts::FindingId;
use crate::record::probe::ProbeId;
use crate::text::named_enum;

named_enum! {
    /// How firmly a cause stands.
    pub enum Standing {
        /// An observation speaks against it that it can't explain.
        RuledOut = "ruled_out",
        /// Nothing was asked that could tell.
        Untested = "untested",
        /// Compatible with everything seen.
        Possible = "possible",
        /// Agrees with a pattern that its rivals explain less well.
        Likely = "likely",
        /// An experiment that could have come out otherwise speaks for it.
        Confirmed = "confirmed",
    }
}

/// The diagnosis of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Diagnosis {
    /// The verdict.
    pub verdict: Verdict,
    /// The cause.
    pub cause: Cause,
    /// The standing of that cause.
    pub confidence: Standing,
    /// The finding as a clause that names the mistake, without how firmly it stands.
    #[serde(default)]
    pub headline: String,
    /// The finding with how firmly it stands, and on what evidence.
    pub statement: String,
    /// The exit code of `check`.
    pub exit_code: u8,
    /// Every cause with its standing, the named one first.
    pub causes: Vec<Assessment>,
    /// Notes: other things worth knowing.
    pub notes: Vec<Note>,
}

impl Diagnosis {
    /// The assessment of the named cause.
    #[must_use]
    pub fn named(&self) -> Option<&Assessment> {
        self.causes.iter().find(|assessed| assessed.cause == self.cause)
    }

    /// The strongest evidence for the named cause.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.named()?.evidence.last().map(|evidence| evidence.text.as_str())
    }
}

/// One cause, assessed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Assessment {
    /// The cause.
    pub cause: Cause,
    /// The cause as a clause about this case, where its general one says less; the diagnosis has it.
    #[serde(skip)]
    pub headline: Option<String>,
    /// How firmly it stands.
    pub standing: Standing,
    /// Who can do something about it.
    pub side: Option<Side>,
    /// Evidence for it.
    pub evidence: Vec<Evidence>,
    /// Evidence against it.
    pub against: Vec<Evidence>,
    /// One exact, harmless next step.
    pub next_step: String,
    /// The URL of the page about it in HeyGen's documentation; empty where there is none.
    pub doc_url: String,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The probes that show it; empty for what was found without sending.
    pub probes: Vec<ProbeId>,
    /// The evidence in one sentence.
    pub text: String,
}

/// Something that rides along without being the cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Note {
    /// The stable name.
    pub id: NoteId,
    /// The note in one sentence.
    pub message: String,
}

named_enum! {
    /// The note's stable name. In this order they are told.
    pub enum NoteId {
        /// This machine's clock differs from the server's.
        ClockSkew = "clock_skew",
        /// Another source's key works, the used one doesn't.
        KeyConflict = "key_conflict",
        /// The key was made long ago.
        KeyOld = "key_old",
        /// Blanks are around the key or in it.
        KeyBlanks = "key_blanks",
        /// V1 and V2 no longer answer.
        LegacyRetired = "legacy_retired",
        /// V1 and V2 announce their end.
        LegacyDeprecated = "legacy_deprecated",
        /// V1 or V2 refuse the key that V3 accepts.
        LegacyRefuses = "legacy_refuses",
        /// Requests that came together got 429.
        BurstThrottled = "burst_throttled",
        /// The wallet is nearly empty.
        LowBalance = "low_balance",
        /// The key will expire soon.
        ExpiresSoon = "expires_soon",
        /// The key may only read.
        KeyReadOnly = "key_read_only",
        /// HeyGen describes the key as ended, and accepts it.
        KeyDescribedAsEnded = "key_described_as_ended",
        /// An env file sets the variable more than once.
        EnvFileDuplicate = "env_file_duplicate",
        /// A byte order mark hides the first line of an env file.
        EnvFileBom = "env_file_bom",
        /// The readers of an env file take different values from it.
        EnvFileReaders = "env_file_readers",
        /// An empty variable hides the key in an env file.
        EnvShadowed = "env_shadowed",
        /// A value stands under a name that comes near the right one.
        KeyNearName = "key_near_name",
        /// A setting can't be used, or isn't read.
        SettingUnusable = "setting_unusable",
        /// HeyGen's status page reports something.
        StatusPageIncident = "status_page_incident",
        /// Another base URL was set.
        BaseUrlOverride = "base_url_override",
        /// Requests went through a proxy.
        ProxyInUse = "proxy_in_use",
        /// The TLS connection is opened on the way.
        TlsIntercepted = "tls_intercepted",
        /// The doctor's own user agent is blocked.
        UserAgentBlocked = "user_agent_blocked",
        /// Answers changed during the run.
        ChangedMidRun = "changed_mid_run",
        /// Keyed probing was stopped early.
        KeyedProbingStopped = "keyed_probing_stopped",
        /// The key works, and not as it was required to.
        RequirementUnmet = "requirement_unmet",
        /// `--fail-on` leaves this side out.
        NotCounted = "not_counted",
    }
}

impl NoteId {
    /// True if it limits what a key that works is good for, so that the headline has to say it.
    #[must_use]
    pub const fn limits(self) -> bool {
        matches!(
            self,
            Self::LegacyRefuses
                | Self::LowBalance
                | Self::ExpiresSoon
                | Self::KeyReadOnly
                | Self::KeyDescribedAsEnded
                | Self::EnvFileReaders
                | Self::EnvShadowed
        )
    }

    /// The finding about the key that says the same, if one does.
    #[must_use]
    pub const fn finding(self) -> Option<FindingId> {
        match self {
            Self::KeyOld => Some(FindingId::KeyOld),
            Self::KeyBlanks => Some(FindingId::KeyBlanks),
            Self::EnvFileDuplicate => Some(FindingId::EnvFileDuplicate),
            Self::EnvFileBom => Some(FindingId::EnvFileBom),
            Self::EnvFileReaders => Some(FindingId::EnvFileReaders),
            Self::EnvShadowed => Some(FindingId::EnvShadowed),
            Self::KeyNearName => Some(FindingId::KeyNearName),
            Self::ClockSkew
            | Self::KeyConflict
            | Self::LegacyRetired
            | Self::LegacyDeprecated
            | Self::LegacyRefuses
            | Self::BurstThrottled
            | Self::LowBalance
            | Self::ExpiresSoon
            | Self::KeyReadOnly
            | Self::KeyDescribedAsEnded
            | Self::SettingUnusable
            | Self::StatusPageIncident
            | Self::BaseUrlOverride
            | Self::ProxyInUse
            | Self::TlsIntercepted
            | Self::UserAgentBlocked
            | Self::ChangedMidRun
            | Self::KeyedProbingStopped
            | Self::RequirementUnmet
            | Self::NotCounted => None,
        }
    }
}
