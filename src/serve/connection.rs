//! One connection, from its handshake to its end.

use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::future::{Either, select};
use http::Response;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::activity::Activity;
use super::guests::misdirected;
use super::reply::{Body, Cut, Delivery, Reply, cut_off};
use super::request::Request;
use super::tap::{Head, MAX_HEADERS, Socket, Tap};
use super::{Shared, Speaks};

/// Requests that one HTTP/2 connection may have under way.
const MAX_STREAMS: u32 = 100;

/// hyper panics below this.
const SMALLEST_BUFFER: usize = 8 * 1024;

/// The time for a client to close its side after the end of a connection.
const LINGER: Duration = Duration::from_secs(1);

/// Serves a connection to its end; a broken one concerns nobody but its client.
pub(super) async fn serve(mut stream: TcpStream, shared: Arc<Shared>, activity: Arc<Activity>) {
    let _ = match &shared.options.speaks {
        Speaks::Nothing => until_the_client_leaves(&mut stream).await,
        Speaks::Plain => http1(Box::new(stream), shared, activity).await,
        Speaks::Tls(acceptor) => {
            match timeout(shared.options.limits.wait, acceptor.accept(stream)).await {
                Ok(Ok(stream)) if stream.get_ref().1.alpn_protocol() == Some(b"h2") => {
                    http2(Box::new(stream), shared, activity).await
                }
                Ok(Ok(stream)) => http1(Box::new(stream), shared, activity).await,
                Ok(Err(error)) => Err(error),
                Err(late) => Err(late.into()),
            }
        }
    };
}

async fn until_the_client_leaves(stream: &mut TcpStream) -> io::Result<()> {
    let mut rest = [0; 1024];
    while stream.read(&mut rest).await? > 0 {}
    Ok(())
}

/// Speaks HTTP/1 to the end of a connection.
pub(super) async fn http1(
    socket: Box<dyn Socket>,
    shared: Arc<Shared>,
    activity: Arc<Activity>,
) -> io::Result<()> {
    let limits = shared.options.limits;
    // hyper's buffer holds up to one read more than its limit.
    let tap = Tap::new(socket, 2 * limits.head_bytes);
    let (heads, cut) = (tap.heads(), OnceLock::new());
    let service = service_fn(|request| {
        let (shared, activity) = (Arc::clone(&shared), Arc::clone(&activity));
        Box::pin(answer(request, heads.take(), shared, activity, Some(&cut)))
    });
    let mut connection = http1::Builder::new()
        .max_buf_size(limits.head_bytes.max(SMALLEST_BUFFER))
        .max_header_size(limits.head_bytes)
        .max_headers(MAX_HEADERS)
        .header_read_timeout(None)
        .serve_connection(TokioIo::new(tap), service);
    let served = poll_fn(|cx| connection.poll_without_shutdown(cx));
    let is_no_http = matches!(
        select(served, pin!(activity.idle(limits.wait))).await,
        Either::Left((Err(error), _)) if error.is_parse()
    );
    let mut socket = connection.into_parts().io.into_inner().into_socket();
    if let Some(Cut { bytes, reset }) = cut.get() {
        socket.write_all(bytes).await?;
        if *reset {
            // Dropped without a farewell, so that only the reset is sent.
            return socket.tcp().set_zero_linger();
        }
    }
    let mut closing = async || {
        socket.shutdown().await?;
        // Closing with bytes unread would reset the connection, and the client could lose the answer.
        timeout(LINGER, tokio::io::copy(&mut socket, &mut tokio::io::sink())).await?.map(drop)
    };
    let closed = closing().await;
    if is_no_http { Err(io::ErrorKind::InvalidData.into()) } else { closed }
}

/// Speaks HTTP/2 to the end of a connection.
pub(super) async fn http2(
    socket: Box<dyn Socket>,
    shared: Arc<Shared>,
    activity: Arc<Activity>,
) -> io::Result<()> {
    let limits = shared.options.limits;
    let service = {
        let activity = Arc::clone(&activity);
        service_fn(move |request| {
            answer(request, None, Arc::clone(&shared), Arc::clone(&activity), None)
        })
    };
    let connection = http2::Builder::new(TokioExecutor::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(u32::try_from(limits.head_bytes).unwrap_or(u32::MAX))
        .serve_connection(TokioIo::new(socket), service);
    let mut connection = pin!(connection);
    let idle = pin!(activity.idle(limits.wait));
    if let Either::Left((ended, _)) = select(&mut connection, idle).await {
        return ended.map_err(io::Error::other);
    }
    connection.as_mut().graceful_shutdown();
    timeout(limits.wait, connection).await?.map_err(io::Error::other)
}

/// Answers one request; an error ends the connection, or the stream of HTTP/2.
async fn answer(
    request: http::Request<Incoming>,
    head: Option<Head>,
    shared: Arc<Shared>,
    activity: Arc<Activity>,
    cut: Option<&OnceLock<Cut>>,
) -> io::Result<Response<Body>> {
    let busy = activity.begin();
    // Where spelling and order of the next head would be lost, there must be no next one.
    let last = cut.is_some() && head.as_ref().is_none_or(|head| head.last);
    let (parts, body) = request.into_parts();
    let mut request = Request::of(&parts, head);
    request.on_connection = activity.begun();
    let answers_head = request.method == "HEAD";
    let reply = if shared.options.guests.admit(request.host.as_deref()) {
        request.read(body, shared.options.limits).await?;
        (shared.handler)(request).await
    } else {
        misdirected()
    };
    if let (Some(slot), Some(end)) = (cut, reply.cut(answers_head)) {
        let _ = slot.set(end);
        return Err(cut_off());
    }
    if reply.delivery == Delivery::Hang {
        // hyper drops this future when the client leaves.
        return std::future::pending().await;
    }
    Reply::response(reply, last, busy).ok_or_else(cut_off)
}
