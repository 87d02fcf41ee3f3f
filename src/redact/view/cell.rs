//! Small parts of a text in which bytes are counted without a branch, so that most of it needs no closer look.

/// The bytes of a cell.
pub(super) const CELL: usize = 64;

pub(super) type Cell = [u8; CELL];

/// Parts of a text of the same size, the last one filled up with NULs.
#[inline]
pub(super) fn cells(text: &[u8]) -> impl Iterator<Item = Cell> + '_ {
    let (cells, rest) = text.as_chunks();
    let mut last = [0; CELL];
    last[..rest.len()].copy_from_slice(rest);
    cells.iter().copied().chain((!rest.is_empty()).then_some(last))
}

/// Which bytes of a cell are of a kind.
#[inline]
pub(super) fn kinds(cell: &Cell, is: impl Fn(u8) -> bool) -> [bool; CELL] {
    let mut kinds = [false; CELL];
    for (kind, byte) in kinds.iter_mut().zip(cell) {
        *kind = is(*byte);
    }
    kinds
}

/// How many bytes of a cell are of a kind.
#[inline]
pub(super) fn count(kinds: &[bool; CELL]) -> usize {
    usize::from(kinds.iter().map(|is| u8::from(*is)).sum::<u8>())
}

/// How many pieces of a kind a cell has, one more or less.
#[inline]
pub(super) fn pieces(kinds: &[bool; CELL]) -> usize {
    let ends = kinds.iter().zip(&kinds[1..]).map(|(one, next)| u8::from(one != next));
    usize::from(ends.sum::<u8>()) / 2 + 1
}
