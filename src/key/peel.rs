//! Takes off what was pasted along with a key, and remembers what each byte was.

mod inside;
mod layers;
mod misread;
mod pieces;
mod prefix;
mod signs;
mod trim;

use std::collections::BTreeSet;

use super::shapes;

/// Something about a value that doesn't belong to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Oddity {
    Blanks,
    LineBreak,
    Quotes,
    Prefix,
    Bom,
    Invisible,
    NonAscii,
    TwoKeys,
    Doubled,
    Unpadded,
    Escaped,
    Inside,
    Misread,
    Beginning,
}

/// The role of one byte of the given value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Part of the wrapper.
    Public,
    /// Part of the key, or of something else that may be secret.
    Secret,
    /// A repetition of an earlier byte.
    Same(usize),
}

#[derive(Clone, Copy)]
struct Unit {
    byte: u8,
    /// Where the byte stands in the given value; `None` where it was added.
    at: Option<usize>,
}

/// A value without its wrapper.
pub(super) struct Peeled {
    units: Vec<Unit>,
    /// The role of each byte of the given value.
    pub(super) origin: Vec<Origin>,
    /// The oddities that were met.
    pub(super) met: BTreeSet<Oddity>,
}

type Step = fn(&mut Peeled) -> bool;

/// Each takes one thing off and says whether it did; after a change the first has its turn again.
const STEPS: &[Step] = &[
    signs::clean,
    trim::trim,
    prefix::strip,
    layers::percent,
    layers::markdown,
    layers::line_break,
    layers::credentials,
    inside::keep,
    pieces::choose,
    pieces::adjoining,
    pieces::doubled,
    pad,
    misread::mend,
    misread::begin,
];

/// Takes off everything that is no part of the key.
pub(super) fn peel(given: &[u8]) -> Peeled {
    let units =
        given.iter().enumerate().map(|(at, byte)| Unit { byte: *byte, at: Some(at) }).collect();
    let mut peeled =
        Peeled { units, origin: vec![Origin::Secret; given.len()], met: BTreeSet::new() };
    while STEPS.iter().any(|step| step(&mut peeled)) {}
    peeled
}

impl Peeled {
    /// The value itself.
    pub(super) fn whole(&self) -> Vec<u8> {
        self.units.iter().map(|unit| unit.byte).collect()
    }

    /// Where each byte of the value stands in the given one.
    pub(super) fn places(&self) -> impl Iterator<Item = Option<usize>> {
        self.units.iter().map(|unit| unit.at)
    }

    /// Takes units off the front and the back as a part of the wrapper.
    fn strip(&mut self, front: usize, back: usize) {
        let end = self.units.len() - back;
        for at in self.units[..front].iter().chain(&self.units[end..]).filter_map(|unit| unit.at) {
            self.origin[at] = Origin::Public;
        }
        self.units.truncate(end);
        self.units.drain(..front);
    }
}

/// A double click selects the older keys without the `==` at their end.
fn pad(peeled: &mut Peeled) -> bool {
    let mut whole = peeled.whole();
    if !(shapes::LEGACY_LENGTH - 2..shapes::LEGACY_LENGTH).contains(&whole.len()) {
        return false;
    }
    whole.resize(shapes::LEGACY_LENGTH, b'=');
    let lost = shapes::is_legacy(&whole);
    if lost {
        peeled.units.resize(shapes::LEGACY_LENGTH, Unit { byte: b'=', at: None });
        peeled.met.insert(Oddity::Unpadded);
    }
    lost
}
