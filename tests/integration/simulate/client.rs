//! A client that sends raw bytes and shows raw bytes.

use heygen_doctor::simulate::{self, Scenario, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A scenario that is being served.
pub(super) struct Double {
    server: Server,
    pub(super) key: String,
}

/// An answer, its header lines as they came.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.strip_prefix("HTTP/1.1 ").expect("HTTP/1.1")[..3].parse().unwrap();
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// The values of a header, spelled exactly so.
    pub(super) fn header(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.filter(|(key, _)| *key == name).map(|(_, value)| value).collect()
    }
}

impl Double {
    pub(super) async fn of(name: &str) -> Self {
        Self::serving(&simulate::load(name).unwrap()).await
    }

    pub(super) async fn serving(scenario: &Scenario) -> Self {
        let listen = "127.0.0.1:0".parse().unwrap();
        let server = Server::start(scenario, listen).await.unwrap();
        Self { server, key: scenario.key.clone().unwrap_or_default() }
    }

    pub(super) fn requests(&self) -> u64 {
        self.server.requests()
    }

    pub(super) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.server.addr()).await.unwrap()
    }

    /// Sends one request on a connection of its own and reads all there is.
    pub(super) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        Answer::parse(&self.raw(method, path, headers).await.unwrap())
    }

    /// GET with the key as documented.
    pub(super) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[("X-Api-Key", &self.key)]).await
    }

    /// GET without a key.
    pub(super) async fn stranger(&self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }

    pub(super) async fn raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
    ) -> std::io::Result<Vec<u8>> {
        let mut stream = self.connect().await;
        let lines: Vec<_> = headers.iter().map(|(n, v)| format!("{n}: {v}\r\n")).collect();
        let lines = lines.concat();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{lines}\r\n"
        );
        stream.write_all(head.as_bytes()).await?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await?;
        Ok(bytes)
    }
}
