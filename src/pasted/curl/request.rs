//! What a part of a curl line asks for, and the requests that curl sends for it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::body::Body;
use super::glob::Glob;
use super::header::{given, host_of, with_colon};
use crate::heard::{MOST_OF_BODY, Sent};
use crate::pasted::shell::Word;
use crate::pasted::urls::{Parts, parts_of, with_name};
use crate::record::heard::{Slip, Via};

/// The content type that `-d` gives (curl, `lib/http.c`).
const FORM: &[u8] = b"application/x-www-form-urlencoded";
const JSON: &[u8] = b"application/json";

/// A part of a curl line.
#[derive(Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Request {
    urls: Vec<Word>,
    headers: Vec<Word>,
    body: Body,
    query: Body,
    method: Option<String>,
    target: Option<String>,
    agent: Option<Word>,
    referer: Option<Word>,
    cookies: Vec<Word>,
    login: Option<Word>,
    bearer: Option<Word>,
    range: Option<Word>,
    http: &'static str,
    is_get: bool,
    is_head: bool,
    is_form: bool,
    uploads: Vec<Word>,
    is_literal: bool,
    is_compressed: bool,
    as_is: bool,
    /// A scheme that sends nothing of the login at first.
    is_challenged: bool,
    /// A file adds what isn't in the line: headers, a login, or options.
    has_a_file: bool,
}

impl Request {
    pub(super) fn url(&mut self, word: Word) {
        self.urls.push(word);
    }

    /// An option with its value; those that change nothing of what is looked at pass.
    pub(super) fn set(&mut self, name: &str, value: &Word) {
        let some = || Some(value.clone());
        match name {
            // Which variables of curl's own are in it isn't looked at.
            "expand-url" => {
                self.urls.push(Word { unknown: vec![value.lossy()], ..value.clone() });
            }
            "url" => self.urls.push(value.clone()),
            "config" | "netrc-file" | "expand-header" | "expand-user" => self.has_a_file = true,
            "header" => {
                self.has_a_file |= value.text.starts_with(b"@");
                self.headers.push(value.clone());
            }
            "data" | "data-ascii" | "data-binary" | "data-raw" | "data-urlencode" | "json" => {
                self.body.add(name, value);
            }
            "url-query" => self.query.add("data-urlencode", value),
            "form" | "form-string" => self.is_form = true,
            "upload-file" => self.uploads.push(value.clone()),
            "request" => self.method = Some(value.lossy()),
            "request-target" => self.target = Some(value.lossy()),
            "user-agent" => self.agent = some(),
            "referer" => self.referer = some(),
            "cookie" => self.cookies.push(value.clone()),
            "user" => self.login = some(),
            "oauth2-bearer" => self.bearer = some(),
            "range" => self.range = some(),
            _ => {}
        }
    }

    /// An option without a value, or the opposite of one.
    pub(super) fn switch(&mut self, name: &str, on: bool) {
        match name {
            "get" => self.is_get = on,
            "head" => self.is_head = on,
            "compressed" => self.is_compressed = on,
            "path-as-is" => self.as_is = on,
            "globoff" => self.is_literal = on,
            "digest" | "ntlm" | "negotiate" | "anyauth" => self.is_challenged = on,
            "basic" => self.is_challenged = false,
            "netrc" | "netrc-optional" => self.has_a_file = on,
            "http1.0" => self.http = "HTTP/1.0",
            "http1.1" => self.http = "HTTP/1.1",
            "http2" | "http2-prior-knowledge" => self.http = "HTTP/2",
            "http3" | "http3-only" => self.http = "HTTP/3",
            _ => {}
        }
    }

    /// A request for each URL that the patterns stand for; files that are uploaded go to them in turn.
    pub(super) fn sent(&self, take: &mut dyn FnMut(Sent)) {
        for (at, url) in self.urls.iter().enumerate() {
            let upload = self.uploads.get(at).map(Word::lossy).filter(|file| !file.is_empty());
            let text = url.lossy();
            // The braces of a variable are the shell's.
            if self.is_literal || !url.unknown.is_empty() {
                self.to(&text, upload.as_deref(), url).into_iter().for_each(&mut *take);
            } else if let Some(glob) = Glob::of(&text) {
                let all = glob.urls().filter_map(|text| self.to(&text, upload.as_deref(), url));
                all.for_each(&mut *take);
            }
        }
    }

    fn to(&self, text: &str, upload: Option<&str>, url: &Word) -> Option<Sent> {
        let mut parts = parts_of(&self.with_query(text), &url.unknown, self.as_is)?;
        if let Some(file) = upload {
            parts.target = with_name(&parts.target, file);
        }
        let has_body = self.body.is_there && !self.is_get;
        let headers = self.all_headers(&parts, has_body);
        let mut body = if has_body { self.body.bytes.clone() } else { Vec::new() };
        let body_bytes = body.len() as u64;
        body.truncate(MOST_OF_BODY);
        let http_version = match (self.http, parts.is_https) {
            ("", false) => "HTTP/1.1",
            (version, _) => version,
        };
        Some(Sent {
            noted: self.noted(&parts),
            method: self.method(has_body, upload.is_some()),
            host: host_of(&headers).unwrap_or(parts.host),
            target: self.target.clone().unwrap_or(parts.target),
            http_version: http_version.to_owned(),
            headers,
            body,
            body_bytes,
            body_known: !(has_body && self.body.has_unknown || self.is_form || upload.is_some()),
            unexpanded: self.unknown(url),
            ..Sent::new(Via::File)
        })
    }

