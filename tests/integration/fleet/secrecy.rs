//! No key in any output of a fleet, and nothing of files that are somebody else's.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use heygen_doctor::config::roster::Roster;
use heygen_doctor::fleet::Shard;

use super::text;
use super::town::{Town, Turn, key};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_file_is_refused_and_nothing_of_it_is_repeated() {
    let town = Town::new(0..3, Turn::Never).await;
    let list = town.list(0..3);
    let out = town.path("out.ndjson");
    let out = out.to_str().unwrap();
    assert_eq!(town.fleet(&["--out", out]).output().unwrap().status.code(), Some(0));
    let good = fs::read_to_string(out).unwrap();
    let first = good.lines().next().unwrap();
    let fingerprint = &first[first.find("sha256:").unwrap()..][..19];
    let secret = key(7);
    for foreign in [
        fs::read_to_string(&list).unwrap(),
        first.replace("\"next_step\":\"", &format!("\"next_step\":\"{secret} ")) + "\n",
        first.replace("\"name\":\"", &format!("\"name\":\"{secret}")) + "\n",
        first.replace(fingerprint, &secret[11..]) + "\n",
        format!("{secret}\n"),
        format!("{first}\n{secret}\n{first}\n"),
        format!("{}\n", "x".repeat(100_000)),
    ] {
        fs::write(out, &foreign).unwrap();
        for args in [&["--out", out, "--resume"][..], &["--join", out]] {
            let mut command = super::super::binary::doctor();
            let output = command.arg("fleet").arg(&list).args(args).output().unwrap();
            let told = text(&output.stderr) + &text(&output.stdout);
            assert_eq!(output.status.code(), Some(2), "{told}");
            assert!(told.contains("is no result of a fleet"), "{told}");
            assert!(!told.contains("SyntheticKey"), "{told}");
        }
        assert_eq!(fs::read_to_string(out).unwrap(), foreign, "it stays as it was");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_key_is_in_any_output_nor_in_what_a_debugger_prints() {
    let town = Town::new(0..6, Turn::Never).await;
    let list = town.list(0..9);
    let [out, summary, metrics] = ["out", "summary", "metrics"].map(|name| town.path(name));
    let flag = format!("--openmetrics={}", metrics.display());
    let args = ["--out", out.to_str().unwrap(), "--summary", summary.to_str().unwrap(), &flag];
    let output = town.fleet(&[&args[..], &["-v"]].concat()).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let mut all = text(&output.stderr) + &text(&output.stdout);
    for file in [&out, &summary, &metrics] {
        let written = fs::read_to_string(file).unwrap();
        assert!(!written.is_empty());
        all += &written;
    }
    let roster = Roster::open(&list, Shard::WHOLE, Duration::from_secs(9), &mut |_| ()).unwrap();
    let _ = write!(all, "{roster:?}");
    for listed in roster.keys().unwrap() {
        let _ = write!(all, "{listed:?} {:?}", listed.keyring(Duration::from_secs(9)));
    }
    for number in 0..9 {
        let key = key(number);
        // The numbers differ at the end; every key has these in common.
        assert!(!all.contains(&key[key.len() - 20..]) && !all.contains("SyntheticKey"), "{all}");
    }
}
