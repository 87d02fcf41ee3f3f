//! The ways to read a text: one row for each.

use std::ops::Range;

use crate::redact::view::{View, decode, inflate, items, join, numbers, squeeze, unescape};

/// A way to read a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lens {
    Unescaped,
    Numbers,
    Decoded,
    Inflated,
    Items,
    Squeezed,
    Joined,
}

/// Which of the shapes are looked for through a lens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sought {
    Nothing,
    /// Those that no text has by chance.
    Certain,
    All,
}

/// One row for each lens: the form of what is found, how much of a secret is enough, the shapes that
/// are looked for, and the lenses that are tried on what it shows.
pub(super) struct Row {
    pub(super) lens: Lens,
    pub(super) form: &'static str,
    pub(super) is_near_enough: bool,
    pub(super) sought: Sought,
    pub(super) inner: &'static [Lens],
}

const ROWS: [Row; 7] = [
    Row {
        lens: Lens::Unescaped,
        form: "escaped",
        is_near_enough: true,
        sought: Sought::All,
        inner: &ALL,
    },
    Row {
        lens: Lens::Numbers,
        form: "dump",
        is_near_enough: true,
        sought: Sought::Certain,
        inner: &ALL,
    },
    Row {
        lens: Lens::Decoded,
        form: "base64",
        is_near_enough: true,
        sought: Sought::Certain,
        inner: &[
            Lens::Unescaped,
            Lens::Numbers,
            Lens::Decoded,
            Lens::Inflated,
            Lens::Items,
            Lens::Squeezed,
            Lens::Joined,
        ],
    },
    Row {
        lens: Lens::Inflated,
        form: "packed",
        is_near_enough: false,
        sought: Sought::Certain,
        inner: &[Lens::Unescaped],
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
        inner: &[],
    },
];

pub(super) const ALL: [Lens; 6] =
    [Lens::Unescaped, Lens::Numbers, Lens::Decoded, Lens::Items, Lens::Squeezed, Lens::Joined];

impl Lens {
    pub(super) fn row(self) -> &'static Row {
        let row = ROWS.iter().find(|row| row.lens == self);
        row.unwrap_or(&ROWS[0])
    }

    /// The views of these parts of a text; of all of it, where a lens finds its parts itself. Only in a
    /// text as it is may a run of base64 begin before what was encoded, and nobody encodes it more than
    /// twice: `depth` lenses lie below this one.
    pub(super) fn views(self, text: &[u8], parts: &[Range<usize>], depth: usize) -> Vec<View> {
        if parts.is_empty() {
            return Vec::new();
        }
        match self {
            Self::Unescaped => vec![unescape::view(text, parts)],
            Self::Numbers => numbers::views(text, parts),
            Self::Decoded => decode::views(text, [4, 1, 0][depth]),
            Self::Inflated => vec![inflate::view(text)],
            Self::Items => items::views(text),
            Self::Squeezed => vec![squeeze::view(text, parts)],
            Self::Joined => vec![join::view(text, parts)],
        }
    }

    /// True if a form that a test leaves out is found through this lens alone.
    pub(super) fn is_left_out(self, form: &str) -> bool {
        match self {
            Self::Unescaped => {
                matches!(
                    form,
                    "percent" | "json_escape" | "html_entity" | "shell" | "quoted_printable"
                )
            }
            Self::Decoded | Self::Inflated => form == "base64",
            Self::Numbers => form == "dump" || form == "hex",
            Self::Squeezed => matches!(form, "pieces" | "dump" | "case"),
            Self::Items | Self::Joined => form == "pieces",
        }
    }
}

impl Row {
    /// The name of an escaped secret depends on its escapes.
    pub(super) fn form_of(&self, text: &[u8], pieces: &[Range<usize>]) -> &'static str {
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
