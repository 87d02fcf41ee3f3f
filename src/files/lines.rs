//! Lines of a source, one at a time and of a bounded length.

use std::io::{BufRead, BufReader, Read};

/// Lines with the breaks at their ends; `None` stands for one that is too long.
#[derive(Debug)]
pub struct BoundedLines<R> {
    source: BufReader<R>,
    most: usize,
}

impl<R: Read> BoundedLines<R> {
    /// Lines of at most so many bytes.
    pub fn new(source: R, most: usize) -> Self {
        Self { source: BufReader::new(source), most }
    }

    fn skip_line(&mut self) {
        while let Ok(bytes) = self.source.fill_buf()
            && !bytes.is_empty()
        {
            let end = memchr::memchr(b'\n', bytes);
            let skipped = end.map_or(bytes.len(), |at| at + 1);
            self.source.consume(skipped);
            if end.is_some() {
                return;
            }
        }
    }
}

impl<R: Read> Iterator for BoundedLines<R> {
    type Item = Option<Vec<u8>>;

    /// What can't be read any more ends there.
    fn next(&mut self) -> Option<Self::Item> {
        let mut line = Vec::new();
        let limit = u64::try_from(self.most).unwrap_or(u64::MAX);
        let read = self.source.by_ref().take(limit).read_until(b'\n', &mut line).ok()?;
        if read == 0 {
            return None;
        }
        if read == self.most && !line.ends_with(b"\n") {
            self.skip_line();
            return Some(None);
        }
        Some(Some(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_one_is_whole() {
        let text = format!("one\n{}\r\ntwo\n\nthree", "x".repeat(20_000));
        let lines: Vec<_> = BoundedLines::new(text.as_bytes(), 10)
            .map(|line| line.map(|line| String::from_utf8(line).unwrap()))
            .collect();
        let whole = |text: &str| Some(text.to_owned());
        assert_eq!(lines, [whole("one\n"), None, whole("two\n"), whole("\n"), whole("three")]);
    }
}
