//! Every cause, with the words that reports use.

use super::{code, head, table};
use crate::judge::words::note::NOTES;
use crate::judge::words::words;
use crate::record::cause::Cause;
use crate::record::exit;
use crate::render::label;

const ABOUT: &str = "\
A diagnosis names one cause, and assesses the others beside it: `confirmed`, `likely`, `possible`,
`untested`, or `ruled_out`, each with the probes that show it. *Confirmed* needs an experiment that
could have come out otherwise; agreement with a pattern is *likely* at most.

`heygen-doctor explain CAUSE` says the same without a browser.";

pub(super) fn page() -> String {
    let mut out = head("Causes", "src/record/cause.rs and src/judge/words", ABOUT);
    out.push_str(&table(
        &["Cause", "In short", "Who can cure it", "Verdict", "Exit code"],
        Cause::ALL.into_iter().map(|cause| {
            vec![
                format!("[`{cause}`](#{cause})"),
                words(cause).title.to_owned(),
                cause.side().map_or("–", label::side).to_owned(),
                code(cause.verdict().as_str()),
                exit::of(cause, None).code().to_string(),
            ]
        }),
    ));
    for cause in Cause::ALL {
        out.push_str(&section(cause));
    }
    out.push_str("\n## Notes\n\nNotes ride along without being the cause.\n");
    out.push_str(&table(
        &["Note", "Meaning", "Next step"],
        NOTES
            .iter()
            .map(|note| vec![code(note.id), note.meaning.to_owned(), note.next_step.to_owned()]),
    ));
    out
}

fn section(cause: Cause) -> String {
    let words = words(cause);
    format!(
        "\n## `{cause}`\n\n**{}.** {}\n\n\
         - How it is told apart: {}\n\
         - Next step: {}\n\
         - For HeyGen's support: {}\n",
        words.title, words.meaning, words.told_apart, words.next_step, words.for_support
    )
}
