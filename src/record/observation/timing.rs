//! How long an exchange took, and with what.

use serde::{Deserialize, Serialize};

/// Durations in milliseconds; a phase that does not apply is absent, never 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Timing {
    /// Since the run began, when the request was handed to the wire: to its new connection's
    /// making, or to one that was up.
    pub start: f64,
    /// Until the first byte of the answer (or the fault).
    pub ttfb: f64,
    /// Until the last byte read (or the fault).
    pub total: f64,
    /// Resolving the name, for a new connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns: Option<f64>,
    /// The TCP handshake, for a new connection. Absent where a proxy's own handshake follows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connect: Option<f64>,
    /// The TLS handshake, for a new connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<f64>,
    /// How much later than the plan wanted the doctor itself sent the request; absent under 1 ms,
    /// and where the plan names no moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<f64>,
}

impl Timing {
    /// The making of a new connection: name, TCP, and TLS.
    #[must_use]
    pub fn opened(&self) -> f64 {
        [self.dns, self.connect, self.tls].into_iter().flatten().sum()
    }

    /// From the connection until the first byte of the answer: comparable between new connections
    /// and kept ones.
    #[must_use]
    pub fn wait(&self) -> f64 {
        (self.ttfb - self.opened()).max(0.0)
    }

    /// From the first byte until the last one read.
    #[must_use]
    pub fn receive(&self) -> f64 {
        (self.total - self.ttfb.max(self.opened())).max(0.0)
    }
}
