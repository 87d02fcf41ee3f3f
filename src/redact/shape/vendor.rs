//! Tokens of other vendors, private keys, and addresses that are secrets themselves.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Hit, is_after_escape, run, shape};
use crate::key::{vendor_prefixes, vendor_token};
use crate::redact::work;

/// The line before a private key, and the one behind it.
const BEGIN: &str = "-----BEGIN ";
const END: &[u8] = b"-----END ";

/// The longest private key with its lines.
const PEM: usize = 16 << 10;

/// Beginnings of addresses whose path lets anybody in.
const HOOKS: [&str; 4] = [
    "hooks.slack.com/",
    "discord.com/api/webhooks/",
    "discordapp.com/api/webhooks/",
    "webhook.office.com/webhookb2/",
];

static BEGINNINGS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let fixed = std::iter::once(BEGIN).chain(HOOKS).map(str::as_bytes);
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).clone();
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
            1..=4 => hook(text, found.end()),
            _ => token(text, at),
        };
        if let Some(hit) = hit {
            end = hit.end;
            hits.push(hit);
        }
    }
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

/// What stands between the two lines, or all that is there of it.
fn pem(text: &[u8], at: usize) -> Option<Hit> {
    let name = at + BEGIN.len();
    let line = &text[name..text.len().min(name + 64)];
    let close = memchr::memmem::find(line, b"-----")?;
    memchr::memmem::find(&line[..close], b"PRIVATE KEY")?;
    let start = name + close + 5;
    let body = &text[start..text.len().min(start + PEM)];
    let is_body = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=\\\r\n\t :,\"'>|".contains(&byte);
    let end = memchr::memmem::find(body, END);
    work::looked(end.unwrap_or(body.len()));
    let length = end.unwrap_or_else(|| run(body, is_body));
    (length >= 16).then(|| shape(start, start + length, "shape:private_key"))
}

fn hook(text: &[u8], start: usize) -> Option<Hit> {
    let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"_-/@".contains(&byte);
    let length = run(&text[start..text.len().min(start + 512)], is_path);
    let has_digit = text[start..start + length].iter().any(u8::is_ascii_digit);
    (length >= 30 && has_digit).then(|| shape(start, start + length, "shape:webhook"))
}
