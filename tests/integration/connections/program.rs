//! The connections of a whole run, and that a request which was lost with a kept one is no evidence.

use std::sync::atomic::Ordering;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Https;
use crate::binary::{KEY, doctor};
use crate::loopback::{head, serve};
use crate::wire::refusal;

/// Answers the first request of each connection, and closes it when a second one comes.
async fn answer_once(mut stream: TcpStream) {
    if !head(&mut stream).await.is_empty() {
        stream.write_all(&refusal()).await.unwrap();
        let _ = stream.read_u8().await;
    }
}

#[tokio::test]
async fn a_request_that_is_lost_with_a_kept_connection_is_asked_once_more_and_no_evidence() {
    let port = serve(answer_once).await;
    let url = format!("http://127.0.0.1:{port}");
    for (profile, only) in [("quick", "*"), ("adaptive", "*"), ("full", "*/x-api-key.title/*")] {
        let args = ["check", "--profile", profile, "--only", only, "--format", "json"];
        let mut command = doctor();
        command.env("HEYGEN_API_KEY", KEY).args(args);
        command.args(["--concurrency", "1", "--base-url", &url]);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let record: Value = serde_json::from_slice(&output.stdout).unwrap();
        let seen = record["observations"].as_array().unwrap();
        let lost: Vec<&Value> =
            seen.iter().filter(|seen| seen["outcome"]["kind"] == "fault").collect();
        assert!(lost.len() > 1, "{profile}: {lost:?}");
        for fault in &lost {
            assert_eq!(fault["outcome"]["fault"], "closed", "{fault}");
            assert_eq!(fault["outcome"]["connection"], "reused", "{fault}");
            let id = format!("{}/new-connection", fault["probe"].as_str().unwrap());
            let again = seen.iter().find(|seen| seen["probe"] == id.as_str());
            let again = again.unwrap_or_else(|| panic!("{profile}: {id} was not asked"));
            assert_eq!(again["outcome"]["status"], 401, "{again}");
            assert_eq!(again["outcome"]["connection"], "new", "{again}");
            assert!(again["timing_ms"]["connect"].is_number(), "{again}");
        }
        let causes = record["diagnosis"]["causes"].as_array().unwrap();
        let failed = causes.iter().find(|cause| cause["cause"] == "connection_failed").unwrap();
        assert!(
            ["ruled_out", "untested"].contains(&failed["standing"].as_str().unwrap()),
            "{failed}"
        );
        let (asked, controls) = (&record["summary"]["real_key"], &record["summary"]["controls"]);
        assert_eq!(asked["accepted"], 0, "{asked}");
        // The identity control is refused here, where HeyGen says 404; every other control behaves.
        assert!(controls["as_they_must"].as_u64().unwrap() > 0, "{controls}");
        let cited = causes.iter().flat_map(|cause| {
            let both = ["evidence", "against"].map(|side| cause[side].as_array().cloned());
            both.into_iter().flatten().flatten()
        });
        for probe in cited {
            assert!(!lost.iter().any(|lost| lost["probe"] == probe["probe"]), "{probe}");
        }
    }
}

#[tokio::test]
async fn a_healthy_check_over_http2_uses_one_connection_beside_the_preflights_own() {
    let server = Https::speaking(b"h2").await;
    let url = format!("https://localhost:{}", server.port);
    let mut command = doctor();
    command.env("HEYGEN_API_KEY", KEY).args(["check", "--format", "json", "--base-url", &url]);
    command.arg("--ca-cert").arg(server.authority.file());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let record: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(record["diagnosis"]["cause"], "healthy", "{}", record["diagnosis"]["statement"]);
    assert_eq!(record["summary"]["requests"], 8);
    let attempts = record["network"]["connections"].as_array().unwrap();
    let own = attempts.iter().filter(|attempt| attempt["connect_ms"].is_number()).count();
    assert_eq!(server.connections.load(Ordering::SeqCst), own + 1);
    let on = |connection: &str| {
        let seen = record["observations"].as_array().unwrap().iter();
        seen.filter(|seen| seen["outcome"]["connection"] == connection).count()
    };
    assert_eq!((on("new"), on("reused")), (1, 7));
}
