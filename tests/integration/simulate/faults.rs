//! Faults in the delivery of an answer.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use super::client::Double;

const BRIEF: Duration = Duration::from_millis(120);

#[tokio::test]
async fn a_hanging_server_takes_the_request_and_says_nothing() {
    let double = Double::of("hang").await;
    assert!(timeout(BRIEF, double.stranger("/v3/users/me")).await.is_err());
    assert_eq!(double.requests(), 1);
}

#[tokio::test]
async fn a_silent_server_takes_the_connection_and_says_nothing() {
    let double = Double::of("silent-handshake").await;
    let mut stream = double.connect().await;
    stream.write_all(b"\x16\x03\x01\x00\x05hello").await.unwrap();
    assert!(timeout(BRIEF, stream.read(&mut [0; 1])).await.is_err());
    assert_eq!(double.requests(), 0);
}

#[tokio::test]
async fn a_lookup_that_hangs_does_so_for_any_key_and_for_nobody_without_one() {
    let double = Double::of("keyed-hang").await;
    let made_up = [("x-api-key", "not-a-key-at-all")];
    assert!(timeout(BRIEF, double.get("/v3/users/me")).await.is_err());
    assert!(timeout(BRIEF, double.ask("GET", "/v3/users/me", &made_up)).await.is_err());
    assert_eq!(double.stranger("/v3/users/me").await.status, 401);
}

#[tokio::test]
async fn connections_can_be_reset_or_closed() {
    let reset = Double::of("reset").await.raw("GET", "/v3/users/me", &[]).await;
    assert_eq!(reset.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
    let closed = Double::of("closed-without-answer").await.raw("GET", "/v3/users/me", &[]).await;
    assert_eq!(closed.unwrap(), b"");
}

#[tokio::test]
async fn what_answers_need_not_speak_http() {
    for (name, start) in [
        ("greeting", &b"220 mail.invalid ESMTP\r\n"[..]),
        ("plain-to-tls-alert", b"\x15\x03\x01\x00\x02\x02\x46"),
        ("garbage", b"\x80\xa7"),
    ] {
        let bytes = Double::of(name).await.raw("GET", "/v3/users/me", &[]).await.unwrap();
        assert!(bytes.starts_with(start), "{name}: {bytes:?}");
    }
}

#[tokio::test]
async fn half_a_body_is_announced_as_a_whole_one() {
    let answer = Double::of("truncated-answers").await.stranger("/v3/users/me").await;
    let announced: usize = answer.header("content-length")[0].parse().unwrap();
    assert_eq!(answer.body.len(), announced / 2);
}

#[tokio::test]
async fn endless_bodies_outlast_every_reader() {
    let double = Double::of("endless-answer").await;
    let mut stream = double.connect().await;
    stream.write_all(b"GET /v3/users/me HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut bytes = vec![0; 200_000];
    stream.read_exact(&mut bytes).await.unwrap();
}

#[tokio::test]
async fn a_dripping_body_is_not_there_in_time() {
    let double = Double::of("dripping").await;
    assert!(timeout(BRIEF, double.stranger("/v3/users/me")).await.is_err());
}
