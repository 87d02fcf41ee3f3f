//! A `.env` file, read as the programs of the user read it: one model for each reader. Only keys are
//! read from it: a base URL from there could send the key to a stranger.

use std::iter;

use super::entry::Entry;
use super::names::Names;
use super::readers::{Readings, assignments, unclear_lines};
use super::{ApiKey, HEYGEN_API_KEY, MOST_BYTES};
use crate::record::facts::{Finding, FindingId, Severity};
use crate::text::list;

/// The most lines that are named.
const NAMED: usize = 3;

/// Who reads what, where they differ.
fn differ(readings: &Readings, source: &str, name: &str) -> Option<String> {
    let agreed = readings.agreed()?;
    let mut same = Vec::new();
    let mut others = Vec::new();
    for (reader, value) in
        [("Node", &readings.node), ("python-dotenv", &readings.python), ("bash", &readings.bash)]
    {
        match value.as_deref() {
            Some(value) if value == agreed => same.push(reader.to_owned()),
            Some(value) => others.push(format!("{reader} reads {}", otherwise(value, agreed))),
            None => others.push(format!("{reader} finds no value")),
        }
    }
    let verb = if same.len() == 1 { "reads" } else { "read" };
    (!others.is_empty()).then(|| {
        format!(
            "In `{source}`, this value of {name} is what {} {verb}; {}.",
            list(&same),
            others.join(", ")
        )
    })
}

/// The difference in words, without the value.
fn otherwise(value: &str, agreed: &str) -> &'static str {
    if value.trim_end_matches('\r') == agreed {
        "a carriage return at its end"
    } else if value.is_empty() {
        "an empty value"
    } else if agreed.starts_with(value) {
        "a shorter value"
    } else if value.contains(agreed) {
        "a longer value"
    } else {
        "another value"
    }
}

/// The key in an env file, and what else in it must not be shown.
pub(super) fn look(source: &str, bytes: &[u8], name: &str, folder: &str) -> (Entry, Vec<ApiKey>) {
    if let Some(text) = utf16(bytes) {
        let hidden = hidden(&text, name);
        let entry =
            Entry::broken(source, "is UTF-16, which Node, python-dotenv and bash don't read");
        let step = format!("Save `{source}` as UTF-8, without a byte order mark");
        return (Entry { step: Some(step), ..entry }, hidden);
    }
    let text = bounded(bytes);
    let readings = Readings::of(&text, name);
    let mut hidden = hidden(&text, name);
    let mut entry = match readings.agreed() {
        Some(value) => Entry::of(source, value.as_bytes().to_vec()),
        None => without(source, &text, name, folder),
    };
    // Whoever names another variable may still have a key in the usual one.
    let usual = (name != HEYGEN_API_KEY).then(|| Readings::of(&text, HEYGEN_API_KEY));
    for readings in iter::once(&readings).chain(&usual) {
        let each = [&readings.node, &readings.python, &readings.bash].into_iter().flatten();
        hidden.extend(each.map(|value| ApiKey::from_bytes(value.clone().into_bytes())));
    }
    entry.readings = Some(readings.clone());
    entry.findings = findings(source, &text, name, &readings);
    hidden.retain(|key| {
        key.is_secret() && entry.key.as_ref().is_none_or(|used| used.bytes() != key.bytes())
    });
    (entry, hidden)
}

/// The value of a variable in the file, by each reader.
pub(super) fn readings(bytes: &[u8], name: &str) -> Readings {
    Readings::of(&bounded(bytes), name)
}

/// The text without lines that are too long for a key.
fn bounded(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.split_inclusive('\n').filter(|line| line.len() <= MOST_BYTES).collect()
}

/// A file in which no reader finds the variable: with the lines that none of them understands.
fn without(source: &str, text: &str, name: &str, folder: &str) -> Entry {
    let unclear = unclear_lines(text);
    if unclear.is_empty() {
        let nothing = format!("It has no line for {name} ({folder}).");
        return Entry { nothing: Some(nothing), ..Entry::absent(source) };
    }
    let numbers: Vec<String> = unclear.iter().take(NAMED).map(usize::to_string).collect();
    let more = if unclear.len() > NAMED { ", and more" } else { "" };
    let lines = if unclear.len() == 1 { "line" } else { "lines" };
    let problem = format!(
        "has no line for {name}, and can't be understood in {lines} {}{more}",
        list(&numbers)
    );
    let written: Vec<&str> = text.lines().collect();
    let meant =
        unclear.iter().find(|at| written.get(*at - 1).is_some_and(|line| line.contains(name)));
    let step = match meant {
        Some(at) => format!("Write line {at} of `{source}` as `{name}=` and the key"),
        None => format!("Add a line to `{source}`: `{name}=` and the key"),
    };
    Entry { step: Some(step), ..Entry::broken(source, &problem) }
}

