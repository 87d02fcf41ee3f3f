//! The part of a fleet that one of several machines asks.

use std::str::FromStr;

use ring::digest::{SHA256, digest};
use serde::Serialize;

/// A number that stands for a text: the same on every machine and in every version.
#[must_use]
pub fn hash(text: &str) -> u64 {
    let all = digest(&SHA256, text.as_bytes());
    all.as_ref().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// One part of a fleet. Parts may be counted from 0 or from 1, as long as all are counted alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    number: u64,
    of: u64,
}

impl Shard {
    /// Everything.
    pub const WHOLE: Self = Self { number: 0, of: 1 };

    /// True if the key of this name is in it.
    #[must_use]
    pub fn holds(self, name: &str) -> bool {
        // The last part counted from 1 is the first one counted from 0.
        hash(name) % self.of == self.number % self.of
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(number, of)| {
            Some(Self { number: number.parse().ok()?, of: of.parse().ok()? })
        });
        parts.filter(|it| it.of > 0 && it.number <= it.of).ok_or_else(|| {
            "write the number of the part and how many there are, like `1/4`".to_owned()
        })
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl Serialize for Shard {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard(text: &str) -> Shard {
        text.parse().unwrap()
    }

    #[test]
    fn every_name_is_in_one_part_whether_they_are_counted_from_0_or_from_1() {
        for first in [0, 1] {
            let parts: Vec<Shard> =
                (first..first + 7).map(|number| shard(&format!("{number}/7"))).collect();
            let mut sizes = [0; 7];
            for name in (0..2_000).map(|n| format!("customer-{n}")) {
                let holding: Vec<usize> = (0..7).filter(|at| parts[*at].holds(&name)).collect();
                assert_eq!(holding.len(), 1, "{name}");
                sizes[holding[0]] += 1;
            }
            assert!(sizes.iter().all(|size| (200..380).contains(size)), "{sizes:?}");
        }
        assert!(Shard::WHOLE.holds("customer-1"));
    }

    #[test]
    fn the_part_of_a_name_never_changes() {
        assert_eq!(hash("customer-1"), 0xe83f_10dc_d2c6_8747);
    }

    #[test]
    fn what_is_no_part_is_refused() {
        for text in ["", "1", "1/0", "5/4", "-1/4", "a/b", "1/4/2"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
