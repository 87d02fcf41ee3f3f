//! Every cause, with the words that reports use.

use super::{code, head, table};
use heygen_doctor::judge::{causes, notes};
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::NoteId;
use heygen_doctor::render::label;

const ABOUT: &str = "\
A diagnosis names one cause, and assesses the others beside it: `confirmed`, `likely`, `possible`,
`untested`, or `ruled_out`, each with the probes that show it. *Confirmed* needs an experiment that
could have come out otherwise; agreement with a pattern is *likely* at most.

`heygen-doctor explain CAUSE` says the same without a browser.";

pub(super) fn page() -> String {
    let mut out = head("Causes", "src/judge/causes and src/judge/notes.rs", ABOUT);
    out.push_str(&table(
        &["Cause", "In short", "Who can cure it", "Verdict", "Exit code"],
        Cause::ALL.into_iter().map(|cause| {
            let row = causes::of(cause);
            vec![
                format!("[`{cause}`](#{cause})"),
                row.title.to_owned(),
                row.side.map_or("–", label::side).to_owned(),
                code(row.verdict),
                row.exit.code().to_string(),
            ]
        }),
    ));
    for cause in Cause::ALL {
        out.push_str(&section(cause));
    }
    out.push_str("\n## Notes\n\nNotes ride along without being the cause.\n");
    out.push_str(&table(
        &["Note", "Meaning", "Next step"],
        NoteId::ALL.into_iter().map(|id| {
            let row = notes::of(id);
            vec![code(id), row.meaning.to_owned(), row.next_step.to_owned()]
        }),
    ));
    out
}

fn section(cause: Cause) -> String {
    let row = causes::of(cause);
    let read_on = row.doc_url.map_or_else(String::new, |url| format!("- Read on: <{url}>\n"));
    format!(
        "\n## `{cause}`\n\n**{}.** {}\n\n\
         - How it is told apart: {}\n\
         - Next step: {}\n\
         - For HeyGen's support: {}\n{read_on}",
        row.title,
        row.meaning,
        row.told_apart,
        row.next_step,
        row.for_support.text()
    )
}
