//! The patterns that look at answers, in virtual time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use heygen_doctor::key::ApiKey;
use heygen_doctor::record::class::Class;
use heygen_doctor::record::observation::Observation;

use super::{answering, examined, lab};
use crate::binary::KEY;
use crate::wire::refusal;

const OK: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{\"data\":{}}";

fn throttled(wait: &str) -> Vec<u8> {
    format!("HTTP/1.1 429 Too Many Requests\r\n{wait}content-length: 0\r\n\r\n").into_bytes()
}

/// What a pattern asked of a server that answers the key's own requests by their number, from 0.
async fn asked(
    pattern: &str,
    answer: impl Fn(usize) -> Vec<u8> + Clone + Send + 'static,
) -> Vec<Observation> {
    let count = Arc::new(AtomicUsize::new(0));
    let url = answering(Duration::ZERO, move |head| {
        let is_real = head.contains(KEY) && head.starts_with("GET /v3/users/me ");
        if is_real { answer(count.fetch_add(1, Relaxed)) } else { refusal() }
    })
    .await;
    let only =
        ["--profile", "quick", "--only", "v3.users-me/x-api-key/real*", "--pattern", pattern];
    let facts = examined(&lab(&url, &only), ApiKey::from_bytes(KEY.into())).await;
    let name = pattern.split(':').next();
    facts.observations.into_iter().filter(|seen| seen.pattern.as_deref() == name).collect()
}

fn limited(seen: &[Observation]) -> usize {
    seen.iter().filter(|seen| seen.class == Class::RateLimited).count()
}

#[tokio::test(start_paused = true)]
async fn a_ramp_ends_at_the_first_429() {
    let all = asked("ramp:15,1s", |_| OK.to_vec()).await;
    assert_eq!((all.len(), limited(&all)), (15, 0));
    // One request comes before the ramp: of its 1 + 2 + 4 the last is throttled.
    let some = asked("ramp:15,1s", |n| if n == 7 { throttled("") } else { OK.to_vec() }).await;
    assert_eq!((some.len(), limited(&some)), (7, 1));
}

#[tokio::test(start_paused = true)]
async fn a_backoff_waits_ten_seconds_together_at_most() {
    const LONGEST: &str = "18446744073709551615";
    for (first, later, waits) in [
        ("4", "4", 2),
        ("10", "0", 9),
        ("10", "1", 1),
        ("11", "0", 0),
        ("2", LONGEST, 1),
        (LONGEST, "0", 0),
    ] {
        let wait = move |n| format!("retry-after: {}\r\n", if n == 0 { first } else { later });
        let seen = asked("backoff:9,1s", move |n| throttled(&wait(n))).await;
        assert_eq!((seen.len(), limited(&seen)), (waits, waits), "{first}, then {later}");
    }
}
