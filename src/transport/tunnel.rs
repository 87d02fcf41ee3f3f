//! CONNECT, spoken by ourselves: the HTTP client has no type for a proxy that refuses it.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{HOST, PROXY_AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;

use super::socket::{Stream, late, timed};
use super::{ProxyChoice, Target, fault, socks};
use crate::record::facts::ProxyConnect;
use crate::record::observation::{Fault, FaultKind};
use crate::record::request;

/// Headers of a proxy's answer that help to find out who refused, and why.
const KEPT: [&str; 9] = [
    "content-type",
    "date",
    "proxy-agent",
    "proxy-authenticate",
    "proxy-status",
    "retry-after",
    "server",
    "via",
    "x-squid-error",
];

/// Asks the proxy for a tunnel to the target: its answer, and the tunnel if it agrees.
pub(crate) async fn open(
    target: Target<'_>,
    proxy: &ProxyChoice,
    stream: Box<dyn Stream>,
) -> (ProxyConnect, Option<Box<dyn Stream>>) {
    let mut answer = ProxyConnect { status: None, ms: 0.0, fault: None, headers: BTreeMap::new() };
    let asking = async {
        if proxy.is_http() {
            let stream = to_proxy(target, proxy, stream).await?;
            connect(target, proxy, stream, &mut answer).await
        } else {
            socks::open(target, proxy, stream).await
        }
    };
    let (outcome, ms) = timed(target.timeout, asking).await;
    answer.ms = ms;
    match outcome {
        Some(Ok(tunnel)) => (answer, Some(tunnel)),
        Some(Err(fault)) => (ProxyConnect { fault: Some(fault), ..answer }, None),
        None => {
            let fault = late(FaultKind::Timeout, "no answer from the proxy", target.timeout);
            (ProxyConnect { fault: Some(fault), ..answer }, None)
        }
    }
}

/// TLS with the proxy itself where its URL says so. It is judged: what is sent next can be a password.
async fn to_proxy(
    target: Target<'_>,
    proxy: &ProxyChoice,
    stream: Box<dyn Stream>,
) -> Result<Box<dyn Stream>, Fault> {
    let host = proxy.url().host_str().unwrap_or_default();
    match ServerName::try_from(host.trim_matches(['[', ']']).to_owned()) {
        Ok(name) if proxy.url().scheme() == "https" => {
            let connector = TlsConnector::from(Arc::new(target.tls.client_config(&[])));
            let stream = connector.connect(name, stream).await;
            Ok(Box::new(stream.map_err(|error| fault::of_io(&error))?))
        }
        _ => Ok(stream),
    }
}

async fn connect(
    target: Target<'_>,
    proxy: &ProxyChoice,
    stream: Box<dyn Stream>,
    answer: &mut ProxyConnect,
) -> Result<Box<dyn Stream>, Fault> {
    let request = connect_request(target, proxy)?;
    let said = |error: hyper::Error| fault::of_hyper(&error);
    let (mut sender, connection) =
        http1::handshake::<_, Empty<Bytes>>(TokioIo::new(stream)).await.map_err(said)?;
    // It ends with the stream, which ends with the sender or the tunnel.
    tokio::spawn(connection.with_upgrades());
    let response: Response<Incoming> = sender.send_request(request).await.map_err(said)?;
    let status = response.status();
    answer.status = Some(status.as_u16());
    answer.headers = kept(response.headers());
    // The HTTP client takes nothing but 200 for an agreement.
    if status != StatusCode::OK {
        return Err(fault::of_proxy(format!("the proxy answered {} to CONNECT", status.as_u16())));
    }
    let upgraded = hyper::upgrade::on(response).await.map_err(said)?;
    Ok(Box::new(TokioIo::new(upgraded)))
}

fn connect_request(
    target: Target<'_>,
    proxy: &ProxyChoice,
) -> Result<Request<Empty<Bytes>>, Fault> {
    let authority = target.authority();
    let mut request = Request::builder()
        .method(Method::CONNECT)
        .uri(&authority)
        .header(HOST, &authority)
        .header(USER_AGENT, request::USER_AGENT);
    if let Some(header) = proxy.authorization() {
        request = request.header(PROXY_AUTHORIZATION, header);
    }
    request
        .body(Empty::new())
        .map_err(|_| fault::of_proxy("the target can't be asked for".to_owned()))
}

fn kept(headers: &HeaderMap) -> BTreeMap<String, String> {
    let text = |name: &str| {
        let value = headers.get(name)?;
        Some((name.to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
    };
    KEPT.iter().filter_map(|name| text(name)).collect()
}
