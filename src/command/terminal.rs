//! The terminal that progress lines are drawn on.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _, stderr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use indicatif::{ProgressDrawTarget, TermLike};
use terminal_size::{Height, Width, terminal_size_of};

use super::look::dumb;

/// How often lines are drawn in a second.
const RATE: u8 = 20;
/// Columns that stay free at the end of each line.
const FREE: u16 = 4;
/// The size of a terminal that doesn't tell it.
const USUAL: (u16, u16) = (80, 24);

/// Where progress lines go: to standard error if they are wanted and it is a terminal, else nowhere.
pub(super) fn progress(wanted: bool) -> ProgressDrawTarget {
    if !wanted || !stderr().is_terminal() || dumb() {
        ProgressDrawTarget::hidden()
    } else if cfg!(windows) {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::term_like_with_hz(Box::new(Screen::default()), RATE)
    }
}

/// Standard error. What is written appears at once when it is flushed, without the blanks at its end: a
/// terminal writes `^C` where the cursor is, and if that began a line, what is drawn could not be cleared away.
/// For the same reason lines end a few columns earlier than they could.
#[derive(Debug, Default)]
struct Screen(Mutex<String>);

impl Screen {
    fn pending(&self) -> MutexGuard<'_, String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, text: std::fmt::Arguments<'_>) -> io::Result<()> {
        self.pending().write_fmt(text).map_err(io::Error::other)
    }

    /// A move of no columns would be one of one.
    fn moved(&self, n: usize, way: char) -> io::Result<()> {
        if n == 0 { Ok(()) } else { self.put(format_args!("\x1b[{n}{way}")) }
    }
}

fn size() -> (u16, u16) {
    terminal_size_of(stderr()).map_or(USUAL, |(Width(width), Height(height))| (width, height))
}

impl TermLike for Screen {
    fn width(&self) -> u16 {
        size().0.saturating_sub(FREE).max(1)
    }

    fn height(&self) -> u16 {
        size().1
    }

    fn move_cursor_up(&self, n: usize) -> io::Result<()> {
        self.moved(n, 'A')
    }

    fn move_cursor_down(&self, n: usize) -> io::Result<()> {
        self.moved(n, 'B')
    }

    fn move_cursor_right(&self, n: usize) -> io::Result<()> {
        self.moved(n, 'C')
    }

    fn move_cursor_left(&self, n: usize) -> io::Result<()> {
        self.moved(n, 'D')
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.put(format_args!("{text}\n"))
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        // Lines follow each other by the blanks that are written behind each, up to the width.
        let free = if text.trim_matches(' ').is_empty() { usize::from(FREE) } else { 0 };
        self.put(format_args!("{text}{:free$}", ""))
    }

    fn clear_line(&self) -> io::Result<()> {
        self.put(format_args!("\r\x1b[2K"))
    }

    fn flush(&self) -> io::Result<()> {
        let text = std::mem::take(&mut *self.pending());
        let mut stderr = stderr().lock();
        stderr.write_all(text.trim_end_matches(' ').as_bytes())?;
        stderr.flush()
    }
}
