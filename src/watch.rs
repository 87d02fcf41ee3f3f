//! A key that is asked again and again: a state machine over the rounds. Pure.

mod round;
mod story;
mod streak;

pub use round::{gap, of, skipped, unanswered};
pub use story::{Story, Until};
pub use streak::Streak;
