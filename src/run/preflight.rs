//! Wave 1: the way to the API, looked at with the doctor's own sockets. No key is ever sent here.

use std::net::SocketAddr;

use futures_util::future::{join, join_all};

use crate::record::facts::{ConnectionAttempt, Network, Tls};
use crate::transport::{self, ProxyChoice, Target};

mod clean;
mod status_page;

pub(crate) use clean::cleaned;

/// Looks at name, addresses, handshakes, chain, proxy and status page.
///
/// With a proxy in the way, `dns` and `connections` are the proxy's: the target's name is the proxy's
/// to resolve. An address whose chain this machine refuses has both a fault and a `tls_ms`, because
/// these handshakes are let through to their end. Nothing is ever sent on them. `status_page` is the
/// address of the page's `summary.json`; without it no page is asked.
pub async fn preflight(target: Target<'_>, status_page: Option<&str>) -> Network {
    let way = async {
        match target.proxy {
            Some(proxy) => through(target, proxy).await,
            None => straight(target).await,
        }
    };
    let (mut network, status_page) = join(way, status_page::ask(target, status_page)).await;
    network.status_page = status_page;
    network
}

async fn straight(target: Target<'_>) -> Network {
    let (dns, addresses) = transport::resolve(target.base_url, target.timeout).await;
    let attempts = addresses.into_iter().map(|address| attempt(target, address));
    let (connections, tls): (Vec<_>, Vec<_>) = join_all(attempts).await.into_iter().unzip();
    // A chain that was shown before the handshake broke off is better than none.
    let (whole, broken): (Vec<_>, Vec<_>) =
        tls.into_iter().flatten().partition(|tls| tls.version.is_some());
    let tls = whole.into_iter().chain(broken).next();
    Network { dns, connections, tls, ..Network::default() }
}

async fn attempt(target: Target<'_>, address: SocketAddr) -> (ConnectionAttempt, Option<Tls>) {
    let (mut attempt, stream) = transport::connect(address, target.timeout).await;
    let tls = match stream {
        Some(stream) if is_https(target) => {
            transport::shake(target, Box::new(stream), &mut attempt).await
        }
        _ => None,
    };
    (attempt, tls)
}

async fn through(target: Target<'_>, proxy: &ProxyChoice) -> Network {
    let (dns, addresses) = transport::resolve(proxy.url(), target.timeout).await;
    let attempts = addresses.into_iter().map(|address| transport::connect(address, target.timeout));
    let (mut connections, streams): (Vec<_>, Vec<_>) = join_all(attempts).await.into_iter().unzip();
    let up = streams.into_iter().zip(&mut connections).find_map(|(s, attempt)| Some((s?, attempt)));
    let (mut proxy_connect, mut tls) = (None, None);
    if let Some((stream, attempt)) = up.filter(|_| is_https(target)) {
        let (answer, tunnel) = transport::open(target, proxy, Box::new(stream)).await;
        proxy_connect = Some(answer);
        if let Some(tunnel) = tunnel {
            tls = transport::shake(target, tunnel, attempt).await;
        }
    }
    Network { dns, connections, tls, proxy_connect, ..Network::default() }
}

fn is_https(target: Target<'_>) -> bool {
    target.base_url.scheme() == "https"
}
