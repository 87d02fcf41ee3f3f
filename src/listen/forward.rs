//! Passes requests on to HeyGen: every byte as it came, each once, and reads along.

use std::collections::VecDeque;
use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::{Either, select};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, split};

use super::follow::{Body, Follow, Part};
use super::peer::Looking;
use super::place::host_of;
use super::{Caller, Event, Place, Room, dial, now, pass};
use crate::heard::{MOST_OF_BODY, Reply, Sent};
use crate::record::heard::{Answerer, Via};
use crate::record::observation::FaultKind;
use crate::serve::{Activity, Socket};

/// Bytes that are passed on at a time.
const PIECE: usize = 16 * 1024;
/// The most headers of one message that are looked at.
const MAX_HEADERS: usize = 100;

/// Requests that aren't answered to their end, in their order, and those that are.
#[derive(Default)]
struct Exchanges {
    open: VecDeque<Sent>,
    over: Vec<Sent>,
}

/// One connection, between a program and HeyGen.
struct Line {
    place: Place,
    room: Arc<Room>,
    peer: Looking,
    activity: Arc<Activity>,
    exchanges: Mutex<Exchanges>,
}

/// Connects to where a connection was meant to go, and passes everything on to its end.
pub(super) async fn forward(
    mut near: Box<dyn Socket>,
    place: Place,
    peer: Looking,
    room: Arc<Room>,
    activity: Arc<Activity>,
) -> io::Result<()> {
    let server = place.instead(&room.base_url).unwrap_or(&place.url);
    let far = dial::verified(server, &room.tls).await;
    let line = Line { place, room, peer, activity, exchanges: Mutex::default() };
    match far {
        Ok(far) => {
            let (near_in, near_out) = split(near);
            let (far_in, far_out) = split(far);
            let (up, down) = (pin!(line.up(near_in, far_out)), pin!(line.down(far_in, near_out)));
            // A program may end its side early; an answer still comes then.
            if let Either::Left((Ok(()), down)) = select(up, down).await {
                let _ = down.await;
            }
        }
        Err(fault) => {
            // The request is read, to tell what it was, and then refused as a proxy does.
            let late = matches!(fault.fault, FaultKind::Timeout | FaultKind::ConnectTimeout);
            line.read_one(&mut near).await?;
            for sent in &mut line.exchanges().open {
                sent.fault = Some(fault.fault);
            }
            near.write_all(pass::unreachable(late).as_bytes()).await?;
            near.shutdown().await?;
        }
    }
    line.leave().await;
    Ok(())
}

impl Line {
    /// From the program to HeyGen.
    async fn up(
        &self,
        mut near: impl AsyncRead + Unpin,
        mut far: impl AsyncWrite + Unpin,
    ) -> io::Result<()> {
        let (mut follow, mut piece, mut out) = (Follow::new(), vec![0; PIECE], Vec::new());
        loop {
            let length = near.read(&mut piece).await?;
            if length == 0 {
                return far.shutdown().await;
            }
            out.clear();
            follow.hear(&piece[..length], &mut |part| self.request(part, &mut out));
            far.write_all(&out).await?;
            far.flush().await?;
        }
    }

    /// From HeyGen to the program.
    async fn down(
        &self,
        mut far: impl AsyncRead + Unpin,
        mut near: impl AsyncWrite + Unpin,
    ) -> io::Result<()> {
        let (mut follow, mut piece) = (Follow::new(), vec![0; PIECE]);
        loop {
            let length = far.read(&mut piece).await?;
            if length == 0 {
                follow.end(&mut |part| self.answer(part));
                return near.shutdown().await;
            }
            follow.hear(&piece[..length], &mut |part| self.answer(part));
            near.write_all(&piece[..length]).await?;
            near.flush().await?;
            self.tell().await;
        }
    }

    /// Reads the head of one request, which goes nowhere.
    async fn read_one(&self, near: &mut Box<dyn Socket>) -> io::Result<()> {
        let (mut follow, mut piece, mut out) = (Follow::new(), vec![0; PIECE], Vec::new());
        while self.exchanges().open.is_empty() {
            let length =
                tokio::time::timeout(self.room.limits.wait, near.read(&mut piece)).await??;
            if length == 0 {
                break;
            }
            follow.hear(&piece[..length], &mut |part| self.request(part, &mut out));
        }
        Ok(())
    }

    /// Takes in a part of a request, and writes what HeyGen gets of it.
    fn request(&self, part: Part<'_>, out: &mut Vec<u8>) -> Body {
        match part {
            Part::Head(head) => {
                let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
                let mut parsed = httparse::Request::new(&mut headers);
                let is_read = parsed.parse(head).is_ok_and(|status| status.is_complete());
                out.extend_from_slice(&self.readdressed(head, &parsed));
                if !is_read {
                    return Body::Rest;
                }
                drop(self.activity.begin());
                let sent = self.sent(&parsed);
                self.exchanges().open.push_back(sent);
                return Body::of(parsed.headers, Body::Length(0));
            }
            Part::Wire(bytes) => out.extend_from_slice(bytes),
            Part::Data(bytes) => {
                if let Some(sent) = self.exchanges().open.back_mut() {
                    keep(&mut sent.body, bytes);
                    sent.body_bytes += bytes.len() as u64;
                }
            }
            Part::End => {}
        }
        Body::Rest
    }

