//! What the doctor's own sockets saw.

use heygen_doctor::record::facts::{Certificate, ConnectionAttempt, Dns, Network, StatusPage, Tls};
use heygen_doctor::record::observation::{Fault, FaultKind};

/// Name, connection, encryption, and status page as they should be.
pub(crate) fn working() -> Network {
    Network {
        dns: Some(Dns {
            host: "api.heygen.com".into(),
            addresses: vec!["192.0.2.10".into(), "192.0.2.11".into()],
            ms: 12.4,
            fault: None,
        }),
        connections: vec![ConnectionAttempt {
            address: "192.0.2.10:443".into(),
            connect_ms: Some(18.1),
            tls_ms: Some(24.6),
            fault: None,
        }],
        tls: Some(Tls {
            version: Some("TLSv1.3".into()),
            alpn: Some("h2".into()),
            chain: vec![Certificate {
                subject: "CN=*.heygen.com".into(),
                issuer: "CN=Amazon RSA 2048 M02".into(),
                names: vec!["*.heygen.com".into()],
                not_before: None,
                not_after: None,
            }],
            trusted_here: true,
            trusted_publicly: true,
            fault: None,
        }),
        clock_skew_s: Some(0.0),
        status_page: Some(StatusPage {
            component: Some("operational".into()),
            incidents: Vec::new(),
            problem: None,
        }),
        proxy_connect: None,
    }
}

/// A name that doesn't resolve, and nothing after it.
pub(crate) fn without_dns() -> Network {
    Network {
        dns: Some(Dns {
            host: "api.heygen.com".into(),
            addresses: Vec::new(),
            ms: 3.1,
            fault: Some(Fault::new(FaultKind::Dns, "Name or service not known")),
        }),
        ..Network::default()
    }
}
