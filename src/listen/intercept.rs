//! What is for HeyGen: TLS with a certificate of our own, and then the requests in it.

use std::io::{self, ErrorKind};
use std::sync::Arc;

use rustls::server::Acceptor;
use rustls::{AlertDescription, Error as TlsError};
use tokio::time::timeout;
use tokio_rustls::LazyConfigAcceptor;
use url::Url;

use super::peer::Looking;
use super::visit::Visit;
use super::{Answers, Caller, Event, Place, Room, Stop, answer, forward, is_heard};
use crate::record::heard::{Slip, Via};
use crate::record::listened::Refusal;
use crate::serve::{Activity, Guests, Options, Socket, Speaks, serve_on};

/// Speaks TLS in the place of a host: the one that was asked of the proxy, or the one that TLS names.
pub(super) async fn intercept(visit: Visit, asked: Option<String>) -> io::Result<()> {
    let Visit { stream, peer, activity, room } = visit;
    let wait = room.limits.wait;
    let begun = timeout(wait, LazyConfigAcceptor::new(Acceptor::default(), stream)).await??;
    let hello = begun.client_hello();
    let Some(host) = asked.or_else(|| hello.server_name().map(str::to_owned)) else {
        return Ok(());
    };
    if !is_heard(&host) {
        return Ok(());
    }
    let offered: Vec<&[u8]> = hello.alpn().into_iter().flatten().collect();
    let http2_only = offered.contains(&&b"h2"[..]) && !offered.contains(&&b"http/1.1"[..]);
    let stopped =
        |how| Event::Stopped(Stop { host: host.clone(), caller: Caller(peer.clone()), how });
    if http2_only && matches!(room.answers, Answers::HeyGen) {
        room.tell(stopped(Refusal::Http2Only)).await;
    }
    let named = hello.server_name().is_some_and(|name| !is_same_host(name, &host));
    let mut noted: Vec<Slip> = named.then_some(Slip::OtherServerName).into_iter().collect();
    noted.extend((offered.contains(&&b"h2"[..]) && !http2_only).then_some(Slip::OffersHttp2));
    let config = Arc::clone(&room.authority.config);
    let stream = match timeout(wait, begun.into_stream(config)).await? {
        Ok(stream) => stream,
        Err(error) => {
            if let Some(why) = refusal(&error).filter(|_| !http2_only) {
                room.tell(stopped(why)).await;
            }
            return Err(error);
        }
    };
    let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let url = Url::parse(&format!("https://{host}/")).map_err(io::Error::other)?;
    let place = Place { via: Via::Proxy, url, noted };
    let (own, told) = (Arc::clone(&activity), Arc::clone(&room));
    let unheard = Stop { host: host.clone(), caller: Caller(peer.clone()), how: Refusal::Silent };
    let spoken = requests(Box::new(stream), is_http2, place, (peer, activity, room)).await;
    if own.begun() == 0 {
        let is_no_http = matches!(&spoken, Err(error) if error.kind() == ErrorKind::InvalidData);
        let how = if is_no_http { Refusal::NotHttp } else { Refusal::Silent };
        told.tell(Event::Stopped(Stop { how, ..unheard })).await;
    }
    spoken
}

/// Speaks plain HTTP/1 on a connection.
pub(super) async fn speak(visit: Visit, place: Place) -> io::Result<()> {
    let Visit { stream, peer, activity, room } = visit;
    requests(Box::new(stream), false, place, (peer, activity, room)).await
}

/// Answers the requests on a connection, or passes them on.
async fn requests(
    socket: Box<dyn Socket>,
    is_http2: bool,
    place: Place,
    (peer, activity, room): (Looking, Arc<Activity>, Arc<Room>),
) -> io::Result<()> {
    if matches!(room.answers, Answers::HeyGen) {
        return forward::forward(socket, place, peer, room, activity).await;
    }
    // Whoever came through the proxy named the host there, too.
    let guests = if place.via == Via::BaseUrl { room.guests } else { Guests::Anyone };
    let options = Options { speaks: Speaks::Plain, guests, limits: room.limits };
    let handler = answer::handler(room, place, peer);
    serve_on(socket, is_http2, (options, handler), activity).await
}

fn is_same_host(one: &str, other: &str) -> bool {
    one.trim_end_matches('.').eq_ignore_ascii_case(other.trim_end_matches('.'))
}

/// How clients refuse a certificate: by an alert, by the end of the connection, or by a reset.
fn refusal(error: &io::Error) -> Option<Refusal> {
    let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>());
    match (tls, error.kind()) {
        (Some(TlsError::AlertReceived(alert)), _) => Some(match alert {
            AlertDescription::UnknownCA
            | AlertDescription::BadCertificate
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnsupportedCertificate => Refusal::Certificate,
            _ => Refusal::Handshake,
        }),
        (Some(_), _) => Some(Refusal::Handshake),
        (None, ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe) => {
            Some(Refusal::Left)
        }
        _ => None,
    }
}
