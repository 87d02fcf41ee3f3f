//! Errors of the command line: unknown commands, and names of a later version.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::argv;
use crate::cli;
use crate::error::Usage;
use crate::text::{alike, either, list, neutralise};

/// Commands of a later version, and what can be done meanwhile.
const LATER_COMMANDS: &[(&str, &str)] = &[
    ("watch", "This waits as well: `until heygen-doctor check --quiet; do sleep 30; done`"),
    ("listen", "`heygen-doctor check` asks HeyGen itself with the same key."),
    ("inspect", "`heygen-doctor explain 401` tells what an answer means."),
    ("fleet", "`heygen-doctor check --key-file FILE` looks at one key at a time."),
    ("completions", "`heygen-doctor check --help` shows every flag."),
    ("man", "`heygen-doctor check --help` shows every flag."),
];

/// Flags and formats of a later version, without their dashes.
const LATER_FORMATS: &[(&str, &str)] = &[
    ("junit", RECORD),
    ("github", RECORD),
    ("openmetrics", RECORD),
    ("har", "`--json` writes the record, with every answer in it."),
];
const RECORD: &str = "`--json` writes the record, and the exit code says how it went.";

/// The least likeness (0 to 1) of a command that is offered in place of an unknown one.
const ALIKE: f64 = 0.5;
/// The most commands that are offered.
const OFFERED: usize = 2;
/// The fewest characters of a word that could be a key; such a word is never repeated.
const SECRET: usize = 16;

/// An error text without the long words that were typed: any of them could be a key. Names of flags
/// stay.
pub(super) fn without_long_words(text: &str, typed: &[OsString]) -> String {
    let cli = cli::command();
    let flags: Vec<&str> = cli
        .get_subcommands()
        .flat_map(clap::Command::get_arguments)
        .filter_map(clap::Arg::get_long)
        .collect();
    let is_flag = |word: &str| word.strip_prefix("--").is_some_and(|name| flags.contains(&name));
    let mut words = BTreeSet::new();
    for arg in typed.iter().map(|arg| arg.to_string_lossy()) {
        words.extend(arg.split(['=', ',']).chain([arg.as_ref()]).map(str::to_owned));
        words.extend(arg.split_once('=').map(|(_, value)| value.to_owned()));
    }
    let mut words: Vec<_> = words.into_iter().filter(|word| !is_flag(word)).collect();
    words.retain(|word| word.chars().count() >= SECRET);
    // A word in another one goes with it.
    words.sort_by_key(|word| Reverse(word.len()));
    words.iter().fold(argv::scrub(text), |text, word| text.replace(word.as_str(), "..."))
}

/// The error in our own words, where clap's would say less.
pub(super) fn usage(error: &clap::Error) -> Option<Usage> {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let later = |known: &[(&str, &str)], name: &str, shown: &str| {
        let (_, hint) = known.iter().find(|(known, _)| *known == name)?;
        Some(Usage::new(format!("`{shown}` is not in this version."), *hint))
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand)?;
            later(LATER_COMMANDS, name, name).or_else(|| Some(unknown_command(name)))
        }
        ErrorKind::UnknownArgument => {
            let flag = context(ContextKind::InvalidArg)?;
            later(LATER_FORMATS, flag.strip_prefix("--")?, flag)
        }
        ErrorKind::InvalidValue => {
            let value = context(ContextKind::InvalidValue)?;
            let format = context(ContextKind::InvalidArg)?.starts_with("--format");
            later(LATER_FORMATS, value, &format!("--format {value}")).filter(|_| format)
        }
        _ => None,
    }
}

fn unknown_command(name: &str) -> Usage {
    let message = if name.chars().count() < SECRET {
        format!("There is no command `{}`.", neutralise(name))
    } else {
        "There is no command of this name.".to_owned()
    };
    let cli = cli::command();
    let commands: Vec<&str> = cli.get_subcommands().map(clap::Command::get_name).collect();
    let nearest = nearest(name, &commands);
    if nearest.is_empty() {
        return Usage::new(message, format!("The commands are {}.", list(&commands)));
    }
    let quoted: Vec<String> =
        nearest.iter().map(|name| format!("`heygen-doctor {name}`")).collect();
    Usage::new(message, format!("Did you mean {}?", either(&quoted)))
}

/// The most alike first.
fn nearest<'a>(name: &str, commands: &[&'a str]) -> Vec<&'a str> {
    let mut scored: Vec<(f64, &str)> = commands
        .iter()
        .map(|known| (alike(name, known), *known))
        .filter(|(score, _)| *score > ALIKE)
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().take(OFFERED).map(|(_, known)| known).collect()
}
