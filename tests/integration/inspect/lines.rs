//! Curl lines by chance: every option that is modelled, in every quoting of a shell.

use crate::dice::Dice;

const WORDS: [&str; 14] = [
    "a",
    "value",
    "two words",
    "it's",
    "say \"hi\"",
    "$HOME",
    "back\\slash",
    "100%",
    "a&b=c",
    "üñí",
    "#no",
    "`no`",
    "!bang",
    "{\"k\": [1, 2]}",
];
const NAMES: [&str; 6] =
    ["X-Api-Key", "x-api-key", "X-API-KEY", "Authorization", "X-Other", "Content-Type"];

fn pick<'a>(dice: &mut Dice, all: &[&'a str]) -> &'a str {
    let last = u64::try_from(all.len() - 1).unwrap();
    all[usize::try_from(dice.between(0, last)).unwrap()]
}

/// A word in one of the quotings that bash has.
fn quoted(dice: &mut Dice, text: &str) -> String {
    match dice.between(0, 3) {
        0 => format!("'{}'", text.replace('\'', r"'\''")),
        1 => {
            let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{}\"", escaped.replace('$', "\\$").replace('`', "\\`"))
        }
        2 => format!("$'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        _ => text
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || !c.is_ascii() {
                    c.to_string()
                } else {
                    format!("\\{c}")
                }
            })
            .collect(),
    }
}

/// An option with its value: behind a blank, or behind the letter itself.
fn option(dice: &mut Dice, short: &str, long: &str, value: &str) -> String {
    let value = quoted(dice, value);
    match dice.between(0, 2) {
        0 if !short.is_empty() => format!("{short} {value}"),
        1 if !short.is_empty() && value != "''" => format!("{short}{value}"),
        _ => format!("{long} {value}"),
    }
}

fn header(dice: &mut Dice) -> String {
    let (name, word) = (pick(dice, &NAMES), pick(dice, &WORDS));
    let text = match dice.between(0, 9) {
        0 => pick(dice, &["Accept:", "User-Agent:", "X-Gone:"]).to_owned(),
        1 => "X-Empty;".to_owned(),
        2 => format!("{name}:{word}"),
        3 => format!("{name}:   {word}  "),
        _ => format!("{name}: {word}"),
    };
    option(dice, "-H", "--header", &text)
}

fn data(dice: &mut Dice) -> String {
    let word = pick(dice, &WORDS);
    match dice.between(0, 6) {
        0 => option(dice, "-d", "--data", word),
        1 => option(dice, "", "--data-raw", &format!("@{word}")),
        2 => option(dice, "", "--data-binary", word),
        3 => option(dice, "", "--data-ascii", word),
        4 => option(dice, "", "--data-urlencode", &format!("name={word}")),
        5 => option(dice, "", "--data-urlencode", &format!("={word}")),
        _ => option(dice, "", "--json", word),
    }
}

/// Options that change a request, each with values that it can have.
const OTHERS: [(&str, &str, &[&str]); 9] = [
    ("-A", "--user-agent", &WORDS),
    ("-e", "--referer", &["http://r/", "http://r/;auto"]),
    ("-b", "--cookie", &["c=1", "c=x y"]),
    ("-u", "--user", &["user:pass", "user:it's", "user:ü:2"]),
    ("", "--oauth2-bearer", &["token", "to-ken_1"]),
    ("-X", "--request", &["GET", "POST", "DELETE", "PATCH"]),
    ("-r", "--range", &["0-9"]),
    ("-m", "--max-time", &["20"]),
    ("", "--url-query", &["q=1", "q=two words", "=it's", "a&b"]),
];
/// Options without a value.
const SWITCHES: [&str; 9] =
    ["-sS", "-sSL", "-k", "--compressed", "--http1.1", "-4", "--no-keepalive", "-gs", "-sXPUT"];

fn other(dice: &mut Dice) -> String {
    if dice.hits(30) {
        return pick(dice, &SWITCHES).to_owned();
    }
    let (short, long, values) = OTHERS[usize::try_from(dice.between(0, 8)).unwrap()];
    let value = pick(dice, values);
    option(dice, short, long, value)
}

fn url(dice: &mut Dice, base: &str) -> String {
    let paths = [
        "",
        "/",
        "/v3/users/me",
        "/v1/a.b?x=1&y=%20",
        "/a/../b/./c",
        "/p#part",
        "/q?",
        "/with%2Fslash",
        "/é?u=1",
        "/{a,b}/[1-2]",
        "/?q[]=1&r={x\\,y,z}",
        "/[08-12:2]\\{[a-c]",
    ];
    let path = pick(dice, &paths);
    let login = if dice.hits(5) { "u%40:p@" } else { "" };
    let scheme = if dice.hits(10) { "" } else { "http://" };
    let text = format!("{scheme}{login}{base}{path}");
    match dice.between(0, 4) {
        0 => format!("--url {}", quoted(dice, &text)),
        _ => quoted(dice, &text),
    }
}

/// What stands between two `--next`: its options in any order around its URLs.
pub(super) fn part(dice: &mut Dice, base: &str) -> String {
    let mut words = vec![url(dice, base)];
    if dice.hits(8) {
        words.push(url(dice, base));
    }
    for _ in 0..dice.between(0, 3) {
        words.push(header(dice));
    }
    for _ in 0..dice.between(0, 2) {
        words.push(other(dice));
    }
    match dice.between(0, 9) {
        0..=3 => {
            words.push(data(dice));
            if dice.hits(30) {
                words.push(data(dice));
            }
        }
        4 => words.push(pick(dice, &["-I", "--head"]).to_owned()),
        // Raw data would have to be a part of a URL.
        5 => {
            let value = format!("name={}", pick(dice, &WORDS));
            words.push(option(dice, "", "--data-urlencode", &value));
            words.push(pick(dice, &["-G", "--get"]).to_owned());
        }
        _ => {}
    }
    let turn = usize::try_from(dice.between(0, 3)).unwrap() % words.len();
    words.rotate_left(turn);
    let gap = pick(dice, &[" ", "  ", " \\\n  "]);
    words.join(gap)
}
