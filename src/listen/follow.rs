//! Reads along where a message of HTTP/1 begins and ends, while its bytes go by.

use memchr::{memchr, memmem};

/// The most bytes of a head; whatever has more is let through unread.
const MOST_OF_HEAD: usize = 64 * 1024;
/// The most bytes of a line between chunks.
const MOST_OF_LINE: usize = 4 * 1024;

/// A part of what went by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// A whole head, as it stood.
    Head(&'a [u8]),
    /// Any other bytes, as they stood.
    Wire(&'a [u8]),
    /// Bytes of a body, without what frames them; they were given as `Wire` before.
    Data(&'a [u8]),
    /// The end of a message.
    End,
}

/// How the body behind a head is framed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// So many bytes, perhaps none.
    Length(u64),
    /// Chunks.
    Chunked,
    /// Everything up to the end of the connection.
    Rest,
    /// None, and the message isn't over: an interim answer.
    Interim,
}

#[derive(Clone, Copy)]
enum State {
    Head,
    Length(u64),
    Size,
    Chunk(u64),
    ChunkEnd,
    Trailer,
    Rest,
}

/// One direction of a connection.
pub(super) struct Follow {
    state: State,
    /// A head, or a line between chunks, that isn't complete yet.
    begun: Vec<u8>,
}

impl Body {
    /// As the headers say; where they say nothing, `otherwise`.
    pub(super) fn of(headers: &[httparse::Header<'_>], otherwise: Self) -> Self {
        let value = |name: &str| {
            let header = headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
            std::str::from_utf8(header.value).ok().map(|value| value.trim().to_ascii_lowercase())
        };
        if value("transfer-encoding").is_some_and(|coding| coding.ends_with("chunked")) {
            return Self::Chunked;
        }
        let length = value("content-length").and_then(|length| length.parse().ok());
        length.map_or(otherwise, Self::Length)
    }
}

impl Follow {
    pub(super) const fn new() -> Self {
        Self { state: State::Head, begun: Vec::new() }
    }

    /// Takes in what went by; whoever gets a head says how its body is framed.
    pub(super) fn hear(&mut self, mut bytes: &[u8], on: &mut impl FnMut(Part<'_>) -> Body) {
        while !bytes.is_empty() {
            let taken = match self.state {
                State::Head => self.head(bytes, on),
                State::Length(left) | State::Chunk(left) => self.data(bytes, left, on),
                State::Size | State::ChunkEnd | State::Trailer => self.line(bytes, on),
                State::Rest => {
                    on(Part::Wire(bytes));
                    on(Part::Data(bytes));
                    bytes.len()
                }
            };
            bytes = &bytes[taken..];
        }
    }

    /// The connection has ended.
    pub(super) fn end(&mut self, on: &mut impl FnMut(Part<'_>) -> Body) {
        if matches!(self.state, State::Rest) {
            on(Part::End);
        }
    }

    fn head(&mut self, bytes: &[u8], on: &mut impl FnMut(Part<'_>) -> Body) -> usize {
        let before = self.begun.len();
        self.begun.extend_from_slice(bytes);
        let Some(end) = head_end(&self.begun) else {
            if self.begun.len() > MOST_OF_HEAD {
                on(Part::Wire(&self.begun));
                self.begun.clear();
                self.state = State::Rest;
            }
            return bytes.len();
        };
        let body = on(Part::Head(&self.begun[..end]));
        self.begun.clear();
        self.state = match body {
            Body::Length(0) => {
                on(Part::End);
                State::Head
            }
            Body::Interim => State::Head,
            Body::Length(length) => State::Length(length),
            Body::Chunked => State::Size,
            Body::Rest => State::Rest,
        };
        end - before
    }

    fn data(&mut self, bytes: &[u8], left: u64, on: &mut impl FnMut(Part<'_>) -> Body) -> usize {
        let taken = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
        on(Part::Wire(&bytes[..taken]));
        on(Part::Data(&bytes[..taken]));
        let left = left - taken as u64;
        self.state = match self.state {
            State::Chunk(_) if left == 0 => State::ChunkEnd,
            State::Chunk(_) => State::Chunk(left),
            _ if left == 0 => {
                on(Part::End);
                State::Head
            }
            _ => State::Length(left),
        };
        taken
    }

    /// A line between chunks.
    fn line(&mut self, bytes: &[u8], on: &mut impl FnMut(Part<'_>) -> Body) -> usize {
        let end = memchr(b'\n', bytes).map(|at| at + 1);
        let taken = end.unwrap_or(bytes.len());
        on(Part::Wire(&bytes[..taken]));
        self.begun.extend_from_slice(&bytes[..taken]);
        if end.is_none() && self.begun.len() <= MOST_OF_LINE {
            return taken;
        }
        let line = String::from_utf8_lossy(&self.begun).into_owned();
        self.begun.clear();
        let line = line.trim();
        let size = || u64::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16);
        self.state = match self.state {
            State::Size => match size() {
                Ok(0) => State::Trailer,
                Ok(size) => State::Chunk(size),
                Err(_) => State::Rest,
            },
            State::ChunkEnd if line.is_empty() => State::Size,
            State::Trailer if line.is_empty() => {
                on(Part::End);
                State::Head
            }
            State::Trailer => State::Trailer,
            _ => State::Rest,
        };
        taken
    }
}

/// Where the first head ends.
pub(super) fn head_end(bytes: &[u8]) -> Option<usize> {
    memmem::find(bytes, b"\r\n\r\n").map(|at| at + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What went by, as one text: heads and data, with `|` at each end.
    fn heard(pieces: &[&[u8]], body: impl Fn(&[u8]) -> Body) -> (String, Vec<u8>) {
        let (mut told, mut wire) = (String::new(), Vec::new());
        let mut follow = Follow::new();
        let mut on = |part: Part<'_>| {
            match part {
                Part::Head(head) => {
                    wire.extend_from_slice(head);
                    told += std::str::from_utf8(head).unwrap().lines().next().unwrap();
                    told += " ";
                    return body(head);
                }
                Part::Wire(bytes) => wire.extend_from_slice(bytes),
                Part::Data(bytes) => told += std::str::from_utf8(bytes).unwrap(),
                Part::End => told.push('|'),
            }
            Body::Rest
        };
        for piece in pieces {
            follow.hear(piece, &mut on);
        }
        follow.end(&mut on);
        (told, wire)
    }

    fn framing(head: &[u8]) -> Body {
        let mut headers = [httparse::EMPTY_HEADER; 8];
        let mut parsed = httparse::Request::new(&mut headers);
        parsed.parse(head).unwrap();
        Body::of(parsed.headers, Body::Length(0))
    }

    #[test]
    fn messages_are_told_apart_however_they_are_cut_and_no_byte_is_lost() {
        let stream: &[u8] = b"POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\n\r\nPOST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nde\r\n1\r\nf\r\n0\r\nX: y\r\n\r\nGET /d HTTP/1.1\r\n\r\n";
        for cut in 0..stream.len() {
            let (told, wire) = heard(&[&stream[..cut], &stream[cut..]], framing);
            let wanted =
                "POST /a HTTP/1.1 abc|GET /b HTTP/1.1 |POST /c HTTP/1.1 def|GET /d HTTP/1.1 |";
            assert_eq!(told, wanted, "cut at {cut}");
            assert_eq!(wire, stream, "cut at {cut}");
        }
    }

    #[test]
    fn what_is_no_http_goes_by_unread() {
        let long = vec![b'x'; MOST_OF_HEAD + 1];
        let (_, wire) = heard(&[&long, b"rest"], framing);
        assert_eq!(wire.len(), long.len() + 4);
        let broken = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nrest";
        let (told, wire) = heard(&[broken], framing);
        assert_eq!((told.as_str(), wire.as_slice()), ("POST / HTTP/1.1 rest|", &broken[..]));
    }
}
