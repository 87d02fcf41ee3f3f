//! Patterns with wildcards, for ids and paths.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Chars;

/// The most bytes of a pattern: braces in braces are read by recursion.
const MAX_LENGTH: usize = 1 << 10;

/// A pattern for a whole text: `*` stands for any characters, slashes too, `?` for one, `[a-z]` and
/// `[!a-z]` for one of these or none of these, `{a,b}` for one of the parts. A backslash takes the
/// meaning from the character after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob(Vec<Token>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Literal(char),
    AnyOne,
    AnyMany,
    /// One within these ranges, or one outside of all of them.
    Class {
        ranges: Vec<(char, char)>,
        negated: bool,
    },
    Choice(Vec<Vec<Self>>),
}

impl Glob {
    /// The pattern; `None` where brackets, braces, or backslashes don't go together, or where it is
    /// longer than 1 KiB.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let mut rest = text.chars().peekable();
        let tokens = sequence(&mut rest, false)?;
        rest.next().is_none().then_some(Self(tokens))
    }

    /// True if the whole text fits.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        ends(&self.0, text, BTreeSet::from([0])).contains(&text.len())
    }
}

/// Reads up to the end, or inside of braces up to the next `,` or `}`.
fn sequence(rest: &mut Peekable<Chars<'_>>, in_braces: bool) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    while let Some(&next) = rest.peek() {
        if in_braces && matches!(next, ',' | '}') {
            break;
        }
        rest.next();
        tokens.push(match next {
            '*' => Token::AnyMany,
            '?' => Token::AnyOne,
            '[' => class(rest)?,
            '{' => choice(rest)?,
            '}' => return None,
            '\\' => Token::Literal(rest.next()?),
            literal => Token::Literal(literal),
        });
    }
    Some(tokens)
}

/// Reads what stands after `{`.
fn choice(rest: &mut Peekable<Chars<'_>>) -> Option<Token> {
    let mut parts = Vec::new();
    loop {
        parts.push(sequence(rest, true)?);
        if rest.next()? == '}' {
            return Some(Token::Choice(parts));
        }
    }
}

/// Reads what stands after `[`. A `]` that comes first is one of the characters.
fn class(rest: &mut Peekable<Chars<'_>>) -> Option<Token> {
    let negated = rest.next_if(|c| matches!(c, '!' | '^')).is_some();
    let mut ranges = Vec::new();
    loop {
        let first = rest.next()?;
        if first == ']' && !ranges.is_empty() {
            return Some(Token::Class { ranges, negated });
        }
        let mut last = first;
        if rest.next_if_eq(&'-').is_some() {
            if rest.peek() == Some(&']') {
                ranges.push(('-', '-'));
            } else {
                last = rest.next()?;
            }
        }
        if first > last {
            return None;
        }
        ranges.push((first, last));
    }
}

/// The places in a text where these tokens can end, for the places where they begin. All ways are
/// followed together, so that no pattern takes long.
fn ends(tokens: &[Token], text: &str, begins: BTreeSet<usize>) -> BTreeSet<usize> {
    let one = |at: BTreeSet<usize>, is_meant: &dyn Fn(char) -> bool| {
        let next = |at: usize| text[at..].chars().next();
        at.into_iter()
            .filter_map(|at| next(at).filter(|c| is_meant(*c)).map(|c| at + c.len_utf8()))
            .collect()
    };
    tokens.iter().fold(begins, |at, token| match token {
        Token::Literal(literal) => one(at, &|c| c == *literal),
        Token::AnyOne => one(at, &|_| true),
        Token::Class { ranges, negated } => one(at, &|c| {
            ranges.iter().any(|(first, last)| (*first..=*last).contains(&c)) != *negated
        }),
        Token::AnyMany => at.first().map_or_else(BTreeSet::new, |first| {
            (*first..=text.len()).filter(|at| text.is_char_boundary(*at)).collect()
        }),
        Token::Choice(parts) => {
            parts.iter().flat_map(|part| ends(part, text, at.clone())).collect()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::Glob;

    const A_TO_Z: &str = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";

    #[test]
    fn wildcards_stand_for_what_they_should() {
        assert!(Glob::new("*").unwrap().matches(""));
        for (glob, fitting, other) in [
            ("v3.users-me", "v3.users-me", "v3.users-me/real"),
            ("*/real", "v3.users-me/x-api-key/real", "v3.users-me/x-api-key/real/2"),
            ("v3.*/none/*", "v3.users-me/x-api-key/none/closing", "v2.users/none"),
            ("v?.users", "v2.users", "v22.users"),
            ("v[12].*", "v2.users", "v3.users"),
            ("v[!12].*", "v3.users", "v2.users"),
            ("v[1-2].*", "v1.users", "v3.users"),
            ("[]-]", "-", "["),
            ("/v3/{users,avatars,voices}*", "/v3/avatars/é", "/v3/templates"),
            ("{a{b,c},d}e", "ace", "abce"),
            ("a{,b}", "a", "ac"),
            (r"a\*,", "a*,", "ab,"),
            ("*a*b*", "xaxbx", "xbxax"),
            ("*?*?*?*?*?*?*?*?*?*?*?*?*é", &format!("{A_TO_Z}é"), A_TO_Z),
            (&format!("{}b{}", "{a,".repeat(200), "}".repeat(200)), "a", "c"),
        ] {
            let parsed = Glob::new(glob).expect(glob);
            assert!(parsed.matches(fitting), "{glob} {fitting}");
            assert!(!parsed.matches(other), "{glob} {other}");
        }
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        for glob in ["[", "[]", "[a", "[z-a]", "{", "{a,b", "}", "a}", "{a}}", "\\", "{a,[}"] {
            assert_eq!(Glob::new(glob), None, "{glob}");
        }
        for part in ["*", "{", "a", "{a,b}"] {
            assert_eq!(Glob::new(&part.repeat(100_000)), None, "{part}");
        }
    }
}
