//! Files are read and written here, and never without a bound: on their size, on the time that a pipe
//! or a dead network drive may take, and for a document on being there in part.

mod folder;
mod lines;
mod out;
mod temporary;

pub use folder::PrivateFolder;
pub use lines::BoundedLines;
pub use out::{OutFile, append, finish_line, hold, place, shorten, write_all};
pub use temporary::Readers;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// The longest wait for one file. Some are pipes: 1Password mounts `.env` as one.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// An ordinary file is read in less.
const LEAST: Duration = Duration::from_millis(100);

/// Reads a file of at most so many bytes.
///
/// # Errors
/// `FileTooLarge` and `TimedOut` where it goes beyond its bounds, else as the system says.
pub fn read(path: &Path, most: usize, time: Duration) -> io::Result<Vec<u8>> {
    let path = path.to_owned();
    within(time, move || bounded(File::open(path)?, most))
}

/// Reads files as [`read`] does, all of them together in so much time.
pub fn reader(time: Duration) -> impl Fn(&Path, usize, Duration) -> io::Result<Vec<u8>> {
    #[expect(clippy::disallowed_methods, reason = "whoever waits has to know how long")]
    let began = Instant::now();
    move |path, most, longest| {
        let left = time.saturating_sub(began.elapsed());
        // What is there at once is read even where no time is left.
        read(path, most, longest.min(left).max(LEAST))
    }
}

/// Reads standard input to its end, of at most so many bytes.
///
/// # Errors
/// As for [`read`].
pub fn read_stdin(most: usize, time: Duration) -> io::Result<Vec<u8>> {
    within(time, move || bounded(io::stdin().lock(), most))
}

/// Opens a file for reading as a stream.
///
/// # Errors
/// When it can't be opened in time, or is a folder.
pub fn open(path: &Path) -> io::Result<File> {
    let path = path.to_owned();
    within(PATIENCE, move || {
        let file = File::open(path)?;
        if file.metadata()?.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        Ok(file)
    })
}

/// True for an ordinary file, which can be read more than once.
///
/// # Errors
/// When nothing is there.
pub fn is_regular(path: &Path) -> io::Result<bool> {
    let path = path.to_owned();
    within(PATIENCE, move || Ok(fs::metadata(&path)?.is_file()))
}

/// True if another reader of this file comes to an end within so many bytes. That holds for a file that
/// isn't there, too, and for a device that gives nothing.
#[must_use]
pub fn is_within(path: &Path, most: u64) -> bool {
    let path = path.to_owned();
    let measured = within(PATIENCE, move || {
        let found = fs::metadata(&path)?;
        if found.is_file() { Ok(found.len()) } else { bounded(File::open(path)?, 0).map(|_| 0) }
    });
    measured.map_or_else(
        |error| !matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::FileTooLarge),
        |length| length <= most,
    )
}

fn bounded(source: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    source.take(limit).read_to_end(&mut bytes)?;
    if bytes.len() > most { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Does something that may never come to an end, and leaves it alone after a time: opening a pipe
/// can't be given up in any other way. The thread ends with the program at the latest.
fn within<T: Send + 'static>(
    time: Duration,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let (sender, receiver) = sync_channel(1);
    thread::Builder::new().name("file".to_owned()).spawn(move || {
        // Nobody listens any more once the time is over.
        let _ = sender.send(work());
    })?;
    receiver.recv_timeout(time).unwrap_or_else(|ended| {
        Err(match ended {
            RecvTimeoutError::Timeout => io::ErrorKind::TimedOut,
            RecvTimeoutError::Disconnected => io::ErrorKind::Other,
        }
        .into())
    })
}

#[cfg(test)]
mod tests;
