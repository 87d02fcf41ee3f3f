//! One binary for all integration tests.

mod docs;
mod explain;
mod render;
mod samples;
