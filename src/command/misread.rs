//! Errors of the command line, with a hint where it is known what was meant.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::argv;
use crate::cli;
use crate::error::Usage;
use crate::render::Format;
use crate::simulate;
use crate::text::{alike, either, list, neutralise, upper_first};

/// Flags that other programs have: the command (or any), the flags, and what does it here.
const WISHES: &[((&str, &str), &str)] = &[
    (
        ("", "--key --api-key --apikey --token -k"),
        "No flag takes the key itself: set HEYGEN_API_KEY, or use --key-file PATH.",
    ),
    (
        ("redact", "-o --output --out"),
        "Write `> FILE` behind it: the text without secrets goes to standard output.",
    ),
    (
        ("", "-o --output --out --file -f"),
        "Name the file behind the document's flag, like `--markdown=ticket.md` or `--json=run.json`.",
    ),
    (("report", "--format"), "Name the document by its own flag, like `--markdown` or `--json`."),
    (("key", "--json"), "Write `--format json`."),
    (("", "--url --host --endpoint"), "Write `--base-url URL`."),
    (
        ("", "--insecure"),
        "Certificates are always verified. To trust another authority: `--ca-cert FILE`.",
    ),
];

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

/// The error in our own words; nothing for help and version, which are no errors.
pub(super) fn usage(error: &clap::Error, typed: &[OsString]) -> Option<Usage> {
    let misread = Misread { error, typed };
    let usage = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return None,
        ErrorKind::InvalidSubcommand => {
            unknown_command(&misread.context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => misread.unknown_argument(),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => misread.value(),
        ErrorKind::MissingRequiredArgument => {
            let needed = misread.context(ContextKind::InvalidArg);
            misread.usage(format!("`{needed}` is missing."), None)
        }
        ErrorKind::ArgumentConflict => {
            let (one, other) =
                (misread.flag(), flag(&misread.context(ContextKind::PriorArg)).to_owned());
            let hint = "Leave one of them out.";
            let alone = || misread.usage(format!("`{one}` can be used only once."), None);
            if one == other || other.is_empty() {
                alone()
            } else {
                Usage::new(format!("`{one}` and `{other}` can't be used together."), hint)
            }
        }
        _ => {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            misread.usage(format!("{}.", upper_first(first)), None)
        }
    };
    let safe = |text: &str| without_long_words(text, typed);
    Some(Usage::new(safe(&usage.message), safe(&usage.hint)))
}

/// The flag alone of `--profile <PROFILE>`.
fn flag(shown: &str) -> &str {
    shown.split([' ', '=', '[']).next().unwrap_or_default()
}

/// An error of the command line, with what was typed.
struct Misread<'a> {
    error: &'a clap::Error,
    typed: &'a [OsString],
}

impl Misread<'_> {
    fn context(&self, kind: ContextKind) -> String {
        match self.error.get(kind) {
            Some(ContextValue::String(text)) => neutralise(text),
            Some(ContextValue::Strings(texts)) => {
                let texts: Vec<String> = texts.iter().map(|text| neutralise(text)).collect();
                texts.join(" ")
            }
            _ => String::new(),
        }
    }

    fn flag(&self) -> String {
        flag(&self.context(ContextKind::InvalidArg)).to_owned()
    }

    /// The command that was typed, with a blank before it; nothing where it isn't one.
    fn command(&self) -> String {
        let first = self.typed.first().map(|word| word.to_string_lossy()).unwrap_or_default();
        let known = cli::command().find_subcommand(first.as_ref()).is_some();
        if known { format!(" {first}") } else { String::new() }
    }

    /// With the hint, or else where all flags are shown.
    fn usage(&self, message: String, hint: Option<String>) -> Usage {
        let help = || format!("`heygen-doctor{} --help` shows how to use it.", self.command());
        Usage::new(message, hint.unwrap_or_else(help))
    }

    fn unknown_argument(&self) -> Usage {
        let word = self.flag();
        let hint = self.known_wish(&word).or_else(|| {
            let nearest = self.context(ContextKind::SuggestedArg);
            (!nearest.is_empty()).then(|| format!("Did you mean `{}`?", flag(&nearest)))
        });
        let what = if word.starts_with('-') { "flag" } else { "argument" };
        let message = match self.command().trim() {
            "" => format!("There is no {what} `{word}`."),
            command => format!("`{command}` has no {what} `{word}`."),
        };
        self.usage(message, hint)
    }

    /// What somebody who types this word wants, where that is known.
    fn known_wish(&self, word: &str) -> Option<String> {
        let command = self.command();
        let before =
            self.typed.iter().position(|typed| typed == word).and_then(|at| at.checked_sub(1));
        let before = before.map(|at| self.typed[at].to_string_lossy()).unwrap_or_default();
        let is_document =
            before.strip_prefix("--").is_some_and(|name| Format::from_name(name).is_some());
        if is_document {
            return Some(format!(
                "Write `{before}={word}`: the file stands behind an equals sign."
            ));
        }
        if simulate::names().any(|name| name.eq_ignore_ascii_case(word)) {
            return Some(format!("To try this scenario: `heygen-doctor check --simulate {word}`."));
        }
        let (_, hint) = WISHES.iter().find(|((of, wish), _)| {
            wish.split(' ').any(|wish| wish == word) && (of.is_empty() || *of == command.trim())
        })?;
        Some((*hint).to_owned())
    }

    fn value(&self) -> Usage {
        let (flag, value) = (self.flag(), self.context(ContextKind::InvalidValue));
        let message = if value.is_empty() {
            format!("`{flag}` needs a value.")
        } else {
            format!("`{flag}` can't be `{value}`.")
        };
        let possible = match self.error.get(ContextKind::ValidValue) {
            Some(ContextValue::Strings(all)) if !all.is_empty() => {
                Some(format!("It can be {}.", either(all)))
            }
            _ => None,
        };
        let reason = || Some(format!("{}.", upper_first(&self.error.source()?.to_string())));
        self.usage(message, possible.or_else(reason))
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
