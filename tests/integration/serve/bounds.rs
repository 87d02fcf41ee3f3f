//! Bounds on what clients can make a server hold.

use super::*;

fn limited(limits: Limits) -> Options {
    Options { limits, ..options() }
}

async fn ear(limits: Limits) -> Ear {
    Ear::start(limited(limits), Reply::new(204)).await
}

/// True once the server has closed this connection; false while it is open.
async fn is_closed(stream: &mut TcpStream, wait: Duration) -> bool {
    tokio::time::timeout(wait, stream.read(&mut [0; 64])).await.is_ok()
}

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn slow_clients_make_room_for_a_new_one() {
    let ear = ear(Limits { connections: 8, ..Limits::default() }).await;
    let mut slow = Vec::new();
    for _ in 0..40 {
        let mut stream = ear.connect().await;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").await.unwrap();
        slow.push(stream);
    }
    assert!(ear.ask(GET).await.unwrap().starts_with("HTTP/1.1 204"));
    // The newest ones may stay; every earlier one was closed to make room.
    for stream in &mut slow[..32] {
        assert!(is_closed(stream, Duration::from_secs(20)).await);
    }
}

#[tokio::test]
async fn a_connection_with_a_request_goes_last() {
    let limits = Limits { connections: 4, ..Limits::default() };
    let reply = Reply { delivery: Delivery::Stalled, ..Reply::new(200).body("text/plain", "ab") };
    let ear = Ear::start(limited(limits), reply).await;
    let mut asking = ear.connect().await;
    asking.write_all(GET).await.unwrap();
    let mut start = Vec::new();
    while !start.ends_with(b"\r\n\r\na") {
        start.push(asking.read_u8().await.unwrap());
    }
    let mut idle = Vec::new();
    for _ in 0..12 {
        idle.push(ear.connect().await);
    }
    for stream in &mut idle[..8] {
        assert!(is_closed(stream, Duration::from_secs(20)).await);
    }
    assert!(!is_closed(&mut asking, Duration::from_millis(50)).await);
}

#[tokio::test]
async fn a_head_that_is_too_long_or_has_too_many_headers_is_refused() {
    let ear = ear(Limits { head_bytes: 8 * 1024, ..Limits::default() }).await;
    let long = format!("X: {}\r\n", "a".repeat(9_000));
    let many = "X: a\r\n".repeat(101);
    for lines in [long, many] {
        let mut stream = ear.connect().await;
        stream.write_all(format!("GET / HTTP/1.1\r\n{lines}\r\n").as_bytes()).await.unwrap();
        let mut status = [0; 12];
        stream.read_exact(&mut status).await.unwrap();
        assert_eq!(String::from_utf8_lossy(&status), "HTTP/1.1 431");
    }
    assert!(ear.heard().is_empty());
}

#[tokio::test]
async fn a_long_body_is_counted_and_cut() {
    let ear = ear(Limits { body_bytes: 100, ..Limits::default() }).await;
    let head =
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 300000\r\n\r\n";
    ear.ask([head, &"b".repeat(300_000)].concat().as_bytes()).await.unwrap();
    let heard = ear.heard();
    assert_eq!((heard[0].body.len(), heard[0].body_bytes), (100, 300_000));
}

#[tokio::test]
async fn who_is_idle_or_slow_is_not_waited_for() {
    let ear = ear(Limits { wait: Duration::from_millis(40), ..Limits::default() }).await;
    let half_a_head = b"GET / HTTP/1.1\r\nHost: loc";
    let half_a_body = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc";
    for bytes in [&b""[..], half_a_head, half_a_body] {
        let mut stream = ear.connect().await;
        stream.write_all(bytes).await.unwrap();
        assert!(is_closed(&mut stream, Duration::from_secs(20)).await);
    }
    assert!(ear.heard().is_empty());
}
