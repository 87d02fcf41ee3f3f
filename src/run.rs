//! The only part that waits: sends what the plan says, and states what came back.

pub mod body;
pub mod clients;
mod control;
mod dispatch;
mod exchange;
pub mod fault;
mod fields;
mod gate;
mod headers;
mod interrupt;
mod lab;
mod pace;
pub mod preflight;
mod progress;
mod received;
mod shared;
mod subject;
pub mod tls;

pub use clients::Clients;
pub use lab::Lab;
pub use progress::{Event, Listener};
pub use subject::Subject;

pub(crate) use dispatch::{Run, StepEnd};
pub(crate) use exchange::Exchange;
pub(crate) use gate::Gate;
pub(crate) use interrupt::ended;