    /// Takes in a part of an answer to the request that waits the longest.
    fn answer(&self, part: Part<'_>) -> Body {
        let mut exchanges = self.exchanges();
        let Some(sent) = exchanges.open.front_mut() else { return Body::Rest };
        match part {
            Part::Head(head) => {
                let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
                let mut parsed = httparse::Response::new(&mut headers);
                let Ok(httparse::Status::Complete(_)) = parsed.parse(head) else {
                    return Body::Rest;
                };
                let status = parsed.code.unwrap_or_default();
                if (100..200).contains(&status) && status != 101 {
                    return Body::Interim;
                }
                sent.answered = Some(Reply {
                    by: Answerer::Heygen,
                    status: Some(status),
                    headers: owned(parsed.headers),
                    body: Vec::new(),
                });
                return match status {
                    204 | 304 => Body::Length(0),
                    _ if sent.method == "HEAD" => Body::Length(0),
                    101 => Body::Rest,
                    _ => Body::of(parsed.headers, Body::Rest),
                };
            }
            Part::Data(bytes) => {
                if let Some(reply) = &mut sent.answered {
                    keep(&mut reply.body, bytes);
                }
            }
            Part::End => {
                let over = exchanges.open.pop_front();
                exchanges.over.extend(over);
            }
            Part::Wire(_) => {}
        }
        Body::Rest
    }

    fn sent(&self, head: &httparse::Request<'_, '_>) -> Sent {
        let place = &self.place;
        Sent {
            at: Some(now()),
            method: head.method.unwrap_or_default().to_owned(),
            host: place.host(),
            target: place.local(head.path.unwrap_or_default(), &self.room.token),
            http_version: format!("HTTP/1.{}", head.version.unwrap_or(1)),
            headers: owned(head.headers),
            noted: place.noted.clone(),
            ..Sent::new(place.via)
        }
    }

    /// The head as HeyGen gets it. What came through the proxy is passed on as it is; what came to the base
    /// URL, or goes to a server that stands for HeyGen, gets that server's path and host.
    fn readdressed(&self, head: &[u8], parsed: &httparse::Request<'_, '_>) -> Vec<u8> {
        let target = parsed.path.unwrap_or_default();
        let mut local = self.place.local(target, &self.room.token);
        let instead = self.place.instead(&self.room.base_url);
        if let Some(server) = instead {
            local.insert_str(0, server.path().trim_end_matches('/'));
        }
        let is_moved = self.place.via == Via::BaseUrl || instead.is_some();
        if !is_moved && local == target {
            return head.to_vec();
        }
        let host = host_of(instead.unwrap_or(&self.place.url));
        let mut out = Vec::with_capacity(head.len());
        for (at, line) in head.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
            if at == 0 {
                let line = String::from_utf8_lossy(line).replacen(target, &local, 1);
                out.extend_from_slice(line.as_bytes());
            } else if is_moved && name.eq_ignore_ascii_case(b"host") {
                out.extend([name, b": ", host.as_bytes(), b"\r\n"].concat());
            } else {
                out.extend_from_slice(line);
            }
        }
        out
    }

    fn exchanges(&self) -> MutexGuard<'_, Exchanges> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells of the requests that were answered.
    async fn tell(&self) {
        let over = std::mem::take(&mut self.exchanges().over);
        for sent in over {
            let caller = Caller(self.peer.clone());
            self.room.tell(Event::Sent(Box::new(sent), caller)).await;
        }
    }

    /// Tells of those that never were, or not to their end.
    async fn leave(&self) {
        {
            let mut exchanges = self.exchanges();
            let open = std::mem::take(&mut exchanges.open);
            let nobody = || Reply {
                by: Answerer::Nobody,
                status: None,
                headers: Vec::new(),
                body: Vec::new(),
            };
            exchanges.over.extend(open.into_iter().map(|sent| {
                let answered = sent.answered.clone().or_else(|| Some(nobody()));
                Sent { answered, ..sent }
            }));
        }
        self.tell().await;
    }
}

fn owned(headers: &[httparse::Header<'_>]) -> Vec<(String, Vec<u8>)> {
    headers
        .iter()
        .map(|header| (header.name.to_owned(), header.value.trim_ascii().to_vec()))
        .collect()
}

/// Keeps as much of a body as is looked at.
fn keep(kept: &mut Vec<u8>, bytes: &[u8]) {
    let room = MOST_OF_BODY.saturating_sub(kept.len());
    kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
}
