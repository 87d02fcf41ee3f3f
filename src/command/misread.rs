//! Command lines that can't be understood: what was probably meant, and what there is not yet.

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::Cli;
use crate::error::Usage;
use crate::text::{either, list, neutralise};

/// Commands of a later version, and what can be done meanwhile.
const LATER_COMMANDS: &[(&str, &str)] = &[
    ("watch", "This waits as well: `until heygen-doctor check --quiet; do sleep 30; done`"),
    ("compare", "`heygen-doctor check --from RECORD` shows one record at a time."),
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
    ("html", "`--markdown` writes the document."),
];
const RECORD: &str = "`--json` writes the record, and the exit code says how it went.";

/// Commands no more alike than this aren't offered.
const ALIKE: f64 = 0.5;
/// So many are offered.
const OFFERED: usize = 2;
/// A word this long could be a secret, so it isn't repeated.
const SECRET: usize = 16;

/// What is wrong with the command line, where it can be said better than in general.
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
    let cli = Cli::command();
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
        .map(|known| (strsim::normalized_damerau_levenshtein(name, known), *known))
        .filter(|(score, _)| *score > ALIKE)
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().take(OFFERED).map(|(_, known)| known).collect()
}
