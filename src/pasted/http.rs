//! HTTP messages as text: raw requests, with or without their answers, and `.http` files.

use super::Unreadable;
use super::exchange::{Exchange, Part, header, start, status};
use crate::heard::Sent;

/// The requests of a text, each with the answer that stands below it.
///
/// # Errors
/// When no line begins a request, or a header can't be read.
pub(super) fn read(text: &str, take: &mut dyn FnMut(Sent)) -> Result<(), Unreadable> {
    let (mut exchange, mut part, mut at) = (Exchange::new(take), Part::Info, 0);
    while let Some(whole) = text[at..].split_inclusive('\n').next() {
        let line = whole.trim_end_matches(['\n', '\r']);
        part = part_of(part, line);
        if part == Part::Head
            && start(line).is_none()
            && header(line).is_none()
            && !is_comment(line)
        {
            let wanted = "a header as `Name: value`, or an empty line";
            return Err(Unreadable::at(text.as_bytes(), at, wanted));
        }
        let is_data = matches!(part, Part::Data | Part::AnswerData);
        exchange.line(part, if is_data { whole } else { line });
        at += whole.len();
        // What follows an empty line is the body.
        let body = match part {
            Part::HeadEnd => Part::Data,
            Part::AnswerHeadEnd => Part::AnswerData,
            _ => continue,
        };
        part = body;
        if let Some(bytes) = measured(&text[at..], exchange.announced(body)) {
            exchange.data(body, bytes.as_bytes());
            at += bytes.len();
        }
    }
    exchange.finish();
    if exchange.any {
        return Ok(());
    }
    let first = text.len() - text.trim_start().len();
    let wanted = "a request line as `GET /v3/users/me HTTP/1.1`";
    Err(Unreadable::at(text.as_bytes(), first, wanted))
}

/// The body of an announced length, if a message or nothing stands behind it: an editor may have changed the
/// ends of its lines since it was sent.
fn measured(rest: &str, length: Option<usize>) -> Option<&str> {
    let (body, behind) = rest.split_at_checked(length?)?;
    let next = behind.trim_start().lines().next().unwrap_or_default();
    let is_end = next.is_empty() || start(next).is_some() || status(next).is_some();
    (is_end || next.starts_with("###")).then_some(body)
}

/// The part that a line belongs to, behind a line of another one.
fn part_of(before: Part, line: &str) -> Part {
    let is_empty = line.trim().is_empty();
    match before {
        _ if start(line).is_some() => Part::Head,
        Part::Info => Part::Info,
        _ if status(line).is_some() => Part::AnswerHead,
        // In `.http` files, requests are kept apart so.
        _ if line.starts_with("###") => Part::Info,
        Part::Head if is_empty => Part::HeadEnd,
        Part::AnswerHead if is_empty => Part::AnswerHeadEnd,
        part => part,
    }
}

fn is_comment(line: &str) -> bool {
    line.starts_with('#') || line.starts_with("//")
}
