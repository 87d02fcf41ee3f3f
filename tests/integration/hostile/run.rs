//! One run of the program, watched.

use std::fs::{self, File};
use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::binary::{KEY, doctor};

/// How often the program is looked at.
const GLANCE: Duration = Duration::from_millis(5);
/// After so many glances a run counts as hung: far beyond its deadline, whatever else goes on.
const MOST_GLANCES: usize = 6000;

/// What became of a run.
pub(super) struct Seen {
    pub(super) exit: i32,
    pub(super) stderr: String,
    pub(super) record: Value,
    /// The most memory that was in use at any glance; 0 where the system doesn't tell.
    pub(super) peak_kib: u64,
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

/// Runs `check` against a server until it ends.
pub(super) fn run(base_url: &str, args: &[&str]) -> Seen {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let read = |name: &str| fs::read_to_string(path(name)).unwrap_or_default();
    let mut child = doctor()
        .env("HEYGEN_API_KEY", KEY)
        .args(["check", "-vv", "--timeout", "1s", "--deadline", "4s", "--color", "never"])
        .args(["--base-url", base_url])
        .args(args)
        .arg(format!("--json={}", path("json").display()))
        .arg(format!("--markdown={}", path("markdown").display()))
        .stdout(File::create(path("human")).unwrap())
        .stderr(File::create(path("stderr")).unwrap())
        .spawn()
        .unwrap();
    let (exit, peak_kib) = watch(&mut child);
    let json = read("json");
    Seen {
        exit,
        peak_kib,
        record: serde_json::from_str(&json).unwrap_or_default(),
        human: read("human"),
        stderr: read("stderr"),
        markdown: read("markdown"),
        json,
    }
}

/// Waits for the end; says the exit code and the most memory that was in use.
fn watch(child: &mut Child) -> (i32, u64) {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    for _ in 0..MOST_GLANCES {
        peak = peak.max(memory(Path::new(&status)).unwrap_or(0));
        if let Some(end) = child.try_wait().unwrap() {
            return (end.code().unwrap_or(-1), peak);
        }
        thread::sleep(GLANCE);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    panic!("the program hangs");
}

/// The high-water mark of the resident memory, in KiB.
fn memory(status: &Path) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