fn findings(source: &str, text: &str, name: &str, readings: &Readings) -> Vec<Finding> {
    let warning = |id, message: String, step: String| Finding {
        step: Some(step),
        ..Finding::new(id, Severity::Warning, message)
    };
    let mut findings = Vec::new();
    let found = assignments(text);
    let marked = format!("\u{feff}{name}");
    if found.iter().any(|(other, _)| *other == marked) {
        findings.push(warning(
            FindingId::EnvFileBom,
            format!("`{source}` begins with a byte order mark, so Node, python-dotenv and bash don't find {name} in its first line."),
            format!("Save `{source}` as UTF-8 without a byte order mark"),
        ));
    }
    let values: Vec<&str> =
        found.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str()).collect();
    if values.len() > 1 {
        let same = values.iter().all(|value| *value == values[0]);
        let which = if same { "to the same value each time" } else { "and the last one counts" };
        let message = format!("`{source}` sets {name} {} times, {which}.", values.len());
        let step = format!(
            "Put `#` before each line for {name} in `{source}` but the one with the right key"
        );
        let told = warning(FindingId::EnvFileDuplicate, message, step);
        // Where all lines say the same, none of them is the wrong one.
        findings.push(Finding { step: told.step.filter(|_| !same), ..told });
    }
    if let Some(message) = differ(readings, source, name) {
        let step = format!(
            "Write the line in `{source}` as `{name}=KEY`: no spaces around `=`, no comment, line ends of Unix"
        );
        findings.push(warning(FindingId::EnvFileReaders, message, step));
    }
    findings
}

/// Values of this and of near names, of which no part may be shown.
fn hidden(text: &str, name: &str) -> Vec<ApiKey> {
    let unmarked = text.trim_start_matches('\u{feff}');
    assignments(unmarked)
        .into_iter()
        .filter(|(other, _)| other == name || Names::is_related(other))
        .map(|(_, value)| value)
        .chain(pieces(unmarked, name))
        .map(|value| ApiKey::from_bytes(value.into_bytes()))
        .collect()
}

/// Possible keys in lines that name the variable and aren't understood.
fn pieces(text: &str, name: &str) -> Vec<String> {
    let ends =
        |sign: char| sign.is_whitespace() || matches!(sign, ':' | '=' | '"' | '\'' | ',' | '`');
    let lines: Vec<&str> = text.lines().collect();
    let unclear = unclear_lines(text).into_iter().filter_map(|at| lines.get(at - 1));
    let about =
        unclear.filter(|line| line.contains(name) || line.to_ascii_uppercase().contains("HEYGEN"));
    about.flat_map(|line| line.split(ends).map(str::to_owned)).collect()
}

/// The names near that of a key under which the file has a value.
pub(super) fn near_names(bytes: &[u8], names: &Names) -> Vec<(String, String)> {
    if utf16(bytes).is_some() {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(bytes);
    let found = assignments(text.trim_start_matches('\u{feff}'));
    found.into_iter().filter(|(name, value)| !value.is_empty() && names.is_near(name)).collect()
}

/// True if a file that should hold a key is an env file: by its name, or by its lines.
pub(super) fn looks_like_one(file_name: &str, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let assigns = |line: &&str| {
        line.strip_prefix("export ").unwrap_or(line).split_once('=').is_some_and(|(name, _)| {
            let name = name.trim_end();
            !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
        })
    };
    let file_name = file_name.to_ascii_lowercase();
    let named = file_name.starts_with(".env") || file_name.strip_suffix(".env").is_some();
    let some = lines.iter().any(assigns) || utf16(bytes).is_some();
    (named && some) || (lines.len() > 1 && lines.iter().all(assigns))
}

/// The text of a file in UTF-16, told by its byte order mark or by the zero beside each letter.
fn utf16(bytes: &[u8]) -> Option<String> {
    let zero = |at: usize| bytes.get(at) == Some(&0) && bytes.get(at + 2) == Some(&0);
    let little = match bytes {
        [0xff, 0xfe, ..] => true,
        [0xfe, 0xff, ..] => false,
        _ if zero(1) => true,
        _ if zero(0) => false,
        _ => return None,
    };
    let units = bytes.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    });
    let text: String = char::decode_utf16(units).map(|sign| sign.unwrap_or('\u{fffd}')).collect();
    Some(text.trim_start_matches('\u{feff}').to_owned())
}
