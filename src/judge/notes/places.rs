//! Notes on the places of keys and settings: what programs read there, and what they don't.

use super::{NoteRow, finding};
use crate::judge::case::Case;
use crate::record::cause::Cause;
use crate::record::facts::FindingId;

pub(super) const ENV_FILE_DUPLICATE: NoteRow = NoteRow {
    meaning: "A `.env` file sets the variable more than once. The last line counts for Node, python-dotenv, and bash.",
    next_step: "Keep one line for the key in that file.",
    rule: |case, _| finding(case, FindingId::EnvFileDuplicate),
};

pub(super) const ENV_FILE_BOM: NoteRow = NoteRow {
    meaning: "A byte order mark stands before the name in a `.env` file, so Node, python-dotenv, and bash don't find the variable.",
    next_step: "Save the file as UTF-8 without a byte order mark.",
    rule: |case, _| finding(case, FindingId::EnvFileBom),
};

pub(super) const ENV_FILE_READERS: NoteRow = NoteRow {
    meaning: "Node, python-dotenv, and bash read different values from the same line of a `.env` file, so what works in one program fails in another.",
    next_step: "Write the line with the key without spaces around `=`, without a comment, and with line ends of Unix.",
    rule: |case, _| finding(case, FindingId::EnvFileReaders),
};

pub(super) const ENV_SHADOWED: NoteRow = NoteRow {
    meaning: "The variable is set and empty. `load_dotenv` and `node --env-file` keep it so, and send no key, although `.env` holds one.",
    next_step: "Remove the empty variable, or set it to the key.",
    rule: |case, _| finding(case, FindingId::EnvShadowed),
};

pub(super) const KEY_NEAR_NAME: NoteRow = NoteRow {
    meaning: "A value stands under a name that comes near `HEYGEN_API_KEY`. No tool of HeyGen's reads it there, and it was not used.",
    next_step: "Rename the variable, if its value is the key that you mean.",
    rule: |case, _| finding(case, FindingId::KeyNearName),
};

pub(super) const SETTING_UNUSABLE: NoteRow = NoteRow {
    meaning: "A variable names a proxy, a certificate authority, or a base URL, and the doctor can't use it or doesn't read it. Other programs may.",
    next_step: "Mend or remove the variable that the note names.",
    rule: setting_unusable,
};

fn setting_unusable(case: &Case<'_>, _: Cause) -> Option<String> {
    let settings = &case.facts.environment.settings;
    let told: Vec<String> =
        settings.iter().map(|setting| format!("{} {}.", setting.message, setting.step)).collect();
    (!told.is_empty()).then(|| told.join(" "))
}
