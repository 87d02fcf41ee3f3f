//! The only part that waits: sends what the plan says, and states what came back.

pub mod body;
mod charset;
mod control;
mod dispatch;
mod exchange;
mod fields;
mod gate;
mod glance;
mod headers;
mod interrupt;
mod lab;
mod pace;
mod patience;
pub mod preflight;
mod progress;
mod received;
mod shared;
mod subject;
mod unpack;
mod way;
mod woken;

pub use lab::Lab;
pub use progress::{Event, Listener};
pub use subject::Subject;

pub(crate) use dispatch::{Run, StepEnd};
pub(crate) use exchange::Exchange;
pub(crate) use gate::Gate;
pub(crate) use interrupt::ended;
