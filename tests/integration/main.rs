//! One binary for all integration tests.

/// Every kind of fault on real sockets.
mod faults;
/// Servers and certificates for the tests that need them.
mod loopback;
/// Wave 1 against servers and proxies on loopback.
mod preflight;
/// Wave 1 through proxies on loopback.
mod tunnels;
mod simulate;
mod docs;
mod explain;
mod render;
mod samples;
