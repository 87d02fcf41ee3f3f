//! Keys in a lab: many of them side by side, and what is sent at which moment. Where moments count
//! the clock is virtual: it moves on when everybody waits.

mod patterns;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use futures::future::join_all;
use heygen_doctor::cli;
use heygen_doctor::config::{self, Double, Keys};
use heygen_doctor::doctor::{Examination, examine};
use heygen_doctor::key::ApiKey;
use heygen_doctor::key::source::{Given, Keyring};
use heygen_doctor::plan::Profile;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::facts::Facts;
use heygen_doctor::record::observation::Observation;
use heygen_doctor::record::{Record, Redaction};
use heygen_doctor::run::{Event, Lab, Subject};
use heygen_doctor::simulate::{Server, load};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use super::binary::KEY;
use super::loopback::{head, serve};
use super::wire::refusal;

/// A lab at a URL, set up by these arguments.
fn lab(base_url: &str, args: &[&str]) -> Lab {
    let double = Double {
        scenario: "healthy".to_owned(),
        base_url: base_url.to_owned(),
        ..Double::default()
    };
    let args = [&["heygen-doctor", "check"], args].concat();
    let cli::Command::Check(args) = cli::parse(args).unwrap() else { panic!() };
    let probe = &args.examination.probe;
    let (site, _) = config::read(probe, Profile::Adaptive, Keyring::empty(), Some(double)).unwrap();
    Lab::new(site).unwrap()
}

fn keys(key: ApiKey) -> Keys {
    let given = Given { source: "test".to_owned(), key, oauth: false };
    Keys { keyring: Keyring::of(vec![given]), known_good: None, send_anyway: false }
}

async fn examined(lab: &Lab, key: ApiKey) -> Facts {
    let subject = lab.subject(keys(key), Vec::new()).await;
    let Examination { facts, .. } = examine(lab, &subject, &|_| ()).await.unwrap();
    facts
}

/// One key in one lab, which is examined as often as is wanted.
pub(crate) struct Bench {
    lab: Lab,
    subject: Subject,
}

impl Bench {
    pub(crate) async fn new(base_url: &str, args: &[&str], key: &str) -> Self {
        let lab = lab(base_url, args);
        let key = ApiKey::from_bytes(key.into());
        let subject = lab.subject(keys(key), Vec::new()).await;
        Self { lab, subject }
    }

    pub(crate) async fn examined(&self) -> Record {
        let Examination { facts, .. } = examine(&self.lab, &self.subject, &|_| ()).await.unwrap();
        heygen_doctor::judge::record(facts, Redaction::default())
    }
}

fn cause(facts: Facts) -> Cause {
    heygen_doctor::judge::record(facts, Redaction::default()).diagnosis.cause
}

/// The requests that a run says it sent.
fn requests(facts: &Facts) -> usize {
    facts.run.steps.iter().map(|step| step.requests).sum()
}

/// A way to a server that counts the connections through it.
async fn counted(server: std::net::SocketAddr) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            count.fetch_add(1, Relaxed);
            tokio::spawn(async move {
                let mut far = TcpStream::connect(server).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            });
        }
    });
    (url, connections)
}

/// A server that answers each request after a while, on connections that are kept.
async fn answering(
    after: Duration,
    answer: impl Fn(&str) -> Vec<u8> + Clone + Send + 'static,
) -> String {
    let port = serve(move |mut stream| {
        let answer = answer.clone();
        async move {
            loop {
                let head = head(&mut stream).await;
                if head.is_empty() {
                    return;
                }
                tokio::time::sleep(after).await;
                if stream.write_all(&answer(&head)).await.is_err() {
                    return;
                }
            }
        }
    })
    .await;
    format!("http://127.0.0.1:{port}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_keys_share_one_lab() {
    let scenario = load("healthy").unwrap();
    let server = Server::start(&scenario, "127.0.0.1:0".parse().unwrap()).await.unwrap();
    let (url, connections) = counted(server.addr()).await;
    let lab = lab(&url, &["--profile", "quick", "--deadline", "10m"]);
    let works = || ApiKey::from_bytes(scenario.key.clone().unwrap().into_bytes());
    let stranger = || works().made_up();

    let began = tokio::time::Instant::now();
    let first = examined(&lab, works()).await;
    assert_eq!((requests(&first), cause(first)), (8, Cause::Healthy));
    let beside = (0..200).map(|n| examined(&lab, if n == 100 { works() } else { stranger() }));
    let mut all = join_all(beside).await;
    let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    for _ in 0..50 {
        all.push(examined(&lab, stranger()).await);
    }
    let after = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    assert!(after < tasks + 50, "{tasks} tasks, and {after} after 50 more keys");

    // Three requests for each key; the five controls were asked for the first of them, and are
    // asked once more each minute.
    let rounds = usize::try_from(began.elapsed().as_secs() / 60).unwrap();
    let sent: usize = all.iter().map(requests).sum();
    assert!((250 * 3..=250 * 3 + 5 * rounds).contains(&sent), "{sent} requests");
    let shared = |facts: &Facts| facts.observations.iter().filter(|seen| seen.shared).count();
    assert_eq!(sent + all.iter().map(shared).sum::<usize>(), 250 * 8);
    assert_eq!(server.requests(), 8 + sent as u64, "what the records count is what arrived");
    // 16 may be in flight; a connection may be opened while another one becomes free.
    let connections = connections.load(Relaxed);
    assert!(connections <= 2 * 16, "{connections} connections");
    for (n, facts) in all.into_iter().enumerate() {
        let expected = if n == 100 { Cause::Healthy } else { Cause::KeyUnrecognized };
        assert_eq!(cause(facts), expected, "{n}");
    }
}

#[tokio::test]
async fn a_control_that_failed_is_asked_again_for_the_next_key() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let url = answering(Duration::ZERO, move |head| {
        if head.contains("x-api-key: ") {
            return refusal();
        }
        // The first key's three controls without a key meet a server that is ill.
        if count.fetch_add(1, Relaxed) < 3 {
            return b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n".to_vec();
        }
        refusal()
    })
    .await;
    let lab = lab(&url, &["--profile", "quick"]);
    let key = || ApiKey::from_bytes(KEY.into());
    for expected in [3, 6, 6] {
        examined(&lab, key()).await;
        assert_eq!(asked.load(Relaxed), expected);
    }
}

