//! The patterns that curl expands in a URL: `{one,two}`, `[1-10]`, `[01-10:3]`, `[a-f]` (curl,
//! `tool_urlglob.c`).

use std::net::Ipv6Addr;

/// The most URLs of one pattern that are looked at.
const MOST: usize = 100_000;

/// A URL with its patterns taken apart: what may stand at each place.
pub(super) struct Glob(Vec<Vec<String>>);

impl Glob {
    /// Takes a URL apart; none where curl refuses it.
    pub(super) fn of(url: &str) -> Option<Self> {
        let (mut parts, mut fixed, mut rest) = (Vec::new(), String::new(), url);
        while let Some(first) = rest.chars().next() {
            let escaped = rest.strip_prefix('\\').and_then(|rest| rest.chars().next());
            if let Some(next) = escaped.filter(|next| "{}[]".contains(*next)) {
                fixed.push(next);
                rest = &rest[2..];
                continue;
            }
            let plain = plain_brackets(rest);
            let pattern = match first {
                '[' if plain > 0 => None,
                '[' => Some(range(&rest[1..])?),
                '{' => Some(set(&rest[1..])?),
                ']' | '}' => return None,
                _ => None,
            };
            if let Some((choices, length)) = pattern {
                parts.extend([vec![std::mem::take(&mut fixed)], choices]);
                rest = &rest[1 + length..];
            } else {
                let length = plain.max(first.len_utf8());
                fixed.push_str(&rest[..length]);
                rest = &rest[length..];
            }
        }
        parts.push(vec![fixed]);
        Some(Self(parts))
    }

    /// One URL after the other; the last pattern changes first.
    pub(super) fn urls(&self) -> impl Iterator<Item = String> + '_ {
        let all = self.0.iter().fold(1_usize, |all, part| all.saturating_mul(part.len()));
        (0..all.min(MOST)).map(|at| {
            let mut left = at;
            let chosen = self.0.iter().rev().map(|part| {
                let one = part[left % part.len()].as_str();
                left /= part.len();
                one
            });
            let mut chosen: Vec<&str> = chosen.collect();
            chosen.reverse();
            chosen.concat()
        })
    }
}

/// The length of brackets that are none of a pattern: empty ones, and those of an address.
fn plain_brackets(text: &str) -> usize {
    let inner =
        text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(inner, _)| inner);
    let is_plain = |inner: &&str| {
        let address = inner.split('%').next().unwrap_or_default();
        inner.is_empty() || address.parse::<Ipv6Addr>().is_ok()
    };
    inner.filter(is_plain).map_or(0, |inner| inner.len() + 2)
}

/// What stands between braces, and the length up to behind the closing one.
fn set(text: &str) -> Option<(Vec<String>, usize)> {
    let (mut choices, mut choice) = (Vec::new(), String::new());
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => choice.push(letters.next()?.1),
            '{' | '[' | ']' => return None,
            ',' => choices.push(std::mem::take(&mut choice)),
            '}' if at == 0 => return None,
            '}' => {
                choices.push(choice);
                return Some((choices, at + 1));
            }
            letter => choice.push(letter),
        }
    }
    None
}

/// What stands between brackets, and the length up to behind the closing one.
fn range(text: &str) -> Option<(Vec<String>, usize)> {
    let (inner, _) = text.split_once(']')?;
    let (ends, step) = inner.split_once(':').unwrap_or((inner, "1"));
    let (from, to) = ends.split_once('-')?;
    let step: usize = step.parse().ok().filter(|step| *step > 0)?;
    let choices = match (letter(from), letter(to)) {
        (Some(first), Some(last)) if first <= last && last - first < 26 => {
            is_step(step, usize::from(last - first))?;
            (first..=last).step_by(step).map(|letter| char::from(letter).to_string()).collect()
        }
        _ => {
            let (first, last): (usize, usize) = (digits(from)?, digits(to)?);
            is_step(step, last.checked_sub(first)?)?;
            let width = if from.starts_with('0') { from.len() } else { 1 };
            let numbers = (first..=last).step_by(step).take(MOST);
            numbers.map(|number| format!("{number:0width$}")).collect()
        }
    };
    Some((choices, inner.len() + 1))
}

/// A step that leads further than the end is none.
fn is_step(step: usize, distance: usize) -> Option<()> {
    (step <= distance || (distance == 0 && step == 1)).then_some(())
}

fn letter(text: &str) -> Option<u8> {
    let is_one = text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_one.then(|| text.as_bytes()[0])
}

fn digits(text: &str) -> Option<usize> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}
