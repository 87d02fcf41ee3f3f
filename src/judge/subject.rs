//! The subject of a sentence: a key can expire, and so can a plan or an invitation.

/// The thing that a sentence speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The credential.
    Key,
    /// Whoever owns it.
    Account,
    /// A plan, a subscription, or a trial.
    Plan,
    /// Something else that has a name.
    Other,
    /// Nothing that is known.
    None,
    /// The word isn't there.
    Unsaid,
}

/// Nouns, and what they stand for.
const NOUNS: &[(&str, Subject)] = &[
    ("key", Subject::Key),
    ("keys", Subject::Key),
    ("apikey", Subject::Key),
    ("token", Subject::Key),
    ("credential", Subject::Key),
    ("credentials", Subject::Key),
    ("account", Subject::Account),
    ("user", Subject::Account),
    ("workspace", Subject::Account),
    ("space", Subject::Account),
    ("organization", Subject::Account),
    ("organisation", Subject::Account),
    ("org", Subject::Account),
    ("team", Subject::Account),
    ("tenant", Subject::Account),
    ("owner", Subject::Account),
    ("plan", Subject::Plan),
    ("subscription", Subject::Plan),
    ("trial", Subject::Plan),
    ("license", Subject::Plan),
    ("licence", Subject::Plan),
    ("permission", Subject::Other),
    ("permissions", Subject::Other),
    ("access", Subject::Other),
    ("consent", Subject::Other),
    ("feature", Subject::Other),
    ("invitation", Subject::Other),
    ("password", Subject::Other),
    ("session", Subject::Other),
    ("request", Subject::Other),
    ("requests", Subject::Other),
    ("service", Subject::Other),
    ("resource", Subject::Other),
    ("video", Subject::Other),
    ("avatar", Subject::Other),
    ("link", Subject::Other),
    ("domain", Subject::Other),
    ("certificate", Subject::Other),
    ("endpoint", Subject::Other),
    ("card", Subject::Other),
];

/// The subject of the first sentence with this word; the text is in lower case.
pub(super) fn subject(text: &str, word: &str) -> Subject {
    let sentence = text.split(['.', ';', '!', '?', '\n', ':']).find(|part| part.contains(word));
    let Some((before, after)) = sentence.and_then(|sentence| sentence.split_once(word)) else {
        return Subject::Unsaid;
    };
    // "This key was revoked by the workspace": what stands first. "Revoked key": what follows.
    first_noun(before).or_else(|| first_noun(after)).unwrap_or(Subject::None)
}

/// The first noun that is not merely a part of the next one: in "the workspace's API key" and in
/// "account key" it is the key.
fn first_noun(text: &str) -> Option<Subject> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .collect();
    let noun = |at: usize| {
        NOUNS.iter().find(|(noun, _)| words.get(at) == Some(noun)).map(|(_, subject)| *subject)
    };
    (0..words.len()).find_map(|at| {
        let subject = noun(at)?;
        let next = if words.get(at + 1) == Some(&"api") { at + 2 } else { at + 1 };
        noun(next).is_none().then_some(subject)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_is_what_the_sentence_speaks_of() {
        for (text, word, wanted) in [
            ("this api key has been revoked", "revoke", Subject::Key),
            ("this api key was revoked by the workspace owner", "revoke", Subject::Key),
            ("your workspace's api key has been revoked", "revoke", Subject::Key),
            ("revoked api key", "revoke", Subject::Key),
            ("account api key expired", "expire", Subject::Key),
            ("the account of this api key was deactivated", "deactivat", Subject::Account),
            ("account deactivated", "deactivat", Subject::Account),
            ("user account is disabled", "disabled", Subject::Account),
            ("your plan has expired", "expire", Subject::Plan),
            ("your permission to read was revoked by an admin", "revoke", Subject::Other),
            ("this feature has been disabled in your region", "disabled", Subject::Other),
            ("it has expired", "expire", Subject::None),
            ("the api key is fine. the plan expired", "expire", Subject::Plan),
            ("all is well", "expire", Subject::Unsaid),
        ] {
            assert_eq!(subject(text, word), wanted, "{text}");
        }
    }
}
