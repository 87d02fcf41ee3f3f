//! A control: the same path asked with the key that the doctor knows, through the same port.

use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{Event, Listener};
use crate::heard::Sent;
use crate::key::ApiKey;
use crate::record::heard::Client;
use crate::record::request;

/// The longest that a control may take.
const LONGEST: Duration = Duration::from_secs(10);

impl Listener {
    /// Asks a path once with this key, and gives the request with its answer; nothing where the key can't
    /// be sent.
    pub async fn ask(&mut self, path: &str, key: &ApiKey) -> Option<Sent> {
        let value = key.header_value("").ok().filter(|_| key.withheld().is_none())?;
        let base = self.room.base_url.path().trim_end_matches('/');
        let path = path.strip_prefix(base).unwrap_or(path);
        let head = format!(
            "GET /{}{path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {}\r\nConnection: close\r\nX-Api-Key: ",
            self.room.token,
            request::USER_AGENT
        );
        let bytes = [head.as_bytes(), value.as_bytes(), b"\r\n\r\n"].concat();
        let address = *self.room.address.get()?;
        // The answer is over where its length says so: the connection may stay open.
        let (asked, told) = (pin!(exchange(address, &bytes)), pin!(self.events.recv()));
        let event = timeout(LONGEST, async {
            match select(asked, told).await {
                Either::Left((_, told)) => told.await,
                Either::Right((event, _)) => event,
            }
        });
        let Ok(Some(Event::Sent(mut sent, _))) = event.await else { return None };
        let name = env!("CARGO_PKG_NAME").to_owned();
        sent.client = Some(Client { pid: std::process::id(), name });
        Some(*sent)
    }
}

/// Sends these bytes, and waits for the end of the answer.
async fn exchange(address: SocketAddr, bytes: &[u8]) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(bytes).await?;
    stream.read_to_end(&mut Vec::new()).await.map(drop)
}
