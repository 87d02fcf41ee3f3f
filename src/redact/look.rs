//! Looks at a text through every lens that may change what it says, one on top of another.

use std::ops::Range;

use super::SecretKind;
use super::hit::Hit;
use super::index::{Found, Index};
use super::needle::{Code, NEAR, Needle};
use super::own::Own;
use super::secret::Secret;
use super::shape::{self, Shapes};
use super::view::{Chain, View, decode, inflate, is_text, items, join, numbers, squeeze, unescape};
use super::{needle, work};
use lens::{ALL, Lens, Row, Sought};
use part::{edges, enough, form, grow, is_varied, near_enough};

mod lens;
mod part;

pub(super) use part::{AROUND, around};

/// A text is looked at in pages of this size; they are smaller in tests, for more edges.
pub(super) const PAGE: usize = if cfg!(test) { 1 << 10 } else { 32 << 10 };

/// How much before and behind a page is looked at with it: half of the longest secret that is seen
/// as a whole.
pub(super) const CONTEXT: usize = if cfg!(test) { 256 } else { 4 << 10 };

/// The most lenses that lie on top of each other.
const DEPTH: usize = 3;

/// Finds the secrets of a run in every form, and what looks like another's in any but its plain one.
pub(super) struct Look {
    whole: Index,
    squeezed: Index,
    own: Own,
    left_out: Option<String>,
}

/// A page of a text, and what is found in it.
struct Page<'a> {
    text: &'a [u8],
    shapes: Option<&'a Shapes>,
    hits: Vec<Hit>,
}

impl Look {
    pub(super) fn new(secrets: &[Secret], exempt: &[String], left_out: Option<&str>) -> Self {
        let needles = needle::all(secrets, left_out);
        let squeezed = needles.iter().filter_map(Needle::squeezed).collect();
        Self {
            whole: Index::new(needles),
            squeezed: Index::new(squeezed),
            own: Own::new(exempt),
            left_out: left_out.map(str::to_owned),
        }
    }

    /// Every hit that may end at or after `from`. Pages are counted from the start of the text.
    pub(super) fn hits(&self, text: &[u8], from: usize, shapes: Option<&Shapes>) -> Vec<Hit> {
        let mut hits = Vec::new();
        let first = from.saturating_sub(CONTEXT) / PAGE * PAGE;
        let near = &text[first.min(text.len())..];
        let seeds: Vec<usize> = self.whole.seeds(near).collect();
        self.plain(near, &seeds, |hit| {
            hits.push(hit.on(first));
        });
        for page in (first..text.len()).step_by(PAGE) {
            let start = page.saturating_sub(CONTEXT);
            let around = &text[start..text.len().min(page + PAGE + CONTEXT)];
            let here = page - start..around.len().min(page - start + PAGE);
            let [from, to] =
                [page, page + PAGE].map(|at| seeds.partition_point(|seed| seed + first < at));
            let near: Vec<usize> =
                seeds[from..to].iter().map(|seed| seed + first - start).collect();
            let found = self.page(around, (here, &near), shapes);
            hits.extend(found.into_iter().map(|hit| hit.on(start)));
        }
        hits
    }

    fn plain(&self, text: &[u8], seeds: &[usize], mut told: impl FnMut(Hit)) {
        self.whole.find(text, seeds.iter().copied(), enough, |found| {
            let needle = &self.whole.needles[found.needle];
            let form = form(text, needle, &found);
            if !self.is_shown(needle, &found, form) {
                let range = edges(text, needle, &found);
                told(Hit::known(range, form, needle.kind));
            }
            true
        });
    }

    fn page(
        &self,
        around: &[u8],
        (here, seeds): (Range<usize>, &[usize]),
        shapes: Option<&Shapes>,
    ) -> Vec<Hit> {
        let mut page = Page { text: around, shapes, hits: Vec::new() };
        for lens in ALL {
            // A page shows what is in it; what only begins or ends there, the one beside it shows.
            let parts = self.parts(lens, around, (here.clone(), seeds), shapes.is_some());
            for view in lens.views(around, &parts, 0) {
                let chain = Chain { view: &view, outer: None };
                self.through(lens, &chain, &mut page, (1, Sought::All));
            }
        }
        page.hits
    }

    /// The parts of a text that a lens is for, as a look at `here` shows them, and the seeds of
    /// needles there; none where it shows nothing.
    fn parts(
        &self,
        lens: Lens,
        text: &[u8],
        (here, seeds): (Range<usize>, &[usize]),
        is_by_shape: bool,
    ) -> Vec<Range<usize>> {
        if self.left_out.as_deref().is_some_and(|left_out| lens.is_left_out(left_out)) {
            return Vec::new();
        }
        let has_secrets = !self.whole.is_empty();
        let near = &text[here.clone()];
        let is_for = match lens {
            Lens::Unescaped => return around(text, unescape::spots(text, here), AROUND),
            // A dump that begins or ends on another page is read with its other part.
            Lens::Numbers => return around(text, numbers::spots(text, here), CONTEXT),
            Lens::Squeezed if has_secrets => {
                let mut spots: Vec<usize> = self.whole.near(text, seeds.iter().copied()).collect();
                spots.extend(squeeze::spots(text, here));
                return around(text, spots, AROUND);
            }
            Lens::Joined if is_by_shape => return around(text, join::spots(text, here), AROUND),
            Lens::Squeezed | Lens::Joined => false,
            Lens::Decoded => decode::is_encoded(near),
            Lens::Inflated => inflate::is_packed(near),
            Lens::Items => items::is_listed(near),
        };
        // One part, the whole of it.
        std::iter::repeat_n(0..text.len(), usize::from(is_for)).collect()
    }

