//! `redact`: a filter that takes secrets out.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::{RedactArgs, SourceArgs};
use crate::command::output::to_stderr;
use crate::config::find_keys;
use crate::error::{Usage, why};
use crate::key::source::Keyring;
use crate::record::exit::Exit;
use crate::redact::stream::{Filtered, filter};
use crate::redact::{Other, Redactor, har};
use crate::text::{count, list, neutralise};

mod utf16;

use utf16::{Decoder, Encoder};

/// A HAR is read as a whole; what is longer than this is read as text.
const LARGEST_HAR: u64 = 512 << 20;

/// So many line numbers are named.
const NAMED_LINES: usize = 10;

pub(super) fn run(args: &RedactArgs) -> anyhow::Result<Exit> {
    let rings = keyrings(args)?;
    let keys: Vec<_> = rings.iter().flat_map(Keyring::all).collect();
    let extra: Vec<_> = rings.iter().flat_map(Keyring::extra_secrets).map(Other::Token).collect();
    if keys.is_empty() && !args.quiet {
        to_stderr(
            "note: No key was found, so only what looks like a secret is taken out. Name a key with --key-file or HEYGEN_API_KEY.",
        );
    }
    let redactor = Redactor::new(&keys, &extra, &[]);
    let inputs = open(&args.files)?;
    let mut replaced = 0;
    for Input { name, reader } in inputs {
        let filtered = match one(reader, &name, &redactor, args.check) {
            Ok(filtered) => filtered,
            // Whoever reads the output has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Exit::Works),
            Err(error) => return Err(error).with_context(|| format!("`{name}` can't be cleaned")),
        };
        replaced += filtered.ledger.replaced;
        if !args.quiet {
            to_stderr(&ledger(&name, &filtered, args.check));
        }
    }
    Ok(if args.check && replaced > 0 { Exit::Key } else { Exit::Works })
}

/// What a text may begin with to say how it is encoded.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The usual sources, and every key file that is named.
fn keyrings(args: &RedactArgs) -> Result<Vec<Keyring>, Usage> {
    let source = |key_file: Option<PathBuf>| SourceArgs { key_env: args.key_env.clone(), key_file };
    let mut rings = vec![find_keys(&source(None))?];
    for path in &args.key_file {
        rings.push(find_keys(&source(Some(path.clone())))?);
    }
    Ok(rings)
}

/// One text to clean.
struct Input {
    name: String,
    reader: Box<dyn Read>,
}

/// Every input, open before the first is written out.
fn open(files: &[PathBuf]) -> Result<Vec<Input>, Usage> {
    let stdin = || Input { name: "standard input".to_owned(), reader: Box::new(io::stdin()) };
    if files.is_empty() {
        return Ok(vec![stdin()]);
    }
    let opened = files.iter().map(|path| {
        if path == Path::new("-") {
            return Ok(stdin());
        }
        let unreadable = |error: io::Error| {
            Usage::new(
                format!("`{}` can't be read: {}.", path.display(), why(&error)),
                "Name files that exist and that you may read; `-` is standard input.",
            )
        };
        if path.is_dir() {
            return Err(unreadable(io::ErrorKind::IsADirectory.into()));
        }
        let file = File::open(path).map_err(unreadable)?;
        Ok(Input { name: path.display().to_string(), reader: Box::new(file) })
    });
    opened.collect()
}

fn one(input: Box<dyn Read>, name: &str, redactor: &Redactor, check: bool) -> io::Result<Filtered> {
    let sink: Box<dyn Write> =
        if check { Box::new(io::sink()) } else { Box::new(io::stdout().lock()) };
    let (order, input) = utf16::detect(input)?;
    let Some(order) = order else { return clean(input, sink, name, redactor) };
    let mut decoder = Decoder::new(input, order);
    let mut encoder = Encoder::new(sink, order);
    let filtered = clean(&mut decoder, &mut encoder, name, redactor)?;
    encoder.finish(decoder.rest())?;
    Ok(filtered)
}

fn clean(
    mut input: impl Read,
    mut sink: impl Write,
    name: &str,
    redactor: &Redactor,
) -> io::Result<Filtered> {
    let mut head = Vec::new();
    input.by_ref().take(har::HEAD as u64).read_to_end(&mut head)?;
    let is_named = Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("har"));
    if !is_named && !har::begins(&head) {
        return filter(head.as_slice().chain(input), sink, redactor);
    }
    let mut text = head;
    input.by_ref().take(LARGEST_HAR).read_to_end(&mut text)?;
    match har::clean(&text, redactor) {
        Some(cleaned) => {
            let mark = text.starts_with(MARK) && !cleaned.json.starts_with(MARK);
            sink.write_all(if mark { MARK } else { b"" })?;
            sink.write_all(&cleaned.json)?;
            sink.flush()?;
            Ok(Filtered { ledger: cleaned.ledger, lines: Vec::new(), bytes: text.len() as u64 })
        }
        None => filter(text.as_slice().chain(input), sink, redactor),
    }
}

fn ledger(name: &str, filtered: &Filtered, check: bool) -> String {
    let name = neutralise(name);
    let total = usize::try_from(filtered.ledger.replaced).unwrap_or(usize::MAX);
    if total == 0 {
        return format!("{name}: nothing to take out.");
    }
    let forms: Vec<String> =
        filtered.ledger.by_form.iter().map(|(form, number)| format!("{form} {number}")).collect();
    let verb = if check { "would be taken out" } else { "taken out" };
    format!("{name}: {} {verb} ({}){}.", count(total, "secret"), forms.join(", "), lines(filtered))
}

fn lines(filtered: &Filtered) -> String {
    let shown: Vec<String> = filtered.lines.iter().take(NAMED_LINES).map(u64::to_string).collect();
    match (shown.len(), filtered.lines.len() > NAMED_LINES) {
        (0, _) => String::new(),
        (1, false) => format!(", on line {}", shown[0]),
        (_, false) => format!(", on lines {}", list(&shown)),
        (_, true) => format!(", on lines {}, and more", shown.join(", ")),
    }
}
