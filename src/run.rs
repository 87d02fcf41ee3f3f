//! The only part that waits: sends what the plan says, and states what came back.

pub mod body;
mod dispatch;
mod exchange;
mod fields;
pub mod guard;
mod headers;
pub mod interrupt;
mod patience;
pub mod preflight;
pub mod progress;
mod received;

pub use dispatch::{Guard, Run, StepEnd};
pub use exchange::{Exchange, Values};
pub use patience::Patience;
