//! `Invoke-WebRequest` and `Invoke-RestMethod`, and curl lines as PowerShell reads them.

use super::shell::Word;
use super::shell::powershell::{Call, Value, calls};
use super::{Unreadable, curl, urls};
use crate::heard::{MOST_OF_BODY, Sent};
use crate::record::heard::Via;

/// Parameters without a value.
const SWITCHES: [&str; 9] = [
    "-usebasicparsing",
    "-skipcertificatecheck",
    "-skipheadervalidation",
    "-skiphttperrorcheck",
    "-disablekeepalive",
    "-usedefaultcredentials",
    "-allowunencryptedauthentication",
    "-passthru",
    "-resume",
];

/// Parameters with a value, so far as a beginning of their names could be that of one that is looked at.
const PARAMETERS: [&str; 21] = [
    "-headers",
    "-websession",
    "-uri",
    "-useragent",
    "-method",
    "-maximumredirection",
    "-maximumretrycount",
    "-custommethod",
    "-body",
    "-form",
    "-followrellink",
    "-infile",
    "-contenttype",
    "-credential",
    "-certificate",
    "-certificatethumbprint",
    "-connectiontimeoutseconds",
    "-token",
    "-timeoutsec",
    "-transferencoding",
    "-outfile",
];

/// The requests of a text.
///
/// # Errors
/// When there is none.
pub(super) fn read(text: &str, take: &mut dyn FnMut(Sent)) -> Result<(), Unreadable> {
    let mut any = false;
    for call in calls(text)? {
        requests(call, &mut |sent| {
            any = true;
            take(sent);
        });
    }
    if any {
        return Ok(());
    }
    let first = text.len() - text.trim_start().len();
    let wanted = "`Invoke-WebRequest`, `Invoke-RestMethod`, or `curl` with a URL";
    Err(Unreadable::at(text.as_bytes(), first, wanted))
}

fn requests(call: Call, take: &mut dyn FnMut(Sent)) {
    let has_own = call.arguments.iter().any(|value| {
        matches!(value, Value::Table(_))
            || parameter(value).is_some_and(|name| name.len() > 3 && !name.starts_with("--"))
    });
    if call.name == "curl.exe" || (call.name == "curl" && !has_own) {
        let words = call.arguments.into_iter().filter_map(|value| match value {
            Value::Word(word) => Some(word),
            Value::Table(_) => None,
        });
        return curl::line(&words.collect::<Vec<_>>(), take);
    }
    invoked(call.arguments).into_iter().for_each(take);
}

/// The name of a parameter in lower case.
fn parameter(value: &Value) -> Option<String> {
    let Value::Word(word) = value else { return None };
    let is_one = word.text.starts_with(b"-") && !word.is_quoted;
    is_one.then(|| whole(word.lossy().to_ascii_lowercase()))
}

/// The parameter that a beginning of its name stands for, where only one begins so.
fn whole(name: String) -> String {
    let mut fitting = PARAMETERS.iter().chain(&SWITCHES).filter(|it| it.starts_with(&name));
    match (fitting.next(), fitting.next()) {
        (Some(one), None) if name.len() > 1 => (*one).to_owned(),
        _ => name,
    }
}

#[derive(Default)]
struct Given {
    url: Option<Word>,
    method: Option<Word>,
    body: Option<Word>,
    is_body_elsewhere: bool,
    headers: Vec<(Word, Word)>,
}

fn invoked(arguments: Vec<Value>) -> Option<Sent> {
    let mut given = Given::default();
    let mut rest = arguments.into_iter().peekable();
    while let Some(value) = rest.next() {
        match parameter(&value) {
            None => {
                if let Value::Word(word) = value {
                    given.url.get_or_insert(word);
                }
            }
            Some(name) if SWITCHES.contains(&name.as_str()) => {}
            Some(name) => {
                let is_value = |next: &Value| parameter(next).is_none();
                if let Some(value) = rest.next_if(is_value) {
                    given.set(&name, value);
                }
            }
        }
    }
    given.sent()
}

impl Given {
    fn set(&mut self, name: &str, value: Value) {
        let named = |text: &str| Word { text: text.as_bytes().to_vec(), ..Word::default() };
        match (name, value) {
            ("-headers" | "-websession", Value::Table(entries)) => self.headers.extend(entries),
            ("-uri", Value::Word(word)) => self.url = Some(word),
            ("-method" | "-custommethod", Value::Word(word)) => self.method = Some(word),
            ("-body", Value::Word(word)) => self.body = Some(word),
            ("-body" | "-form" | "-infile", _) => self.is_body_elsewhere = true,
            ("-contenttype", Value::Word(word)) => self.headers.push((named("Content-Type"), word)),
            ("-useragent", Value::Word(word)) => self.headers.push((named("User-Agent"), word)),
            ("-token", Value::Word(word)) => {
                let text = [b"Bearer ", word.text.as_slice()].concat();
                self.headers.push((named("Authorization"), Word { text, ..word }));
            }
            _ => {}
        }
    }

    fn sent(self) -> Option<Sent> {
        let url = self.url?;
        let parts = urls::parts_of(&url.lossy(), &url.unknown, true)?;
        let method = self.method.map_or_else(|| "GET".to_owned(), |word| word.lossy());
        let words = self.headers.iter().map(|(_, value)| value).chain([&url]);
        let unexpanded: Vec<String> = words.flat_map(|word| word.unknown.clone()).collect();
        let body_known = !self.is_body_elsewhere
            && self.body.as_ref().is_none_or(|body| body.unknown.is_empty());
        let mut headers = vec![("Host".to_owned(), parts.host.clone().into_bytes())];
        headers.extend(self.headers.into_iter().map(|(name, value)| (name.lossy(), value.text)));
        let is_typed = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        if self.body.is_some() && !is_typed {
            let form = b"application/x-www-form-urlencoded".to_vec();
            headers.push(("Content-Type".to_owned(), form));
        }
        let mut body = self.body.map(|body| body.text).unwrap_or_default();
        let body_bytes = body.len() as u64;
        body.truncate(MOST_OF_BODY);
        Some(Sent {
            method: method.to_ascii_uppercase(),
            noted: parts.noted(),
            host: parts.host,
            target: parts.target,
            headers,
            body,
            body_bytes,
            body_known,
            unexpanded,
            ..Sent::new(Via::File)
        })
    }
}
