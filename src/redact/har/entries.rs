//! Where a recording can be cut in two: behind a whole entry.

/// Entries stand in a list in an object in an object.
const DEPTH: usize = 3;

/// How far a recording was read, and what is open there.
#[derive(Debug, Default)]
pub(super) struct Entries {
    read: usize,
    depth: usize,
    is_in_string: bool,
}

impl Entries {
    /// Reads on to the end of a text, and tells where the last of its entries ends.
    pub(super) fn last_end(&mut self, text: &[u8]) -> usize {
        let mut end = 0;
        while let Some(byte) = text.get(self.read) {
            self.read += 1;
            match byte {
                b'\\' if self.is_in_string => self.read += 1,
                b'"' => self.is_in_string = !self.is_in_string,
                _ if self.is_in_string => {}
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth <= DEPTH {
                        end = self.read;
                    }
                }
                _ => {}
            }
        }
        end
    }

    /// So many bytes of the text are gone.
    pub(super) fn forget(&mut self, bytes: usize) {
        self.read -= bytes;
    }
}
