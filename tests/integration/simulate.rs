//! The embedded double, on real sockets.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

mod abilities;
mod certificates;
mod client;
mod command;
mod corpus;
mod faults;
mod table;
mod wire;
