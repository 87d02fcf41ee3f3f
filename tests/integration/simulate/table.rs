//! Every scenario as seen from outside, on one line each.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::stream::{self, StreamExt};
use heygen_doctor::simulate::names;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use super::client::Double;

/// Three times what the slowest double takes: a busy machine is no reason to call an answer late.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How many doubles are asked at once.
const TOGETHER: usize = 24;
const MADE_UP: &str = "sk_V2_hgu_kMadeUpHere_0000000000000000000000000000000Z";

/// The status or what there is instead of one; bodies may be endless and are left alone.
async fn status(double: &Double, path: &str, key: Option<&str>) -> String {
    let key = key.map(|key| format!("X-Api-Key: {key}\r\n")).unwrap_or_default();
    let mut stream = double.connect().await;
    let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{key}\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut start = Vec::new();
    match timeout(PATIENCE, stream.take(12).read_to_end(&mut start)).await {
        Ok(Ok(0)) => "close".to_owned(),
        Ok(Ok(_)) => match start.strip_prefix(b"HTTP/1.1 ") {
            Some(status) => String::from_utf8_lossy(status).into_owned(),
            None => "noise".to_owned(),
        },
        Ok(Err(_)) => "reset".to_owned(),
        Err(_) => "late".to_owned(),
    }
}

async fn line(name: &'static str) -> (&'static str, String) {
    let double = Double::of(name).await;
    let key = Some(double.key.as_str()).filter(|key| !key.is_empty() && !key.contains('\n'));
    let mut seen = Vec::new();
    for path in ["/v3/users/me", "/v2/avatars"] {
        seen.push(if key.is_some() { status(&double, path, key).await } else { "-".to_owned() });
        seen.push(status(&double, path, Some(MADE_UP)).await);
        seen.push(status(&double, path, None).await);
    }
    seen.push(status(&double, "/v3/nothing-here", None).await);
    (name, seen.join(" "))
}

/// The configured key, a made-up one, and none, at V3 and at V2; and a path that doesn't exist.
#[tokio::test]
async fn scenarios_at_a_glance() {
    let lines = stream::iter(names().map(line)).buffer_unordered(TOGETHER);
    let table: BTreeMap<_, _> = lines.collect().await;
    let lines: Vec<_> = table.iter().map(|(name, seen)| format!("{name:<24} {seen}")).collect();
    insta::assert_snapshot!(lines.join("\n"));
}
