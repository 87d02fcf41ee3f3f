//! `.env` as bash reads it with `. ./.env`: words, quotes, and references; nothing is run.

use std::collections::HashMap;

use super::{Known, LONGEST, referred};

/// Every variable when the file was read. One whose value only running a command could tell has none.
pub(super) fn read(text: &str) -> HashMap<String, Option<String>> {
    let mut found = HashMap::new();
    let mut known = Known::new();
    let mut rest = text;
    while !rest.is_empty() {
        // A quote that is never closed ends the reading.
        let Some((words, after)) = command(rest, &known) else { break };
        rest = after;
        let exported = words.first().is_some_and(|word| {
            matches!(word.value.as_deref(), Some("export" | "declare" | "typeset" | "readonly"))
        });
        let words = &words[usize::from(exported)..];
        let stays = exported || words.iter().all(|word| word.name.is_some());
        for word in words.iter().filter(|_| stays) {
            let Some(name) = &word.name else { continue };
            known.remove(name);
            known.extend(word.value.clone().map(|value| (name.clone(), value)));
            found.insert(name.clone(), word.value.clone());
        }
    }
    found
}

/// One word: an assignment has a name; what only a command could tell has no value.
#[derive(Default)]
struct Word {
    name: Option<String>,
    value: Option<String>,
}

/// The words of one command, and what follows it.
fn command<'a>(text: &'a str, known: &Known) -> Option<(Vec<Word>, &'a str)> {
    let (mut words, mut rest) = (Vec::new(), text);
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        match rest.chars().next() {
            None => return Some((words, rest)),
            Some('\n' | ';' | '&' | '|') => return Some((words, &rest[1..])),
            Some('#') => rest = &rest[rest.find('\n').unwrap_or(rest.len())..],
            Some(_) => {
                let (word, after) = word(rest, known)?;
                words.push(word);
                rest = after;
            }
        }
    }
}

fn word<'a>(text: &'a str, known: &Known) -> Option<(Word, &'a str)> {
    let named = Some(name_at(text)).filter(|name| text[name.len()..].starts_with('='));
    let mut rest = named.map_or(text, |name| &text[name.len() + 1..]);
    let (mut value, mut runs) = (String::new(), false);
    while let Some(sign) = rest.chars().next() {
        match sign {
            ' ' | '\t' | '\n' | ';' | '&' | '|' => break,
            '\'' => {
                let (inside, after) = rest[1..].split_once('\'')?;
                value.push_str(inside);
                rest = after;
            }
            '"' => {
                let (inside, after) = quoted(&rest[1..], known)?;
                runs |= inside.is_none();
                value.push_str(&inside.unwrap_or_default());
                rest = after;
            }
            '\\' => {
                value.extend(rest.chars().nth(1).filter(|next| *next != '\n'));
                rest = rest.get(1 + rest.chars().nth(1).map_or(0, char::len_utf8)..)?;
            }
            _ => {
                let (piece, after) = one(rest, known);
                runs |= piece.is_none();
                value.push_str(&piece.unwrap_or_default());
                rest = after;
            }
        }
    }
    let value = value.chars().take(LONGEST).collect();
    Some((Word { name: named.map(str::to_owned), value: (!runs).then_some(value) }, rest))
}

/// The text in double quotes, and the rest of the line behind them.
fn quoted<'a>(text: &'a str, known: &Known) -> Option<(Option<String>, &'a str)> {
    let (mut value, mut runs, mut rest) = (String::new(), false, text);
    loop {
        match rest.chars().next()? {
            '"' => return Some(((!runs).then_some(value), &rest[1..])),
            '\\' if rest[1..].starts_with(['"', '\\', '$', '`']) => {
                value.push_str(&rest[1..2]);
                rest = &rest[2..];
            }
            _ => {
                let (piece, after) = one(rest, known);
                runs |= piece.is_none();
                value.push_str(&piece.unwrap_or_default());
                rest = after;
            }
        }
    }
}

/// One sign, or one reference; `None` for a command's output.
fn one<'a>(text: &'a str, known: &Known) -> (Option<String>, &'a str) {
    if text.starts_with('`') || text.starts_with("$(") {
        let end = text[1..].find(['`', ')', '\n']).map_or(text.len(), |at| at + 2);
        return (None, &text[end..]);
    }
    let braced = text.strip_prefix("${");
    let end = braced.and_then(|inside| inside.find(['}', '\n']));
    if let Some((inside, after)) = braced
        .zip(end)
        .and_then(|(inside, end)| Some((&inside[..end], inside[end..].strip_prefix('}')?)))
    {
        return (Some(referred(inside, known)), after);
    }
    if let Some(inside) = text.strip_prefix('$') {
        let name = name_at(inside);
        if !name.is_empty() {
            return (Some(referred(name, known)), &inside[name.len()..]);
        }
    }
    let sign = text.chars().next().unwrap_or_default();
    (Some(sign.to_string()), &text[sign.len_utf8()..])
}

/// The name of a variable that a text begins with, or nothing.
fn name_at(text: &str) -> &str {
    let outside = |sign: char| !(sign.is_ascii_alphanumeric() || sign == '_');
    let length = text.find(outside).unwrap_or(text.len());
    if text.starts_with(|sign: char| sign.is_ascii_digit()) { "" } else { &text[..length] }
}
