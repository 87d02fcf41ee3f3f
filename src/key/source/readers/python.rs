//! `.env` as python-dotenv reads it (its `parser.py` and `variables.py`).

use super::{Known, LONGEST, referred};

/// The last value of each variable, and the lines that it reports as not understood.
pub(super) fn read(text: &str) -> (Known, Vec<usize>) {
    let (mut found, mut unclear) = (Known::new(), Vec::new());
    let (mut rest, mut counted, mut line) = (text.trim_start(), 0, 1);
    while !rest.is_empty() {
        if let Some((name, value, after)) = binding(rest) {
            if let Some((name, value)) = name.zip(value) {
                let value = expand(&value, &found);
                found.insert(name, value);
            }
            rest = after.trim_start();
        } else {
            let at = text.len() - rest.len();
            line += text[counted..at].matches('\n').count();
            counted = at;
            unclear.push(line);
            rest = rest.split_once(['\n', '\r']).map_or("", |(_, after)| after).trim_start();
        }
    }
    (found, unclear)
}

/// A name, a value, and what follows them.
type Binding<'a> = (Option<String>, Option<String>, &'a str);

/// One statement, and what follows it; `None` where it isn't understood.
fn binding(text: &str) -> Option<Binding<'_>> {
    if text.starts_with('#') {
        return Some((None, None, line_end(text)?));
    }
    let exported = text.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t']));
    let text = exported.map_or(text, |rest| rest.trim_start_matches([' ', '\t']));
    let (name, rest) = if let Some(quoted) = text.strip_prefix('\'') {
        quoted.split_once('\'')?
    } else {
        let end = text.find(|sign: char| sign == '=' || sign == '#' || sign.is_whitespace());
        text.split_at(end.unwrap_or(text.len()))
    };
    if name.is_empty() {
        return None;
    }
    let rest = rest.trim_start_matches([' ', '\t']);
    let Some(value) = rest.strip_prefix('=') else {
        return Some((Some(name.to_owned()), None, line_end(rest)?));
    };
    let (value, after) = value_of(value.trim_start_matches([' ', '\t']))?;
    Some((Some(name.to_owned()), Some(value), line_end(after)?))
}

fn value_of(text: &str) -> Option<(String, &str)> {
    let Some(quote) = text.chars().next().filter(|sign| matches!(sign, '"' | '\'')) else {
        let (line, after) = text.split_at(text.find(['\r', '\n']).unwrap_or(text.len()));
        let comment = line
            .match_indices('#')
            .map(|(at, _)| at)
            .find(|at| line[..*at].ends_with(char::is_whitespace));
        return Some((line[..comment.unwrap_or(line.len())].trim_end().to_owned(), after));
    };
    let mut value = String::new();
    let mut signs = text[1..].char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            _ if sign == quote => return Some((value, &text[at + 2..])),
            '\\' => match signs.next()?.1 {
                'n' if quote == '"' => value.push('\n'),
                'r' if quote == '"' => value.push('\r'),
                't' if quote == '"' => value.push('\t'),
                next if next == '\\' || next == '\'' || next == quote => value.push(next),
                next => value.extend(['\\', next]),
            },
            _ => value.push(sign),
        }
    }
    None
}

/// The text behind the line, where nothing but a comment stands before its end.
fn line_end(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches([' ', '\t']);
    let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
    (end == 0 || rest.starts_with('#')).then(|| &rest[end..])
}

/// `${NAME}` and `${NAME:-DEFAULT}`, by what stands before in the file.
fn expand(value: &str, before: &Known) -> String {
    let (mut out, mut rest) = (String::new(), value);
    while let Some(at) = rest.find("${").filter(|_| out.len() < LONGEST) {
        let Some(length) = rest[at..].find('}') else { break };
        out.push_str(&rest[..at]);
        out.push_str(&referred(&rest[at + 2..at + length], before));
        rest = &rest[at + length + 1..];
    }
    out += rest;
    out.chars().take(LONGEST).collect()
}
