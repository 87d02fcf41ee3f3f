//! All forms and all shapes over a large log, beside `sed` with one literal: `cargo bench --bench redact`.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark measures and prints"
)]

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use heygen_doctor::key::ApiKey;
use heygen_doctor::redact::{Redactor, stream};

/// Synthetic.
const KEY: &str = "sk_V2_hgu_kSynthetic0_0Fake1Key2Of3No4Account5At6All7";

const MEGABYTES: usize = 280;

/// One line in so many has the key, in a log as they are; in the other, each line has.
const EVERY: usize = 10_000;

const ROUNDS: usize = 5;

/// Hostile texts are this long.
const HOSTILE: usize = 4 << 20;

fn main() -> io::Result<()> {
    let directory = tempfile::tempdir()?;
    let log = directory.path().join("service.log");
    for every in [EVERY, 1] {
        let lines = write_log(&log, every)?;
        println!("{MEGABYTES} MB, {lines} lines, the key in one of {every}");
        beside_sed(&log, &directory.path().join("clean.log"))?;
    }
    println!("peak resident memory: {}", peak());
    hostile()
}

fn beside_sed(log: &Path, output: &Path) -> io::Result<()> {
    for round in 1..=ROUNDS {
        let null = [timed(|| sed(log, "/dev/null"))?, timed(|| ours(log, "/dev/null"))?];
        let file = [timed(|| sed(log, output))?, timed(|| ours(log, output))?];
        println!(
            "round {round}: to nowhere: sed {:.0}, ours {:.0} MB/s; to a file: sed {:.0}, ours {:.0} MB/s",
            null[0], null[1], file[0], file[1]
        );
    }
    let part = &KEY.as_bytes()[20..32];
    let mut leaks = 0;
    for line in BufReader::new(File::open(output)?).split(b'\n') {
        leaks += usize::from(line?.windows(part.len()).any(|window| window == part));
    }
    println!("lines with something of the key left: {leaks}");
    Ok(())
}

/// One thing again and again: whatever begins like a secret, or like an escape of one.
fn hostile() -> io::Result<()> {
    let key = ApiKey::from_bytes(KEY.as_bytes().to_vec());
    let began = Instant::now();
    let redactor = Redactor::new(&[&key], &[], &[]);
    println!("ready after {:.1} ms", began.elapsed().as_secs_f64() * 1000.0);
    let escaped: Vec<_> = KEY.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    let escaped = escaped.concat();
    let repeated = [
        "a",
        "@",
        "'",
        "\u{3}",
        "%40",
        "%25",
        "%2541",
        "&#x41;",
        "\\u0041",
        "sk_",
        "sk-",
        "eyJ",
        "eyJhbGciOi.",
        "code=",
        "token:",
        "Cookie: ",
        "\"x-api-key\":\"",
        "{\"a\":{",
        "oken",
        &KEY[..11],
        &KEY[20..31],
        &KEY[20..32],
        &escaped,
    ];
    for unit in repeated {
        let text = unit.repeat(HOSTILE / unit.len());
        let began = Instant::now();
        stream::filter(text.as_bytes(), io::sink(), &redactor)?;
        let megabytes = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX)) / 1e6;
        println!("{:7.0} MB/s {unit:.24}", megabytes / began.elapsed().as_secs_f64());
    }
    Ok(())
}

fn write_log(path: &Path, every: usize) -> io::Result<usize> {
    let mut log = BufWriter::new(File::create(path)?);
    let (mut written, mut line) = (0, 0);
    while written < MEGABYTES * 1_000_000 {
        let key = if line % every == every / 2 { KEY } else { "-" };
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
