//! The HTTP server core: requests as they came, replies that break, and bounds on clients.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::FutureExt;
use heygen_doctor::serve::{
    Delivery, Guests, Handler, Limits, Options, Reply, Request, Server, Speaks,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

mod bounds;
mod http2;

/// A server that keeps every request.
struct Ear {
    server: Server,
    heard: Arc<Mutex<Vec<Request>>>,
}

fn options() -> Options {
    Options { speaks: Speaks::Plain, guests: Guests::Local, limits: Limits::default() }
}

impl Ear {
    async fn start(options: Options, reply: Reply) -> Self {
        let heard: Arc<Mutex<Vec<Request>>> = Arc::default();
        let ear = Arc::clone(&heard);
        let handler: Handler = Arc::new(move |request| {
            ear.lock().unwrap().push(request);
            futures::future::ready(reply.clone()).boxed()
        });
        let server = Server::start("127.0.0.1:0".parse().unwrap(), options, handler).await.unwrap();
        Self { server, heard }
    }

    async fn answering(delivery: Delivery) -> Self {
        let reply = Reply::new(200).body("text/plain", "twelve bytes");
        Self::start(options(), Reply { delivery, ..reply }).await
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.server.addr()).await.unwrap()
    }

    /// Sends these bytes on one connection and reads it to its end.
    async fn ask(&self, bytes: &[u8]) -> std::io::Result<String> {
        let mut stream = self.connect().await;
        stream.write_all(bytes).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    fn heard(&self) -> Vec<Request> {
        self.heard.lock().unwrap().clone()
    }
}

fn spelled(request: &Request) -> Vec<(&str, &str)> {
    let pairs = request.headers.iter();
    pairs.map(|(name, value)| (name.as_str(), std::str::from_utf8(value).unwrap())).collect()
}

#[tokio::test]
async fn header_names_come_as_spelled_and_in_their_order() {
    let ear = Ear::answering(Delivery::Whole).await;
    let head = "GET /a?b=c HTTP/1.1\r\nX-Api-KEY: one\r\nhost:  localhost \r\nx-api-key: two\r\n\
                Connection: close\r\n\r\n";
    let answer = ear.ask(head.as_bytes()).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    let heard = ear.heard();
    assert_eq!(
        spelled(&heard[0]),
        [
            ("X-Api-KEY", "one"),
            ("host", "localhost"),
            ("x-api-key", "two"),
            ("Connection", "close")
        ]
    );
    let Request { method, target, version, host, .. } = &heard[0];
    assert_eq!((method.as_str(), target.as_str()), ("GET", "/a?b=c"));
    assert_eq!((*version, host.as_deref()), (http::Version::HTTP_11, Some("localhost")));
    assert_eq!((heard[0].path(), heard[0].query()), ("/a", "b=c"));
}

#[tokio::test]
async fn several_requests_on_one_connection_keep_their_own_heads() {
    let ear = Ear::answering(Delivery::Whole).await;
    let first = "POST /one HTTP/1.1\r\nHost: localhost\r\nContent-Length: 24\r\n\r\n\
                 GET /no HTTP/1.1\r\nX: y\r\n";
    let second =
        "GET http://localhost/two HTTP/1.1\r\nHOST: localhost\r\nConnection: close\r\n\r\n";
    ear.ask([first, second].concat().as_bytes()).await.unwrap();
    let heard = ear.heard();
    assert_eq!(heard[0].body, "GET /no HTTP/1.1\r\nX: y\r\n");
    assert_eq!(spelled(&heard[1])[0], ("HOST", "localhost"));
    assert_eq!((heard[1].target.as_str(), heard[1].path()), ("http://localhost/two", "/two"));
}

#[tokio::test]
async fn a_body_in_chunks_is_read_and_ends_the_connection() {
    let ear = Ear::answering(Delivery::Whole).await;
    let head = "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    let body = "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
    let answer = ear.ask([head, body].concat().as_bytes()).await.unwrap();
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    let heard = ear.heard();
    assert_eq!((&heard[0].body[..], heard[0].body_bytes), (&b"abcdefg"[..], 7));
}

#[tokio::test]
async fn an_old_client_is_answered_and_its_connection_closed() {
    let ear = Ear::answering(Delivery::Whole).await;
    let answer = ear.ask(b"GET / HTTP/1.0\r\n\r\n").await.unwrap();
    assert!(answer.starts_with("HTTP/1.0 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\ntwelve bytes"), "{answer}");
    assert_eq!(ear.heard()[0].version, http::Version::HTTP_10);
}

#[tokio::test]
async fn a_name_that_is_not_this_machine_s_is_sent_away() {
    let ear = Ear::answering(Delivery::Whole).await;
    let close = "Connection: close\r\n\r\n";
    for (line, host) in [
        ("GET / HTTP/1.1", "attacker.example"),
        ("GET http://attacker.example/ HTTP/1.1", "localhost"),
    ] {
        let answer =
            ear.ask(format!("{line}\r\nHost: {host}\r\n{close}").as_bytes()).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 421 Misdirected Request\r\n"), "{answer}");
        assert!(answer.contains("localhost, 127.0.0.1 and [::1] only"), "{answer}");
    }
    assert!(ear.heard().is_empty());
    let anyone = Options { guests: Guests::Anyone, ..options() };
    let ear = Ear::start(anyone, Reply::new(204)).await;
    let head = format!("GET / HTTP/1.1\r\nHost: attacker.example\r\n{close}");
    let answer = ear.ask(head.as_bytes()).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 204 No Content\r\n"), "{answer}");
}

#[tokio::test]
async fn replies_break_as_they_are_told() {
    let ask = async |delivery| {
        let ear = Ear::answering(delivery).await;
        ear.ask(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await
    };
    let truncated = ask(Delivery::Truncated).await.unwrap();
    assert!(truncated.contains("\r\ncontent-length: 12\r\n"), "{truncated}");
    assert!(truncated.ends_with("\r\n\r\ntwelve"), "{truncated}");
    assert_eq!(ask(Delivery::Raw("220 mail\r\n".into())).await.unwrap(), "220 mail\r\n");
    assert_eq!(ask(Delivery::Close).await.unwrap(), "");
    let reset = ask(Delivery::Reset).await.unwrap_err();
    assert_eq!(reset.kind(), std::io::ErrorKind::ConnectionReset);
    let dripped = ask(Delivery::Drip).await.unwrap();
    assert!(dripped.ends_with("\r\n\r\ntwelve bytes"), "{dripped}");
}

#[tokio::test]
async fn a_verbatim_reply_keeps_its_spelling_and_its_order() {
    let reply =
        Reply::new(401).header("X-UPPER", "1").header("Title-Case", "2").header("date", "3");
    let reply = Reply { delivery: Delivery::Verbatim, body: "body".into(), ..reply };
    let ear = Ear::start(options(), reply).await;
    let head = "HTTP/1.1 401 Unauthorized\r\nX-UPPER: 1\r\nTitle-Case: 2\r\ndate: 3\r\n\r\n";
    let get = ear.ask(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    assert_eq!(get, format!("{head}body"));
    assert_eq!(ear.ask(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap(), head);
}

#[tokio::test]
async fn a_client_that_leaves_ends_the_wait_for_an_answer() {
    struct Gone(Arc<AtomicUsize>, Arc<tokio::sync::Notify>);
    impl Drop for Gone {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
            self.1.notify_one();
        }
    }
    let (gone, notice) = (Arc::new(AtomicUsize::new(0)), Arc::new(tokio::sync::Notify::new()));
    let (begun, start) = (Arc::clone(&gone), Arc::new(tokio::sync::Notify::new()));
    let (end, began) = (Arc::clone(&notice), Arc::clone(&start));
    let handler: Handler = Arc::new(move |_| {
        let guard = Gone(Arc::clone(&begun), Arc::clone(&end));
        began.notify_one();
        async move {
            let _guard = guard;
            std::future::pending().await
        }
        .boxed()
    });
    let server = Server::start("127.0.0.1:0".parse().unwrap(), options(), handler).await.unwrap();
    let mut stream = TcpStream::connect(server.addr()).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    start.notified().await;
    drop(stream);
    tokio::time::timeout(Duration::from_secs(20), notice.notified()).await.unwrap();
    assert_eq!(gone.load(Ordering::Relaxed), 1);
}
