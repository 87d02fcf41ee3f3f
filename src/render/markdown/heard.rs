//! The page about what another program sent: HeyGen is asked nothing, so it is no ticket.

use super::part::Part;
use super::{account, bullets, causes, finding, footer, table};
use crate::record::Record;
use crate::render::Options;
use crate::render::heard::{beyond, how_much, lines};
use crate::render::told::next_step;
use crate::text::{code_span, markdown};

/// The most requests that are listed.
const MOST: usize = 20;

/// The page: what was found, what was sent, and all that it rests on, folded away.
pub(super) const SECTIONS: &[fn(&Record, &Options) -> Part] =
    &[page, footer::section, causes::section];

fn page(record: &Record, _: &Options) -> Part {
    let mut out = format!("## What the program sends\n\nHeyGen API: {}\n", finding(record));
    out.push_str(&account::why(record));
    let mut items = vec![format!("To do: {}", markdown(next_step(&record.diagnosis)))];
    items.extend(how_much(record).map(|told| markdown(&told)));
    items.extend(record.diagnosis.notes.iter().map(|note| markdown(&note.message)));
    out.push_str(&bullets(&items));
    let rows: Vec<Vec<String>> = lines(record, MOST)
        .into_iter()
        .enumerate()
        .map(|(at, line)| {
            vec![
                (at + 1).to_string(),
                code_span(&line.request),
                markdown(&line.key),
                markdown(&line.answer),
                markdown(&line.findings.join(", ")),
            ]
        })
        .collect();
    if !rows.is_empty() {
        out.push('\n');
        out.push_str(&table(&["", "Request", "Key", "Answer", "Findings"], &rows));
        out.extend(beyond(record, MOST).map(|told| format!("\n{told}\n")));
    }
    out.into()
}