    /// Looks for secrets in a view, and in further views of it.
    fn through(
        &self,
        lens: Lens,
        chain: &Chain<'_>,
        page: &mut Page<'_>,
        (depth, sought): (usize, Sought),
    ) {
        let view = chain.view;
        work::looked(view.bytes.len());
        let row = lens.row();
        let sought = sought.min(row.sought);
        let seeds: Vec<usize> = self.whole.seeds(&view.bytes).collect();
        self.known((row, &seeds), chain, page);
        if let Some(shapes) = page.shapes {
            suspected(row, chain, (shapes, sought), page);
        }
        if depth == DEPTH {
            return;
        }
        let is_noise = matches!(lens, Lens::Decoded | Lens::Numbers) && !is_text(&view.bytes);
        // What is packed looks like noise.
        let inner = row.inner.iter().filter(|inner| !is_noise || **inner == Lens::Inflated);
        for inner in inner {
            let bytes = &view.bytes;
            let here = (0..bytes.len(), &seeds[..]);
            let parts = self.parts(*inner, bytes, here, page.shapes.is_some());
            for next in inner.views(bytes, &parts, depth) {
                if next.bytes.len() >= NEAR {
                    let next = Chain { view: &next, outer: Some(chain) };
                    self.through(*inner, &next, page, (depth + 1, sought));
                }
            }
        }
    }

    fn known(&self, (row, seeds): (&Row, &[usize]), chain: &Chain<'_>, page: &mut Page<'_>) {
        let view = chain.view;
        let squeezed: Vec<usize>;
        let (index, seeds) = if row.lens == Lens::Squeezed {
            squeezed = self.squeezed.seeds(&view.bytes).collect();
            (&self.squeezed, &squeezed[..])
        } else {
            (&self.whole, seeds)
        };
        let is_enough = if row.is_near_enough { near_enough } else { enough };
        index.find(&view.bytes, seeds.iter().copied(), is_enough, |found| {
            let needle = &index.needles[found.needle];
            if let Some(pieces) = self.leak(row, chain, (page.text, needle), found) {
                let form = row.form_of(page.text, &pieces);
                page.tell(pieces, form, Some(needle.kind));
            }
            true
        });
    }

    /// Where a part of a secret that a view shows stands in the text, if it is a leak.
    fn leak(
        &self,
        row: &Row,
        chain: &Chain<'_>,
        (text, needle): (&[u8], &Needle),
        found: Found,
    ) -> Option<Vec<Range<usize>>> {
        let bytes = &chain.view.bytes;
        let is_exact = bytes[found.range.clone()] == needle.exact[found.part.clone()];
        if self.is_shown(needle, &found, if is_exact { row.form } else { "case" }) {
            return None;
        }
        // A few zeros stand in many texts.
        if !is_varied(&needle.exact[found.part.clone()]) {
            return None;
        }
        if !row.is_near_enough {
            let range = chain.view.trimmed(found.range);
            return (range.len() >= needle.window).then(|| chain.pieces(text, range));
        }
        let mut pieces = chain.pieces(text, edges(bytes, needle, &found));
        let length: usize = pieces.iter().map(ExactSizeIterator::len).sum();
        // Where nothing was undone, nothing was read as something else.
        if length == found.range.len() && !enough(needle, &found.part) {
            return None;
        }
        grow(text, needle, &found.part, &mut pieces);
        Some(pieces)
    }

    /// True if what was found is no secret: the program's own text, or what the user gave to be shown.
    fn is_shown(&self, needle: &Needle, found: &Found, form: &str) -> bool {
        if self.left_out.as_deref() == Some("case") && form == "case" {
            return true;
        }
        let text = &needle.exact[found.part.clone()];
        needle.code == Code::Plain && self.own.has(text, matches!(form, "case" | "pieces"))
    }
}

impl Page<'_> {
    fn tell(&mut self, pieces: Vec<Range<usize>>, form: &'static str, kind: Option<SecretKind>) {
        for (number, piece) in pieces.into_iter().enumerate() {
            let goes_on = number > 0;
            self.hits.push(Hit { start: piece.start, end: piece.end, form, kind, goes_on });
        }
    }
}

/// Shapes that a view shows and that the text itself does not.
fn suspected(
    row: &Row,
    chain: &Chain<'_>,
    (shapes, sought): (&Shapes, Sought),
    page: &mut Page<'_>,
) {
    let view = chain.view;
    let hits = match sought {
        Sought::Nothing => return,
        Sought::Certain => shapes.certain(&view.bytes),
        Sought::All => shapes.hits(&view.bytes, 0),
    };
    for hit in hits {
        let mut part = hit.start..hit.end;
        if row.lens == Lens::Joined && !goes_over(view, &mut part, hit.form) {
            continue;
        }
        if row.lens == Lens::Unescaped && !is_changed(view, &part) {
            continue;
        }
        let pieces = chain.pieces(page.text, part);
        page.tell(pieces, hit.form, None);
    }
}

/// True if what was found in joined lines is more than its first line shows.
fn goes_over(view: &View, part: &mut Range<usize>, form: &str) -> bool {
    if !view.is_joined(part) {
        return false;
    }
    let first = view.first_piece(part);
    let (length, is_whole) = shape::length(&view.bytes[part.clone()], form);
    part.end = part.start + length;
    length >= first + join::SHORTEST
        && (is_whole || shape::length(&view.bytes[part.start..part.start + first], form).0 == 0)
}

/// How far before a value its name may stand.
const NAME: usize = 48;

/// True if something was undone in a part of a view, or shortly before it.
fn is_changed(view: &View, part: &Range<usize>) -> bool {
    let from = part.start.saturating_sub(NAME);
    view.place(part.end - 1).end - view.place(from).start > part.end - from
}
