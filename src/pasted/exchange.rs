//! Requests and answers as they are written down, line by line.

use super::urls;
use crate::heard::{MOST_OF_BODY, Reply, Sent};
use crate::record::heard::{Answerer, Via};

const METHODS: [&str; 9] =
    ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"];

/// The first line of a request.
pub(super) struct Start<'a> {
    method: &'a str,
    target: &'a str,
    version: &'a str,
}

/// A line that begins a request, if it is one.
pub(super) fn start(line: &str) -> Option<Start<'_>> {
    let mut words = line.trim_end().split(' ').filter(|word| !word.is_empty());
    let (method, target) = (words.next()?, words.next()?);
    let version = words.next().unwrap_or_default();
    let is_target = method == "CONNECT"
        || target.starts_with('/')
        || target.contains("://")
        || target.contains("{{");
    let is_one = METHODS.contains(&method)
        && is_target
        && words.next().is_none()
        && (version.is_empty() || version.to_ascii_uppercase().starts_with("HTTP/"));
    is_one.then_some(Start { method, target, version })
}

/// The status of a line that begins an answer.
pub(super) fn status(line: &str) -> Option<u16> {
    let (version, rest) = line.split_once(' ')?;
    let is_version = version.to_ascii_uppercase().starts_with("HTTP/");
    let digits = rest.trim_start().get(..3)?;
    digits.parse().ok().filter(|status| is_version && (100..600).contains(status))
}

/// A header of a line.
pub(super) fn header(line: &str) -> Option<(String, Vec<u8>)> {
    let (name, value) = line.split_once(':')?;
    let is_name = !name.is_empty() && !name.contains([' ', '\t', '"', '{']);
    is_name.then(|| (name.to_owned(), value.trim().as_bytes().to_vec()))
}

impl Start<'_> {
    /// The request that it begins.
    fn sent(&self) -> Sent {
        let mut sent = Sent {
            method: self.method.to_owned(),
            target: self.target.to_owned(),
            http_version: self.version.replace("HTTP/2.0", "HTTP/2"),
            ..Sent::new(Via::File)
        };
        if let Some(parts) = urls::parts(self.target, true).filter(|_| self.target.contains("://"))
        {
            sent.noted = parts.noted();
            (sent.host, sent.target) = (parts.host, parts.target);
        }
        sent
    }
}

/// The part of an exchange that a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Head,
    Data,
    AnswerHead,
    AnswerData,
    /// The empty line below a request's headers.
    HeadEnd,
    /// The empty line below an answer's headers.
    AnswerHeadEnd,
    /// None of them.
    Info,
}

/// Exchanges that are put together and handed on.
pub(super) struct Exchange<'a> {
    open: Option<Sent>,
    take: &'a mut dyn FnMut(Sent),
    /// True as soon as there is one.
    pub(super) any: bool,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(take: &'a mut dyn FnMut(Sent)) -> Self {
        Self { open: None, take, any: false }
    }

    /// Hands on the last one.
    pub(super) fn finish(&mut self) {
        // A tunnel that came up is no request of its own.
        if let Some(sent) = self.open.take().filter(|sent| !is_open_tunnel(sent)) {
            (self.take)(finished(sent));
        }
    }

    /// Takes in a line.
    pub(super) fn line(&mut self, part: Part, line: &str) {
        match part {
            Part::Head => {
                if let Some(start) = start(line) {
                    self.finish();
                    self.any = true;
                    self.open = Some(start.sent());
                } else if let Some(sent) = &mut self.open {
                    sent.headers.extend(header(line));
                }
            }
            Part::AnswerHead => {
                let Some(sent) = &mut self.open else { return };
                if let Some(status) = status(line) {
                    sent.answered = Some(Reply {
                        by: Answerer::Heygen,
                        status: Some(status),
                        headers: Vec::new(),
                        body: Vec::new(),
                    });
                } else if let Some(reply) = &mut sent.answered {
                    reply.headers.extend(header(line));
                }
            }
            Part::Data | Part::AnswerData => self.data(part, line.as_bytes()),
            Part::HeadEnd | Part::AnswerHeadEnd | Part::Info => {}
        }
    }

    /// The length that the headers give to a body.
    pub(super) fn announced(&self, body: Part) -> Option<usize> {
        let sent = self.open.as_ref()?;
        let headers = match (body, &sent.answered) {
            (Part::AnswerData, Some(reply)) => &reply.headers,
            _ => &sent.headers,
        };
        let (_, length) =
            headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?;
        String::from_utf8_lossy(length).trim().parse().ok()
    }

    /// Takes in a piece of a body.
    pub(super) fn data(&mut self, part: Part, bytes: &[u8]) {
        let Some(sent) = &mut self.open else { return };
        match (part, &mut sent.answered) {
            (Part::Data, _) => sent.body.extend(bytes),
            (_, Some(reply)) => reply.body.extend(bytes),
            _ => {}
        }
    }
}

fn is_open_tunnel(sent: &Sent) -> bool {
    let status = sent.answered.as_ref().and_then(|reply| reply.status);
    sent.method == "CONNECT" && status.is_none_or(|status| status < 300)
}

/// A request that was read to its end.
fn finished(mut sent: Sent) -> Sent {
    if sent.host.is_empty() {
        let host = sent.header("host").map(|host| String::from_utf8_lossy(host).into_owned());
        sent.host = host.unwrap_or_default();
    }
    let end = sent.body.trim_ascii_end().len();
    sent.body.truncate(end);
    let announced = sent
        .header("content-length")
        .and_then(|length| String::from_utf8_lossy(length).trim().parse::<u64>().ok());
    sent.body_bytes = announced.unwrap_or(sent.body.len() as u64);
    sent.body_known = sent.body.len() as u64 >= sent.body_bytes || !sent.body.is_empty();
    sent.body.truncate(MOST_OF_BODY);
    if let Some(reply) = &mut sent.answered {
        let end = reply.body.trim_ascii_end().len();
        reply.body.truncate(end.min(MOST_OF_BODY));
    }
    sent.unexpanded = templates(&sent);
    sent
}

/// `{{name}}`, which a tool replaces before it sends.
fn templates(sent: &Sent) -> Vec<String> {
    let mut found = Vec::new();
    for (_, value) in &sent.headers {
        let text = String::from_utf8_lossy(value);
        let mut rest = text.as_ref();
        while let Some((_, behind)) = rest.split_once("{{") {
            let Some((name, after)) = behind.split_once("}}") else { break };
            found.push(format!("{{{{{name}}}}}"));
            rest = after;
        }
    }
    found
}
