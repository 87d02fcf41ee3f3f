//! `redact`: a filter that takes secrets out.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::keys;
use crate::cli::RedactArgs;
use crate::command::output::to_stderr;
use crate::config::proxy;
use crate::config::surroundings::variable;
use crate::error::{Usage, why};
use crate::files;
use crate::record::exit::Exit;
use crate::redact::stream::{Filtered, Live, filter};
use crate::redact::{Redactor, har};
use crate::text::{count, list, neutralise};

/// The most lines with secrets that are named.
const NAMED_LINES: usize = 10;

pub(super) fn run(args: &RedactArgs, typed: &[OsString]) -> anyhow::Result<Exit> {
    let keyring = keys::find_all(args.key_env.as_deref(), &args.key_file, keys::TIME, typed)?;
    if keyring.all().is_empty() && !args.quiet {
        to_stderr(
            "note: No key was found, so only what looks like a secret is taken out. Name a key with --key-file or HEYGEN_API_KEY.",
        );
    }
    let redactor = Redactor::new(&keyring.secrets(), &proxy::logins(&variable), &[]);
    let redactor = if args.keep_emails { redactor.keeping_emails() } else { redactor };
    let inputs = open(&args.files)?;
    if let Some(packed) = inputs.iter().find(|input| input.packed.is_some()) {
        return unseen(packed, args.check);
    }
    let mut is_clean = true;
    for Input { name, reader, .. } in inputs {
        let filtered = match one(reader, &name, &redactor, args.check) {
            Ok(filtered) => filtered,
            // Whoever reads the output has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Exit::Works),
            Err(error) => return Err(error).with_context(|| format!("`{name}` can't be cleaned")),
        };
        is_clean &= filtered.ledger.replaced == 0 && filtered.unjudged.is_empty();
        if !args.quiet {
            to_stderr(&ledger(&name, &filtered, args.check));
        }
    }
    Ok(if args.check && !is_clean { Exit::Key } else { Exit::Works })
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// One text to clean.
struct Input {
    name: String,
    reader: Box<dyn Read>,
    /// The kind of archive or compression that its first bytes tell.
    packed: Option<&'static str>,
}

/// How compressed files begin, and what they are called.
const PACKED: [(&[u8], &str); 7] = [
    (b"\x1F\x8B", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"\xFD7zXZ", "xz"),
    (b"BZh", "bzip2"),
    (b"7z\xBC\xAF", "7z"),
    (b"\x04\x22\x4D\x18", "lz4"),
];

/// Nothing is said of what can't be read, and nothing of it is written.
fn unseen(input: &Input, check: bool) -> anyhow::Result<Exit> {
    let (name, kind) = (neutralise(&input.name), input.packed.unwrap_or_default());
    let message = format!("{name} is packed ({kind}), so nothing in it was looked at.");
    let hint = "Unpack it, and give the files inside.";
    if check {
        to_stderr(&format!("{message} It could not be judged. {hint}"));
        return Ok(Exit::Key);
    }
    Err(Usage::new(message, hint).into())
}

impl Input {
    /// Reads the first bytes, and gives them back with the rest.
    fn new(name: String, mut reader: impl Read + 'static) -> io::Result<Self> {
        let mut start = Vec::new();
        read_to(&mut reader, &mut start, 8, <[u8]>::is_empty)?;
        let packed = PACKED.iter().find(|(begin, _)| start.starts_with(begin));
        let packed = packed.map(|(_, kind)| *kind);
        Ok(Self { name, reader: Box::new(io::Cursor::new(start).chain(reader)), packed })
    }
}

/// Every input, open before the first is written out.
fn open(files: &[PathBuf]) -> anyhow::Result<Vec<Input>> {
    let stdin = || Input::new("standard input".to_owned(), Live::new(io::stdin()));
    if files.is_empty() {
        return Ok(vec![stdin()?]);
    }
    let opened = files.iter().map(|path| {
        if path == Path::new("-") {
            return Ok(stdin()?);
        }
        let name = path.display().to_string();
        let input = files::open(path).and_then(|file| Input::new(name, file));
        input.map_err(|error| {
            let usage = Usage::new(
                format!("`{}` can't be read: {}.", path.display(), why(&error)),
                "Name files that exist and that you may read; `-` is standard input.",
            );
            usage.into()
        })
    });
    opened.collect()
}

fn one(input: impl Read, name: &str, redactor: &Redactor, check: bool) -> io::Result<Filtered> {
    let sink: Box<dyn Write> =
        if check { Box::new(io::sink()) } else { Box::new(io::stdout().lock()) };
    clean(input, sink, name, redactor)
}

/// Reads up to so many bytes; when the input pauses, as long as what was read tells to wait.
fn read_to(
    input: &mut impl Read,
    text: &mut Vec<u8>,
    most: usize,
    waits: impl Fn(&[u8]) -> bool,
) -> io::Result<()> {
    while text.len() < most {
        match input.by_ref().take((most - text.len()) as u64).read_to_end(text) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                if !waits(text) {
                    break;
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn may_be_json(text: &[u8]) -> bool {
    text.is_empty() || text.strip_prefix(MARK).unwrap_or(text).trim_ascii_start().starts_with(b"{")
}

/// Cleans a HAR as what it is, and everything else as text.
fn clean(
    mut input: impl Read,
    sink: impl Write,
    name: &str,
    redactor: &Redactor,
) -> io::Result<Filtered> {
    let mut text = Vec::new();
    // What begins like JSON is waited for; what else pauses is shown.
    read_to(&mut input, &mut text, har::HEAD, may_be_json)?;
    let is_named = Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("har"));
    // UTF-16 is cleaned as text: its masks have NULs as well.
    let is_har = is_named && !text.contains(&0) || har::begins(&text);
    let all = text.as_slice().chain(input);
    if is_har { har::filter(all, sink, redactor) } else { filter(all, sink, redactor) }
}

fn ledger(name: &str, filtered: &Filtered, check: bool) -> String {
    let name = neutralise(name);
    let total = usize::try_from(filtered.ledger.replaced).unwrap_or(usize::MAX);
    let unjudged = unjudged(filtered);
    if total == 0 {
        return format!("{name}: nothing to take out.{unjudged}");
    }
    let forms: Vec<String> =
        filtered.ledger.by_form.iter().map(|(form, number)| told(form, *number)).collect();
    let verb = if check { "would be taken out" } else { "taken out" };
    let (total, forms, lines) = (count(total, "secret"), forms.join(", "), lines(&filtered.lines));
    let comma = if lines.is_empty() { "" } else { "," };
    format!("{name}: {total} {verb} ({forms}){comma}{lines}.{unjudged}")
}

/// What is packed or encrypted holds whatever it holds.
fn unjudged(filtered: &Filtered) -> String {
    if filtered.unjudged.is_empty() {
        return String::new();
    }
    let mut begin = filtered.unjudged.clone();
    begin.dedup();
    let lines = lines(&begin);
    format!(
        " What begins{lines} is no text, so it could not be judged: look at it before you share the file."
    )
}

/// How many were found in one form: `2 as given`, `1 recognised as email`.
fn told(form: &str, number: u64) -> String {
    match form.strip_prefix("shape:") {
        Some(kind) => format!("{number} recognised as {}", kind.replace('_', " ")),
        None => format!("{number} {}", form.replace('_', " ")),
    }
}

fn lines(numbers: &[u64]) -> String {
    let shown: Vec<String> = numbers.iter().take(NAMED_LINES).map(u64::to_string).collect();
    match (shown.len(), numbers.len() > NAMED_LINES) {
        (0, _) => String::new(),
        (1, false) => format!(" on line {}", shown[0]),
        (_, false) => format!(" on lines {}", list(&shown)),
        (_, true) => format!(" on lines {}, and more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests;
