//! Text from outside is data: forms of it that can't act on a terminal, a page, or a CI log.
//!
//! Whoever prints text of a server puts something of their own in front of it: no line ever
//! begins with server text.

mod glob;
mod named;
mod span;

use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};

pub use glob::Glob;
pub(crate) use named::named_enum;
pub use span::span;

/// The text on one line, with everything that could act on a terminal or a CI log written out
/// as `\n`, `\t`, or `\u{…}`.
#[must_use]
pub fn neutralise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // `::error::`, `##[error]`, and `##vso[…]` are commands to GitHub's and Azure's runners.
            ':' if out.ends_with(':') => write_out(&mut out, c),
            '#' if out.ends_with('#') => write_out(&mut out, c),
            _ if acts(c) => write_out(&mut out, c),
            _ => out.push(c),
        }
    }
    out
}

/// An address as it is, anything else neutralised: `::` is a command only outside of addresses.
#[must_use]
pub fn address(text: &str) -> String {
    if text.parse::<IpAddr>().is_ok() || text.parse::<SocketAddr>().is_ok() {
        text.to_owned()
    } else {
        neutralise(text)
    }
}

/// The text for use inside a line or a table cell of Markdown: words that could be markup,
/// links, or mentions stand in code spans, and so does what stands between backticks already.
#[must_use]
pub fn markdown(text: &str) -> String {
    let text = neutralise(text);
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('`').peekable();
    let mut code = false;
    while let Some(part) = parts.next() {
        if code && parts.peek().is_some() {
            out.push_str(&code_span(part));
        } else {
            words(&mut out, part);
        }
        code = !code;
    }
    out
}

/// The text as a code span, on one line, that no table and no backtick can break.
#[must_use]
pub fn code_span(text: &str) -> String {
    let text = neutralise(text).replace('|', "\\u{7c}");
    if text.trim().is_empty() {
        return String::from("` `");
    }
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The text as a fenced block, line by line, each line indented by two blanks.
#[must_use]
pub fn fenced(text: &str, language: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    let mut out = format!("{fence}{language}\n");
    for line in text.lines() {
        out.push_str("  ");
        out.push_str(&neutralise(line));
        out.push('\n');
    }
    out + &fence + "\n"
}

/// True for a character that could act instead of being shown, or hide what is shown.
#[must_use]
pub fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The bytes as one word of a POSIX shell's command line. [`neutralise`] leaves it as it is, save
/// for line breaks at the end of a word. No word can hold a NUL.
#[must_use]
pub fn shell_word(word: impl AsRef<[u8]>) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@%+,=".contains(c);
    match std::str::from_utf8(word.as_ref()) {
        Ok(text) if !text.is_empty() && text.chars().all(plain) && !text.contains("::") => {
            text.to_owned()
        }
        Ok(text) if !text.chars().any(acts) => quoted(text),
        _ => printed(word.as_ref()),
    }
}

/// A word that ends in the value of a variable.
#[must_use]
pub fn shell_word_with(text: &str, variable: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./: ".contains(c);
    if text.chars().all(plain) && !text.contains("::") {
        format!("\"{text}${variable}\"")
    } else {
        format!("{}\"${variable}\"", shell_word(text))
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("'");
    let mut before = '\0';
    for c in text.chars() {
        match c {
            '\'' => out.push_str(r"'\''"),
            // The quotes between the two mean nothing to the shell, and break up `::` and `##[`.
            ':' | '#' if before == c => {
                out.push_str("''");
                out.push(c);
            }
            _ => out.push(c),
        }
        before = c;
    }
    out.push('\'');
    out
}

/// Bytes that can't be shown, written out for `printf`, whose output loses the line breaks at its
/// end.
fn printed(bytes: &[u8]) -> String {
    let breaks = bytes.iter().rev().take_while(|byte| **byte == b'\n').count();
    let mut out = String::from("\"$(printf '");
    for byte in &bytes[..bytes.len() - breaks] {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(*byte));
        } else {
            let _ = write!(out, "\\{byte:03o}");
        }
    }
    out.push_str("')\"");
    if breaks > 0 {
        let _ = write!(out, "'{}'", "\n".repeat(breaks));
    }
    out
}

/// `1 request`, `2 requests`.
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// A share in percent, rounded up: `63 %`, below 10 with one digit more (`9.9 %`).
#[must_use]
pub fn percent(share: f64) -> String {
    let hundred = share * 100.0;
    if hundred < 10.0 {
        format!("{:.1} %", (hundred * 10.0).ceil() / 10.0)
    } else {
        format!("{:.0} %", hundred.ceil())
    }
}

/// The same text with a capital letter first.
#[must_use]
pub fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// How much two names are spelled alike, from 0 to 1. Where one is more than twice as long as the other
/// it is less than a half, and told as 0: a long argument must not cost the time to compare it.
#[must_use]
pub fn alike(one: &str, other: &str) -> f64 {
    if one.len() > 2 * other.len() || other.len() > 2 * one.len() {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(one, other)
}

/// The text with its first letter small, for the middle of a sentence.
#[must_use]
pub fn lower_first(text: &str) -> String {
    let word = text.split(' ').next().unwrap_or_default();
    // A name keeps its letters: `HEYGEN_API_KEY`, HeyGen, V1.
    if word.chars().skip(1).any(|letter| letter.is_uppercase() || letter.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `a`, `a and b`, `a, b, and c`.
#[must_use]
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    series(items, "and")
}

/// `a`, `a or b`, `a, b, or c`.
#[must_use]
pub fn either<T: AsRef<str>>(items: &[T]) -> String {
    series(items, "or")
}

/// The first few, and how many more there are.
#[must_use]
pub fn first_few(mut items: Vec<String>, shown: usize) -> String {
    let more = items.len().saturating_sub(shown);
    items.truncate(shown);
    if more > 0 {
        items.push(format!("{more} more"));
    }
    list(&items)
}

fn series<T: AsRef<str>>(items: &[T], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [one, two] => format!("{} {word} {}", one.as_ref(), two.as_ref()),
        [init @ .., last] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{}, {word} {}", init.join(", "), last.as_ref())
        }
    }
}

/// The text with every character written out that could act instead of being shown; all others stay, so
/// that a name is found again by programs.
#[must_use]
pub fn visible(text: &str) -> String {
    let shown = |c| if acts(c) { format!("\\u{{{:x}}}", u32::from(c)) } else { String::from(c) };
    text.chars().map(shown).collect()
}

fn write_out(out: &mut String, c: char) {
    let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
}

fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

/// Outside of code: words of letters and harmless punctuation stay, all others become code.
fn words(out: &mut String, text: &str) {
    for (i, word) in text.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let inner = word.trim_matches(['(', ')', ',', '.', ';', '"', '“', '”']);
        if harmless(inner) {
            out.push_str(word);
        } else if let Some((before, after)) = word.split_once(inner) {
            out.push_str(before);
            out.push_str(&code_span(inner));
            out.push_str(after);
        }
    }
}

fn harmless(word: &str) -> bool {
    let plain = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                '.' | ',' | ';' | ':' | '\'' | '’' | '"' | '“' | '”' | '(' | ')' | '?' | '!' | '%'
            )
            || matches!(c, '/' | '-' | '–' | '—' | '…' | '=' | '+' | '×' | '·' | '→' | '✓' | '✗')
    };
    let lower = word.to_ascii_lowercase();
    word.chars().all(plain)
        && word.matches(':').count() < 2
        && !lower.contains("://")
        && !lower.contains("www.")
        && !lower.starts_with("gh-")
}
