//! A tunnel through a SOCKS proxy, by the library that the HTTP client uses.

use std::future::{Ready, ready};
use std::io;
use std::task::{Context, Poll};

use http::Uri;
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5};
use hyper_util::rt::TokioIo;
use tower_service::Service;

use super::socket::{self, Stream};
use super::{ProxyChoice, Target, fault};
use crate::record::observation::Fault;

/// Asks the proxy on `stream` for the target.
pub(super) async fn open(
    target: Target<'_>,
    proxy: &ProxyChoice,
    stream: Box<dyn Stream>,
) -> Result<Box<dyn Stream>, Fault> {
    let scheme = proxy.url().scheme();
    let by_name = matches!(scheme, "socks5h" | "socks4a");
    let target = destination(target, by_name).await?;
    let held = Held(Some(TokioIo::new(stream)));
    let tunnel = if scheme.starts_with("socks5") {
        let mut socks = SocksV5::new(Uri::default(), held);
        if let Some((user, password)) = proxy.login() {
            socks = socks.with_auth(user.to_owned(), password.to_owned());
        }
        socks.call(target).await
    } else {
        SocksV4::new(Uri::default(), held).call(target).await
    };
    let tunnel = tunnel.map_err(|error| fault::of_proxy(error.to_string()))?;
    Ok(Box::new(tunnel.into_inner()))
}

/// The target by name, or by the address that this machine's resolver gives it.
async fn destination(target: Target<'_>, by_name: bool) -> Result<Uri, Fault> {
    let mut authority = target.authority();
    if !by_name {
        let (dns, addresses) = socket::resolve(target.base_url, target.timeout).await;
        match (addresses.first(), dns.and_then(|dns| dns.fault)) {
            (Some(address), _) => authority = address.to_string(),
            (None, Some(fault)) => return Err(fault),
            (None, None) => {}
        }
    }
    let uri = Uri::builder().scheme("https").authority(authority).path_and_query("/").build();
    uri.map_err(|_| fault::of_proxy("the target can't be asked for".to_owned()))
}

/// A connection that had come up before the library asked for it.
struct Held(Option<TokioIo<Box<dyn Stream>>>);

impl Service<Uri> for Held {
    type Response = TokioIo<Box<dyn Stream>>;
    type Error = io::Error;
    type Future = Ready<Result<Self::Response, io::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        ready(self.0.take().ok_or_else(|| io::ErrorKind::NotConnected.into()))
    }
}
