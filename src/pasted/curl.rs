//! Command lines of curl as the requests that curl makes of them.

mod body;
mod glob;
mod header;
mod options;
mod request;

use super::Unreadable;
use super::shell::{Command, Word};
use crate::heard::Sent;
use request::Request;

/// The requests of all curl lines in a text.
///
/// # Errors
/// When there is none.
pub(super) fn read(
    text: &str,
    commands: &[Command],
    take: &mut dyn FnMut(Sent),
) -> Result<(), Unreadable> {
    let lines: Vec<&[Word]> = commands.iter().filter_map(arguments).collect();
    if lines.is_empty() {
        let first = text.len() - text.trim_start().len();
        return Err(Unreadable::at(text.as_bytes(), first, "a line that begins with `curl`"));
    }
    let at = text.find("curl").unwrap_or_default();
    if let Some(at) = lines.iter().copied().flatten().find_map(|word| word.torn) {
        let wanted = match text[at..].chars().next() {
            Some('“' | '”' | '‘' | '’') => {
                "a plain quote in place of a curly one, which the shell takes for a letter,"
            }
            Some('–' | '—') => "a plain `-` in place of a dash, which curl takes for a letter,",
            _ => "a plain space in place of a no-break space, which no shell takes for one,",
        };
        return Err(Unreadable::at(text.as_bytes(), at, wanted));
    }
    if let Some(name) = lines.iter().copied().flatten().find_map(joined) {
        let at = text.find(&format!("{name}=")).map_or(at, |at| at + name.len());
        let wanted =
            format!("a space in place of the `=` behind `{name}`, which curl doesn't take,");
        return Err(Unreadable::at(text.as_bytes(), at, wanted));
    }
    let mut any = false;
    for words in lines {
        line(words, &mut |sent| {
            any = true;
            take(sent);
        });
    }
    if any {
        return Ok(());
    }
    let wanted =
        "a URL that curl takes (`{`, `}`, `[` and `]` make a pattern of it, unless `-g` is given)";
    Err(Unreadable::at(text.as_bytes(), at, wanted))
}

/// The name of an option that has its value behind a `=`, as other programs take it.
fn joined(word: &Word) -> Option<String> {
    let text = word.lossy();
    let (name, _) = text.strip_prefix("--")?.split_once('=')?;
    let known = options::long(name).filter(|known| known.takes_value)?;
    Some(format!("--{}", known.name))
}

/// The requests of one curl line, without the word `curl`.
pub(super) fn line(words: &[Word], take: &mut dyn FnMut(Sent)) {
    for request in requests(words) {
        request.sent(take);
    }
}

/// What stands behind `curl`, whatever stands before it: a prompt, `sudo`, a variable.
fn arguments(command: &Command) -> Option<&[Word]> {
    let is_curl = |name: &str| {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        name == "curl" || name == "curl.exe"
    };
    // A no-break space may hold it and its neighbour together.
    let text = |word: &Word| word.lossy().to_ascii_lowercase();
    let at = command.iter().position(|word| text(word).split('\u{a0}').any(is_curl))?;
    let is_last = text(&command[at]).split('\u{a0}').next_back().is_some_and(is_curl);
    Some(&command[at + usize::from(is_last)..])
}

/// One request for each part between `--next`.
fn requests(words: &[Word]) -> Vec<Request> {
    let mut requests = vec![Request::default()];
    let mut rest = words.iter().peekable();
    let (mut only_urls, mut after_unknown) = (false, false);
    while let Some(word) = rest.next() {
        let text = word.text.as_slice();
        let request = requests.last_mut().expect("one at least");
        if only_urls || !text.starts_with(b"-") || text == b"-" {
            // Whether an option that isn't known takes a value isn't known either.
            if !after_unknown || looks_like_url(text) {
                request.url(word.clone());
            }
            after_unknown = false;
            continue;
        }
        after_unknown = false;
        if text == b"--" {
            only_urls = true;
        } else if let Some(name) = text.strip_prefix(b"--") {
            let name = String::from_utf8_lossy(name);
            match options::long(&name) {
                Some(known) if known.name == "next" => requests.push(Request::default()),
                Some(known) if known.takes_value => {
                    request.set(known.name, &rest.next().cloned().unwrap_or_default());
                }
                Some(known) => request.switch(known.name, true),
                None => match name.strip_prefix("no-").and_then(options::long) {
                    Some(known) => request.switch(known.name, false),
                    None => after_unknown = true,
                },
            }
        } else if cluster(request, word, &mut rest) {
            requests.push(Request::default());
        }
    }
    requests
}

/// Options of one letter, one behind the other; the first with a value takes the rest of the word, or
/// the next one. True where the next request begins.
fn cluster<'a>(
    request: &mut Request,
    word: &Word,
    rest: &mut impl Iterator<Item = &'a Word>,
) -> bool {
    let mut is_next = false;
    for (at, letter) in word.text.iter().enumerate().skip(1) {
        let Some(known) = options::short(*letter) else { continue };
        if known.takes_value {
            let own = word.text[at + 1..].to_vec();
            let value = if own.is_empty() {
                rest.next().cloned().unwrap_or_default()
            } else {
                Word { text: own, ..word.clone() }
            };
            request.set(known.name, &value);
            break;
        }
        if known.name == "next" {
            is_next = true;
        } else {
            request.switch(known.name, true);
        }
    }
    is_next
}

fn looks_like_url(text: &[u8]) -> bool {
    text.contains(&b'.') || text.contains(&b'/') || text.contains(&b':')
}
