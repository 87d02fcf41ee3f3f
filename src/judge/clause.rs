//! A server's sentence, cut into clauses of plain words: without quoted names, links, and questions.

use super::lexicon::{BREAKS, CONDITIONS, JOINTS, RELATIVES, STARTS, among};
use super::noun::{is_end, is_foreign};
/// One clause.
#[derive(Clone, Debug, Default)]
pub(super) struct Clause {
    /// Its words in lower case, contractions written out.
    pub(super) words: Vec<String>,
    /// A condition, or what follows one.
    pub(super) conditional: bool,
    /// A clause about a noun of the one around it: "whose trial expired in May".
    pub(super) embedded: bool,
    /// The part before a colon names somebody else: "Voice provider: key expired".
    pub(super) foreign: bool,
}

/// Words of more than one word, in one word that means the same.
const PHRASES: &[(&[&str], &str)] = &[
    (&["no", "longer", "active"], "inactive"),
    (&["no", "longer", "valid"], "invalidated"),
    (&["no", "longer", "works"], "inactive"),
    (&["no", "longer", "exists"], "deleted"),
    (&["not", "active", "anymore"], "inactive"),
    (&["no", "longer"], "not"),
    (&["turned", "off"], "disabled"),
    (&["switched", "off"], "disabled"),
    (&["shut", "off"], "disabled"),
    (&["on", "hold"], "suspended"),
    (&["api", "keys"], "keys"),
    (&["apikey"], "key"),
];

/// The clauses of a text.
pub(super) fn clauses(text: &str) -> Vec<Clause> {
    let mut all = Vec::new();
    let mut foreign = false;
    for (sentence, end) in sentences(&readable(text)) {
        if end != '?' {
            let mut found = split(&words(&sentence));
            for clause in &mut found {
                clause.foreign = foreign;
            }
            all.append(&mut found);
        }
        foreign = end == ':' && (foreign || is_foreign(&words(&sentence)));
    }
    all
}

/// The text without quoted names, links, and addresses; brackets become sentences.
fn readable(text: &str) -> String {
    let text = text.replace('’', "'");
    let whole = text.trim();
    let kept = without_quotes(whole);
    let kept = if kept.chars().any(char::is_alphabetic) { kept } else { whole.to_owned() };
    let is_link =
        |word: &str| word.contains("://") || word.starts_with("www.") || word.contains('@');
    kept.replace(['(', ')', '[', ']', '—', '–'], " ; ")
        .replace(" - ", " ; ")
        .replace('/', if kept.contains("://") { "/" } else { " / " })
        .split_inclusive(char::is_whitespace)
        .filter(|word| !is_link(word))
        .collect()
}

/// Quoted spans are names, unless what is quoted is a scope.
fn without_quotes(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut kept = String::new();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let word_before = at > 0 && letters[at - 1].is_alphanumeric();
        let close = match letter {
            '"' | '`' => Some(letter),
            '“' | '„' => Some('”'),
            '«' => Some('»'),
            '\'' if !word_before => Some('\''),
            _ => None,
        };
        let end = close.and_then(|close| {
            let rest = letters.get(at + 1..)?;
            rest.iter().enumerate().position(|(i, c)| {
                let word_after = rest.get(i + 1).is_some_and(|next| next.is_alphanumeric());
                (*c == close || (close == '”' && *c == '“')) && !(close == '\'' && word_after)
            })
        });
        let Some(end) = end else {
            kept.push(letter);
            at += 1;
            continue;
        };
        let span: String = letters[at + 1..at + 1 + end].iter().collect();
        if is_scope(&span) {
            kept.push_str(&span);
        }
        at += end + 2;
    }
    kept
}

/// True for the form of a scope, `resource:right`.
pub(super) fn is_scope(word: &str) -> bool {
    word.split_once(':').is_some_and(|(resource, right)| {
        !resource.is_empty() && matches!(right, "read" | "write" | "*")
    })
}

/// The parts that stops divide, each with its stop.
fn sentences(text: &str) -> Vec<(String, char)> {
    let mut parts = vec![];
    let mut part = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends_word = letters.peek().is_none_or(|next| !next.is_alphanumeric() && *next != '*');
        if letter == '\n' || letter == ';' || (matches!(letter, '.' | '!' | '?' | ':') && ends_word)
        {
            parts.push((std::mem::take(&mut part), letter));
        } else {
            part.push(letter);
        }
    }
    parts.push((part, '.'));
    parts
}

