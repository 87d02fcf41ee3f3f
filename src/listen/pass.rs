//! What isn't for HeyGen passes through untouched: tunnels byte for byte, plain requests one by one.

use std::io;

use tokio::io::{AsyncWriteExt as _, copy_bidirectional};
use url::Url;

use super::dial;
use super::follow::head_end;
use super::visit::Visit;
use crate::record::observation::{Fault, FaultKind};
use crate::transport::ProxyChoice;

/// What a proxy says to a CONNECT that it agrees to.
pub(super) const AGREED: &[u8] = b"HTTP/1.1 200 Connection established\r\n\r\n";

/// A tunnel to another host; nobody looks into it.
pub(super) async fn tunnel(mut visit: Visit, url: &Url) -> io::Result<()> {
    let _busy = visit.activity.begin();
    match dial::tcp(url, &visit.room.tls).await {
        Ok(mut far) => {
            visit.room.passed(url);
            visit.stream.write_all(AGREED).await?;
            copy_bidirectional(&mut visit.stream, &mut far).await.map(drop)
        }
        Err(fault) => failed(visit, &fault).await,
    }
}

/// One plain request to another server; its connection is closed behind it, since the next request on it
/// may be for yet another one.
pub(super) async fn plain(mut visit: Visit, url: &Url) -> io::Result<()> {
    let _busy = visit.activity.begin();
    let (mut far, proxy) = match dial::plain(url, &visit.room.tls).await {
        Ok(found) => found,
        Err(fault) => return failed(visit, &fault).await,
    };
    visit.room.passed(url);
    let end = head_end(&visit.stream.first).unwrap_or_default();
    let head = visit.stream.first.split_to(end);
    far.write_all(&rewritten(&head, url, proxy.as_ref())).await?;
    copy_bidirectional(&mut visit.stream, &mut far).await.map(drop)
}

/// The head without what was for our proxy, as the next one on the way wants it.
fn rewritten(head: &[u8], url: &Url, proxy: Option<&ProxyChoice>) -> Vec<u8> {
    let mut lines = head.split_inclusive(|byte| *byte == b'\n');
    let first = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let mut out = match (proxy, first.split(' ').collect::<Vec<_>>().as_slice()) {
        (None, [method, _, version]) => {
            let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
            format!("{method} {path} {version}").into_bytes()
        }
        _ => first.into_bytes(),
    };
    for line in lines.filter(|line| !matches!(line, [b'\r', b'\n'])) {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let ours = ["proxy-authorization", "proxy-connection", "connection"];
        if !ours.iter().any(|ours| name.eq_ignore_ascii_case(ours.as_bytes())) {
            out.extend_from_slice(line);
        }
    }
    if let Some(login) = proxy.and_then(ProxyChoice::authorization) {
        out.extend([b"Proxy-Authorization: ", login.as_bytes(), b"\r\n"].concat());
    }
    out.extend_from_slice(b"Connection: close\r\n\r\n");
    out
}

/// Says that the other server can't be reached, as a proxy does.
async fn failed(mut visit: Visit, fault: &Fault) -> io::Result<()> {
    let late = matches!(fault.fault, FaultKind::Timeout | FaultKind::ConnectTimeout);
    visit.stream.write_all(unreachable(late).as_bytes()).await?;
    visit.stream.shutdown().await
}

/// The answer where the other server can't be reached.
pub(super) fn unreachable(late: bool) -> String {
    let status = if late { "504 Gateway Timeout" } else { "502 Bad Gateway" };
    let text = "heygen-doctor couldn't reach the server that was asked for.\n";
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    )
}
