//! The only part that waits: sends what the plan says, and states what came back.

pub mod body;
pub mod clients;
mod dispatch;
mod exchange;
pub mod fault;
mod fields;
pub mod guard;
mod headers;
pub mod interrupt;
mod patience;
pub mod preflight;
pub mod progress;
mod received;
pub mod tls;

pub use clients::Clients;
pub use dispatch::{Guard, Run, StepEnd};
pub use exchange::{Exchange, Values};
pub use patience::Patience;
