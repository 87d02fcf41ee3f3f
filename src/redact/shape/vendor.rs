//! Tokens of other vendors, private keys, and addresses that are secrets themselves.

use std::ops::Range;

use super::anchor::Anchor;
use super::{Hit, is_after_escape, is_placeholder, run, shape};
use crate::key::vendor_token;
use crate::redact::work;

/// The start of the line behind a private key.
const END: &[u8] = b"-----END ";

/// The longest private key with its lines.
const PEM: usize = 16 << 10;

/// What the rule of an anchor finds behind it.
pub(super) fn found(anchor: Anchor, text: &[u8], here: Range<usize>) -> Option<Hit> {
    match anchor {
        Anchor::PrivateKey => private_key(text, here.end),
        Anchor::Webhook => webhook(text, here.end),
        Anchor::Login => password(text, here.end, Some(b':')),
        Anchor::Netrc if !is_netrc(text, here.start) => None,
        Anchor::Password | Anchor::Netrc => password(text, here.end, None),
        Anchor::Jar => jar(text, here.end),
        Anchor::Vendor => token(text, here.start),
        Anchor::Jwt | Anchor::Own | Anchor::At | Anchor::Name => None,
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

/// The text between the two lines, or all that is there of it.
fn private_key(text: &[u8], name: usize) -> Option<Hit> {
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

fn webhook(text: &[u8], start: usize) -> Option<Hit> {
    let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"_-/@:".contains(&byte);
    let length = run(&text[start..text.len().min(start + 512)], is_path);
    let has_digit = text[start..start + length].iter().any(u8::is_ascii_digit);
    (length >= 30 && has_digit).then(|| shape(start, start + length, "shape:webhook"))
}
