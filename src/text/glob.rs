//! Patterns with wildcards, for ids and paths.

use std::iter::Peekable;
use std::str::Chars;

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
    /// The pattern; `None` where brackets, braces, or backslashes don't go together.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let mut rest = text.chars().peekable();
        let tokens = sequence(&mut rest, false)?;
        rest.next().is_none().then_some(Self(tokens))
    }

    /// True if the whole text fits.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        fits(&self.0, text, &str::is_empty)
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

/// True if the text begins with these tokens and `then` holds for what is left.
fn fits(tokens: &[Token], text: &str, then: &dyn Fn(&str) -> bool) -> bool {
    let Some((token, tokens)) = tokens.split_first() else { return then(text) };
    let one = |is_meant: &dyn Fn(char) -> bool| {
        let mut chars = text.chars();
        chars.next().is_some_and(is_meant) && fits(tokens, chars.as_str(), then)
    };
    match token {
        Token::Literal(literal) => one(&|c| c == *literal),
        Token::AnyOne => one(&|_| true),
        Token::Class { ranges, negated } => {
            one(&|c| ranges.iter().any(|(first, last)| (*first..=*last).contains(&c)) != *negated)
        }
        Token::AnyMany => {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.into_iter().any(|at| fits(tokens, &text[at..], then))
        }
        Token::Choice(parts) => {
            parts.iter().any(|part| fits(part, text, &|left| fits(tokens, left, then)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

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
    }
}
