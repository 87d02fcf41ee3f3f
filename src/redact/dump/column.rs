//! The column at the end of a dump's line that shows its bytes as text.

use std::ops::Range;

use super::row::Unit;
use crate::redact::work;

/// Beside the bytes themselves such a column has a few bars and blanks.
const BARS: usize = 8;

/// Where the bytes of a row are shown as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// One character for each byte, from here on.
    Exact(usize),
    /// Something that seems to be the text of the row.
    Near(Range<usize>),
}

/// How many of the units at the start of a row are bytes, and where their text stands: its first
/// characters may look like bytes, too.
pub(super) fn of(text: &[u8], line: &Range<usize>, units: &[Unit]) -> (usize, Option<Column>) {
    for count in (1..=units.len()).rev() {
        let after = units[count - 1].end;
        let most = units.get(count).map_or(line.end, |next| next.start);
        if most > after
            && let Some(start) = exact(text, after..line.end, &units[..count])
            && start <= most
        {
            return (count, Some(Column::Exact(start)));
        }
    }
    (units.len(), near(text, line, units))
}

fn exact(text: &[u8], rest: Range<usize>, units: &[Unit]) -> Option<usize> {
    let tail = text.get(rest.clone())?;
    let trimmed = tail.strip_suffix(b"\r").unwrap_or(tail);
    let closed = [&b""[..], b"|", b"<", b" |"].into_iter();
    let ends = closed.filter_map(|close| trimmed.strip_suffix(close)).map(<[u8]>::len);
    let starts = ends.filter_map(|end| end.checked_sub(units.len()));
    let mut starts = starts.filter(|start| {
        let shown = &tail[*start..];
        let is_shown = |(unit, shown): (&Unit, &u8)| {
            work::looked(1);
            if matches!(unit.byte, b' '..=b'~') {
                unit.byte == *shown
            } else {
                !shown.is_ascii_alphanumeric()
            }
        };
        *start > 0
            && !tail[start - 1].is_ascii_alphanumeric()
            && units.iter().zip(shown).all(is_shown)
    });
    starts.next().map(|start| rest.start + start)
}

/// The column at the end of the line that is about as long as the bytes before it.
fn near(text: &[u8], line: &Range<usize>, units: &[Unit]) -> Option<Column> {
    let after = units.last()?.end;
    let rest = text.get(after..line.end)?;
    let is_apart = |byte: &u8| matches!(byte, b' ' | b'\t' | b'|') || !byte.is_ascii();
    let apart = rest.iter().position(|byte| !is_apart(byte))?;
    let shown = rest[apart..].trim_ascii_end();
    let is_column = (apart > 1 || rest.starts_with(b"|")) && shown.len() <= units.len() + BARS;
    is_column.then(|| Column::Near(after + apart..after + apart + shown.len()))
}
