//! One run of the program, watched.

use std::fs::{self, File};
use std::io::{self, PipeReader, Read};
use std::process::Child;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::binary::{KEY, doctor};

/// How often the program is looked at.
const GLANCE: Duration = Duration::from_millis(5);
/// After so many glances a run counts as hung: far beyond its deadline, whatever else goes on.
const MOST_GLANCES: usize = 24_000;
/// How much fits into the pipe of a run's standard output; a longer report waits to be read.
const PIPE: usize = 4096;

/// The end of a run.
pub(super) struct Seen {
    pub(super) exit: i32,
    pub(super) stderr: String,
    pub(super) record: Value,
    /// The most memory that was in use until the report was written; `None` where the system
    /// doesn't tell.
    pub(super) peak_kib: Option<u64>,
    human: String,
    json: String,
    markdown: String,
}

impl Seen {
    /// Everything that was written, by what it is.
    pub(super) fn texts(&self) -> [(&'static str, &str); 4] {
        [
            ("human", &self.human),
            ("json", &self.json),
            ("markdown", &self.markdown),
            ("stderr", &self.stderr),
        ]
    }
}

/// Runs `check` against a server until it ends; it waits long for answers that are sure to come.
pub(super) fn run(base_url: &str, classes: &[&str], args: &[&str]) -> Seen {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let read = |name: &str| fs::read_to_string(path(name)).unwrap_or_default();
    let silent = classes.contains(&"timeout");
    let [timeout, deadline] = if silent { ["1s", "4s"] } else { ["20s", "60s"] };
    let (reader, writer) = io::pipe().unwrap();
    #[cfg(target_os = "linux")]
    rustix::pipe::fcntl_setpipe_size(&writer, PIPE).unwrap();
    let mut child = doctor()
        .env("HEYGEN_API_KEY", KEY)
        .args(["check", "-vv", "--timeout", timeout, "--deadline", deadline, "--color", "never"])
        .args(["--base-url", base_url])
        .args(args)
        .arg(format!("--json={}", path("json").display()))
        .arg(format!("--markdown={}", path("markdown").display()))
        .stdout(writer)
        .stderr(File::create(path("stderr")).unwrap())
        .spawn()
        .unwrap();
    let id = child.id();
    let reading = thread::spawn(move || listen(reader, id));
    let exit = watch(&mut child);
    let (human, peak_kib) = reading.join().unwrap();
    let json = read("json");
    Seen {
        exit,
        peak_kib,
        record: serde_json::from_str(&json).unwrap_or_default(),
        human,
        stderr: read("stderr"),
        markdown: read("markdown"),
        json,
    }
}

/// Reads the report; looks at the memory while the rest of it still waits to be written.
fn listen(mut reader: PipeReader, id: u32) -> (String, Option<u64>) {
    let mut bytes = vec![0];
    if reader.read_exact(&mut bytes).is_err() {
        return (String::new(), None);
    }
    let peak_kib = memory(id);
    reader.read_to_end(&mut bytes).unwrap();
    assert!(bytes.len() > PIPE + 1, "the program did not wait: {} bytes", bytes.len());
    (String::from_utf8(bytes).unwrap(), peak_kib)
}

/// Waits for the end; says the exit code.
fn watch(child: &mut Child) -> i32 {
    for _ in 0..MOST_GLANCES {
        if let Some(end) = child.try_wait().unwrap() {
            return end.code().unwrap_or(-1);
        }
        thread::sleep(GLANCE);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    panic!("the program hangs");
}

/// The high-water mark of the resident memory, in KiB.
fn memory(id: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
