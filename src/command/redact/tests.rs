use std::cell::Cell;

use super::*;
use crate::key::ApiKey;

const KEY: &str = "sk_V2_hgu_kSYNTHETIC1_SyntheticKeyForTheTestsOnly00000";
const ENTRIES: usize = 20_000;

/// Counts what is read.
struct Reader<'a>(&'a [u8], &'a Cell<usize>);

impl Read for Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        self.1.set(self.1.get() + count);
        Ok(count)
    }
}

/// Remembers how much was read before something was written.
struct Sink<'a> {
    written: Vec<u8>,
    read: &'a Cell<usize>,
    kept: Option<usize>,
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.kept.get_or_insert(self.read.get());
        self.written.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The result of cleaning a recording, and how much of it was in memory before something was written.
fn cleaned(har: &str, most: usize) -> (Cleaned, Vec<u8>, usize) {
    let redactor = Redactor::new(&[&ApiKey::from_bytes(KEY.into())], &[], &[]);
    let read = Cell::new(0);
    let mut sink = Sink { written: Vec::new(), read: &read, kept: None };
    let cleaned = clean(Reader(har.as_bytes(), &read), &mut sink, "-", &redactor, most).unwrap();
    (cleaned, sink.written, sink.kept.unwrap())
}

#[test]
fn a_long_har_is_not_kept_in_memory() {
    let entry = format!("{{\"headers\":[{{\"name\":\"X-Api-Key\",\"value\":\"{KEY}\"}}]}}");
    let har = format!("{{\"log\":{{\"entries\":[{}]}}}}", vec![entry; ENTRIES].join(","));
    let (short, as_har, kept) = cleaned(&har, har.len());
    assert!(!short.is_long_har && kept == har.len());
    let (long, as_text, kept) = cleaned(&har, 64 << 10);
    assert!(long.is_long_har && kept < har.len() / 2, "{kept} of {}", har.len());
    assert_eq!(long.filtered.ledger.replaced, ENTRIES as u64);
    assert!(as_har == as_text, "the same is taken out");
}
