//! HeyGen's error codes, numeric and string, each with its meaning and source.

mod numeric;
mod string;

use crate::record::class::Class;

/// One error code that HeyGen's API is known to answer with.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The code as it stands in the body, numbers as text.
    pub code: &'static str,
    /// HeyGen's own name for it, where one is known.
    pub name: Option<&'static str>,
    /// Its meaning, in one or two sentences.
    pub meaning: &'static str,
    /// The remedy, in one sentence.
    pub remedy: &'static str,
    /// The HTTP statuses it was seen or documented with; empty where unknown.
    pub statuses: &'static [u16],
    /// The class that it decides, if it decides one alone (`internal_error` doesn't).
    pub class: Option<Class>,
    /// The source of all this.
    pub source: &'static str,
}

/// The table of the current version.
const V3_TABLE: &str = "developers.heygen.com/docs/error-codes";

/// The table of the retired versions.
const LEGACY_TABLE: &str = "docs.heygen.com/reference/errors";

/// The rest of that table, where only the names are certain.
const TRANSCRIBED: &str = "docs.heygen.com/reference/errors, transcribed by API clients; HeyGen's wording was not captured";

/// An older state of that table.
const TABLE_OF_2024: &str =
    "teamduality/heygen-typescript-sdk httpClient.ts, after HeyGen's error table of 2024";

/// HeyGen's own command line.
const HEYGEN_CLI: &str = "heygen-com/heygen-cli internal/errors/errors.go";

/// Every code, string codes first.
pub fn all() -> impl Iterator<Item = &'static Code> {
    string::CODES.iter().chain(numeric::CODES)
}

/// The code of this name.
#[must_use]
pub fn find(code: &str) -> Option<&'static Code> {
    all().find(|known| known.code == code)
}

/// Codes that call the credential, or the user behind it, unknown. Other codes of refusal are the same
/// for every reason.
const DISOWNING: &[&str] = &["40009", "400101", "user_not_found", "invalid_credentials"];

/// True for a code by which HeyGen says that it doesn't know the credential or its user.
#[must_use]
pub fn disowns(code: &str) -> bool {
    DISOWNING.contains(&code)
}

/// A row of the string codes.
const fn string(
    code: &'static str,
    statuses: &'static [u16],
    class: Option<Class>,
    source: &'static str,
    meaning: &'static str,
    remedy: &'static str,
) -> Code {
    Code { code, name: None, meaning, remedy, statuses, class, source }
}

/// A row of the numeric codes, which have a name beside the number.
const fn numeric(
    code: &'static str,
    name: Option<&'static str>,
    statuses: &'static [u16],
    class: Option<Class>,
    source: &'static str,
    meaning: &'static str,
    remedy: &'static str,
) -> Code {
    Code { code, name, meaning, remedy, statuses, class, source }
}
