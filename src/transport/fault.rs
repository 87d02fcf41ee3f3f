//! Why no answer came, told by the types in the error chain; no message is ever read.

use std::error::Error;
use std::io;

use http::Extensions;
use rustls::pki_types::InvalidDnsNameError;
use rustls::{CertificateError, InvalidMessage, OtherError};

use super::tls::NoRoots;
use crate::record::observation::{Fault, FaultKind, TlsFault};

mod words;

/// A failed request of the HTTP client.
#[must_use]
pub fn of_reqwest(error: &reqwest::Error) -> Fault {
    let layers = layers(error);
    let tls = layers.iter().find_map(|layer| layer.downcast_ref().map(of_rustls));
    let fault = if tls.is_some() { FaultKind::Tls } else { kind(error, &layers) };
    Fault { tls, ..Fault::new(fault, words::of(&layers)) }
}

/// The facts of the connection that a failed request was sent on, if one had come up.
pub(super) fn carrier(error: &reqwest::Error) -> Option<Extensions> {
    let client = layers(error)
        .into_iter()
        .find_map(|layer| layer.downcast_ref::<hyper_util::client::legacy::Error>())?;
    let mut facts = Extensions::new();
    client.connect_info()?.get_extras(&mut facts);
    Some(facts)
}

/// A failed read or write on a connection that had come up.
#[must_use]
pub fn of_io(error: &io::Error) -> Fault {
    of_socket(error, false)
}

/// A connection that did not come up.
#[must_use]
pub fn of_connect(error: &io::Error) -> Fault {
    of_socket(error, true)
}

/// An exchange of HTTP on one of the doctor's own connections that failed.
#[must_use]
pub fn of_hyper(error: &hyper::Error) -> Fault {
    let layers = layers(error);
    let tls = layers.iter().find_map(|layer| layer.downcast_ref().map(of_rustls));
    let told = layers.iter().rev().find_map(|layer| of_layer(*layer, false));
    let fault = if tls.is_some() { FaultKind::Tls } else { told.unwrap_or(FaultKind::Closed) };
    Fault { tls, ..Fault::new(fault, words::of(&layers)) }
}

/// A proxy that doesn't let the connection through.
pub(super) fn of_proxy(detail: String) -> Fault {
    Fault::new(FaultKind::Proxy, detail)
}

/// The rule of TLS that was broken.
#[must_use]
pub fn of_rustls(error: &rustls::Error) -> TlsFault {
    match error {
        rustls::Error::InvalidCertificate(why) => of_certificate(why),
        rustls::Error::AlertReceived(_) => TlsFault::Alert,
        rustls::Error::InvalidMessage(
            InvalidMessage::InvalidContentType
            | InvalidMessage::InvalidEmptyPayload
            | InvalidMessage::MessageTooLarge
            | InvalidMessage::UnknownProtocolVersion,
        ) => TlsFault::NotTls,
        _ => TlsFault::Other,
    }
}

/// A certificate that a verifier refused.
#[must_use]
pub fn refused(error: &rustls::Error) -> Fault {
    let detail = words::of(&[error as &(dyn Error + 'static)]);
    Fault { tls: Some(of_rustls(error)), ..Fault::new(FaultKind::Tls, detail) }
}

fn of_certificate(error: &CertificateError) -> TlsFault {
    match error {
        // A root of the same name with another key did not sign it either.
        CertificateError::UnknownIssuer
        | CertificateError::BadSignature
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            TlsFault::UnknownIssuer
        }
        CertificateError::Other(OtherError(inner)) if inner.is::<NoRoots>() => {
            TlsFault::UnknownIssuer
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsFault::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            TlsFault::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            TlsFault::WrongName
        }
        CertificateError::Revoked => TlsFault::Revoked,
        _ => TlsFault::Other,
    }
}

fn of_socket(error: &io::Error, connecting: bool) -> Fault {
    let layers = layers(error);
    let tls = layers.iter().find_map(|layer| layer.downcast_ref().map(of_rustls));
    let fault = if tls.is_some() { FaultKind::Tls } else { of_io_kind(error.kind(), connecting) };
    Fault { tls, ..Fault::new(fault, words::of(&layers)) }
}

fn kind(error: &reqwest::Error, layers: &[&(dyn Error + 'static)]) -> FaultKind {
    let connecting = error.is_connect();
    if error.is_builder() || layers.iter().any(|layer| layer.is::<http::Error>()) {
        FaultKind::Unsendable
    } else if error.is_dns() || layers.iter().any(|layer| layer.is::<InvalidDnsNameError>()) {
        FaultKind::Dns
    } else if error.is_timeout() {
        if connecting { FaultKind::ConnectTimeout } else { FaultKind::Timeout }
    } else if let Some(fault) = layers.iter().rev().find_map(|layer| of_layer(*layer, connecting)) {
        fault
    } else if connecting {
        // A refused CONNECT is the only way to fail here without any type of its own.
        FaultKind::Proxy
    } else {
        FaultKind::Closed
    }
}

/// The fault that a layer of a known type stands for.
fn of_layer(layer: &(dyn Error + 'static), connecting: bool) -> Option<FaultKind> {
    if let Some(error) = layer.downcast_ref::<io::Error>() {
        return Some(of_io_kind(error.kind(), connecting));
    }
    if let Some(error) = layer.downcast_ref::<h2::Error>() {
        return Some(match error.get_io() {
            Some(io) => of_io_kind(io.kind(), connecting),
            // Who ends a stream or a connection speaks HTTP/2; who is found at fault does not.
            None if error.is_remote() => FaultKind::Closed,
            None => FaultKind::NotHttp,
        });
    }
    let error = layer.downcast_ref::<hyper::Error>()?;
    Some(if error.is_user() {
        FaultKind::Unsendable
    } else if error.is_incomplete_message()
        || error.is_closed()
        || error.is_canceled()
        || error.is_shutdown()
    {
        FaultKind::Closed
    } else {
        FaultKind::NotHttp
    })
}

fn of_io_kind(kind: io::ErrorKind, connecting: bool) -> FaultKind {
    use io::ErrorKind as Io;
    match kind {
        Io::ConnectionRefused => FaultKind::Refused,
        Io::TimedOut if connecting => FaultKind::ConnectTimeout,
        Io::TimedOut => FaultKind::Timeout,
        Io::ConnectionReset | Io::ConnectionAborted | Io::BrokenPipe | Io::UnexpectedEof => {
            FaultKind::Closed
        }
        Io::InvalidData | Io::InvalidInput if !connecting => FaultKind::NotHttp,
        _ if connecting => FaultKind::Unreachable,
        Io::HostUnreachable | Io::NetworkUnreachable | Io::NetworkDown => FaultKind::Unreachable,
        _ => FaultKind::Closed,
    }
}

/// The chain of errors, through `source()` and through what an `io::Error` wraps.
fn layers<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    let next = |layer: &&'a (dyn Error + 'static)| -> Option<&'a (dyn Error + 'static)> {
        let layer: &'a (dyn Error + 'static) = *layer;
        match layer.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => layer.source(),
        }
    };
    std::iter::successors(Some(error), next).take(32).collect()
}
