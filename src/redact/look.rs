//! Looks at a text through every lens that may change what it says, one on top of another.

use std::ops::Range;

use super::SecretKind;
use super::hit::Hit;
use super::index::{Found, Index};
use super::needle::{Code, NEAR, Needle, WINDOW};
use super::own::Own;
use super::secret::Secret;
use super::shape::{self, Shapes};
use super::view::{Chain, View, decode, items, join, numbers, squeeze, unescape};
use super::{needle, work};

/// A text is looked at in pages of this size; they are smaller in tests, for more edges.
pub(super) const PAGE: usize = if cfg!(test) { 1 << 10 } else { 8 << 10 };

/// How much before and behind a page is looked at with it: half of the longest secret that is seen
/// as a whole.
pub(super) const CONTEXT: usize = if cfg!(test) { 256 } else { 4 << 10 };

/// So many lenses lie on top of each other.
const DEPTH: usize = 3;

/// So many grams of a secret near each other may be pieces of it.
const SEEDS: usize = 2;

/// A way to read a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lens {
    Unescaped,
    Numbers,
    Decoded,
    Items,
    Squeezed,
    Joined,
}

/// Which of the shapes are looked for through a lens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sought {
    Nothing,
    /// Those that no text has by chance.
    Certain,
    All,
}

/// One row for each lens: the form of what is found, how much of a secret is enough, the shapes that
/// are looked for, and the lenses that are tried on what it shows.
struct Row {
    lens: Lens,
    form: &'static str,
    is_near_enough: bool,
    sought: Sought,
    inner: &'static [Lens],
}

const ROWS: [Row; 6] = [
    Row {
        lens: Lens::Unescaped,
        form: "escaped",
        is_near_enough: true,
        sought: Sought::All,
        inner: &[
            Lens::Unescaped,
            Lens::Numbers,
            Lens::Decoded,
            Lens::Items,
            Lens::Squeezed,
            Lens::Joined,
        ],
    },
    Row {
        lens: Lens::Numbers,
        form: "dump",
        is_near_enough: true,
        sought: Sought::Certain,
        inner: &[Lens::Unescaped, Lens::Decoded],
    },
    Row {
        lens: Lens::Decoded,
        form: "base64",
        is_near_enough: true,
        sought: Sought::Certain,
        inner: &[Lens::Unescaped, Lens::Numbers, Lens::Decoded],
    },
    Row {
        lens: Lens::Items,
        form: "pieces",
        is_near_enough: false,
        sought: Sought::Certain,
        inner: &[Lens::Unescaped],
    },
    Row {
        lens: Lens::Squeezed,
        form: "pieces",
        is_near_enough: false,
        sought: Sought::Nothing,
        inner: &[],
    },
    Row {
        lens: Lens::Joined,
        form: "pieces",
        is_near_enough: false,
        sought: Sought::Certain,
        inner: &[Lens::Unescaped],
    },
];