/// The words of a sentence; a comma is a word.
fn words(sentence: &str) -> Vec<String> {
    let mut words = Vec::new();
    let sentence = sentence.replace(',', " , ");
    // An identifier is words, the rest of a masked key is one.
    let parted = sentence
        .split_whitespace()
        .map(|word| if word.contains('*') { word.to_owned() } else { word.replace('_', " ") });
    let sentence = parted.collect::<Vec<_>>().join(" ");
    for (at, word) in sentence.split_whitespace().enumerate() {
        let inside = word
            .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ',' | '/' | '*' | '%'));
        let plain = inside.to_lowercase();
        let (stem, more) = match plain.as_str() {
            "won't" => ("will", Some("not")),
            "can't" | "cannot" => ("can", Some("not")),
            "it's" => ("it", Some("is")),
            other => match other.rsplit_once('\'') {
                Some((_, "t")) => (other.strip_suffix("n't").unwrap_or(other), Some("not")),
                Some((stem, "ve")) => (stem, Some("have")),
                Some((stem, "re")) => (stem, Some("are")),
                _ => (other, None),
            },
        };
        let is_name = at > 0
            && inside.chars().next().is_some_and(char::is_uppercase)
            && inside.chars().skip(1).any(char::is_lowercase)
            && !matches!(plain.as_str(), "heygen" | "api" | "key" | "x-api-key" | "account");
        // The name of somebody: it is kept apart from a word of the same letters.
        words.push(if is_name { format!("={stem}") } else { stem.to_owned() });
        words.extend(more.map(str::to_owned));
    }
    let words = words.into_iter().flat_map(|word| match word.as_str() {
        "api-key" | "x-api-key" => vec!["api".to_owned(), "key".to_owned()],
        "" => vec![],
        _ => vec![word],
    });
    joined(&words.collect::<Vec<_>>())
}

/// The words with phrases in one word.
fn joined(words: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = words;
    while let Some((first, tail)) = rest.split_first() {
        let found = PHRASES.iter().find(|(phrase, _)| {
            rest.len() >= phrase.len() && phrase.iter().zip(rest).all(|(a, b)| a == b)
        });
        if let Some((phrase, word)) = found {
            out.push((*word).to_owned());
            rest = &rest[phrase.len()..];
        } else {
            out.push(first.clone());
            rest = tail;
        }
    }
    out
}

/// The clauses of one sentence.
fn split(words: &[String]) -> Vec<Clause> {
    let mut all = vec![Clause::default()];
    let mut governed = false;
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).map_or("", String::as_str);
        let second = words.get(at + 2).map_or("", String::as_str);
        // "Not expired, revoked, or suspended" is one clause.
        let listed = is_end(next) || (matches!(next, "and" | "or") && is_end(second));
        let acts = is_end(next) && matches!(second, "your" | "this" | "the" | "our");
        let follows = among(STARTS, next) || acts;
        let joint = among(JOINTS, word) && follows;
        let open = all.last_mut().expect("never empty");
        let comma = word == "," && !listed;
        if comma || ((among(BREAKS, word) || joint) && !open.words.is_empty()) {
            all.push(Clause::default());
        }
        if word == "," {
            continue;
        }
        // "Not used since it was rotated" tells a time.
        let denied = |clause: &Clause| clause.words.iter().any(|word| word == "not");
        let time = word == "since" && all.iter().rev().nth(1).is_some_and(denied);
        let open = all.last_mut().expect("never empty");
        let first = open.words.iter().all(|word| among(JOINTS, word) || word == "but");
        if first && (time || among(CONDITIONS, word)) {
            open.conditional = true;
            // A condition at the beginning governs all that follows.
            governed |= at == 0;
        }
        open.embedded |= open.words.is_empty() && at > 0 && among(RELATIVES, word);
        open.words.push(word.clone());
    }
    all.retain(|clause| !clause.words.is_empty());
    for clause in &mut all {
        clause.conditional |= governed;
    }
    all
}
