//! The one port: what comes in is told apart by its first bytes.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

use super::follow::head_end;
use super::place::{Place, is_at, is_heard};
use super::prefixed::Prefixed;
use super::visit::Visit;
use super::{Room, intercept, pass};
use crate::record::heard::Via;
use crate::serve::Activity;

/// The first byte of a TLS handshake.
const HANDSHAKE: u8 = 0x16;

/// What the head of a first request asks for.
enum Asked {
    /// A tunnel to a host and port.
    Tunnel(Url),
    /// A plain request to another server.
    Plain(Url),
    /// The base URL.
    Here,
}

/// Serves a connection to its end; a broken one concerns nobody but its client.
pub(super) async fn enter(mut stream: TcpStream, activity: Arc<Activity>, room: Arc<Room>) {
    let _counted = room.open.arrives();
    let _ = async {
        let (theirs, here) = (stream.peer_addr()?, stream.local_addr()?);
        let peer = room.peers.look(theirs, here);
        let mut first = [0];
        timeout(room.limits.wait, stream.peek(&mut first)).await??;
        let first_bytes = match first {
            [HANDSHAKE] => Vec::new(),
            _ => head(&mut stream, &room).await?,
        };
        let stream = Prefixed { first: first_bytes.into(), stream };
        let visit = Visit { stream, peer, activity, room };
        if first == [HANDSHAKE] { direct(visit).await } else { asked(visit, here).await }
    }
    .await;
}

/// A shim leads here, where a program meant to reach HeyGen itself.
async fn direct(visit: Visit) -> io::Result<()> {
    if visit.room.admits(None, &visit.peer).await {
        intercept::intercept(visit, None).await
    } else {
        visit.room.strangers.add();
        Ok(())
    }
}

async fn asked(mut visit: Visit, here: SocketAddr) -> io::Result<()> {
    let Some((asked, token)) = read(&visit.stream.first, here, &visit.room.token) else {
        return refuse(visit, "400 Bad Request", "").await;
    };
    if !visit.room.admits(token.as_deref(), &visit.peer).await {
        visit.room.strangers.add();
        let basic = "Proxy-Authenticate: Basic realm=\"heygen-doctor\"\r\n";
        let (status, header) = if matches!(asked, Asked::Here) {
            ("404 Not Found", "")
        } else {
            ("407 Proxy Authentication Required", basic)
        };
        return refuse(visit, status, header).await;
    }
    match asked {
        Asked::Here => {
            let place = Place::plain(Via::BaseUrl, visit.room.base_url.clone());
            intercept::speak(visit, place).await
        }
        Asked::Tunnel(url) if visit.room.is_own(&url) => refuse(visit, "403 Forbidden", "").await,
        Asked::Tunnel(url) => {
            let end = head_end(&visit.stream.first).unwrap_or_default();
            visit.stream.first = visit.stream.first.split_off(end);
            match url.host_str().filter(|_| url.port_or_known_default() == Some(443)) {
                Some(host) if is_heard(host) => {
                    visit.stream.write_all(pass::AGREED).await?;
                    let host = host.to_owned();
                    intercept::intercept(visit, Some(host)).await
                }
                _ => pass::tunnel(visit, &url).await,
            }
        }
        Asked::Plain(url) => match url.host_str() {
            Some(host) if is_heard(host) => {
                let place = Place::plain(Via::Proxy, url);
                intercept::speak(visit, place).await
            }
            _ => pass::plain(visit, &url).await,
        },
    }
}

/// The bytes up to the end of a head, and what came along with them.
async fn head(stream: &mut TcpStream, room: &Room) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let reading = async {
        while head_end(&bytes).is_none() {
            if bytes.len() > room.limits.head_bytes || stream.read_buf(&mut bytes).await? == 0 {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        Ok(bytes)
    };
    timeout(room.limits.wait, reading).await?
}

/// What the first request asks for, and the token that it shows.
fn read(bytes: &Bytes, here: SocketAddr, token: &str) -> Option<(Asked, Option<String>)> {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut head = httparse::Request::new(&mut headers);
    head.parse(bytes).ok()?;
    let (method, target) = (head.method?, head.path?);
    let shown =
        head.headers.iter().find(|header| header.name.eq_ignore_ascii_case("proxy-authorization"));
    let shown = shown.and_then(|header| password(header.value));
    if method == "CONNECT" {
        return Some((Asked::Tunnel(Url::parse(&format!("https://{target}")).ok()?), shown));
    }
    let in_path =
        |path: &str| path.split('/').nth(1).filter(|first| *first == token).map(str::to_owned);
    if !target.to_ascii_lowercase().starts_with("http://") {
        return Some((Asked::Here, in_path(target)));
    }
    let url = Url::parse(target).ok()?;
    let is_here = is_at(&url, here);
    if is_here {
        Some((Asked::Here, in_path(url.path())))
    } else {
        Some((Asked::Plain(url), shown))
    }
}

/// The password of a proxy's login.
fn password(value: &[u8]) -> Option<String> {
    let (scheme, rest) = std::str::from_utf8(value).ok()?.trim().split_once(' ')?;
    let pair = BASE64_STANDARD.decode(rest.trim()).ok()?;
    let (_, password) = std::str::from_utf8(&pair).ok()?.split_once(':')?;
    scheme.eq_ignore_ascii_case("basic").then(|| password.to_owned())
}

async fn refuse(mut visit: Visit, status: &str, header: &str) -> io::Result<()> {
    let text =
        "heygen-doctor listens here for one program, and this request isn't known to be its own.\n";
    let length = text.len();
    let reply = format!(
        "HTTP/1.1 {status}\r\n{header}Content-Type: text/plain\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{text}"
    );
    visit.stream.write_all(reply.as_bytes()).await?;
    visit.stream.shutdown().await
}
