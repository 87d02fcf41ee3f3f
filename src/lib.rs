//! Finds out why a HeyGen API key is refused.
//!
//! Data flows one way:
//! `cli → config → plan → run (the only IO) → observations → classify → diagnose → record → render`.
//! Everything to the right of `run` is a pure function of data: no clock, no network, no
//! environment, no key.

pub mod argv;
pub mod cause;
pub mod class;
pub mod classify;
pub mod cli;
pub mod clock;
pub mod code;
pub mod command;
pub mod config;
pub mod curl;
pub mod diagnose;
pub mod diagnosis;
pub mod docs;
pub mod doctor;
pub mod endpoint;
pub mod error;
pub mod exit;
pub mod explain;
pub mod facts;
pub mod guard;
pub mod hardening;
pub mod host;
pub mod judge;
pub mod judgement;
pub mod key;
pub mod observation;
pub mod output;
pub mod plan;
pub mod probe;
pub mod record;
pub mod redact;
pub mod render;
pub mod run;
pub mod simulate;
pub mod text;
pub mod words;
