//! The command line: commands and flags, not their meaning. It is written with clap's builder: its derive
//! macros would add a tenth to the time of a first build.

mod check;
mod compare;
mod fleet;
mod inspect;
mod listen;
mod look;
mod offline;
mod probe;
mod redact;
mod report;
mod requirement;
mod ticket;
mod watch;

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches};

pub use check::{CheckArgs, ExaminationArgs, OutputArgs};
pub use compare::CompareArgs;
pub use fleet::{FleetArgs, Rate};
pub use inspect::InspectArgs;
pub use listen::ListenArgs;
pub use look::{Color, ColorArgs, LookArgs, OutputFormat};
pub use offline::{ExplainArgs, KeyArgs, SimulateArgs};
pub use probe::{ProbeArgs, SourceArgs};
pub use redact::RedactArgs;
pub use report::ReportArgs;
pub use requirement::RequirementArgs;
pub use ticket::TicketArgs;
pub use watch::WatchArgs;

/// Below every help text.
const EXIT_CODES: &str = "\
Exit codes:
  0    The key works
  1    Something else is wrong: the network, the edge, HeyGen's side, a rate limit; or it couldn't be told
  2    Usage or configuration error
  3    The key or the account: missing, malformed, unrecognized, not permitted, no credit
  4    The deadline or a timeout ended the run before a diagnosis
  130  Ctrl-C before a diagnosis

The key is read from --key-file, HEYGEN_API_KEY or --key-env, HYPERFRAMES_API_KEY, HEYGEN_ACCESS_TOKEN, .env.local, .env here or up to four folders above, or ~/.heygen/credentials; no flag takes the key itself.";

const CHECK: &str = "\
Examples:
  heygen-doctor check                          Diagnose the key in HEYGEN_API_KEY
  heygen-doctor check -q --require balance:5   One line, and an exit code for CI
  heygen-doctor check --profile full -v        Ask everything, and show what was ruled out
  heygen-doctor check --simulate support-ticket
                                               Try it without a key and without a network

";
const REPORT: &str = "\
Examples:
  heygen-doctor report --markdown > ticket.md  Write the ticket for HeyGen's support
  heygen-doctor report --from run.json         Write it from an earlier run, sending nothing";
const WATCH: &str = "\
Examples:
  heygen-doctor watch                          Wait until a new key works everywhere
  heygen-doctor watch --until gone --for 2h    See when a key that was deleted stops working
  heygen-doctor watch --control-env NEW_KEY --until gone --log rotation.ndjson
                                               Watch a rotation: the old key ends, the new one lives";
const FLEET: &str = "\
Examples:
  heygen-doctor fleet keys.csv --out all.ndjson
                                               Ask with every key of a list
  heygen-doctor fleet keys.csv --out all.ndjson --resume
                                               Go on where the last run ended
  heygen-doctor fleet keys.csv --shard 1/4 --out 1.ndjson
                                               Ask with a quarter of them
  heygen-doctor fleet keys.csv --join 1.ndjson 2.ndjson
                                               Join the parts, and tell what is missing";
const KEY_EXAMPLES: &str = "\
Examples:
  heygen-doctor key                            Look at the key that would be used
  heygen-doctor key --tools                    Show which tool uses which key here
  pbpaste | heygen-doctor key --key-file -     Look at a key without saving it";
const COMPARE: &str = "\
Examples:
  heygen-doctor compare before.json after.json  Show what a new key changed
  heygen-doctor compare laptop.json ci.json     Works here, fails there: show the difference";
const INSPECT: &str = "\
Examples:
  pbpaste | heygen-doctor inspect              Judge a curl line that was copied
  heygen-doctor inspect session.har            Judge what a browser or Postman recorded
  curl -v ... 2> trace; heygen-doctor inspect trace
                                               Judge a request beside its answer";
const EXPLAIN: &str = "\
Examples:
  heygen-doctor explain 401
  heygen-doctor explain 400112 key_quotes v3.users-me/x-api-key/real
  heygen-doctor explain --list";
const REDACT: &str = "\
Examples:
  heygen-doctor redact app.log > shared.log    Take keys and other secrets out of a log
  my-program 2>&1 | heygen-doctor redact       Read a live log
  heygen-doctor redact --check trace.har       Exit with 3 if something would be taken out";
const LISTEN: &str = "\
Examples:
  heygen-doctor listen -- python app.py        See what the program really sends; nothing leaves this machine
  heygen-doctor listen --forward -- npm test   The same, with HeyGen's own answers
  heygen-doctor listen --simulate revoked -- ./smoke.sh
                                               See what the program does when the key is revoked

";
const SIMULATE: &str = "\
Examples:
  heygen-doctor simulate --list
  heygen-doctor simulate flapping --listen 127.0.0.1:8787";
const COMPLETIONS: &str = "\
Examples:
  bash         Add to ~/.bashrc: source <(heygen-doctor completions bash)
  zsh          Add to ~/.zshrc: source <(heygen-doctor completions zsh)
  fish         heygen-doctor completions fish > ~/.config/fish/completions/heygen-doctor.fish
  elvish       Add to ~/.elvish/rc.elv: eval (heygen-doctor completions elvish | slurp)
  powershell   Add to $PROFILE: heygen-doctor completions powershell | Out-String | Invoke-Expression";
const MAN: &str = "\
Examples:
  heygen-doctor man | man -l -
  heygen-doctor man check > heygen-doctor-check.1";

const KEY: &str = "Key";
const OUTPUT: &str = "Output";

