//! `listen`.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, value_parser};

use super::offline::address;
use super::{LookArgs, OutputArgs, SourceArgs, all, switch, value};

/// Flags of `listen`.
#[derive(Clone, Debug)]
pub struct ListenArgs {
    /// Where the key comes from.
    pub source: SourceArgs,
    /// `--forward`.
    pub forward: bool,
    /// `--simulate`.
    pub simulate: Option<String>,
    /// `--base-url`.
    pub base_url: Option<String>,
    /// `--ca-cert`.
    pub ca_cert: Option<PathBuf>,
    /// `--listen`.
    pub listen: Option<SocketAddr>,
    /// `--allow-remote`.
    pub allow_remote: bool,
    /// `--pass-exit-code`.
    pub pass_exit_code: bool,
    /// The documents.
    pub output: OutputArgs,
    /// Their look.
    pub look: LookArgs,
    /// The program with its arguments; none to serve until Ctrl-C.
    pub command: Vec<OsString>,
}

impl ListenArgs {
    pub(super) fn args() -> Vec<Arg> {
        let own = [
            switch("forward", "Pass the requests on to HeyGen, instead of answering as it would"),
            value(
                "simulate",
                "SCENARIO",
                "Answer as in this scenario, with its own key in HEYGEN_API_KEY",
            )
            .conflicts_with_all(["forward", "key-env", "key-file", "base-url"]),
            value(
                "base-url",
                "URL",
                "The API to pass requests on to, instead of <https://api.heygen.com>",
            )
            .requires("forward"),
            value(
                "ca-cert",
                "FILE",
                "Trust the certificates in this PEM file on the way to HeyGen, too",
            )
            .value_parser(value_parser!(PathBuf))
            .requires("forward"),
            value("listen", "ADDRESS", "Where to listen [default: a free port of 127.0.0.1]")
                .value_parser(address),
            switch("allow-remote", "Let other machines connect, if they know the token")
                .requires("listen"),
            switch("pass-exit-code", "End with the program's exit code instead of the doctor's")
                .requires("command"),
        ];
        let command = Arg::new("command")
            .value_name("COMMAND")
            .value_parser(value_parser!(OsString))
            .num_args(1..)
            .last(true)
            .help("The program to start, with its arguments; without one, the lines to set are printed");
        let own = own.map(|arg| arg.help_heading("Listening"));
        let output = OutputArgs::args().into_iter().chain(LookArgs::args());
        own.into_iter().chain(SourceArgs::args()).chain(output).chain([command]).collect()
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            source: SourceArgs::of(found),
            forward: found.get_flag("forward"),
            simulate: found.remove_one("simulate"),
            base_url: found.remove_one("base-url"),
            ca_cert: found.remove_one("ca-cert"),
            listen: found.remove_one("listen"),
            allow_remote: found.get_flag("allow-remote"),
            pass_exit_code: found.get_flag("pass-exit-code"),
            output: OutputArgs::of(found),
            look: LookArgs::of(found),
            command: all(found, "command"),
        }
    }
}
