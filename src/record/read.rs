//! A record read back from a file. Whoever could edit the file could have written anything into
//! it, so what ends in an id, a URL, or a shell's command line is parsed once more.

use std::fmt;

use url::{Position, Url};

use crate::record::facts::{CredentialInfo, NotSent, RunInfo, Unanswered};
use crate::record::observation::{Answer, Observation};
use crate::record::{Record, SCHEMA_VERSION};

/// The reason why a text is no record; it quotes nothing of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It isn't JSON in the form of a record, or holds a name that this version doesn't know.
    Form {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// It is of another version of that form.
    Version(u32),
    /// A value can't have been written by the doctor.
    Value {
        /// The field, as `observations[3].path`.
        field: String,
        /// The kind of value that the field has to hold.
        wanted: &'static str,
    },
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form { line, column } => {
                write!(
                    f,
                    "is not a run record, or one of a later version: line {line}, column {column}"
                )
            }
            Self::Version(version) => write!(
                f,
                "has schema version {version}, and this program reads version {SCHEMA_VERSION}"
            ),
            Self::Value { field, wanted } => {
                write!(f, "is not a record that heygen-doctor wrote: `{field}` is not {wanted}")
            }
        }
    }
}

/// A kind of value that is parsed again.
struct Kind {
    wanted: &'static str,
    parses: fn(&str) -> bool,
}

const ID: Kind = Kind { wanted: "an id of letters, digits, and `.-_/`", parses: is_id };
const GLOB: Kind = Kind { wanted: "a probe id or a pattern of ids", parses: is_glob };
const BASE_URL: Kind =
    Kind { wanted: "an http or https URL in its usual form", parses: is_base_url };
const PROXY_URL: Kind = Kind { wanted: "the URL of a proxy in its usual form", parses: is_url };
const PATH: Kind = Kind { wanted: "a path in its usual form", parses: is_path };
const METHOD: Kind = Kind { wanted: "`GET`", parses: |text| text == "GET" };
const NAME: Kind = Kind { wanted: "the name of a header or variable", parses: is_token };
const FINGERPRINT: Kind = Kind { wanted: "a fingerprint", parses: is_fingerprint };
const TOOL: Kind = Kind { wanted: "a program's name and version", parses: is_tool };

/// The element of a page that holds the record.
const OPENING: &str = "<script type=\"application/json\" id=\"record\">";

/// The record as JSON: the text itself, or inside a page the one element that holds it.
fn inside(text: &str) -> &str {
    // Text of a server that stands in a page before it is escaped, and can't look like it.
    let element = text.trim_start().starts_with("<!DOCTYPE html>").then_some(OPENING);
    let json = element.and_then(|opening| text.split_once(opening)?.1.split_once("</script>"));
    json.map_or(text, |(json, _)| json)
}

/// Reads a record, or the one inside a page.
///
/// # Errors
/// When the text is no record of this version, or holds what the doctor can't have written.
pub fn read(text: &str) -> Result<Record, Unreadable> {
    let record: Record = serde_json::from_str(inside(text))
        .map_err(|error| Unreadable::Form { line: error.line(), column: error.column() })?;
    if record.schema_version != SCHEMA_VERSION {
        return Err(Unreadable::Version(record.schema_version));
    }
    run(&record.run)?;
    credential(&record.credential)?;
    let environment = &record.environment;
    check("environment.tool", &environment.tool, &TOOL)?;
    if let Some(proxy) = &environment.proxy {
        check("environment.proxy.url", &proxy.url, &PROXY_URL)?;
    }
    for name in &environment.proxy_variables {
        check("environment.proxy_variables", name, &NAME)?;
    }
    for setting in &environment.settings {
        check("environment.settings.name", &setting.name, &NAME)?;
    }
    for (at, judged) in record.observations.iter().enumerate() {
        observation(&judged.observation)
            .map_err(|flaw| flaw.inside(&format!("observations[{at}]")))?;
    }
    for one in record.heard.iter().flatten().flat_map(|heard| &heard.credentials) {
        if let Some(fingerprint) = &one.fingerprint {
            check("heard.credentials.fingerprint", fingerprint, &FINGERPRINT)?;
        }
    }
    Ok(record)
}

