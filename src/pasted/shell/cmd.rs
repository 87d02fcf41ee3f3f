//! Quoting as in Windows' `cmd`, and as programs there take their command line apart.

use super::{Command, Word, only_looks_alike};
use crate::pasted::Unreadable;

/// A letter of a line, after `cmd` has read it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Letter(char),
    /// The end of a command.
    End,
}

/// The commands of a text.
///
/// # Errors
/// When a quote has no end.
pub(in crate::pasted) fn commands(text: &str) -> Result<Vec<Command>, Unreadable> {
    let signs = signs(text);
    let mut commands = Vec::new();
    for line in signs.split(|(sign, _)| *sign == Sign::End) {
        let letters: Vec<(char, usize)> = line
            .iter()
            .filter_map(|(sign, at)| match sign {
                Sign::Letter(letter) => Some((*letter, *at)),
                Sign::End => None,
            })
            .collect();
        let words = words(text, &letters)?;
        if !words.is_empty() {
            commands.push(words);
        }
    }
    Ok(commands)
}

/// What `cmd` makes of a text: `^` takes the meaning from what follows, and joins lines.
fn signs(text: &str) -> Vec<(Sign, usize)> {
    let mut signs = Vec::new();
    let mut is_quoted = false;
    let mut letters = text.char_indices().filter(|(_, letter)| *letter != '\r').peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '^' if !is_quoted => {
                let next = match letters.next() {
                    // The line goes on, and the first letter of the next one has no meaning.
                    Some((_, '\n')) => letters.next_if(|(_, next)| *next != ' '),
                    next => next,
                };
                signs.extend(next.map(|(at, letter)| (Sign::Letter(letter), at)));
            }
            '"' => {
                is_quoted = !is_quoted;
                signs.push((Sign::Letter('"'), at));
            }
            '\n' => {
                is_quoted = false;
                signs.push((Sign::End, at));
            }
            '&' | '|' if !is_quoted => signs.push((Sign::End, at)),
            letter => signs.push((Sign::Letter(letter), at)),
        }
    }
    signs
}

/// The words that a program sees (Microsoft's rules for `argv`).
fn words(text: &str, letters: &[(char, usize)]) -> Result<Command, Unreadable> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let (mut is_quoted, mut was_quoted, mut opened, mut torn) = (false, false, 0, None);
    let mut at = 0;
    while let Some((letter, place)) = letters.get(at).copied() {
        at += 1;
        match letter {
            '\\' => {
                let run = 1 + letters[at..].iter().take_while(|(next, _)| *next == '\\').count();
                at += run - 1;
                let before_quote = letters.get(at).is_some_and(|(next, _)| *next == '"');
                let kept = if before_quote { run / 2 } else { run };
                word.extend(std::iter::repeat_n('\\', kept));
                if before_quote && run % 2 == 1 {
                    word.push('"');
                    at += 1;
                }
            }
            '"' if is_quoted && letters.get(at).is_some_and(|(next, _)| *next == '"') => {
                word.push('"');
                at += 1;
            }
            '"' => {
                (is_quoted, was_quoted, opened) = (!is_quoted, true, place);
            }
            ' ' | '\t' if !is_quoted => {
                if was_quoted || !word.is_empty() {
                    let text = std::mem::take(&mut word);
                    words.push(Word { torn: torn.take(), ..finished(text, was_quoted) });
                }
                was_quoted = false;
            }
            letter => {
                let is_torn =
                    !is_quoted && only_looks_alike(letter, word.is_empty() && !was_quoted);
                torn = torn.or(is_torn.then_some(place));
                word.push(letter);
            }
        }
    }
    if is_quoted {
        return Err(Unreadable::at(text.as_bytes(), opened, "a closing \" for this one"));
    }
    if was_quoted || !word.is_empty() {
        words.push(Word { torn, ..finished(word, was_quoted) });
    }
    Ok(words)
}

fn finished(text: String, is_quoted: bool) -> Word {
    let unknown = variables(&text);
    Word { text: text.into_bytes(), unknown, is_quoted, torn: None }
}

/// `%NAME%`, which `cmd` replaces.
fn variables(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split('%').collect();
    let is_name = |name: &&&str| {
        !name.is_empty() && name.bytes().all(super::is_name) && !name.as_bytes()[0].is_ascii_digit()
    };
    let inner = parts.iter().skip(1).take(parts.len().saturating_sub(2));
    inner.filter(is_name).map(|name| format!("%{name}%")).collect()
}
