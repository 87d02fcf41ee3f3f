//! A proxy of a closed network: the only way to HeyGen, for those who log in.

use base64::prelude::{BASE64_STANDARD, Engine};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

use crate::loopback::{Authority, head, serve};

/// The host that can be reached through it only.
const HOST: &str = "api.heygen.invalid";

/// Starts one that speaks HTTP and SOCKS, and carries everything to a server on loopback; says its port.
/// Where a login is given, nobody gets through without it.
pub(super) async fn start(authority: &Authority, login: Option<String>, heygen: u16) -> u16 {
    let acceptor = authority.sign(HOST, -1, 90).acceptor(&[b"http/1.1"]);
    let login = login.map(|login| BASE64_STANDARD.encode(login));
    serve(move |mut stream| {
        let (acceptor, login) = (acceptor.clone(), login.clone());
        async move {
            let mut first = [0];
            stream.peek(&mut first).await.unwrap();
            let open = if first == [5] {
                by_socks(&mut stream).await
            } else {
                by_connect(&mut stream, login.as_deref()).await
            };
            if !open {
                return;
            }
            let Ok(mut tunnel) = acceptor.accept(stream).await else { return };
            let mut server = TcpStream::connect(("127.0.0.1", heygen)).await.unwrap();
            let _ = copy_bidirectional(&mut tunnel, &mut server).await;
        }
    })
    .await
}

async fn by_connect(stream: &mut TcpStream, login: Option<&str>) -> bool {
    let asked = head(stream).await;
    let open = login.is_none_or(|login| asked.contains(&format!("Basic {login}")));
    let answer: &[u8] = if open {
        b"HTTP/1.1 200 Connection established\r\n\r\n"
    } else {
        b"HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"corp\"\r\ncontent-length: 0\r\n\r\n"
    };
    let _ = stream.write_all(answer).await;
    open
}

async fn by_socks(stream: &mut TcpStream) -> bool {
    let mut greeting = [0; 3];
    stream.read_exact(&mut greeting).await.unwrap();
    stream.write_all(&[5, 0]).await.unwrap();
    let mut request = [0; 5 + HOST.len() + 2];
    stream.read_exact(&mut request).await.unwrap();
    stream.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).await.is_ok()
}
