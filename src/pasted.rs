//! What people paste, read: curl lines, recordings, traces, raw requests. Pure; nothing is sent.

mod around;
mod curl;
mod devtools;
mod exchange;
mod har;
mod http;
mod powershell;
mod shell;
mod trace;
mod urls;

pub use har::read_har;

use std::fmt;

use crate::heard::Sent;
use crate::record::heard::Slip;
use crate::text::named_enum;

named_enum! {
    /// The form of a paste.
    pub enum Form {
        /// A curl line as for sh, bash or zsh.
        Curl = "curl",
        /// A curl line as for Windows' `cmd`.
        Cmd = "cmd",
        /// `Invoke-WebRequest` and its kin, and curl lines as for `PowerShell`.
        Powershell = "powershell",
        /// An HTTP Archive.
        Har = "har",
        /// HTTP requests as text, with or without their answers.
        Http = "http",
        /// What `curl -v`, `--trace-ascii`, or `--trace` says.
        Trace = "trace",
        /// The pane of headers in a browser's developer tools.
        Headers = "headers",
        /// A call of `fetch`, as browsers copy it.
        Fetch = "fetch",
    }
}

/// Why a paste can't be read. It quotes nothing of it, since that may be a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What was expected there.
    pub wanted: String,
}

impl Unreadable {
    fn at(text: &[u8], at: usize, wanted: impl Into<String>) -> Self {
        let before = &text[..at.min(text.len())];
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let column = 1 + String::from_utf8_lossy(&before[start..]).chars().count();
        Self { line, column, wanted: wanted.into() }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, wanted } = self;
        write!(f, "line {line}, column {column}: {wanted} was expected")
    }
}

impl std::error::Error for Unreadable {}

/// What Windows programs put before a text.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The text of a paste, whatever program saved it.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|two| unit([two[0], two[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes.strip_prefix(BOM).unwrap_or(bytes)).into_owned(),
    }
}

/// True if a text begins as a HAR does.
#[must_use]
pub fn is_har(head: &[u8]) -> bool {
    crate::redact::har::begins(head)
}

/// The form of a paste, by its content.
#[must_use]
pub fn recognised(text: &str) -> Form {
    let text = around::without_prose(text);
    let text = text.as_ref();
    let has_line = |test: fn(&str) -> bool| text.lines().any(test);
    if trace::is_verbose(text) || trace::is_traced(text) {
        return Form::Trace;
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if exchange::start(first.trim_end()).is_some() {
        return Form::Http;
    }
    let lower = text.to_ascii_lowercase();
    let is_powershell = has_line(|line| line.trim_end().ends_with(" `"))
        || ["invoke-webrequest", "invoke-restmethod", "$env:"].iter().any(|it| lower.contains(it))
        || ["iwr ", "irm "].iter().any(|it| first.trim_start().starts_with(it));
    let is_cmd = text.contains("^\"")
        || has_line(|line| line.trim_end().ends_with(" ^"))
        || (around::is_drive(first.trim_start().trim_start_matches('"')) && lower.contains("curl"));
    let shell = around::shell(text).filter(|_| !is_powershell);
    match () {
        () if shell.is_some() => shell.unwrap_or(Form::Curl),
        () if is_cmd => Form::Cmd,
        () if is_powershell => Form::Powershell,
        () if lower.contains("curl") => Form::Curl,
        () if text.contains("fetch(") => Form::Fetch,
        () if devtools::is_headers(text) => Form::Headers,
        () if has_line(|line| exchange::start(line).is_some()) => Form::Http,
        () => Form::Curl,
    }
}

/// The requests in a paste, one after the other.
///
/// # Errors
/// When it can't be read.
pub fn read(text: &str, form: Form, take: &mut dyn FnMut(Sent)) -> Result<(), Unreadable> {
    let text = around::without_prose(text);
    let text = match form {
        Form::Curl | Form::Cmd | Form::Powershell => around::without_prompts(&text).into(),
        _ => text,
    };
    let text = text.as_ref();
    match form {
        Form::Curl => curl::read(text, &shell::posix::commands(text)?, take),
        Form::Cmd => {
            let commands = shell::cmd::commands(text)?;
            let is_odd = commands.iter().flatten().any(|word| word.text.starts_with(b"'"));
            curl::read(text, &commands, &mut |mut sent| {
                sent.noted.extend(is_odd.then_some(Slip::SingleQuotes));
                take(sent);
            })
        }
        Form::Har => read_har(text.as_bytes(), take).map(drop),
        Form::Http => http::read(text, take),
        Form::Trace => trace::read(text, take),
        Form::Powershell => powershell::read(text, take),
        Form::Headers => devtools::read_headers(text, take),
        Form::Fetch => devtools::read_fetch(text, take),
    }
}
