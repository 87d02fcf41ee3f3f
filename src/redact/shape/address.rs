//! People: e-mail addresses, and the name and password in a URL.

use super::{Hit, run, run_before, shape};

/// The form of an e-mail address.
pub(in crate::redact) const EMAIL: &str = "shape:email";

/// The longest part before the `@` of an address.
const LOCAL: usize = 64;

/// Who fetches source code is no person.
const PROGRAM: &[u8] = b"git";

/// What stands in explanations, and whoever is no person.
const EXAMPLES: [&[u8]; 5] =
    [PROGRAM, b"user:password", b"user:pass", b"username:password", b"name:password"];

/// Ends of names that follow an `@` and are no host: units of systemd, and files.
const ENDS: [&[u8]; 14] = [
    b"service", b"socket", b"timer", b"target", b"mount", b"slice", b"scope", b"path", b"js",
    b"ts", b"css", b"tgz", b"html", b"json",
];

/// The address around an `@`, `length` bytes long.
pub(super) fn found(text: &[u8], at: usize, length: usize) -> Option<Hit> {
    user_info(text, at, length).or_else(|| email(text, at, length))
}

fn user_info(text: &[u8], at: usize, length: usize) -> Option<Hit> {
    if length > 1 {
        return None;
    }
    let is_info = |byte: u8| byte.is_ascii_graphic() && !b"/\"'`<>[]()\\@?#$*{}".contains(&byte);
    let info = run_before(&text[..at], 256, is_info);
    let is_url = info > 0 && text[..at - info].ends_with(b"://");
    let is_example = EXAMPLES.iter().any(|words| text[at - info..at].eq_ignore_ascii_case(words));
    (is_url && !is_example).then(|| shape(at - info, at, "shape:user_info"))
}

fn email(text: &[u8], at: usize, length: usize) -> Option<Hit> {
    let is_local = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte);
    let is_domain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let host = &text[at + length..];
    let host = &host[..run(&host[..host.len().min(254)], is_domain)];
    if host.is_empty() {
        return None;
    }
    // A string in a string has more than one of them.
    let escaped = run_before(&text[..at], 8, |byte| byte == b'\\');
    let at = at - escaped;
    let local = run_before(&text[..at], LOCAL, is_local);
    let host = host.trim_ascii_end();
    let dots = host.iter().rev().take_while(|byte| matches!(byte, b'.' | b'-')).count();
    let host = &host[..host.len() - dots];
    let top = host.rsplit(|byte| *byte == b'.').next()?;
    let is_address = local > 0
        && &text[at - local..at] != PROGRAM
        && host.first()?.is_ascii_alphanumeric()
        && top.len() < host.len()
        && top.len() >= 2
        && top.iter().all(u8::is_ascii_alphabetic)
        // A version: `left-pad@1.3.0.tgz`.
        && !ENDS.iter().any(|end| top.eq_ignore_ascii_case(end));
    is_address.then(|| shape(at - local, at + escaped + length + host.len(), EMAIL))
}
