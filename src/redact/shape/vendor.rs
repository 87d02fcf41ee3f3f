//! Tokens of other vendors, private keys, and addresses that are secrets themselves.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{Hit, is_after_escape, is_placeholder, run, shape};
use crate::key::{vendor_prefixes, vendor_token};
use crate::redact::work;

/// The line before a private key, and the one behind it.
const BEGIN: &str = "-----BEGIN ";
const END: &[u8] = b"-----END ";

/// The longest private key with its lines.
const PEM: usize = 16 << 10;

/// Beginnings of addresses whose path lets anybody in.
const HOOKS: [&str; 5] = [
    "hooks.slack.com/",
    "discord.com/api/webhooks/",
    "discordapp.com/api/webhooks/",
    "webhook.office.com/webhookb2/",
    "api.telegram.org/bot",
];

/// Texts before a name and a password, or before a password alone.
const PASSWORDS: [&str; 6] =
    [" -u ", " --user ", "sshpass -p", " password ", "TRUE\t/\t", ":$apr1$"];

static BEGINNINGS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let fixed = std::iter::once(BEGIN).chain(HOOKS).chain(PASSWORDS).map(str::as_bytes);
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::DFA));
    builder.build(fixed.chain(vendor_prefixes())).ok()
});

pub(super) fn hits(text: &[u8], hits: &mut Vec<Hit>) {
    let Some(beginnings) = BEGINNINGS.as_ref() else { return };
    let mut end = 0;
    for found in beginnings.find_iter(text).filter(|found| !found.is_empty()) {
        let (at, pattern) = (found.start(), found.pattern().as_usize());
        if at < end {
            continue;
        }
        let hit = match pattern {
            0 => pem(text, at),
            1..=5 => hook(text, found.end()),
            6 | 7 => password(text, found.end(), Some(b':')),
            9 if !is_netrc(text, at) => None,
            8 | 9 | 11 => password(text, found.end(), None),
            10 => jar(text, found.end()),
            _ => token(text, at),
        };
        if let Some(hit) = hit {
            end = hit.end;
            hits.push(hit);
        }
    }
}

/// True if the start of a vendor's token stands in a text.
pub(super) fn has_start(text: &[u8]) -> bool {
    let fixed = 1 + HOOKS.len() + PASSWORDS.len();
    let mut found = BEGINNINGS.iter().flat_map(|beginnings| beginnings.find_iter(text));
    found.any(|found| found.pattern().as_usize() >= fixed)
}

fn token(text: &[u8], at: usize) -> Option<Hit> {
    let is_inside = text[..at].last().is_some_and(u8::is_ascii_alphanumeric);
    if is_inside && !is_after_escape(text, at) {
        return None;
    }
    let length = vendor_token(&text[at..])?;
    work::looked(length);
    Some(shape(at, at + length, "shape:vendor"))
}

/// The text between the two lines, or all that is there of it.
fn pem(text: &[u8], at: usize) -> Option<Hit> {
    let name = at + BEGIN.len();
    let line = &text[name..text.len().min(name + 64)];
    let close = memchr::memmem::find(line, b"-----")?;
    memchr::memmem::find(&line[..close], b"PRIVATE KEY")?;
    let start = name + close + 5;
    let start =
        start + run(&text[start..text.len().min(start + 4)], |byte| byte.is_ascii_whitespace());
    let body = &text[start..text.len().min(start + PEM)];
    let is_body = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=\\\r\n\t :,\"'>|".contains(&byte);
    let end = memchr::memmem::find(body, END);
    work::looked(end.unwrap_or(body.len()));
    let length = end.unwrap_or_else(|| run(body, is_body));
    (length >= 16).then(|| shape(start, start + length, "shape:private_key"))
}

/// The word that begins here, or what stands in it behind a sign.
fn password(text: &[u8], at: usize, behind: Option<u8>) -> Option<Hit> {
    let near = &text[at..text.len().min(at + 256)];
    let at = at + run(near, |byte| matches!(byte, b' ' | b'"' | b'\''));
    let near = &text[at..text.len().min(at + 256)];
    let word = run(near, |byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`'));
    let sign = match behind {
        Some(sign) => near[..word].iter().position(|byte| *byte == sign)? + 1,
        None => 0,
    };
    let value = &near[sign..word];
    let is_given = value.len() >= 4 && !is_placeholder(value);
    is_given.then(|| shape(at + sign, at + word, "shape:password"))
}

/// The value of a cookie in Netscape's file: whether it is safe, its end, its name, itself.
fn jar(text: &[u8], at: usize) -> Option<Hit> {
    let near = &text[at..text.len().min(at + 512)];
    let line = &near[..run(near, |byte| byte != b'\n' && byte != b'\r')];
    let mut columns = line.split(|byte| *byte == b'\t').skip(3);
    let value = columns.next().filter(|value| value.len() >= 8)?;
    let end = at + line.len() - columns.map(|column| column.len() + 1).sum::<usize>();
    Some(shape(end - value.len(), end, "shape:cookie"))
}

/// `login NAME` stands before the password.
fn is_netrc(text: &[u8], at: usize) -> bool {
    let before = &text[at.saturating_sub(64)..at];
    let mut words = before.rsplit(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    work::looked(before.len());
    words.next().is_some() && words.next() == Some(b"login")
}

fn hook(text: &[u8], start: usize) -> Option<Hit> {
    let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"_-/@:".contains(&byte);
    let length = run(&text[start..text.len().min(start + 512)], is_path);
    let has_digit = text[start..start + length].iter().any(u8::is_ascii_digit);
    (length >= 30 && has_digit).then(|| shape(start, start + length, "shape:webhook"))
}
