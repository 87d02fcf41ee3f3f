//! One binary for all integration tests.

/// The committed pages are what the tables say.
mod docs;
/// Offline explanations.
mod explain;
/// Every kind of fault on real sockets.
mod faults;
/// Servers and certificates for the tests that need them.
mod loopback;
/// Wave 1 against servers and proxies on loopback.
mod preflight;
/// Every format of every sample.
mod render;
/// Records to render.
mod samples;
/// The embedded double.
mod simulate;
/// Wave 1 through proxies on loopback.
mod tunnels;
/// The texts that people read.
mod words;