/// One command.
#[derive(Debug)]
pub enum Command {
    /// `check`.
    Check(Box<CheckArgs>),
    /// `report`.
    Report(Box<ReportArgs>),
    /// `watch`.
    Watch(Box<WatchArgs>),
    /// `fleet`.
    Fleet(Box<FleetArgs>),
    /// `key`.
    Key(KeyArgs),
    /// `compare`.
    Compare(Box<CompareArgs>),
    /// `inspect`.
    Inspect(Box<InspectArgs>),
    /// `explain`.
    Explain(ExplainArgs),
    /// `redact`.
    Redact(RedactArgs),
    /// `listen`.
    Listen(Box<ListenArgs>),
    /// `simulate`.
    Simulate(SimulateArgs),
    /// `schema`.
    Schema,
    /// `completions`, for a shell.
    Completions(String),
    /// `man`, for a command or the program.
    Man(Option<String>),
}

/// The whole command line.
#[must_use]
pub fn command() -> clap::Command {
    let command = |name, about| clap::Command::new(name).about(about);
    clap::Command::new("heygen-doctor")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Finds out why a HeyGen API key is refused, and writes the support ticket with the key redacted")
        .after_help(EXIT_CODES)
        .max_term_width(100)
        .subcommand_required(true)
        .subcommands([
            command("check", "Diagnose a key; for people and for CI")
                .after_help(CHECK.to_owned() + EXIT_CODES)
                .args(CheckArgs::args()),
            command("report", "Diagnose a key and write the support ticket")
                .after_help(REPORT)
                .args(ReportArgs::args()),
            command("watch", "Ask again and again until the key works, changes, or is gone")
                .after_help(WATCH)
                .args(WatchArgs::args()),
            command("fleet", "Ask with many keys, one line for each")
                .after_help(FLEET)
                .args(FleetArgs::args()),
            command(
                "key",
                "Look at the key without sending it: its shape, its sources, what is wrong with it",
            )
            .after_help(KEY_EXAMPLES)
            .args(KeyArgs::args()),
            command("compare", "Compare records: works here and fails there, before and after, several places")
                .after_help(COMPARE)
                .args(CompareArgs::args()),
            command("inspect", "Judge a request that somebody wrote down: a curl line, a HAR, a trace; sends nothing")
                .after_help(INSPECT)
                .args(InspectArgs::args()),
            command("explain", "Explain whatever a report says: a status, an error code, a cause, a word")
                .after_help(EXPLAIN)
                .args(ExplainArgs::args()),
            command("redact", "Take keys and other secrets out of a log, a HAR, or a curl trace")
                .after_help(REDACT)
                .args(RedactArgs::args()),
            command("listen", "Run your program and show what it really sends to HeyGen")
                .after_help(LISTEN.to_owned() + EXIT_CODES)
                .args(ListenArgs::args()),
            command("simulate", "List the scenarios of the embedded HeyGen double, or serve one")
                .after_help(SIMULATE)
                .args(SimulateArgs::args()),
            command("schema", "Print the JSON Schema of the run record"),
            command("completions", "Print the script that completes command lines in a shell")
                .after_help(COMPLETIONS)
                .arg(shell()),
            command("man", "Print the manual page of the program, or of one command")
                .after_help(MAN)
                .arg(Arg::new("command").value_name("COMMAND").help("The command")),
        ])
}

/// Reads the words that were typed, the program's name first.
///
/// # Errors
/// When it can't be understood, and where help or the version is asked for.
pub fn parse<I: IntoIterator<Item: Into<OsString> + Clone>>(
    typed: I,
) -> Result<Command, clap::Error> {
    let mut matches = command().try_get_matches_from(typed)?;
    let Some((name, mut found)) = matches.remove_subcommand() else { return Ok(Command::Schema) };
    let found = &mut found;
    Ok(match name.as_str() {
        "check" => Command::Check(Box::new(CheckArgs::of(found))),
        "report" => Command::Report(Box::new(ReportArgs::of(found))),
        "watch" => Command::Watch(Box::new(WatchArgs::of(found))),
        "fleet" => Command::Fleet(Box::new(FleetArgs::of(found))),
        "key" => Command::Key(KeyArgs::of(found)),
        "compare" => Command::Compare(Box::new(CompareArgs::of(found))),
        "inspect" => Command::Inspect(Box::new(InspectArgs::of(found))),
        "explain" => Command::Explain(ExplainArgs::of(found)),
        "redact" => Command::Redact(RedactArgs::of(found)),
        "listen" => Command::Listen(Box::new(ListenArgs::of(found))),
        "simulate" => Command::Simulate(SimulateArgs::of(found)),
        "completions" => Command::Completions(found.remove_one("shell").unwrap_or_default()),
        "man" => Command::Man(found.remove_one("command")),
        _ => Command::Schema,
    })
}

fn shell() -> Arg {
    Arg::new("shell")
        .value_name("SHELL")
        .required(true)
        .value_parser(["bash", "elvish", "fish", "powershell", "zsh"])
        .help("The shell")
}

/// A flag that is there or not.
fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).action(ArgAction::SetTrue)
}

/// A flag with a value, which is shown as `shown`.
fn value(name: &'static str, shown: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).value_name(shown)
}

/// The value of a flag; nothing where the command has no such flag.
fn one<T: Clone + Send + Sync + 'static>(found: &mut ArgMatches, name: &str) -> Option<T> {
    found.try_remove_one(name).ok().flatten()
}

/// True where a flag is given that is there or not.
fn flag(found: &mut ArgMatches, name: &str) -> bool {
    one(found, name).unwrap_or_default()
}

/// All values of a flag that may be repeated.
fn all<T: Clone + Send + Sync + 'static>(found: &mut ArgMatches, name: &str) -> Vec<T> {
    found.try_remove_many(name).ok().flatten().map(Iterator::collect).unwrap_or_default()
}
