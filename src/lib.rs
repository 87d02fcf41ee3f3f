//! Finds out why a HeyGen API key is refused.
//!
//! Data flows one way:
//! `cli → config → plan → run (the only IO) → observations → classify → diagnose → record → render`.
//! Everything to the right of `run` is a pure function of data: no clock, no network, no
//! environment, no key.

pub mod answer;
pub mod chance;
pub mod classify;
pub mod cli;
pub mod command;
pub mod compare;
pub mod config;
pub mod doctor;
pub mod error;
pub mod explain;
pub mod files;
pub mod fleet;
pub mod heard;
pub mod heygen;
pub mod judge;
pub mod key;
pub mod listen;
pub mod pasted;
pub mod plan;
pub mod record;
pub mod redact;
pub mod render;
pub mod run;
pub mod serve;
pub mod simulate;
pub mod text;
pub mod transport;
pub mod watch;
