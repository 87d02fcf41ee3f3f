//! References to other variables of the same file.

/// No reference makes a value longer than this.
const LONGEST: usize = 4096;

/// The value of `${…}`: by what stands before in the file, else its default.
pub(super) fn value(inside: &str, before: &[(String, String)]) -> String {
    let (name, default) = inside.split_once(":-").unwrap_or((inside, ""));
    let value = before.iter().rev().find(|(other, _)| other == name);
    let value = value.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty());
    value.unwrap_or(default).chars().take(LONGEST).collect()
}
