//! What curl says of its own work: `-v`, `--trace-ascii`, and `--trace`.

use super::Unreadable;
use super::exchange::{Exchange, Part, start};
use crate::heard::Sent;

/// The exchanges of a trace.
///
/// # Errors
/// When it holds no request.
pub(super) fn read(text: &str, take: &mut dyn FnMut(Sent)) -> Result<(), Unreadable> {
    let mut exchange = Exchange::new(take);
    if is_verbose(text) {
        verbose(text, &mut exchange);
    } else {
        traced(text, &mut exchange);
    }
    exchange.finish();
    // It may have come to no request, as where the name isn't found.
    if exchange.any || is_failed(text) {
        return Ok(());
    }
    let wanted = "a line `> GET ...` of `curl -v`, or `=> Send header` of `curl --trace-ascii`";
    Err(Unreadable::at(text.as_bytes(), 0, wanted))
}

/// True for the output of `-v` where curl gave up.
fn is_failed(text: &str) -> bool {
    let mut lines = text.lines().map(unstamped);
    lines.clone().any(|line| line.starts_with("* "))
        && lines.any(|line| line.starts_with("curl: ("))
}

/// True for the output of `-v`, not of `--trace`.
pub(super) fn is_verbose(text: &str) -> bool {
    is_failed(text)
        || text
            .lines()
            .map(unstamped)
            .any(|line| line.strip_prefix("> ").is_some_and(|line| start(line).is_some()))
}

/// True for the output of `--trace` or `--trace-ascii`.
pub(super) fn is_traced(text: &str) -> bool {
    text.lines().map(unstamped).any(|line| line.starts_with("=> Send header"))
}

/// A line without the time and the ids that `--trace-time` and `--trace-ids` put first.
fn unstamped(line: &str) -> &str {
    let is_time = |word: &str| {
        word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_digit() || b":.".contains(&byte))
    };
    let line = match line.split_once(' ') {
        Some((word, rest)) if is_time(word) && word.contains('.') => rest,
        _ => line,
    };
    match line.split_once("] ") {
        Some((ids, rest)) if ids.starts_with('[') && ids.len() < 12 && ids.contains('-') => rest,
        _ => line,
    }
}

/// `> ` is sent, `< ` came back, and what has no sign is the body.
fn verbose(text: &str, exchange: &mut Exchange<'_>) {
    let mut is_in_answer = false;
    // The meter goes back to the start of its line.
    let lines = text.lines().flat_map(|line| line.trim_end_matches('\r').split('\r'));
    for line in lines.filter(|line| !is_meter(line)) {
        let line = unstamped(line);
        let sign = line.get(..1).unwrap_or_default();
        let rest = line.get(2..).unwrap_or_default();
        let is_signed = line.len() < 2 || line.as_bytes()[1] == b' ';
        match sign {
            ">" if is_signed => {
                is_in_answer = false;
                exchange.line(Part::Head, rest);
            }
            "<" if is_signed => {
                is_in_answer = rest.trim().is_empty();
                exchange.line(Part::AnswerHead, rest);
            }
            "*" if is_signed => {}
            "{" | "}" if rest.starts_with('[') && rest.ends_with(']') => {}
            // A body without a line end of its own.
            _ if is_in_answer => {
                let body = line.split("* Connection #").next().unwrap_or_default();
                exchange.line(Part::AnswerData, body);
            }
            _ => {}
        }
    }
}

/// A line of the meter that shows how far a transfer is, which may have no end of its own.
fn is_meter(line: &str) -> bool {
    let line = line.trim_start();
    let is_number = |word: &str| word.bytes().all(|byte| b"0123456789.:-kMGTP".contains(&byte));
    let mut words = line.split_ascii_whitespace();
    line.starts_with("% Total")
        || line.starts_with("Dload  Upload")
        || words.clone().count() >= 11 && words.by_ref().take(11).all(is_number)
}

/// `=> Send header` and the like, then lines with an offset and so many bytes.
fn traced(text: &str, exchange: &mut Exchange<'_>) {
    let (mut part, mut head, mut end) = (Part::Info, String::new(), 0);
    let flush = |head: &mut String, part: Part, exchange: &mut Exchange<'_>| {
        for line in std::mem::take(head).split_terminator("\r\n") {
            exchange.line(part, line);
        }
    };
    for line in text.lines().map(unstamped) {
        if let Some(next) = announced(line) {
            flush(&mut head, part, exchange);
            (part, end) = (next, 0);
            continue;
        }
        let Some((offset, bytes)) = dumped(line) else { continue };
        match part {
            Part::Head | Part::AnswerHead => {
                let piece = String::from_utf8_lossy(&bytes);
                // The two bytes of a line break aren't shown.
                if offset != end && end > 0 {
                    flush(&mut head, part, exchange);
                }
                end = offset + bytes.len();
                head.push_str(&piece);
            }
            Part::Data | Part::AnswerData => exchange.data(part, &bytes),
            _ => {}
        }
    }
    flush(&mut head, part, exchange);
}

fn announced(line: &str) -> Option<Part> {
    let kinds = [
        ("=> Send header", Part::Head),
        ("=> Send data", Part::Data),
        ("<= Recv header", Part::AnswerHead),
        ("<= Recv data", Part::AnswerData),
        ("=> Send SSL", Part::Info),
        ("<= Recv SSL", Part::Info),
        ("== Info", Part::Info),
    ];
    kinds.into_iter().find(|(sign, _)| line.starts_with(sign)).map(|(_, part)| part)
}

/// The bytes of a line, with their offset: as text, or as numbers beside it.
fn dumped(line: &str) -> Option<(usize, Vec<u8>)> {
    let (offset, rest) =
        line.split_once(": ").or_else(|| line.strip_suffix(':').map(|at| (at, "")))?;
    let offset = usize::from_str_radix(offset, 16).ok().filter(|_| offset.len() >= 4)?;
    Some((offset, numbers(rest).unwrap_or_else(|| rest.as_bytes().to_vec())))
}

/// `47 45 54 20 …`, at most sixteen, before the same as text.
fn numbers(rest: &str) -> Option<Vec<u8>> {
    let wide = rest.get(..48)?;
    let mut bytes = Vec::new();
    for word in wide.split_ascii_whitespace() {
        bytes.push(u8::from_str_radix(word, 16).ok().filter(|_| word.len() == 2)?);
    }
    let is_row =
        wide.len() == 48 && wide.as_bytes().iter().skip(2).step_by(3).all(|byte| *byte == b' ');
    (is_row && !bytes.is_empty()).then_some(bytes)
}
