//! HTTP Archives (HAR 1.2), entry by entry: no more than one of them is in memory.

use std::cell::Cell;
use std::fmt;
use std::io::{BufReader, Read};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::{Unreadable, urls};
use crate::heard::{MOST_OF_BODY, Reply, Sent};
use crate::record::heard::{Answerer, Via};

/// Reads a recording. True if credentials were kept in it: browsers leave `Authorization` and cookies out
/// unless they are asked not to.
///
/// # Errors
/// When it is none.
pub fn read_har(reader: impl Read, take: &mut dyn FnMut(Sent)) -> Result<bool, Unreadable> {
    let state = State::default();
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(without_mark(reader)));
    let read = Archive { state: &state, take }.deserialize(&mut json);
    let unreadable = |error: &serde_json::Error| Unreadable {
        line: error.line().max(1),
        column: error.column().max(1),
        wanted: match error.classify() {
            Category::Eof => "the rest of the recording",
            Category::Syntax => "JSON",
            Category::Data | Category::Io => {
                "the form of a HAR, an object `log` with a list `entries`"
            }
        }
        .to_owned(),
    };
    read.and_then(|()| json.end()).map_err(|error| unreadable(&error))?;
    if !state.has_entries.get() {
        return Err(Unreadable {
            line: 1,
            column: 1,
            wanted: "an object `log` with a list `entries`".to_owned(),
        });
    }
    Ok(state.keeps_credentials.get())
}

/// The text without the mark that Windows programs put first.
fn without_mark(mut reader: impl Read) -> impl Read {
    let mut head = Vec::new();
    // A fault of the reader shows again where the rest is read.
    let _ = reader.by_ref().take(3).read_to_end(&mut head);
    let start = if head == super::BOM { 3 } else { 0 };
    std::io::Cursor::new(head.split_off(start)).chain(reader)
}

#[derive(Default)]
struct State {
    /// Chrome and its kin leave credentials out by default since 2024.
    may_leave_out: Cell<bool>,
    keeps_credentials: Cell<bool>,
    has_entries: Cell<bool>,
}

/// `{"log": {…}}`.
struct Archive<'a> {
    state: &'a State,
    take: &'a mut dyn FnMut(Sent),
}

/// The object in it.
struct Log<'a, 'b>(&'b mut Archive<'a>);

/// The list in that.
struct Entries<'a, 'b>(&'b mut Archive<'a>);

#[derive(Deserialize, Default)]
#[serde(default)]
struct Creator {
    name: String,
}

impl<'de> DeserializeSeed<'de> for Archive<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Archive<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a HAR")
    }
    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == "log" {
                map.next_value_seed(Log(&mut self))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Log<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Log<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the log of a HAR")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "creator" => {
                    let creator: Creator = map.next_value()?;
                    self.0.state.may_leave_out.set(creator.name == "WebInspector");
                }
                "entries" => map.next_value_seed(Entries(self.0))?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Entries<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the entries of a HAR")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let state = self.0.state;
        state.has_entries.set(true);
        while let Some(entry) = list.next_element::<Entry>()? {
            let keeps = entry.keeps_credentials();
            state.keeps_credentials.set(state.keeps_credentials.get() || keeps);
            if let Some(sent) = entry.sent(state.may_leave_out.get()) {
                (self.0.take)(sent);
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    started_date_time: Option<String>,
    request: Request,
    response: Option<Response>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    method: String,
    url: String,
    #[serde(default)]
    http_version: String,
    #[serde(default)]
    headers: Vec<Pair>,
    #[serde(default)]
    cookies: Vec<IgnoredAny>,
    body_size: Option<i64>,
    post_data: Option<Content>,
}

#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    status: u16,
    #[serde(default)]
    headers: Vec<Pair>,
    content: Option<Content>,
}

#[derive(Deserialize)]
struct Pair {
    name: String,
    #[serde(default)]
    value: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Content {
    text: Option<String>,
    encoding: Option<String>,
}

impl Content {
    fn bytes(self) -> Option<Vec<u8>> {
        let text = self.text?;
        if self.encoding.as_deref() == Some("base64") {
            return BASE64_STANDARD.decode(text).ok();
        }
        Some(text.into_bytes())
    }
}

impl Entry {
    fn keeps_credentials(&self) -> bool {
        let is_left_out = |pair: &Pair| {
            pair.name.eq_ignore_ascii_case("authorization")
                || pair.name.eq_ignore_ascii_case("cookie")
        };
        !self.request.cookies.is_empty() || self.request.headers.iter().any(is_left_out)
    }

    fn sent(self, may_leave_out: bool) -> Option<Sent> {
        let Self { started_date_time, request, response } = self;
        let parts = urls::parts(&request.url, true)?;
        let at = started_date_time.and_then(|text| DateTime::parse_from_rfc3339(&text).ok());
        let expects_body = request.body_size.is_some_and(|size| size > 0);
        let body = request.post_data.and_then(Content::bytes);
        let body_known = body.is_some() || !expects_body;
        let mut body = body.unwrap_or_default();
        let written = u64::try_from(request.body_size.unwrap_or_default()).unwrap_or_default();
        let body_bytes = written.max(body.len() as u64);
        body.truncate(MOST_OF_BODY);
        Some(Sent {
            at: at.map(|at| at.with_timezone(&Utc)),
            method: request.method,
            noted: parts.noted(),
            host: parts.host,
            target: parts.target,
            http_version: version(&request.http_version),
            headers: headers(request.headers),
            body,
            body_bytes,
            answered: response.map(reply),
            sanitized: may_leave_out,
            body_known,
            ..Sent::new(Via::File)
        })
    }
}

fn reply(response: Response) -> Reply {
    let mut body = response.content.and_then(Content::bytes).unwrap_or_default();
    body.truncate(MOST_OF_BODY);
    // Browsers write 0 where no answer came.
    let status = (response.status >= 100).then_some(response.status);
    let by = if status.is_some() { Answerer::Heygen } else { Answerer::Nobody };
    Reply { by, status, headers: headers(response.headers), body }
}

/// Without those that HTTP/2 puts in the place of the request line.
fn headers(pairs: Vec<Pair>) -> Vec<(String, Vec<u8>)> {
    let real = pairs.into_iter().filter(|pair| !pair.name.starts_with(':'));
    real.map(|pair| (pair.name, pair.value.into_bytes())).collect()
}

/// As every recorder spells it.
fn version(written: &str) -> String {
    let lower = written.to_ascii_lowercase();
    let known = match lower.as_str() {
        "h2" | "http/2" | "http/2.0" | "spdy" => "HTTP/2",
        "h3" | "http/3" | "http/3.0" | "h3-29" => "HTTP/3",
        "http/1.1" => "HTTP/1.1",
        "http/1.0" => "HTTP/1.0",
        _ => "",
    };
    known.to_owned()
}
