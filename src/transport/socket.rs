//! Names and TCP connections, timed.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use url::{Host, Url};

use super::{fault, millis, now};
use crate::record::facts::{ConnectionAttempt, Dns};
use crate::record::observation::{Fault, FaultKind};

/// The most addresses that are tried.
const ADDRESSES: usize = 4;

/// A connection, directly or through a proxy.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Runs one step within its limit, and takes the time in milliseconds.
pub(super) async fn timed<F: Future>(limit: Duration, step: F) -> (Option<F::Output>, f64) {
    let start = now();
    let outcome = tokio::time::timeout(limit, step).await.ok();
    (outcome, millis(start.elapsed()))
}

/// A step that was not over in time.
pub(super) fn late(kind: FaultKind, what: &str, limit: Duration) -> Fault {
    Fault::new(kind, format!("{what} within {limit:?}"))
}

/// The addresses of a name, as this machine resolves it.
pub(super) async fn lookup(name: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    Ok(lookup_host((name, port)).await?.collect())
}

/// Resolves the name of a URL, unless it is an address; also gives the addresses to try.
pub(crate) async fn resolve(url: &Url, limit: Duration) -> (Option<Dns>, Vec<SocketAddr>) {
    let port = url.port_or_known_default().unwrap_or(443);
    let name = match url.host() {
        Some(Host::Ipv4(ip)) => return (None, vec![SocketAddr::new(IpAddr::V4(ip), port)]),
        Some(Host::Ipv6(ip)) => return (None, vec![SocketAddr::new(IpAddr::V6(ip), port)]),
        // The host of a URL whose scheme is unknown to the URL standard is never read as an address.
        Some(Host::Domain(name)) => match name.parse() {
            Ok(ip) => return (None, vec![SocketAddr::new(ip, port)]),
            Err(_) => name,
        },
        None => return (None, Vec::new()),
    };
    let (found, ms) = timed(limit, lookup(name, port)).await;
    let (addresses, fault) = match found {
        Some(Ok(addresses)) => (addresses, None),
        Some(Err(error)) => {
            (Vec::new(), Some(Fault { fault: FaultKind::Dns, ..fault::of_connect(&error) }))
        }
        None => (Vec::new(), Some(late(FaultKind::Dns, "the resolver did not answer", limit))),
    };
    let fault = fault.or_else(|| {
        let unknown = "the resolver knows no address for the name";
        addresses.is_empty().then(|| Fault::new(FaultKind::Dns, unknown))
    });
    let shown = addresses.iter().map(|address| address.ip().to_string()).collect();
    (Some(Dns { host: name.to_owned(), addresses: shown, ms, fault }), pick(&addresses))
}

/// The first few addresses, of both families if there are both.
fn pick(addresses: &[SocketAddr]) -> Vec<SocketAddr> {
    let Some(first) = addresses.first() else { return Vec::new() };
    let mut picked: Vec<_> = addresses.iter().copied().take(ADDRESSES).collect();
    let other = addresses.iter().find(|address| address.is_ipv4() != first.is_ipv4());
    if let (Some(other), Some(last)) = (other, picked.last_mut())
        && !addresses.iter().take(ADDRESSES).any(|address| address == other)
    {
        *last = *other;
    }
    picked
}

/// One TCP handshake.
pub(crate) async fn connect(
    address: SocketAddr,
    limit: Duration,
) -> (ConnectionAttempt, Option<TcpStream>) {
    let (outcome, ms) = timed(limit, TcpStream::connect(address)).await;
    let (stream, fault) = match outcome {
        Some(Ok(stream)) => (Some(stream), None),
        Some(Err(error)) => (None, Some(fault::of_connect(&error))),
        None => (None, Some(late(FaultKind::ConnectTimeout, "no connection", limit))),
    };
    let connect_ms = stream.as_ref().map(|_| ms);
    let address = address.to_string();
    (ConnectionAttempt { address, connect_ms, tls_ms: None, fault }, stream)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(ips: &[&str]) -> Vec<SocketAddr> {
        ips.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 443)).collect()
    }

    #[test]
    fn few_addresses_are_all_tried_in_the_resolvers_order() {
        let found = addresses(&["192.0.2.1", "2001:db8::1", "192.0.2.2"]);
        assert_eq!(pick(&found), found);
        assert_eq!(pick(&[]), []);
    }

    #[test]
    fn both_families_are_tried_even_if_one_fills_the_list() {
        let found = addresses(&["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "2001:db8::1"]);
        let tried = addresses(&["192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1"]);
        assert_eq!(pick(&found), tried);
    }
}
