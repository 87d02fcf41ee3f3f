//! `.env` as Node reads it (`node --env-file`, `process.loadEnvFile`; its `src/node_dotenv.cc`).

/// Every assignment, in order.
pub(super) fn read(text: &str) -> Vec<(String, String)> {
    let text = text.replace('\r', "");
    let mut rest = text.trim_matches(SPACES);
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let Some((name, _)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
            rest = after.trim_start_matches(SPACES);
            continue;
        };
        let value = &rest[name.len() + 1..];
        let name = name.trim_matches(SPACES);
        let name = name.strip_prefix("export ").unwrap_or(name);
        let (value, after) = value_of(value);
        found.push((name.to_owned(), value));
        rest = after.trim_start_matches(SPACES);
    }
    found
}

const SPACES: [char; 3] = [' ', '\t', '\n'];

/// The value at the beginning of a text, and what follows its line.
fn value_of(text: &str) -> (String, &str) {
    let text = text.trim_start_matches([' ', '\t']);
    let quote = text.chars().next().filter(|sign| matches!(sign, '"' | '\'' | '`'));
    if let Some(quote) = quote
        && let Some(length) = text[1..].find(quote)
    {
        let value = &text[1..=length];
        let after = text[length + 2..].split_once('\n').map_or("", |(_, after)| after);
        let value = if quote == '"' { value.replace("\\n", "\n") } else { value.to_owned() };
        return (value, after);
    }
    let (line, after) = text.split_once('\n').unwrap_or((text, ""));
    if quote.is_some() {
        return (line.to_owned(), after);
    }
    let value = line.split_once('#').map_or(line, |(value, _)| value);
    (value.trim_matches(SPACES).to_owned(), after)
}
