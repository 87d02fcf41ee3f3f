//! One binary for all integration tests.

mod docs;
mod explain;
/// Every kind of fault on real sockets.
mod faults;
/// Servers and certificates for the tests that need them.
mod loopback;
/// Wave 1 against servers and proxies on loopback.
mod preflight;
mod render;
mod samples;
mod simulate;
/// Wave 1 through proxies on loopback.
mod tunnels;