#[tokio::test]
async fn whoever_listens_is_told_of_every_answer_and_of_the_end() {
    let url = answering(Duration::ZERO, |_| refusal()).await;
    let lab = lab(&url, &["--profile", "quick"]);
    let (planned, landed, ended) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let listener = |event: Event<'_>| {
        let (count, by) = match event {
            Event::Planned(requests) => (&planned, requests),
            Event::Landed(_) => (&landed, 1),
            Event::Ended => (&ended, 1),
        };
        count.fetch_add(by, Relaxed);
    };
    let subject = lab.subject(keys(ApiKey::from_bytes(KEY.into())), Vec::new()).await;
    examine(&lab, &subject, &listener).await.unwrap();
    assert_eq!([planned, landed, ended].map(AtomicUsize::into_inner), [8, 8, 1]);
}

/// The observations of `steady` where each answer takes 300 ms, in the order of the plan.
async fn steady(args: &[&str]) -> Vec<Observation> {
    let url = answering(Duration::from_millis(300), |_| refusal()).await;
    let only = ["--profile", "quick", "--pattern", "steady:10,50ms", "--only", "*/steady-*"];
    let lab = lab(&url, &[&only[..], args].concat());
    examined(&lab, ApiKey::from_bytes(KEY.into())).await.observations
}

#[tokio::test(start_paused = true)]
async fn a_paced_probe_is_sent_at_its_moment_whatever_the_one_before_does() {
    let seen = steady(&[]).await;
    assert_eq!(seen.len(), 12, "ten with the real key, two with a made-up one");
    for (n, seen) in seen.windows(2).enumerate() {
        let apart = seen[1].timing_ms.start - seen[0].timing_ms.start;
        assert!((apart - 50.0).abs() < 1.0, "{n}: {apart} ms");
        assert_eq!(seen[1].timing_ms.late, None, "{n}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_doctor_sends_late_says_so() {
    let seen = steady(&["--concurrency", "2"]).await;
    let late: Vec<_> = seen.iter().map(|seen| seen.timing_ms.late.unwrap_or_default()).collect();
    assert_eq!(late[..2], [0.0, 0.0], "{late:?}");
    // The third is due at 100 ms, and the first answer comes at 300 ms.
    assert!(late[2..].iter().all(|late| *late >= 199.0), "{late:?}");
    for (n, seen) in seen.iter().enumerate() {
        let due = 50.0 * f64::from(u32::try_from(n).unwrap());
        let sent = seen.timing_ms.start - late[n];
        assert!((sent - due).abs() < 2.0, "{n}: due at {due} ms, sent at {sent} ms, late {late:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_until_a_date_is_waited_out() {
    let throttled = |wait: &str| {
        format!(
            "HTTP/1.1 429 Too Many Requests\r\ndate: Thu, 26 Nov 2026 23:59:59 GMT\r\n\
             retry-after: {wait}\r\ncontent-length: 0\r\n\r\n"
        )
        .into_bytes()
    };
    for (wait, repeats) in [
        ("Fri, 27 Nov 2026 00:00:01 GMT", true),
        ("Friday, 27-Nov-26 00:00:00 GMT", true),
        ("Fri, 27 Nov 2026 00:00:09 GMT", false),
        ("Thu, 26 Nov 2026 23:00:00 GMT", true),
        ("soon", false),
    ] {
        let answer = throttled(wait);
        let url =
            answering(
                Duration::ZERO,
                move |head| {
                    if head.contains(KEY) { answer.clone() } else { refusal() }
                },
            )
            .await;
        let facts = examined(&lab(&url, &[]), ApiKey::from_bytes(KEY.into())).await;
        let again = |seen: &Observation| seen.probe.0.ends_with("/real/after-wait");
        assert_eq!(facts.observations.iter().any(again), repeats, "{wait}");
    }
}