const ALL: [Lens; 6] =
    [Lens::Unescaped, Lens::Numbers, Lens::Decoded, Lens::Items, Lens::Squeezed, Lens::Joined];

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
        self.plain(near, |hit| {
            hits.push(Hit { start: hit.start + first, end: hit.end + first, ..hit })
        });
        for page in (first..text.len()).step_by(PAGE) {
            let start = page.saturating_sub(CONTEXT);
            let around = &text[start..text.len().min(page + PAGE + CONTEXT)];
            let here = page - start..around.len().min(page - start + PAGE);
            let found = self.page(around, here, shapes);
            hits.extend(found.into_iter().map(|hit| Hit {
                start: hit.start + start,
                end: hit.end + start,
                ..hit
            }));
        }
        hits
    }

    fn plain(&self, text: &[u8], mut told: impl FnMut(Hit)) {
        self.whole.find(text, enough, |found| {
            let needle = &self.whole.needles[found.needle];
            let form = self.form(text, needle, &found);
            if !self.is_shown(needle, &found, form) {
                let range = edges(text, needle, &found);
                told(Hit::known(range, form, needle.kind));
            }
            true
        });
    }

    fn page(&self, around: &[u8], here: Range<usize>, shapes: Option<&Shapes>) -> Vec<Hit> {
        let mut page = Page { text: around, shapes, hits: Vec::new() };
        for lens in ALL {
            // A page shows what is in it; what only begins or ends there, the one beside it shows.
            if self.is_for(lens, &around[here.clone()], shapes.is_some()) {
                for view in lens.views(around) {
                    let chain = Chain { view: &view, outer: None };
                    self.through(lens, &chain, &mut page, (1, Sought::All));
                }
            }
        }
        page.hits
    }

    fn is_for(&self, lens: Lens, text: &[u8], is_by_shape: bool) -> bool {
        if self.left_out.as_deref().is_some_and(|left_out| lens.is_left_out(left_out)) {
            return false;
        }
        let has_secrets = !self.whole.is_empty();
        match lens {
            Lens::Unescaped => unescape::is_escaped(text),
            Lens::Numbers => numbers::is_dump(text),
            Lens::Decoded => decode::is_encoded(text),
            Lens::Items => items::is_listed(text),
            Lens::Squeezed => {
                has_secrets && (squeeze::is_scattered(text) || self.whole.has_seeds(text, SEEDS))
            }
            Lens::Joined => is_by_shape && join::is_broken(text),
        }
    }

    /// What a view shows, and what further views of it do.
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
        self.known(row, chain, page);
        if let Some(shapes) = page.shapes {
            suspected(row, chain, (shapes, sought), page);
        }
        if depth == DEPTH {
            return;
        }
        for inner in row.inner {
            if self.is_for(*inner, &view.bytes, page.shapes.is_some()) {
                for next in inner.inner_views(&view.bytes, depth) {
                    if next.bytes.len() >= NEAR {
                        let next = Chain { view: &next, outer: Some(chain) };
                        self.through(*inner, &next, page, (depth + 1, sought));
                    }
                }
            }
        }
    }

    fn known(&self, row: &Row, chain: &Chain<'_>, page: &mut Page<'_>) {
        let view = chain.view;
        let is_squeezed = row.lens == Lens::Squeezed;
        let index = if is_squeezed { &self.squeezed } else { &self.whole };
        let is_enough = if row.is_near_enough { near_enough } else { enough };
        index.find(&view.bytes, is_enough, |found| {
            let needle = &index.needles[found.needle];
            if row.form != "pieces" || !self.is_shown(needle, &found, row.form) {
                let pieces = if row.is_near_enough {
                    let range = edges(&view.bytes, needle, &found);
                    let mut pieces = chain.pieces(page.text, range);
                    grow(page.text, needle, &found.part, &mut pieces);
                    pieces
                } else {
                    let range = view.trimmed(found.range);
                    if range.len() < needle.window {
                        return true;
                    }
                    chain.pieces(page.text, range)
                };
                let form = row.form_of(page.text, &pieces);
                page.tell(pieces, form, Some(needle.kind));
            }
            true
        });
    }

    fn form(&self, text: &[u8], needle: &Needle, found: &Found) -> &'static str {
        if needle.code != Code::Plain {
            return needle.code.as_str();
        }
        if text[found.range.clone()] != needle.exact[found.part.clone()] {
            return "case";
        }
        let is_edge = |byte: Option<&u8>| byte.is_none_or(|byte| b"-_.:".contains(byte));
        if found.part.len() == needle.exact.len() {
            needle.form
        } else if (found.part.start == 0 || is_edge(needle.exact.get(found.part.start - 1)))
            && is_edge(needle.exact.get(found.part.end))
        {
            "part"
        } else {
            "window"
        }
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

/// A part of a secret that is a leak.
fn enough(needle: &Needle, part: &Range<usize>) -> bool {
    shared(part, &needle.secret) >= needle.window
}

