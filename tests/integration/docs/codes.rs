//! HTTP statuses and HeyGen's error codes, each with its source.

use super::{code, head, table};
use heygen_doctor::heygen::code::{self, Code};
use heygen_doctor::heygen::status;
use heygen_doctor::text::list;

const ABOUT: &str = "\
HeyGen answers an error with an HTTP status and a code of its own: a number on V1, a name on V2 and
V3. Neither is enough alone; `internal_error` means three things, and a numeric code's first digits
aren't an HTTP status.

`heygen-doctor explain CODE` says the same without a browser.";

pub(super) fn page() -> String {
    let mut out =
        head("Statuses and error codes", "src/heygen/code and src/heygen/status.rs", ABOUT);
    out.push_str("\n## HTTP statuses\n");
    out.push_str(&table(
        &["Status", "Name", "At HeyGen", "Class"],
        status::ALL.iter().map(|known| {
            let classes: Vec<String> = known.classes.iter().map(code).collect();
            vec![code(known.code), known.name.to_owned(), known.meaning.to_owned(), list(&classes)]
        }),
    ));
    let numeric = |known: &&Code| known.code.bytes().all(|byte| byte.is_ascii_digit());
    out.push_str("\n## String codes (V2, V3)\n");
    out.push_str(&codes(code::all().filter(|known| !numeric(known))));
    out.push_str("\n## Numeric codes (V1, streaming)\n");
    out.push_str(&codes(code::all().filter(numeric)));
    out
}

fn codes(codes: impl Iterator<Item = &'static Code>) -> String {
    table(
        &["Code", "Meaning", "What to do", "HTTP", "Class", "Source"],
        codes.map(|known| {
            let statuses: Vec<String> = known.statuses.iter().map(ToString::to_string).collect();
            let name = known.name.map_or_else(String::new, |name| format!(" `{name}`"));
            vec![
                format!("`{}`{name}", known.code),
                known.meaning.to_owned(),
                known.remedy.to_owned(),
                or_dash(statuses.join(", ")),
                known.class.map_or_else(|| "–".to_owned(), code),
                known.source.to_owned(),
            ]
        }),
    )
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}
