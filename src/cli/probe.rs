//! Flags of every command that probes.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::plan::{Pattern, Profile};
use crate::text::Glob;

const KEY: &str = "Key";
const PROBING: &str = "Probing";
const NETWORK: &str = "Network";

/// Flags about sending, which `--from` excludes because it sends nothing.
const SENDING: [&str; 15] = [
    "dry_run",
    "base_url",
    "profile",
    "only",
    "skip",
    "pattern",
    "concurrency",
    "timeout",
    "deadline",
    "control_env",
    "send_anyway",
    "proxy",
    "ca_cert",
    "http1",
    "no_status_page",
];

/// Where the key comes from.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = KEY)]
pub struct SourceArgs {
    /// Read the key from this environment variable instead of HEYGEN_API_KEY
    #[arg(long, value_name = "NAME")]
    pub key_env: Option<String>,

    /// Read the key from this file; `-` is standard input
    #[arg(long, value_name = "PATH")]
    pub key_file: Option<PathBuf>,
}

/// The requests, their target, and the way there.
#[derive(Clone, Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct ProbeArgs {
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take it for help text")]
    pub source: SourceArgs,

    /// Variable with a key that is known to work, to compare with
    #[arg(long, value_name = "NAME", help_heading = KEY)]
    pub control_env: Option<String>,

    /// Send the key even if it looks like another vendor's
    #[arg(long, help_heading = KEY)]
    pub send_anyway: bool,

    /// How much to ask [default: adaptive for check, full for report]
    #[arg(long, value_enum, help_heading = PROBING)]
    pub profile: Option<Profile>,

    /// Send only the probes whose id matches; may be repeated
    #[arg(long, value_name = "GLOB", value_parser = glob, help_heading = PROBING)]
    pub only: Vec<Glob>,

    /// Leave out the probes whose id matches; may be repeated
    #[arg(long, value_name = "GLOB", value_parser = glob, help_heading = PROBING)]
    pub skip: Vec<Glob>,

    /// Run this timing pattern (fresh, steady, burst), `NAME[:n[,interval]]`; may be repeated
    #[arg(long, value_name = "PATTERN", help_heading = PROBING)]
    pub pattern: Vec<Pattern>,

    /// The most requests in flight, 1 to 64
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = concurrency, help_heading = PROBING)]
    pub concurrency: u8,

    /// The longest that one request may take
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration, help_heading = PROBING)]
    pub timeout: Duration,

    /// The longest that the whole run may take
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = duration, help_heading = PROBING)]
    pub deadline: Duration,

    /// Print the plan and send nothing
    #[arg(long, help_heading = PROBING)]
    pub dry_run: bool,

    /// Ask the embedded double instead of HeyGen, with this scenario and its own key
    #[arg(long, value_name = "SCENARIO", conflicts_with_all = ["base_url", "proxy", "key_env", "key_file", "control_env", "from"], help_heading = PROBING)]
    pub simulate: Option<String>,

    /// Judge this record again and send nothing
    #[arg(long, value_name = "RECORD", conflicts_with_all = SENDING, help_heading = PROBING)]
    pub from: Option<PathBuf>,

    /// The API to ask, instead of <https://api.heygen.com>
    #[arg(long, value_name = "URL", help_heading = NETWORK)]
    pub base_url: Option<String>,

    /// Go through this proxy
    #[arg(long, value_name = "URL", help_heading = NETWORK)]
    pub proxy: Option<String>,

    /// Trust the certificates in this PEM file, too
    #[arg(long, value_name = "FILE", help_heading = NETWORK)]
    pub ca_cert: Option<PathBuf>,

    /// Speak HTTP/1.1 only
    #[arg(long = "http1.1", help_heading = NETWORK)]
    pub http1: bool,

    /// Don't ask HeyGen's status page
    #[arg(long, help_heading = NETWORK)]
    pub no_status_page: bool,

    /// A name for the place this is run from, for the record
    #[arg(long, value_name = "NAME", env = "HEYGEN_DOCTOR_VANTAGE", hide_env_values = true, help_heading = NETWORK)]
    pub vantage: Option<String>,
}

impl ValueEnum for Profile {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Quick => "The key beside its controls, once",
            Self::Adaptive => "The same, and then only what separates the causes still standing",
            Self::Full => "Everything",
        };
        Some(PossibleValue::new(self.as_str()).help(help))
    }
}

fn concurrency(text: &str) -> Result<u8, String> {
    let number = text.parse().ok().filter(|number| (1..=64).contains(number));
    number.ok_or_else(|| "write a whole number from 1 to 64".to_owned())
}

fn glob(text: &str) -> Result<Glob, String> {
    let unusable = "its brackets, braces, or backslashes don't go together; write it like `v3.users-me/*` or `*/real`";
    Glob::new(text).ok_or_else(|| unusable.to_owned())
}

/// A time of at least a millisecond and at most a day.
fn duration(text: &str) -> Result<Duration, String> {
    let time = humantime::parse_duration(text)
        .map_err(|_| "write a time like `500ms`, `10s`, or `2m`".to_owned())?;
    let sane = Duration::from_millis(1)..=Duration::from_hours(24);
    if sane.contains(&time) { Ok(time) } else { Err("the time must be from 1ms to 24h".to_owned()) }
}