    fn noted(&self, parts: &Parts) -> Vec<Slip> {
        let outside = self.has_a_file.then_some(Slip::OutsideTheLine);
        parts.noted().into_iter().chain(outside).collect()
    }

    fn method(&self, has_body: bool, is_upload: bool) -> String {
        self.method.clone().unwrap_or_else(|| {
            let usual = match () {
                () if self.is_head => "HEAD",
                () if is_upload => "PUT",
                () if has_body || self.is_form => "POST",
                () => "GET",
            };
            usual.to_owned()
        })
    }

    /// The URL with the data behind it that `-G` puts there, else with that of `--url-query`.
    fn with_query(&self, url: &str) -> String {
        let data = if self.is_get && self.body.is_there { &self.body } else { &self.query };
        if !data.is_there {
            return url.to_owned();
        }
        let (url, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
        let sign = match url.split_once('?') {
            None => "?",
            Some((_, "")) => "",
            Some(_) => "&",
        };
        format!("{url}{sign}{}{fragment}", String::from_utf8_lossy(&data.bytes))
    }

    /// Variables in it whose values aren't known.
    fn unknown(&self, url: &Word) -> Vec<String> {
        let single = [&self.agent, &self.referer, &self.bearer];
        let words = single.into_iter().flatten().chain(&self.headers).chain([url]);
        let mut unknown: Vec<String> = words.flat_map(|word| word.unknown.clone()).collect();
        // A login is encoded, and its variable with it.
        if let Some(login) = self.login.as_ref().filter(|login| !login.unknown.is_empty()) {
            unknown.push(BASE64_STANDARD.encode(with_colon(&login.text)));
        }
        unknown
    }

    /// The headers of `-H`, and behind them those that `--json` adds.
    fn given(&self) -> Vec<(String, Option<Vec<u8>>)> {
        let mut all: Vec<(String, Option<Vec<u8>>)> =
            self.headers.iter().filter_map(given).collect();
        for name in ["Content-Type", "Accept"].into_iter().filter(|_| self.body.is_json) {
            if !all.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
                all.push((name.to_owned(), Some(JSON.to_vec())));
            }
        }
        all
    }

    /// Every header in curl's order: its own, then those of `-H`, then those of the body.
    fn all_headers(&self, parts: &Parts, has_body: bool) -> Vec<(String, Vec<u8>)> {
        let given = self.given();
        let is_given = |name: &str| given.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        let host_given =
            given.iter().find(|(name, value)| name.eq_ignore_ascii_case("host") && value.is_some());
        let mut headers = match host_given {
            Some((name, value)) => vec![(name.clone(), value.clone().unwrap_or_default())],
            None => vec![("Host".to_owned(), parts.host.clone().into_bytes())],
        };
        let own = self.own(parts, has_body).into_iter().filter(|(name, _)| !is_given(name));
        headers.extend(own.map(|(name, value)| (name.to_owned(), value)));
        let others = given.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host"));
        headers.extend(others.filter_map(|(name, value)| Some((name.clone(), value.clone()?))));
        if has_body {
            let length = self.body.bytes.len().to_string().into_bytes();
            let of_body = [("Content-Length", length), ("Content-Type", FORM.to_vec())];
            let missing = of_body.into_iter().filter(|(name, _)| !is_given(name));
            headers.extend(missing.map(|(name, value)| (name.to_owned(), value)));
        }
        headers
    }

    /// Those that curl adds by itself before the ones that are given.
    fn own(&self, parts: &Parts, has_body: bool) -> Vec<(&'static str, Vec<u8>)> {
        let filled = |word: &Option<Word>| {
            word.as_ref().map(|word| word.text.clone()).filter(|text| !text.is_empty())
        };
        let mut own = Vec::new();
        own.extend(self.authorization(parts).map(|value| ("Authorization", value)));
        let range = filled(&self.range).map(|range| String::from_utf8_lossy(&range).into_owned());
        own.extend(range.map(|range| {
            if has_body {
                let length = self.body.bytes.len();
                ("Content-Range", format!("bytes {range}/{length}").into_bytes())
            } else {
                ("Range", format!("bytes={range}").into_bytes())
            }
        }));
        let agent = self.agent.as_ref().map_or(b"curl".to_vec(), |word| word.text.clone());
        if !agent.is_empty() {
            own.push(("User-Agent", agent));
        }
        own.push(("Accept", b"*/*".to_vec()));
        if self.is_compressed {
            own.push(("Accept-Encoding", b"deflate, gzip".to_vec()));
        }
        let referer = filled(&self.referer).map(|text| match text.strip_suffix(b";auto") {
            Some(text) => text.to_vec(),
            None => text,
        });
        own.extend(referer.filter(|text| !text.is_empty()).map(|text| ("Referer", text)));
        let cookies: Vec<&[u8]> = self
            .cookies
            .iter()
            .map(|word| word.text.as_slice())
            // A name alone is a file.
            .filter(|text| text.contains(&b'='))
            .collect();
        if !cookies.is_empty() {
            own.push(("Cookie", cookies.join(&b"; "[..])));
        }
        own
    }

    fn authorization(&self, parts: &Parts) -> Option<Vec<u8>> {
        if self.is_challenged {
            return None;
        }
        if let Some(bearer) = &self.bearer {
            return Some([b"Bearer ", bearer.text.as_slice()].concat());
        }
        let login = self.login.as_ref().map(|word| word.text.clone()).or(parts.login.clone())?;
        Some(format!("Basic {}", BASE64_STANDARD.encode(with_colon(&login))).into_bytes())
    }
}
