//! Short texts that are in everything a rule looks for; only around them is a text read.

use std::sync::LazyLock;

use aho_corasick::packed;

use crate::key::vendor_prefixes;
use crate::redact::grams::{Grams, Place, STRIDE};

/// Which rule an anchor calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Jwt,
    /// The start of HeyGen's own keys.
    Own,
    /// An `@` that is written in another way.
    At,
    /// The middle of a name whose value may be secret.
    Name,
    PrivateKey,
    Webhook,
    /// Before a user's name and a password.
    Login,
    /// Before a password.
    Password,
    /// Before a password in a `.netrc`.
    Netrc,
    /// A column of a cookie jar.
    Jar,
    /// The start of another vendor's token.
    Vendor,
}

/// Anchors without a capital letter stand for any letter case.
const ANCHORS: [(Anchor, &[&str]); 10] = [
    (Anchor::Jwt, &["eyJ"]),
    (Anchor::Own, &["sk_", "hg_", "sk-"]),
    (Anchor::At, &["%40", "\\u0040", "&#64;", "&#x40;"]),
    (
        Anchor::Name,
        &[
            "authori",
            "cookie",
            "i-key",
            "i_key",
            "pikey",
            "awsalb",
            "token",
            "secret",
            "signatu",
            "sig=",
            "sig%3",
            "code\"",
            "code\\\"",
            "code=",
            "code%3",
            "verifier",
            "gen_session",
            "password",
            "passwd",
            "pwd=",
            "_KEY",
            "samlres",
            "Key:",
            "Key\"",
            "key=",
        ],
    ),
    (Anchor::PrivateKey, &["-----BEGIN "]),
    (
        Anchor::Webhook,
        &[
            "hooks.slack.com/",
            "discord.com/api/webhooks/",
            "discordapp.com/api/webhooks/",
            "webhook.office.com/webhookb2/",
            "api.telegram.org/bot",
        ],
    ),
    (Anchor::Login, &[" -u ", " --user "]),
    (Anchor::Password, &["sshpass -p", ":$apr1$"]),
    (Anchor::Netrc, &[" password "]),
    (Anchor::Jar, &["TRUE\t/\t"]),
];

/// So many bytes of an anchor are looked for; those of shorter ones by a searcher of their own.
const CORE: usize = 4;
const GRAM: usize = CORE + 1 - STRIDE;

struct Row {
    anchor: Anchor,
    text: &'static [u8],
    /// Where the bytes begin that are looked for.
    core: usize,
}

struct Table {
    rows: Vec<Row>,
    grams: Grams,
    /// The start of each vendor's tokens.
    starts: Grams,
    /// The numbers of the short ones.
    short: Vec<usize>,
    searcher: Option<packed::Searcher>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let own = ANCHORS
        .iter()
        .flat_map(|(anchor, texts)| texts.iter().map(|text| (*anchor, text.as_bytes())));
    let all = own.chain(vendor_prefixes().map(|prefix| (Anchor::Vendor, prefix)));
    let rows: Vec<Row> =
        all.map(|(anchor, text)| Row { anchor, text, core: rarest(text) }).collect();
    let (short, long): (Vec<usize>, Vec<usize>) =
        (0..rows.len()).partition(|number| rows[*number].text.len() < CORE);
    let gram = |number: usize, at: usize| {
        let bytes = rows[number].text[at..at + GRAM].iter().rev();
        let gram = bytes.fold(0, |gram, byte| gram << 8 | u32::from(*byte));
        let [text, at] = [number, at].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        (gram, Place { text, at })
    };
    let cores = |number: &usize| {
        let (number, core) = (*number, rows[*number].core);
        (core..core + STRIDE).map(move |at| (number, at))
    };
    let grams = Grams::new(GRAM, long.iter().flat_map(cores).map(|(number, at)| gram(number, at)));
    let vendors = (0..rows.len()).filter(|number| rows[*number].anchor == Anchor::Vendor);
    let starts = Grams::new(GRAM, vendors.map(|number| gram(number, 0)));
    let searcher = packed::Searcher::new(short.iter().map(|number| rows[*number].text));
    Table { rows, grams, starts, short, searcher }
});

/// Where the bytes of a text begin that other texts have most seldom.
fn rarest(text: &[u8]) -> usize {
    let commonness = |byte: &u8| match byte {
        b'e' | b't' | b'a' | b'o' | b'i' | b'n' | b's' | b'r' | b' ' => 3,
        b'a'..=b'z' | b'0'..=b'9' => 2,
        _ => 1,
    };
    let cores = text.windows(CORE).map(|core| core.iter().map(commonness).sum::<usize>());
    cores.enumerate().min_by_key(|(_, common)| *common).map_or(0, |(at, _)| at)
}

/// The anchors of a text in order, each with its length.
pub(super) fn all(text: &[u8]) -> Vec<(usize, Anchor, usize)> {
    let mut found = Vec::new();
    let table = &*TABLE;
    let mut at = 0;
    while let Some(seed) = table.grams.next(text, at) {
        at = seed + STRIDE;
        for place in table.grams.places(text, seed) {
            let row = &table.rows[place.text as usize];
            if let Some(start) = seed.checked_sub(place.at as usize)
                && row.stands(&text[start..])
            {
                found.push((start, row.anchor, row.text.len()));
            }
        }
    }
    for short in table.searcher.iter().flat_map(|searcher| searcher.find_iter(text)) {
        let row = &table.rows[table.short[short.pattern().as_usize()]];
        found.push((short.start(), row.anchor, row.text.len()));
    }
    found.sort_unstable_by_key(|(start, ..)| *start);
    found
}

/// True if the start of a vendor's token stands in a short text.
pub(super) fn has_start(text: &[u8]) -> bool {
    let table = &*TABLE;
    (0..text.len()).any(|at| {
        let mut places = table.starts.here(text, at);
        places.any(|place| text[at..].starts_with(table.rows[place.text as usize].text))
    })
}

impl Row {
    fn stands(&self, text: &[u8]) -> bool {
        let has_capital = self.text.iter().any(u8::is_ascii_uppercase);
        text.get(..self.text.len()).is_some_and(|start| {
            if has_capital { start == self.text } else { start.eq_ignore_ascii_case(self.text) }
        })
    }
}
