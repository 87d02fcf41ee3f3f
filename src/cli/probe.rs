//! Flags of every command that probes.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{EnumValueParser, PossibleValue};
use clap::{Arg, ArgAction, ArgMatches, ValueEnum, value_parser};

use super::{KEY, all, flag, one, switch, value};
use crate::plan::{Pattern, Profile};
use crate::text::Glob;

/// Flags about sending, which `--from` excludes because it sends nothing.
const SENDING: [&str; 15] = [
    "dry-run",
    "base-url",
    "profile",
    "only",
    "skip",
    "pattern",
    "concurrency",
    "timeout",
    "deadline",
    "control-env",
    "send-anyway",
    "proxy",
    "ca-cert",
    "http1.1",
    "no-status-page",
];
/// Flags about keys and the site, which a scenario has of its own.
const REAL: [&str; 6] = ["base-url", "proxy", "key-env", "key-file", "control-env", "from"];

/// Where the key comes from.
#[derive(Clone, Debug, Default)]
pub struct SourceArgs {
    /// `--key-env`.
    pub key_env: Option<String>,
    /// `--key-file`.
    pub key_file: Option<PathBuf>,
}

impl SourceArgs {
    pub(super) fn args() -> [Arg; 2] {
        [
            value(
                "key-env",
                "NAME",
                "Read the key from this environment variable instead of HEYGEN_API_KEY",
            )
            .help_heading(KEY),
            value("key-file", "PATH", "Read the key from this file; `-` is standard input")
                .value_parser(value_parser!(PathBuf))
                .help_heading(KEY),
        ]
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self { key_env: one(found, "key-env"), key_file: one(found, "key-file") }
    }
}

/// The requests, their target, and the way there; each field is a flag.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[expect(missing_docs, reason = "the help text of each flag stands in `args`")]
pub struct ProbeArgs {
    pub source: SourceArgs,
    pub control_env: Option<String>,
    pub send_anyway: bool,
    pub profile: Option<Profile>,
    pub only: Vec<Glob>,
    pub skip: Vec<Glob>,
    pub pattern: Vec<Pattern>,
    pub concurrency: u8,
    pub timeout: Duration,
    pub deadline: Duration,
    pub dry_run: bool,
    pub simulate: Option<String>,
    pub from: Option<PathBuf>,
    pub base_url: Option<String>,
    pub proxy: Option<String>,
    pub ca_cert: Option<PathBuf>,
    pub http1: bool,
    pub no_status_page: bool,
    pub vantage: Option<String>,
}

impl ProbeArgs {
    pub(super) fn args() -> Vec<Arg> {
        let key = [
            value(
                "control-env",
                "NAME",
                "Variable with a key that is known to work, to compare with",
            ),
            switch("send-anyway", "Send the key even if it looks like another vendor's"),
        ];
        let groups = [
            (KEY, SourceArgs::args().into_iter().chain(key).collect()),
            ("Probing", probing()),
            ("Network", network()),
        ];
        let headed = |(heading, args): (&'static str, Vec<Arg>)| {
            args.into_iter().map(move |arg| arg.help_heading(heading))
        };
        groups.into_iter().flat_map(headed).collect()
    }

    /// The flags that were given, as far as the command has them; those with a default always have a
    /// value.
    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            source: SourceArgs::of(found),
            control_env: one(found, "control-env"),
            send_anyway: flag(found, "send-anyway"),
            profile: one(found, "profile"),
            only: all(found, "only"),
            skip: all(found, "skip"),
            pattern: all(found, "pattern"),
            concurrency: one(found, "concurrency").unwrap_or_default(),
            timeout: one(found, "timeout").unwrap_or_default(),
            deadline: one(found, "deadline").unwrap_or_default(),
            dry_run: flag(found, "dry-run"),
            simulate: one(found, "simulate"),
            from: one(found, "from"),
            base_url: one(found, "base-url"),
            proxy: one(found, "proxy"),
            ca_cert: one(found, "ca-cert"),
            http1: flag(found, "http1.1"),
            no_status_page: flag(found, "no-status-page"),
            vantage: one(found, "vantage"),
        }
    }
}

fn probing() -> Vec<Arg> {
    let repeated = |name, shown, help| value(name, shown, help).action(ArgAction::Append);
    let time = |name, usual: &'static str, help| {
        value(name, "TIME", help).default_value(usual).value_parser(duration)
    };
    let only = "Send only the probes whose id matches; may be repeated";
    let skip = "Leave out the probes whose id matches; may be repeated";
    let pattern = "Run this timing pattern, `NAME[:n[,interval]]`: steady, fresh, keep-alive, spaced, burst, ramp, or backoff; may be repeated";
    vec![
        value(
            "profile",
            "PROFILE",
            "How much to ask [default: adaptive for check, full for report]",
        )
        .value_parser(EnumValueParser::<Profile>::new()),
        repeated("only", "GLOB", only).value_parser(glob),
        repeated("skip", "GLOB", skip).value_parser(glob),
        repeated("pattern", "PATTERN", pattern).value_parser(value_parser!(Pattern)),
        value("concurrency", "N", "The most requests in flight, 1 to 64")
            .default_value("16")
            .value_parser(concurrency),
        time("timeout", "10s", "The longest that one request may take"),
        time("deadline", "60s", "The longest that the whole run may take"),
        switch("dry-run", "Print the plan and send nothing"),
        value(
            "simulate",
            "SCENARIO",
            "Ask the embedded double instead of HeyGen, with this scenario and its own key",
        )
        .conflicts_with_all(REAL),
        value("from", "RECORD", "Judge this record again and send nothing; `-` is standard input")
            .value_parser(value_parser!(PathBuf))
            .conflicts_with_all(SENDING),
    ]
}

fn network() -> Vec<Arg> {
    vec![
        value("base-url", "URL", "The API to ask, instead of <https://api.heygen.com>"),
        value("proxy", "URL", "Go through this proxy"),
        value("ca-cert", "FILE", "Trust the certificates in this PEM file, too")
            .value_parser(value_parser!(PathBuf)),
        switch("http1.1", "Speak HTTP/1.1 only"),
        switch("no-status-page", "Don't ask HeyGen's status page"),
        value("vantage", "NAME", "A name for the place this is run from, for the record")
            .env("HEYGEN_DOCTOR_VANTAGE")
            .hide_env_values(true),
    ]
}

impl ValueEnum for Profile {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Quick, Self::Adaptive, Self::Full]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Quick => "The key beside its controls, once",
            Self::Adaptive => "The same, and then only what separates the causes still standing",
            Self::Full => "Everything",
            Self::Listen | Self::Inspect => return None,
        };
        Some(PossibleValue::new(self.as_str()).help(help))
    }
}

fn concurrency(text: &str) -> Result<u8, String> {
    let number = text.parse().ok().filter(|number| (1..=64).contains(number));
    number.ok_or_else(|| "write a whole number from 1 to 64".to_owned())
}

fn glob(text: &str) -> Result<Glob, String> {
    let unusable = "its brackets, braces, or backslashes don't go together, or it is longer than 1 KiB; write it like `v3.users-me/*` or `*/real`";
    Glob::new(text).ok_or_else(|| unusable.to_owned())
}

/// A time of at least a millisecond and at most a day.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let time = humantime::parse_duration(text)
        .map_err(|_| "write a time like `500ms`, `10s`, or `2m`".to_owned())?;
    let sane = Duration::from_millis(1)..=Duration::from_hours(24);
    if sane.contains(&time) { Ok(time) } else { Err("the time must be from 1ms to 24h".to_owned()) }
}
