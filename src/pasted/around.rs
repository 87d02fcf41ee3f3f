//! What stands around a request in a paste and is no part of it: prose around Markdown's fences, and the
//! prompts of a terminal. It is replaced by blanks, so that every place stays where it was.

use std::borrow::Cow;

use super::Form;
use super::exchange::start;

/// What begins and ends a part of a Markdown text that is to be shown as it is.
const FENCE: &str = "```";
/// What a fenced part has to hold to be taken for the request.
const SIGNS: [&str; 3] = ["curl", "http", "heygen"];

/// The text with nothing but what is between Markdown's fences, where a request is there and not outside.
pub(super) fn without_prose(text: &str) -> Cow<'_, str> {
    if !text.contains(FENCE) {
        return text.into();
    }
    let (mut inside, mut is_open) = (String::new(), false);
    let mut outside = String::new();
    for line in text.split_inclusive('\n') {
        let is_fence = line.trim_start().starts_with(FENCE);
        is_open ^= is_fence;
        let (kept, other) = if is_open && !is_fence {
            (&mut inside, &mut outside)
        } else {
            (&mut outside, &mut inside)
        };
        kept.push_str(line);
        blank(line, other);
    }
    let lower = inside.to_ascii_lowercase();
    let is_there = SIGNS.iter().any(|sign| lower.contains(sign));
    if is_there && !outside.lines().any(|line| start(line).is_some()) {
        inside.into()
    } else {
        text.into()
    }
}

/// The text without the prompts at the beginnings of its lines.
pub(super) fn without_prompts(text: &str) -> String {
    let mut bare = String::new();
    let mut before = "";
    for line in text.split_inclusive('\n') {
        let (own, rest) = line.split_at(prompt(line, before).map_or(0, |(length, _)| length));
        blank(own, &mut bare);
        bare.push_str(rest);
        before = line.trim_end();
    }
    bare
}

/// The shell whose prompt a line of the text begins with.
pub(super) fn shell(text: &str) -> Option<Form> {
    text.lines().find_map(|line| prompt(line, "")?.1)
}

/// The length of the prompt that a line begins with, and its shell where only one has it.
fn prompt(line: &str, before: &str) -> Option<(usize, Option<Form>)> {
    let bare = line.trim_start();
    let indent = line.len() - bare.len();
    let path = bare.strip_prefix("PS ").unwrap_or(bare);
    let form = if path.len() < bare.len() { Form::Powershell } else { Form::Cmd };
    if is_drive(path) {
        let end = path.find(['<', '>', '"', '|']).filter(|end| path[*end..].starts_with('>'))?;
        return Some((indent + bare.len() - path.len() + end + 1, Some(form)));
    }
    // Of a line that goes on.
    let is_open = before.ends_with('\\') || before.ends_with('^') || before.ends_with('`');
    let continued = [(">>", true), ("> ", is_open), ("More? ", is_open)];
    let (sign, _) = continued.into_iter().find(|(sign, may)| *may && bare.starts_with(sign))?;
    Some((indent + sign.len(), None))
}

/// True for a path such as `C:\Users`.
pub(super) fn is_drive(path: &str) -> bool {
    let mut letters = path.chars();
    letters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
        && letters.next() == Some(':')
        && letters.next() == Some('\\')
}

fn blank(line: &str, out: &mut String) {
    out.extend(line.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
}
