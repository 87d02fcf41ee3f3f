//! Possible causes, ranked; what was ruled out, and by which probe.

use std::fmt::Write as _;

use super::{bullets, table};
use crate::judge::causes::of;
use crate::record::Record;
use crate::record::diagnosis::{Assessment, Evidence, Standing};
use crate::render::told::by_reason;
use crate::render::{Options, label};
use crate::text::{code_span, first_few, list, markdown};

/// The most probe ids beside a piece of evidence; the JSON record has all.
const PROBES: usize = 3;

pub(super) fn section(record: &Record, _: &Options) -> String {
    let causes = &record.diagnosis.causes;
    let mut out = String::from("## Possible causes\n");
    let mut rank = 0;
    for assessed in causes.iter().filter(|assessed| assessed.standing >= Standing::Possible) {
        rank += 1;
        let _ = write!(
            out,
            "\n{rank}. **{}** (`{}`, {})\n{}",
            of(assessed.cause).title,
            assessed.cause,
            label::standing(assessed.standing),
            reasons(assessed)
        );
    }
    if rank == 0 {
        out.push_str("\nNone stands.\n");
    }
    let rows: Vec<Vec<String>> = causes
        .iter()
        .filter(|assessed| assessed.standing == Standing::RuledOut)
        .map(|assessed| {
            let against = assessed.against.first();
            vec![
                format!("`{}`", assessed.cause),
                against.map_or_else(|| "–".to_owned(), |piece| markdown(&piece.text)),
                against.and_then(probes).unwrap_or_else(|| "found without sending".to_owned()),
            ]
        })
        .collect();
    if !rows.is_empty() {
        out.push_str("\n### Ruled out\n\n");
        out.push_str(&table(&["Cause", "Because", "By"], &rows));
    }
    let untested: Vec<&Assessment> =
        causes.iter().filter(|assessed| assessed.standing == Standing::Untested).collect();
    if !untested.is_empty() {
        let items: Vec<String> = by_reason(&untested)
            .into_iter()
            .map(|(names, why)| {
                let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                let why =
                    if why.is_empty() { String::new() } else { format!(": {}", markdown(why)) };
                format!("{}{why}", list(&names))
            })
            .collect();
        let _ = write!(out, "\n### Not tested\n\n{}", bullets(&items));
    }
    out
}

fn reasons(assessed: &Assessment) -> String {
    let tell = |sign: &str, piece: &Evidence| {
        let by = probes(piece).map_or_else(String::new, |probes| format!(" ({probes})"));
        format!("{sign}: {}{by}", markdown(&piece.text))
    };
    let mut items: Vec<String> = Vec::new();
    items.extend(assessed.evidence.iter().map(|piece| tell("For", piece)));
    items.extend(assessed.against.iter().map(|piece| tell("Against", piece)));
    items.push(format!("Next step: {}", assessed.next_step));
    items.push(match of(assessed.cause).doc_url {
        Some(url) => format!("More: <{url}>"),
        None => format!("More: `heygen-doctor explain {}`", assessed.cause),
    });
    bullets(&items).lines().fold(String::new(), |out, line| out + "   " + line + "\n")
}

fn probes(piece: &Evidence) -> Option<String> {
    let told = piece.probes.iter().map(|id| code_span(&id.0)).collect();
    (!piece.probes.is_empty()).then(|| first_few(told, PROBES))
}
