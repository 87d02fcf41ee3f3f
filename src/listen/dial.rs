//! Connections to where a program wanted to go, through the user's own proxy if there is one.

use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;
use url::Url;

use crate::config::proxy;
use crate::config::surroundings::variable;
use crate::record::observation::{Fault, FaultKind};
use crate::transport::{self, ProxyChoice, Stream, Target, TlsSettings, fault};

/// The longest that each step of a connection may take.
const STEP: Duration = Duration::from_secs(10);

/// A connection to the host and port of a URL, in which nothing was said yet.
pub(super) async fn tcp(url: &Url, tls: &TlsSettings) -> Result<Box<dyn Stream>, Fault> {
    let proxy = proxy::choose(None, &variable, url).ok().flatten();
    match proxy {
        Some(proxy) => through(&proxy, url, tls).await,
        None => straight(url).await,
    }
}

/// A connection for plain requests, and the proxy that has to be asked for them.
pub(super) async fn plain(
    url: &Url,
    tls: &TlsSettings,
) -> Result<(Box<dyn Stream>, Option<ProxyChoice>), Fault> {
    match proxy::for_plain(&variable, url) {
        None => Ok((straight(url).await?, None)),
        Some(proxy) if proxy.is_http() => Ok((straight(proxy.url()).await?, Some(proxy))),
        Some(proxy) => Ok((through(&proxy, url, tls).await?, None)),
    }
}

/// A connection inside verified TLS where the URL says so.
pub(super) async fn verified(url: &Url, tls: &TlsSettings) -> Result<Box<dyn Stream>, Fault> {
    let stream = tcp(url, tls).await?;
    if url.scheme() != "https" {
        return Ok(stream);
    }
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(host).map_err(|_| unreachable(url))?;
    let connector = TlsConnector::from(Arc::new(tls.client_config(&[b"http/1.1"])));
    match tokio::time::timeout(STEP, connector.connect(name, stream)).await {
        Ok(connected) => Ok(Box::new(connected.map_err(|error| fault::of_io(&error))?)),
        Err(_) => Err(Fault::new(FaultKind::Timeout, "no end of the TLS handshake")),
    }
}

async fn through(
    proxy: &ProxyChoice,
    url: &Url,
    tls: &TlsSettings,
) -> Result<Box<dyn Stream>, Fault> {
    let target = Target { base_url: url, proxy: Some(proxy), tls, timeout: STEP };
    let (answer, tunnel) = transport::open(target, proxy, to_proxy(proxy).await?).await;
    tunnel.ok_or_else(|| answer.fault.unwrap_or_else(|| unreachable(url)))
}

/// A connection to a proxy, which is what is at fault where there is none.
async fn to_proxy(proxy: &ProxyChoice) -> Result<Box<dyn Stream>, Fault> {
    let failed = |fault: Fault| Fault { fault: FaultKind::Proxy, ..fault };
    straight(proxy.url()).await.map_err(failed)
}

async fn straight(url: &Url) -> Result<Box<dyn Stream>, Fault> {
    let (dns, addresses) = transport::resolve(url, STEP).await;
    let mut failed = dns.and_then(|dns| dns.fault);
    for address in addresses {
        let (attempt, stream) = transport::connect(address, STEP).await;
        if let Some(stream) = stream {
            let _ = stream.set_nodelay(true);
            return Ok(Box::new(stream));
        }
        failed = attempt.fault;
    }
    Err(failed.unwrap_or_else(|| unreachable(url)))
}

fn unreachable(url: &Url) -> Fault {
    let host = url.host_str().unwrap_or_default();
    Fault::new(FaultKind::Unreachable, format!("{host} can't be reached"))
}
