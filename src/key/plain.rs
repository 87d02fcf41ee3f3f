//! Plain words: text that anybody may have written, and no part of a secret.

/// The longest run of letters that is taken for a word.
const LONGEST_WORD: usize = 20;

/// A text without the marks and quotes around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|sign: char| {
        sign.is_whitespace() || matches!(sign, '\u{feff}' | '\u{200b}' | '"' | '\'' | '`')
    })
}

/// Nothing but words, short numbers, and signs between them.
pub(super) fn words_only(text: &str) -> bool {
    let mut words = 0;
    for part in
        text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|part| !part.is_empty())
    {
        if is_word(part) {
            words += 1;
        } else if part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
    }
    words > 0 && text.is_ascii()
}

/// A word, a few words in camel case, or either with a short number behind it.
pub(super) fn is_word(part: &str) -> bool {
    let letters = part.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let bytes = letters.as_bytes();
    if letters.is_empty()
        || letters.len() > LONGEST_WORD
        || part.len() - letters.len() > 4
        || !bytes.iter().all(u8::is_ascii_alphabetic)
    {
        return false;
    }
    let capitals = bytes.iter().all(u8::is_ascii_uppercase);
    let hops = bytes
        .windows(2)
        .filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
        .count();
    let ups = bytes.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let cased = capitals || ups <= hops + 1;
    let spoken = letters.len() < 4
        || (longest(bytes, false) <= 4 && longest(bytes, true) <= 3 && hops * 3 <= letters.len());
    cased && spoken
}

/// The longest run of vowels, or of other letters.
fn longest(letters: &[u8], vowels: bool) -> usize {
    let vowel =
        |byte: &u8| matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    letters
        .chunk_by(|left, right| vowel(left) == vowel(right))
        .filter(|run| vowel(&run[0]) == vowels)
        .map(<[u8]>::len)
        .max()
        .unwrap_or(0)
}
