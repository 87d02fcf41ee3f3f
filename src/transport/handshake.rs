//! One TLS handshake that is let through to its end whatever the chain is, and the judgement on it.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, SignatureScheme};
use tokio_rustls::TlsConnector;

use super::socket::{Stream, late, timed};
use super::{Target, TlsSettings, certificate, fault};
use crate::record::facts::{ConnectionAttempt, Tls};
use crate::record::observation::{Fault, FaultKind, TlsFault};

/// The most certificates of a chain that are kept; real chains have three or four.
const CHAIN: usize = 10;

/// Shakes hands with the target on `stream`, and adds time and fault to `attempt`.
pub(crate) async fn shake(
    target: Target<'_>,
    stream: Box<dyn Stream>,
    attempt: &mut ConnectionAttempt,
) -> Option<Tls> {
    let Some(name) = server_name(target) else {
        let fault =
            Fault::new(FaultKind::Tls, "the host is no name that a certificate could be for");
        attempt.fault = Some(Fault { tls: Some(TlsFault::Other), ..fault });
        return None;
    };
    let recorder = Arc::new(Recorder::new(target.tls));
    let config = target.tls.judged_by(Arc::<Recorder>::clone(&recorder), &[b"h2", b"http/1.1"]);
    let connecting = TlsConnector::from(Arc::new(config)).connect(name.clone(), stream);
    let (outcome, ms) = timed(target.timeout, connecting).await;
    let (mut version, mut alpn) = (None, None);
    match &outcome {
        Some(Ok(stream)) => {
            let (_, agreed) = stream.get_ref();
            version =
                agreed.protocol_version().map(|version| format!("{version:?}").replace('_', "."));
            alpn = agreed.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned());
            attempt.tls_ms = Some(ms);
        }
        Some(Err(error)) => attempt.fault = Some(fault::of_io(error)),
        None => {
            let what = "no end of the TLS handshake";
            attempt.fault = Some(late(FaultKind::Timeout, what, target.timeout));
        }
    }
    drop(outcome);
    let shown = recorder.shown.get()?.clone();
    let verdict = judge(target.tls, shown.clone(), name, target.timeout).await;
    attempt.fault = attempt.fault.take().or_else(|| verdict.fault.clone());
    Some(Tls {
        version,
        alpn,
        chain: shown.chain.iter().take(CHAIN).map(|der| certificate::describe(der)).collect(),
        trusted_here: verdict.fault.is_none(),
        trusted_publicly: verdict.publicly,
        fault: verdict.fault,
    })
}

fn server_name(target: Target<'_>) -> Option<ServerName<'static>> {
    let host = target.base_url.host_str()?;
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    ServerName::try_from(bare.to_owned()).ok()
}

/// The word of the two judges on a chain.
struct Verdict {
    fault: Option<Fault>,
    publicly: bool,
}

/// Asks both judges, away from the sockets: a platform's verifier may go to the network itself.
async fn judge(
    settings: &TlsSettings,
    shown: Shown,
    name: ServerName<'static>,
    limit: Duration,
) -> Verdict {
    let (here, public) = (Arc::clone(settings.here()), Arc::clone(settings.public()));
    let judging = tokio::task::spawn_blocking(move || {
        let ask = |verifier: &dyn ServerCertVerifier| shown.ask(verifier, &name);
        (ask(&*here).err().map(|error| fault::refused(&error)), ask(&*public).is_ok())
    });
    match timed(limit, judging).await.0 {
        Some(Ok((fault, publicly))) => Verdict { fault, publicly },
        _ => Verdict {
            fault: Some(late(FaultKind::Timeout, "no word from this machine's verifier", limit)),
            publicly: false,
        },
    }
}

/// The chain that the other side showed, and when.
#[derive(Clone, Debug)]
struct Shown {
    chain: Vec<CertificateDer<'static>>,
    ocsp: Vec<u8>,
    at: UnixTime,
}

impl Shown {
    fn ask(
        &self,
        verifier: &dyn ServerCertVerifier,
        name: &ServerName<'_>,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let (leaf, rest) =
            self.chain.split_first().ok_or(rustls::Error::NoCertificatesPresented)?;
        verifier.verify_server_cert(leaf, rest, name, &self.ocsp, self.at)
    }
}

/// Lets every chain pass and keeps it; only the proof that the other side owns it is demanded.
#[derive(Debug)]
struct Recorder {
    proof: Arc<dyn ServerCertVerifier>,
    shown: OnceLock<Shown>,
}

impl Recorder {
    fn new(settings: &TlsSettings) -> Self {
        Self { proof: Arc::clone(settings.public()), shown: OnceLock::new() }
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.shown.get_or_init(|| Shown {
            chain: std::iter::once(end_entity)
                .chain(intermediates)
                .map(|certificate| certificate.clone().into_owned())
                .collect(),
            ocsp: ocsp_response.to_vec(),
            at: now,
        });
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.proof.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.proof.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.proof.supported_verify_schemes()
    }
}
