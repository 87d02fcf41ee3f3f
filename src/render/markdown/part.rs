//! The part that is read at once, and the part that is folded away; together no longer than a ticket may be.

use std::fmt::Write as _;

/// The most characters of an issue on GitHub, which is the least that any of the usual places takes.
const MOST: usize = 65_536;

/// Stands in place of something that is too long.
const TOO_LONG: &str = "Left out, for the ticket would be too long; the JSON record has it.\n";

/// A section of the ticket.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Read at once.
    pub(super) text: String,
    /// Folded away.
    pub(super) folded: Vec<Fold>,
}

/// Something that is folded away.
#[derive(Debug)]
pub(super) struct Fold {
    title: String,
    body: String,
    /// Lines at its end, of which the last ones are left out first.
    lines: Vec<String>,
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self { text, folded: Vec::new() }
    }
}

impl Part {
    /// The same with something folded away below it; nothing where that is empty.
    pub(super) fn with(self, title: impl Into<String>, body: impl Into<String>) -> Self {
        self.with_lines(title, body, Vec::new())
    }

    /// The same with lines that can be left out at its end.
    pub(super) fn with_lines(
        mut self,
        title: impl Into<String>,
        body: impl Into<String>,
        lines: Vec<String>,
    ) -> Self {
        let (title, body) = (title.into(), body.into());
        if !body.is_empty() {
            self.folded.push(Fold { title, body, lines });
        }
        self
    }
}

/// The whole document: folded in HTML's `<details>`, or without any HTML with all that at its end.
pub(super) fn compose(mut parts: Vec<Part>, plain: bool) -> String {
    let mut whole = written(&parts, plain);
    for cut in [cut_lines, cut_body] {
        while let Some(over) = whole.chars().count().checked_sub(MOST + 1) {
            let mut folds: Vec<&mut Fold> =
                parts.iter_mut().flat_map(|part| &mut part.folded).collect();
            if !cut(&mut folds, over + 1) {
                break;
            }
            whole = written(&parts, plain);
        }
    }
    whole
}

/// Leaves out as many lines as are too much; false where none is left.
fn cut_lines(folds: &mut [&mut Fold], over: usize) -> bool {
    let mut cut = 0;
    for fold in folds.iter_mut().rev() {
        let all = fold.lines.len();
        // The sentence that counts what is left out needs room, too.
        while cut < over + 100
            && fold.lines.pop().is_some_and(|line| {
                cut += line.chars().count();
                true
            })
        {}
        let out = all - fold.lines.len();
        if out > 0 {
            let note = format!("Left out here, and in the JSON record: {out} more.\n\n");
            fold.body.insert_str(0, &note);
        }
    }
    cut > 0
}

/// Leaves out the longest of what is folded; false where nothing is left that could be.
fn cut_body(folds: &mut [&mut Fold], _: usize) -> bool {
    let longest = folds.iter_mut().max_by_key(|fold| fold.body.len());
    let longest = longest.filter(|fold| fold.body.len() > TOO_LONG.len());
    longest.is_some_and(|fold| {
        TOO_LONG.clone_into(&mut fold.body);
        true
    })
}

fn written(parts: &[Part], plain: bool) -> String {
    let mut pieces: Vec<String> = Vec::new();
    let mut later: Vec<String> = Vec::new();
    for Part { text, folded } in parts {
        pieces.push(text.trim_end().to_owned());
        for Fold { title, body, lines } in folded {
            let body = format!("{body}{}", lines.concat());
            let body = body.trim_end();
            if plain {
                later.push(format!("### {title}\n\n{body}"));
            } else {
                let summary = format!("<summary>{title}</summary>");
                pieces.push(format!("<details>\n{summary}\n\n{body}\n\n</details>"));
            }
        }
    }
    if !later.is_empty() {
        pieces.push("## Details".to_owned());
        pieces.extend(later);
    }
    let mut out = String::new();
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{piece}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(lines: usize, body: &str) -> Part {
        let lines = (0..lines).map(|n| format!("{n:>99}\n")).collect();
        Part::from("text".to_owned()).with_lines("Exchanges", "above\n", lines).with("Bodies", body)
    }

    #[test]
    fn lines_are_left_out_before_anything_else_is() {
        let whole = compose(vec![part(1_000, "body")], false);
        assert!(whole.chars().count() <= MOST);
        let shown = whole.lines().filter(|line| line.len() == 99).count();
        assert!(shown > 600 && whole.contains(&format!("record: {} more.", 1_000 - shown)));
        assert!(whole.contains("body"));
    }

    #[test]
    fn what_is_still_too_long_is_left_out_and_told() {
        let whole = compose(vec![part(1_000, &"body ".repeat(20_000))], true);
        assert!(whole.chars().count() <= MOST);
        assert!(whole.contains(TOO_LONG.trim_end()) && whole.contains("above"), "{whole}");
        assert!(!whole.contains('<'), "{whole}");
    }
}