/// The same where a few characters on each side may have been read as something else.
fn near_enough(needle: &Needle, part: &Range<usize>) -> bool {
    enough(needle, part)
        || needle.window >= WINDOW && shared(part, &needle.core) * WINDOW >= needle.window * NEAR
}

fn shared(one: &Range<usize>, other: &Range<usize>) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}

/// In base64 the letters at the edges hold some bits of the secret, too.
fn edges(text: &[u8], needle: &Needle, found: &Found) -> Range<usize> {
    let Range { mut start, mut end } = found.range;
    if needle.code == Code::Base64 {
        let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
        start -= usize::from(text[..start].last().is_some_and(is_base64));
        end += usize::from(text.get(end).is_some_and(is_base64));
        end += text[end..].iter().take(2).take_while(|byte| **byte == b'=').count();
    }
    start..end
}

/// Adds what stands right before and behind a part of a secret and belongs to it as it is written.
fn grow(text: &[u8], needle: &Needle, part: &Range<usize>, pieces: &mut [Range<usize>]) {
    let is_same = |(one, other): &(&u8, &u8)| one.eq_ignore_ascii_case(other);
    if let Some(first) = pieces.first_mut() {
        let before = text[..first.start].iter().rev().zip(needle.exact[..part.start].iter().rev());
        first.start -= before.take_while(is_same).count();
    }
    if let Some(last) = pieces.last_mut() {
        let after = text[last.end..].iter().zip(&needle.exact[part.end..]);
        last.end += after.take_while(is_same).count();
        if needle.code != Code::Base64 {
            last.end += text[last.end..].iter().take(2).take_while(|byte| **byte == b'=').count();
        }
    }
}

impl Lens {
    fn row(self) -> &'static Row {
        let row = ROWS.iter().find(|row| row.lens == self);
        row.unwrap_or(&ROWS[0])
    }

    fn views(self, text: &[u8]) -> Vec<View> {
        match self {
            Self::Unescaped => vec![unescape::view(text)],
            Self::Numbers => numbers::views(text),
            Self::Decoded => decode::views(text),
            Self::Items => items::views(text),
            Self::Squeezed => vec![squeeze::view(text)],
            Self::Joined => vec![join::view(text)],
        }
    }

    /// The views of a view: only in a text as it is may a run of base64 begin before what was encoded,
    /// and nobody encodes it more than twice.
    fn inner_views(self, text: &[u8], depth: usize) -> Vec<View> {
        let mut views = self.views(text);
        if self == Self::Decoded {
            views.truncate(usize::from(depth == 1));
        }
        views
    }

    /// True if a form that a test leaves out is found through this lens alone.
    fn is_left_out(self, form: &str) -> bool {
        match self {
            Self::Unescaped => {
                matches!(
                    form,
                    "percent" | "json_escape" | "html_entity" | "shell" | "quoted_printable"
                )
            }
            Self::Decoded => form == "base64",
            Self::Numbers => form == "dump" || form == "hex",
            Self::Squeezed => matches!(form, "pieces" | "dump" | "case"),
            Self::Items | Self::Joined => form == "pieces",
        }
    }
}

impl Row {
    /// What an escaped secret is called depends on its escapes.
    fn form_of(&self, text: &[u8], pieces: &[Range<usize>]) -> &'static str {
        if self.lens != Lens::Unescaped {
            return self.form;
        }
        let written = pieces.first().map_or(&[][..], |piece| &text[piece.clone()]);
        match written.iter().find(|byte| b"%\\&=`".contains(byte)) {
            Some(b'%') => "percent",
            Some(b'\\')
                if written.windows(2).any(|two| matches!(two, b"\\u" | b"\\x" | b"\\/")) =>
            {
                "json_escape"
            }
            Some(b'&') => "html_entity",
            Some(b'=') => "quoted_printable",
            Some(_) => "shell",
            None => self.form,
        }
    }
}
