//! The findings about a key, explained: a row each.

use crate::record::facts::FindingId;

/// The meaning of a finding, and the next step.
#[rustfmt::skip]
pub(super) const fn of(id: FindingId) -> (&'static str, &'static str) {
    match id {
        FindingId::KeyEmpty => (
            "The variable or file is there, and its value is empty.",
            "Put the key in it, or remove it so that the next source is read."),
        FindingId::KeyPlaceholder => (
            "The value can't be a key: it is the text of an example, a path, a word, or a reference that no tool has replaced by the key.",
            "Put the key itself there, or let the tool that knows the reference start your program."),
        FindingId::KeyLineBreak => (
            "A line break is in the value, often at its end after `echo` or a copy from a file. No HTTP header can carry it.",
            "Save the key without the line break, for example with `printf %s` in place of `echo`."),
        FindingId::KeyInside => (
            "A whole key stands inside something longer, such as JSON from a secret store, a URL, or a line with a comment.",
            "Set the variable to the key alone."),
        FindingId::KeyPrefixPasted => (
            "A name stands before the key: `HEYGEN_API_KEY=`, `X-Api-Key:`, or `Bearer`.",
            "Remove all that stands before the key."),
        FindingId::KeyQuotes => (
            "Quotes, brackets, or a comma are part of the value. HeyGen takes them for characters of the key.",
            "Remove them from the value. In a shell, quotes around an assignment are fine: they don't become part of it."),
        FindingId::KeyEscaped => (
            "The value is percent-encoded, as in a URL.",
            "Copy the key again from HeyGen's API settings, not from a URL."),
        FindingId::KeyBom => (
            "An invisible byte order mark stands before the key. Some Windows editors write it at the start of a file.",
            "Save the file as UTF-8 without a byte order mark."),
        FindingId::KeyInvisible => (
            "Invisible characters are in the value, often from a web page or a chat.",
            "Copy the key again from HeyGen's API settings."),
        FindingId::KeyNonAscii => (
            "Letters that are not ASCII are in the value. A key has none; one may look like a Latin letter.",
            "Copy the key again from HeyGen's API settings."),
        FindingId::KeyMisread => (
            "A character was probably taken for one that looks like it, such as `O` for `0`.",
            "Copy the key; don't type it."),
        FindingId::KeyTwoKeys => (
            "Two keys are in one value.",
            "Keep one of them."),
        FindingId::KeyDoubled => (
            "The same key stands there twice, as if it was pasted twice.",
            "Remove the second one."),
        FindingId::KeyOtherVendor => (
            "The value has the form of another company's key. It is not sent to HeyGen.",
            "Set the variable to a key from HeyGen's API settings."),
        FindingId::KeyOauthOrSession => (
            "The value is the token of a login or a session, not an API key.",
            "Make an API key in HeyGen's API settings and use that one."),
        FindingId::KeyTruncated => (
            "The value begins as a HeyGen key does, and is shorter than one.",
            "Copy the whole key again."),
        FindingId::KeyBlanks => (
            "There are spaces or tabs before the key, after it, or in it.",
            "Remove them. Many HTTP clients cut them off at the ends without a word; not all do."),
        FindingId::KeyDecoded => (
            "The key was base64-decoded. HeyGen expects it as it was handed out, which is the encoded form.",
            "Use the key as HeyGen shows it; don't decode it."),
        FindingId::KeyDoubleEncoded => (
            "The key was base64-encoded once too often, as Kubernetes secrets are.",
            "Decode it once before your program uses it."),
        FindingId::KeyOld => (
            "The key carries the time at which it was made, and that is more than 90 days ago. HeyGen doesn't end keys for their age.",
            "Nothing, unless your own rules ask for a new key."),
        FindingId::KeyUnknownShape => (
            "The value has none of the known forms of a HeyGen key. HeyGen could have a form that isn't known here.",
            "Compare it with the key in HeyGen's API settings."),
        FindingId::CredentialsMalformed => (
            "A file in which a key could be can't be read or understood.",
            "Mend or remove the file that is named, then run `heygen-doctor key`."),
        FindingId::KeyNearName => (
            "A value stands under a name that is nearly right. No tool of HeyGen's reads it.",
            "Rename the variable to `HEYGEN_API_KEY`."),
        FindingId::EnvFileDuplicate => (
            "A `.env` file sets the variable more than once. The last line counts.",
            "Remove the lines that you don't mean."),
        FindingId::EnvFileBom => (
            "A `.env` file begins with a byte order mark, which becomes part of the first name in it.",
            "Save the file as UTF-8 without a byte order mark."),
        FindingId::EnvFileReaders => (
            "Node, python-dotenv, and bash read different values from the same `.env` line.",
            "Write the line as `HEYGEN_API_KEY=` and the key, without blanks, quotes, or carriage returns."),
        FindingId::EnvShadowed => (
            "The variable is set and empty, which hides the good key in `.env` from most programs.",
            "Remove the empty variable: `unset HEYGEN_API_KEY`."),
    }
}
