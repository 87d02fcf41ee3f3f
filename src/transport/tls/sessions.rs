//! No TLS session is ever resumed.

use std::sync::Arc;

use rustls::NamedGroup;
use rustls::client::{
    ClientSessionStore, Resumption, Tls12ClientSessionValue, Tls12Resumption,
    Tls13ClientSessionValue,
};
use rustls::pki_types::ServerName;

use crate::transport::attempt::Attempt;

/// Keeps no TLS session, so that every connection is judged anew, and notes when a handshake
/// begins: that is when the library asks for what is known of the server.
#[derive(Debug)]
struct NoSessions;

/// No TLS session is ever resumed.
pub(super) fn no_resumption() -> Resumption {
    Resumption::store(Arc::new(NoSessions)).tls12_resumption(Tls12Resumption::Disabled)
}

impl ClientSessionStore for NoSessions {
    fn set_kx_hint(&self, _: ServerName<'static>, _: NamedGroup) {}

    fn kx_hint(&self, _: &ServerName<'_>) -> Option<NamedGroup> {
        if let Some(attempt) = Attempt::current() {
            attempt.hello();
        }
        None
    }

    fn set_tls12_session(&self, _: ServerName<'static>, _: Tls12ClientSessionValue) {}

    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        None
    }

    fn remove_tls12_session(&self, _: &ServerName<'static>) {}

    fn insert_tls13_ticket(&self, _: ServerName<'static>, _: Tls13ClientSessionValue) {}

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        None
    }
}
