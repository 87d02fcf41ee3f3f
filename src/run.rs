//! The only part that does input and output.

pub mod fault;
pub mod preflight;
pub mod tls;
