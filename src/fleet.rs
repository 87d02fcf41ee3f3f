//! Many keys: a line for each, which of them are this machine's, and what all of them come to. Pure.

mod decided;
mod guard;
mod join;
mod shard;
mod tally;

pub use decided::Decided;
pub use guard::{Guard, Look};
pub use join::{Joined, Joining};
pub use shard::{Shard, hash};
pub use tally::{Tally, soonest};
