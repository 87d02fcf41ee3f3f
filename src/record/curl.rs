//! The same request as a curl line that can be pasted into a shell. No key is in it: each
//! credential stands as a variable.

use std::collections::BTreeSet;

use crate::record::facts::{Environment, Network, Proxy, RunInfo, Source};
use crate::record::observation::Observation;
use crate::record::probe::{Credential, Encoding, Wire};
use crate::record::request::{self, Header, Value};
use crate::text::{neutralise, shell_word, shell_word_with};

/// The differences between a line and the doctor's own request, and what has to be added to a
/// line where the record doesn't hold it.
#[must_use]
pub fn differences(network: &Network) -> String {
    let mut told = "Each line repeats one exchange by itself, on a connection of its own. \
        curl sends `Host` first and brings its own TLS library; everything else is sent as the doctor sent it."
        .to_owned();
    if network.tls.as_ref().is_some_and(|tls| tls.trusted_here && !tls.trusted_publicly) {
        told.push_str(
            " If the doctor was given `--ca-cert`, add `--cacert` with the same file to each line.",
        );
    }
    told
}

/// The curl line that repeats an exchange; a comment where none can.
#[must_use]
pub fn line(seen: &Observation, run: &RunInfo, environment: &Environment) -> String {
    if !seen.was_sent() {
        return "# Not sent: no HTTP header can carry this value.".to_owned();
    }
    let Some(request) = seen.request(&user_agent(environment)) else {
        let variant = neutralise(&seen.variant);
        return format!("# This version of heygen-doctor doesn't know the variant {variant}.");
    };
    let url = format!("{}{}", run.base_url.trim_end_matches('/'), request.target);
    let mut words = vec!["curl -sS -i".to_owned()];
    if request.wire == Wire::TitleCase || chose_http1(seen, &url) {
        words.push("--http1.1".to_owned());
    }
    words.extend(proxy(environment));
    if url.contains(['[', ']', '{', '}']) {
        words.push("--globoff".to_owned());
    }
    words.extend(request.headers.iter().map(|header| format!("-H {}", word(header))));
    words.push(shell_word(&url));
    words.join(" ")
}

/// The variables that the lines of these exchanges use, each with the value it has to hold.
#[must_use]
pub fn variables<'a>(
    seen: impl IntoIterator<Item = &'a Observation>,
    sources: &[Source],
    proxy: Option<&Proxy>,
) -> Vec<(String, String)> {
    let sent = seen.into_iter().filter(|seen| seen.was_sent());
    let requests = sent.filter_map(|seen| seen.request(request::USER_AGENT));
    let used: BTreeSet<_> = requests
        .flat_map(|request| request.headers)
        .filter_map(|header| match header.value {
            Value::Text(_) => None,
            Value::Credential { of, form, .. } => Some((of, form)),
        })
        .collect();
    // A proxy from the environment is read by curl from the same variable, with its login.
    let proxy = proxy.filter(|proxy| proxy.source != Proxy::FLAG);
    let proxy = proxy.map(|proxy| (proxy.source.clone(), format!("the proxy {}", proxy.url)));
    let keys = used.into_iter().map(|(of, form)| (variable(of, form), holds(of, form, sources)));
    keys.chain(proxy).collect()
}

/// The variable that stands for a credential in one form.
fn variable(of: Credential, form: Encoding) -> String {
    let name = match of {
        Credential::Real | Credential::None => "HEYGEN_API_KEY".to_owned(),
        Credential::MadeUp => "MADE_UP_KEY".to_owned(),
        Credential::KnownGood => "KNOWN_GOOD_KEY".to_owned(),
        Credential::Other(n) => format!("OTHER_KEY_{n}"),
    };
    name + match form {
        Encoding::AsGiven => "",
        Encoding::Repaired => "_REPAIRED",
        Encoding::Base64Encoded => "_BASE64",
        Encoding::Base64Decoded => "_DECODED",
    }
}

/// The value that a variable has to hold, in words.
fn holds(of: Credential, form: Encoding, sources: &[Source]) -> String {
    let whose = match of {
        Credential::Real | Credential::None => {
            let used = sources.iter().find(|source| source.used);
            used.map_or_else(|| "the key".to_owned(), |used| format!("the key in {}", used.source))
        }
        Credential::MadeUp => "the made-up key".to_owned(),
        Credential::KnownGood => "the key of `--control-env`".to_owned(),
        Credential::Other(n) => match sources.get(n) {
            Some(source) => format!("the key in {}", source.source),
            None => "the key of another source".to_owned(),
        },
    };
    match form {
        Encoding::AsGiven if of == Credential::MadeUp => {
            "any text of the same shape as the key".to_owned()
        }
        Encoding::AsGiven => format!("{whose}, exactly as it stands there"),
        Encoding::Repaired => {
            format!("{whose} without blanks, quotes, and what was pasted along with it")
        }
        Encoding::Base64Encoded => format!("{whose} without anything around it, in base64"),
        Encoding::Base64Decoded => {
            format!("{whose} without anything around it, decoded from base64")
        }
    }
}

/// A header as one word.
fn word(Header { name, value }: &Header) -> String {
    match value {
        Value::Text(text) => shell_word(format!("{name}: {text}")),
        Value::Credential { scheme, of, form } => {
            let gap = if scheme.is_empty() { "" } else { " " };
            shell_word_with(&format!("{name}: {scheme}{gap}"), &variable(*of, *form))
        }
    }
}

/// The name that the doctor gave itself, which may have been another version.
#[must_use]
pub fn user_agent(environment: &Environment) -> String {
    environment.tool.replacen(' ', "/", 1)
}

/// True where HTTP/1 was spoken and curl would offer HTTP/2 as well.
fn chose_http1(seen: &Observation, url: &str) -> bool {
    let spoke = seen.answer().is_some_and(|answer| answer.http_version.starts_with("HTTP/1."));
    spoke && url.starts_with("https:")
}

/// Curl reads the proxy's variables by itself, so it is told only where they don't decide.
fn proxy(environment: &Environment) -> Option<String> {
    match &environment.proxy {
        Some(proxy) if proxy.source == Proxy::FLAG => {
            Some(format!("--proxy {}", shell_word(&proxy.url)))
        }
        None if !environment.proxy_variables.is_empty() => Some("--noproxy '*'".to_owned()),
        _ => None,
    }
}
