use std::cell::Cell;

use super::*;
use crate::key::ApiKey;

const KEY: &str = "sk_V2_hgu_kSYNTHETIC1_SyntheticKeyForTheTestsOnly00000";
const ENTRIES: usize = 400;

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

#[test]
fn a_long_har_is_not_kept_in_memory() {
    let entry = format!("{{\"headers\":[{{\"name\":\"X-Api-Key\",\"value\":\"{KEY}\"}}]}}");
    let har = format!("{{\"log\":{{\"entries\":[{}]}}}}", vec![entry; ENTRIES].join(","));
    let redactor = Redactor::new(&[&ApiKey::from_bytes(KEY.into())], &[], &[]);
    let read = Cell::new(0);
    let mut sink = Sink { written: Vec::new(), read: &read, kept: None };
    let filtered = clean(Reader(har.as_bytes(), &read), &mut sink, "-", &redactor).unwrap();
    assert_eq!(filtered.ledger.replaced, ENTRIES as u64);
    assert!(sink.written == har.replace(KEY, "[redacted]").into_bytes());
    let kept = sink.kept.unwrap();
    assert!(kept < har.len() / 8, "{kept} of {}", har.len());
}
