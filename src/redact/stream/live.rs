//! A stream that tells when it pauses, such as the log of a program that runs.

use std::io::{self, Cursor, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// After so long without a byte a stream has paused.
const PAUSE: Duration = Duration::from_millis(200);

/// Bytes that are read at once, and how many such pieces may wait.
const PIECE: usize = 64 << 10;
const WAITING: usize = 4;

/// Reads ahead in a thread of its own.
#[derive(Debug)]
pub struct Live {
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: Cursor<Vec<u8>>,
}

impl Live {
    /// Begins to read.
    pub fn new(mut reader: impl Read + Send + 'static) -> Self {
        let (sender, pieces) = sync_channel(WAITING);
        thread::spawn(move || {
            loop {
                let mut piece = vec![0; PIECE];
                let read = match reader.read(&mut piece) {
                    Ok(0) => return,
                    Ok(count) => {
                        piece.truncate(count);
                        Ok(piece)
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => Err(error),
                };
                let is_last = read.is_err();
                if sender.send(read).is_err() || is_last {
                    return;
                }
            }
        });
        Self { pieces, piece: Cursor::default() }
    }
}

impl Read for Live {
    /// `WouldBlock` says that the stream has paused.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.piece.read(into)?;
        if count > 0 || into.is_empty() {
            return Ok(count);
        }
        match self.pieces.recv_timeout(PAUSE) {
            Ok(piece) => {
                self.piece = Cursor::new(piece?);
                self.piece.read(into)
            }
            Err(RecvTimeoutError::Timeout) => Err(io::ErrorKind::WouldBlock.into()),
            Err(RecvTimeoutError::Disconnected) => Ok(0),
        }
    }
}
