//! Flags that decide how output looks.

use clap::builder::{EnumValueParser, PossibleValue, PossibleValuesParser, TypedValueParser as _};
use clap::{Arg, ArgAction, ArgMatches, ValueEnum};

use super::{OUTPUT, switch, value};
use crate::text::named_enum;

named_enum! {
    /// The form of what is written to standard output.
    #[derive(Default)]
    pub enum OutputFormat {
        /// For a person.
        #[default]
        Human = "human",
        /// As JSON.
        Json = "json",
        /// As JUnit's XML.
        Junit = "junit",
        /// As an annotation for GitHub Actions.
        Github = "github",
        /// As metrics for Prometheus.
        Openmetrics = "openmetrics",
    }
}

impl OutputFormat {
    /// With every format of a record.
    pub(super) fn every() -> Arg {
        Self::arg(&[
            (Self::Json, "The run record"),
            (Self::Junit, "JUnit's XML"),
            (Self::Github, "One annotation for GitHub Actions"),
            (Self::Openmetrics, "Metrics for Prometheus"),
        ])
    }

    /// With the formats that a command has beside that for a person, each with its help.
    pub(super) fn arg(others: &[(Self, &'static str)]) -> Arg {
        let all = [(Self::Human, "For a person")].into_iter().chain(others.iter().copied());
        let values = all.map(|(format, help)| PossibleValue::new(format.as_str()).help(help));
        let read = |name: String| Self::from_name(&name).unwrap_or_default();
        value("format", "FORMAT", "What to write to standard output")
            .value_parser(PossibleValuesParser::new(values).map(read))
            .default_value("human")
            .help_heading(OUTPUT)
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        found.remove_one("format").unwrap_or_default()
    }
}

/// When colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ValueEnum for Color {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Auto, Self::Always, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Auto => {
                PossibleValue::new("auto").help("On a terminal, unless `NO_COLOR` is set")
            }
            Self::Always => PossibleValue::new("always").help("Always"),
            Self::Never => PossibleValue::new("never").help("Never"),
        })
    }
}

/// The look of output of commands that probe.
#[derive(Clone, Debug, Default)]
pub struct LookArgs {
    /// The use of colours.
    pub color: ColorArgs,
    /// `--quiet`.
    pub quiet: bool,
    /// How often `--verbose` was given.
    pub verbose: u8,
}

impl LookArgs {
    pub(super) fn args() -> [Arg; 3] {
        [
            ColorArgs::arg(),
            switch("quiet", "Say less: no progress, and to a person the verdict only")
                .short('q')
                .conflicts_with("verbose")
                .help_heading(OUTPUT),
            switch("verbose", "Show a person the whole reasoning; twice: every exchange, too")
                .short('v')
                .action(ArgAction::Count)
                .help_heading(OUTPUT),
        ]
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        let (quiet, verbose) = (found.get_flag("quiet"), found.get_count("verbose"));
        Self { color: ColorArgs::of(found), quiet, verbose }
    }
}

/// The use of colours.
#[derive(Clone, Copy, Debug, Default)]
pub struct ColorArgs {
    /// `--color`.
    pub color: Color,
}

impl ColorArgs {
    pub(super) fn arg() -> Arg {
        value("color", "WHEN", "When to use colours")
            .value_parser(EnumValueParser::<Color>::new())
            .default_value("auto")
            .help_heading(OUTPUT)
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self { color: found.remove_one("color").unwrap_or_default() }
    }
}
