//! All forms and all shapes over a large log, beside `sed` with one literal: `cargo bench --bench redact`.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark measures and prints"
)]

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use heygen_doctor::key::ApiKey;
use heygen_doctor::redact::{Redactor, stream};

/// Synthetic.
const KEY: &str = "sk_V2_hgu_kSynthetic0_0Fake1Key2Of3No4Account5At6All7";

const MEGABYTES: usize = 280;

/// One line in so many has the key.
const EVERY: usize = 10_000;

const ROUNDS: usize = 5;

fn main() -> io::Result<()> {
    let directory = tempfile::tempdir()?;
    let log = directory.path().join("service.log");
    let lines = write_log(&log)?;
    println!("{MEGABYTES} MB, {lines} lines, the key in one of {EVERY}");
    let output = directory.path().join("clean.log");
    for round in 1..=ROUNDS {
        let null = [timed(|| sed(&log, "/dev/null"))?, timed(|| ours(&log, "/dev/null"))?];
        let file = [timed(|| sed(&log, &output))?, timed(|| ours(&log, &output))?];
        println!(
            "round {round}: to nowhere: sed {:.0}, ours {:.0} MB/s; to a file: sed {:.0}, ours {:.0} MB/s",
            null[0], null[1], file[0], file[1]
        );
    }
    let peak = peak();
    let clean = std::fs::read(&output)?;
    let leaks = clean.windows(12).filter(|window| *window == &KEY.as_bytes()[20..32]).count();
    println!("left of the key: {leaks}; peak resident memory: {peak}");
    Ok(())
}

fn write_log(path: &Path) -> io::Result<usize> {
    let mut log = BufWriter::new(File::create(path)?);
    let (mut written, mut line) = (0, 0);
    while written < MEGABYTES * 1_000_000 {
        let key = if line % EVERY == EVERY / 2 { KEY } else { "-" };
        let id = line.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let text = format!(
            "2026-01-02T03:{:02}:{:02}.{:03}Z INFO api request_id={id:016x} GET /v3/users/me?page={} status=200 \
             duration_ms={} user_agent=\"heygen-cli/1.2 (linux; x86_64)\" key={key} msg=\"listed 12 avatars\"\n",
            line / 60 % 60,
            line % 60,
            line % 1000,
            line % 7,
            line % 913
        );
        log.write_all(text.as_bytes())?;
        written += text.len();
        line += 1;
    }
    log.flush()?;
    Ok(line)
}

fn timed(run: impl FnOnce() -> io::Result<()>) -> io::Result<f64> {
    let began = Instant::now();
    run()?;
    Ok(f64::from(u32::try_from(MEGABYTES).unwrap_or(u32::MAX)) / began.elapsed().as_secs_f64())
}

fn sed(log: &Path, output: impl AsRef<Path>) -> io::Result<()> {
    let output = Stdio::from(File::create(output)?);
    let status = Command::new("sed")
        .arg(format!("s/{KEY}/[redacted]/g"))
        .arg(log)
        .stdout(output)
        .status()?;
    status.success().then_some(()).ok_or_else(|| io::Error::other("sed failed"))
}

fn ours(log: &Path, output: impl AsRef<Path>) -> io::Result<()> {
    let key = ApiKey::from_bytes(KEY.as_bytes().to_vec());
    let redactor = Redactor::new(&[&key], &[], &[]);
    stream::filter(File::open(log)?, File::create(output)?, &redactor).map(|_| ())
}

/// The most memory this process ever had, from the kernel.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.unwrap_or("unknown").trim().to_owned()
}
