//! A sequential test: are so many alike answers in a row more than chance, however often one looks?

use crate::chance::CHANCE;

/// Alike answers in a row, against the claim that each was alike only with this probability.
///
/// Whoever looks after each answer, and starts anew after each failure, sees a long row sooner or later. So
/// the row that is asked for grows: the k-th one has to be less probable than 0.05 / 2^k. All of these
/// together come to less than 0.05, whenever the watch ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Streak {
    alike: f64,
    length: usize,
    /// Rows that a failure ended.
    ended: i32,
}

impl Streak {
    /// A test against an answer that is alike with this probability.
    #[must_use]
    pub const fn against(alike: f64) -> Self {
        Self { alike, length: 0, ended: 0 }
    }

    /// One more answer.
    pub const fn push(&mut self, is_alike: bool) {
        if is_alike {
            self.length += 1;
        } else if self.length > 0 {
            self.length = 0;
            self.ended += 1;
        }
    }

    /// The length of the row.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// The length that shows it.
    #[must_use]
    pub fn needed(&self) -> usize {
        let most = CHANCE / 2_f64.powi(self.ended + 1);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number; one that is too large is never reached"
        )]
        let needed = (most.ln() / self.alike.ln()).ceil() as usize;
        needed
    }

    /// True once the row is long enough.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.length >= self.needed()
    }
}
