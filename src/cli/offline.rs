//! Commands that send nothing.

use std::net::SocketAddr;

use clap::{Arg, ArgMatches};

use super::{ColorArgs, KEY, OUTPUT, OutputFormat, SourceArgs, all, switch, value};

/// Flags of `key`.
#[derive(Clone, Debug)]
pub struct KeyArgs {
    /// Where the key comes from.
    pub source: SourceArgs,
    /// `--tools`.
    pub tools: bool,
    /// `--format`.
    pub format: OutputFormat,
    /// The use of colours.
    pub color: ColorArgs,
    /// `--quiet`.
    pub quiet: bool,
}

impl KeyArgs {
    pub(super) fn args() -> Vec<Arg> {
        let own = [
            switch("tools", "Show which key each of your tools would use here, and why")
                .conflicts_with_all(["key-env", "key-file"])
                .help_heading(KEY),
            OutputFormat::arg(&[(OutputFormat::Json, "For programs")]),
            ColorArgs::arg(),
            switch("quiet", "Print the first line only").short('q').help_heading(OUTPUT),
        ];
        SourceArgs::args().into_iter().chain(own).collect()
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            source: SourceArgs::of(found),
            tools: found.get_flag("tools"),
            format: OutputFormat::of(found),
            color: ColorArgs::of(found),
            quiet: found.get_flag("quiet"),
        }
    }
}

/// Flags of `explain`.
#[derive(Clone, Debug)]
pub struct ExplainArgs {
    /// Statuses, error codes, causes, or any other words of a report.
    pub what: Vec<String>,
    /// `--list`.
    pub list: bool,
    /// The use of colours.
    pub color: ColorArgs,
}

impl ExplainArgs {
    pub(super) fn args() -> [Arg; 3] {
        let help = "A status (401), an error code (400112, `internal_error`), a cause, a finding, a \
            probe, or any other word of a report";
        [
            Arg::new("what")
                .value_name("WHAT")
                .num_args(1..)
                .required_unless_present("list")
                .help(help),
            switch("list", "List everything that can be explained").conflicts_with("what"),
            ColorArgs::arg(),
        ]
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self { what: all(found, "what"), list: found.get_flag("list"), color: ColorArgs::of(found) }
    }
}

/// Flags of `simulate`.
#[derive(Clone, Debug)]
pub struct SimulateArgs {
    /// The scenario to serve.
    pub scenario: Option<String>,
    /// `--listen`.
    pub listen: Option<SocketAddr>,
    /// `--allow-remote`.
    pub allow_remote: bool,
    /// `--list`.
    pub list: bool,
}

impl SimulateArgs {
    pub(super) fn args() -> [Arg; 4] {
        [
            Arg::new("scenario").value_name("SCENARIO").help("The scenario to serve"),
            value("listen", "ADDRESS", "Where to listen [default: a free port of 127.0.0.1]")
                .value_parser(address),
            switch(
                "allow-remote",
                "Let other machines connect, and answer whatever host a request names",
            )
            .requires("listen"),
            switch("list", "List the scenarios"),
        ]
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            scenario: found.remove_one("scenario"),
            listen: found.remove_one("listen"),
            allow_remote: found.get_flag("allow-remote"),
            list: found.get_flag("list"),
        }
    }
}

/// An address with a port.
pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an address and a port, like `127.0.0.1:8787`".to_owned())
}
