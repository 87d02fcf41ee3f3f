//! The exit codes, documented: a superset of those of HeyGen's own command line.

use crate::text::named_enum;

named_enum! {
    /// How the program ends. All other codes are reserved.
    pub enum Exit {
        /// The key works.
        Works = "works",
        /// Something else than the key or the account is wrong.
        Wrong = "wrong",
        /// A usage or configuration error.
        Usage = "usage",
        /// The key or the account.
        Key = "key",
        /// The deadline or a timeout ended the run before a diagnosis.
        TimedOut = "timed_out",
        /// Ctrl-C before a diagnosis.
        Interrupted = "interrupted",
    }
}

impl Exit {
    /// The number that the shell sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Works => 0,
            Self::Wrong => 1,
            Self::Usage => 2,
            Self::Key => 3,
            Self::TimedOut => 4,
            Self::Interrupted => 130,
        }
    }

    /// The end that has this number.
    #[must_use]
    pub const fn of_code(code: u8) -> Self {
        match code {
            0 => Self::Works,
            2 => Self::Usage,
            3 => Self::Key,
            4 => Self::TimedOut,
            130 => Self::Interrupted,
            _ => Self::Wrong,
        }
    }

    /// The sentence that tells a script what happened.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Works => "The key works; the verdict is `healthy` or `limited`.",
            Self::Wrong => {
                "Something else is wrong: the network, the edge, HeyGen's side, or a rate limit. Or it couldn't be told."
            }
            Self::Usage => "A usage or configuration error; nothing was diagnosed.",
            Self::Key => {
                "The key or the account: missing, malformed, unrecognized, not permitted, or out of credit."
            }
            Self::TimedOut => "The deadline or a timeout ended the run before a diagnosis.",
            Self::Interrupted => "Ctrl-C ended the run before a diagnosis, or came a second time.",
        }
    }
}
