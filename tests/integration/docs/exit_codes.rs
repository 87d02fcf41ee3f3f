//! Every exit code, and the causes that lead to it.

use super::{code, head, table};
use heygen_doctor::judge::causes::of;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::exit::Exit;
use heygen_doctor::text::list;

const ABOUT: &str = "\
The exit codes are a superset of those of HeyGen's own command line.";

const COMMANDS: &[(&str, &str)] = &[
    ("`check`", "as above"),
    ("`report`", "0 once the report is made; `report --exit-code` as above"),
    ("`key`", "0 or 3"),
    (
        "`explain`, `simulate`, `schema`, `completions`, `man`",
        "0, or 2 for a name that isn't known",
    ),
    ("`redact --check`", "3 when something would be replaced, else 0"),
];

pub(super) fn page() -> String {
    let mut out = head("Exit codes", "src/record/exit.rs", ABOUT);
    out.push_str(&table(
        &["Code", "Meaning", "Causes"],
        Exit::ALL.into_iter().map(|exit| {
            let causes: Vec<String> =
                Cause::ALL.into_iter().filter(|&cause| of(cause).exit == exit).map(code).collect();
            let causes = if causes.is_empty() { "–".to_owned() } else { list(&causes) };
            vec![exit.code().to_string(), exit.meaning().to_owned(), causes]
        }),
    ));
    out.push_str(
        "\nAn unmet `--require` makes a `healthy` verdict `limited`, and `--strict` and an unmet \
         `--require` turn\n`limited` into 3; `--fail-on` turns the sides it leaves out into 0. A broken \
         pipe is 0. A secret found\nin a finished artefact is 1, and nothing is written.\n\n## By command\n",
    );
    let rows =
        COMMANDS.iter().map(|(command, ends)| vec![(*command).to_owned(), (*ends).to_owned()]);
    out.push_str(&table(&["Command", "Ends with"], rows));
    out
}
