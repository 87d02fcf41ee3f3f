//! One binary for all integration tests.

/// The program under test.
mod binary;
/// The generated pages.
mod docs;
/// What `explain` says.
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
/// Every scenario through the real binary.
mod scenarios;
/// The embedded double.
mod simulate;
/// The tables are whole: nothing that was added is forgotten elsewhere.
mod tables;
/// Wave 1 through proxies on loopback.
mod tunnels;
