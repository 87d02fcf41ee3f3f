//! The only part that waits: sends what the plan says, and states what came back.

mod control;
mod dispatch;
mod exchange;
mod gate;
mod glance;
mod interrupt;
mod lab;
mod pace;
mod patience;
pub mod preflight;
mod progress;
mod received;
mod shared;
mod subject;
mod way;
mod woken;

pub use lab::Lab;
pub use progress::{Event, Listener};
pub use subject::Subject;

pub(crate) use dispatch::{Run, StepEnd};
pub(crate) use exchange::Exchange;
pub(crate) use gate::Gate;
pub(crate) use interrupt::{Interrupt, ended};
