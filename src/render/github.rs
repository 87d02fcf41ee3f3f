//! For GitHub Actions: one annotation for the verdict. The ticket goes into the summary of the job.

use super::label;
use super::told;
use crate::record::Record;
use crate::record::diagnosis::Standing;
use crate::text::neutralise;

/// GitHub cuts an annotation after this many bytes.
const MOST: usize = 4_096;
/// Kept free for what escaping adds to the title.
const SPARE: usize = 512;

pub(super) fn render(record: &Record) -> String {
    let diagnosis = &record.diagnosis;
    let level = match diagnosis.exit_code {
        0 if diagnosis.verdict.as_str() == "healthy" => "notice",
        0 => "warning",
        _ => "error",
    };
    let (verdict, cause) = (label::verdict(diagnosis.verdict), diagnosis.cause);
    let title = match diagnosis.confidence {
        Standing::RuledOut | Standing::Untested => format!("HeyGen key: {verdict} ({cause})"),
        standing => format!("HeyGen key: {verdict} ({cause}, {})", label::standing(standing)),
    };
    let step = told::next_step(diagnosis);
    let text = format!("{}\nNext step: {}", neutralise(&diagnosis.statement), neutralise(step));
    format!("::{level} title={}::{}\n", property(&title), shortened(&text))
}

/// The text, escaped, as much of it as an annotation holds.
fn shortened(text: &str) -> String {
    let mut end = text.len();
    loop {
        let escaped = data(&text[..end]);
        let sign = if end < text.len() { "…" } else { "" };
        if escaped.len() + sign.len() <= MOST - SPARE || end == 0 {
            return escaped + sign;
        }
        end = text.floor_char_boundary(end - (end / 16).max(1));
    }
}

/// Escapes as GitHub's own toolkit does (actions/toolkit, `command.ts`).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_escaped_and_cut_between_letters() {
        assert_eq!(data("100 %\r\nnext"), "100 %25%0D%0Anext");
        assert_eq!(property("a: b, c"), "a%3A b%2C c");
        let long = shortened(&"%ä".repeat(4_000));
        assert!(long.len() <= MOST - SPARE && long.ends_with('…'), "{}", long.len());
        assert_eq!(shortened("short"), "short");
    }
}