fn run(run: &RunInfo) -> Result<(), Unreadable> {
    check("run.id", &run.id, &ID)?;
    check("run.base_url", &run.base_url, &BASE_URL)?;
    if let Some(scenario) = &run.simulated {
        check("run.simulated", scenario, &ID)?;
    }
    for NotSent { probe, .. } in &run.not_sent {
        check("run.not_sent.probe", probe, &GLOB)?;
    }
    for Unanswered { probe, endpoint, method, path, variant, .. } in &run.unanswered {
        check("run.unanswered.probe", &probe.0, &ID)?;
        check("run.unanswered.endpoint", endpoint, &ID)?;
        check("run.unanswered.method", method, &METHOD)?;
        check("run.unanswered.path", path, &PATH)?;
        check("run.unanswered.variant", variant, &ID)?;
    }
    Ok(())
}

fn credential(credential: &CredentialInfo) -> Result<(), Unreadable> {
    let fingerprints = credential.sources.iter().filter_map(|source| source.fingerprint.as_ref());
    for fingerprint in credential.fingerprint.iter().chain(fingerprints) {
        check("credential.fingerprint", fingerprint, &FINGERPRINT)?;
    }
    Ok(())
}

fn observation(seen: &Observation) -> Result<(), Unreadable> {
    check("probe", &seen.probe.0, &ID)?;
    check("endpoint", &seen.endpoint, &ID)?;
    check("method", &seen.method, &METHOD)?;
    check("path", &seen.path, &PATH)?;
    check("variant", &seen.variant, &ID)?;
    if let Some(pattern) = &seen.pattern {
        check("pattern", pattern, &ID)?;
    }
    let Some(Answer { headers, ids, .. }) = seen.answer() else { return Ok(()) };
    for name in headers.keys().chain(ids.keys()) {
        check("outcome.headers", name, &NAME)?;
    }
    Ok(())
}

fn check(field: &str, text: &str, kind: &Kind) -> Result<(), Unreadable> {
    if (kind.parses)(text) {
        Ok(())
    } else {
        Err(Unreadable::Value { field: field.to_owned(), wanted: kind.wanted })
    }
}

impl Unreadable {
    fn inside(self, parent: &str) -> Self {
        match self {
            Self::Value { field, wanted } => {
                Self::Value { field: format!("{parent}.{field}"), wanted }
            }
            other => other,
        }
    }
}

fn all(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(allowed)
}

fn is_id(text: &str) -> bool {
    all(text, |byte| byte.is_ascii_alphanumeric() || b".-_/".contains(&byte))
}

fn is_glob(text: &str) -> bool {
    all(text, |byte| byte == b'*' || byte.is_ascii_alphanumeric() || b".-_/".contains(&byte))
}

fn is_fingerprint(text: &str) -> bool {
    text.strip_prefix("sha256:").is_some_and(|hash| all(hash, |byte| byte.is_ascii_hexdigit()))
}

/// A token of RFC 9110 §5.6.2.
fn is_token(text: &str) -> bool {
    all(text, |byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

fn is_tool(text: &str) -> bool {
    all(text, |byte| byte == b' ' || is_id(&char::from(byte).to_string()) || byte == b'+')
}

/// A URL as its parser writes it, so that nobody can read it otherwise.
fn is_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        bare && url.has_host() && url.as_str().trim_end_matches('/') == text.trim_end_matches('/')
    })
}

fn is_base_url(text: &str) -> bool {
    is_url(text) && (text.starts_with("http://") || text.starts_with("https://"))
}

/// Path and query as the parser of URLs writes them.
fn is_path(text: &str) -> bool {
    let url = Url::parse(&format!("http://h{text}"));
    text.starts_with('/')
        && url.is_ok_and(|url| url.fragment().is_none() && &url[Position::BeforePath..] == text)
}
