//! Takes secrets out of what the network said: a proxy may echo its login, a page whatever it likes.

use crate::record::facts::{
    Certificate, ConnectionAttempt, Dns, Network, ProxyConnect, StatusPage, Tls,
};
use crate::record::observation::Fault;

/// The most characters of any text that are kept.
const LONGEST: usize = 512;

/// The same with every text cleaned, and then cut. Each field has its place here, so that a new one
/// can't be forgotten.
pub(crate) fn cleaned(network: Network, clean: &mut dyn FnMut(&str) -> String) -> Network {
    let mut cleaner = Cleaner(clean);
    let Network { dns, connections, tls, clock_skew_s, status_page, proxy_connect } = network;
    Network {
        dns: dns.map(|dns| cleaner.dns(dns)),
        connections: connections.into_iter().map(|attempt| cleaner.attempt(attempt)).collect(),
        tls: tls.map(|tls| cleaner.tls(tls)),
        clock_skew_s,
        status_page: status_page.map(|page| cleaner.page(page)),
        proxy_connect: proxy_connect.map(|answer| cleaner.proxy(answer)),
    }
}

struct Cleaner<'a>(&'a mut dyn FnMut(&str) -> String);

impl Cleaner<'_> {
    fn text(&mut self, text: &str) -> String {
        (self.0)(text).chars().take(LONGEST).collect()
    }

    fn texts(&mut self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    fn maybe(&mut self, text: Option<String>) -> Option<String> {
        text.map(|text| self.text(&text))
    }

    fn fault(&mut self, fault: Option<Fault>) -> Option<Fault> {
        let Fault { fault, tls, connection, detail } = fault?;
        Some(Fault { fault, tls, connection, detail: self.text(&detail) })
    }

    fn dns(&mut self, Dns { host, addresses, ms, fault }: Dns) -> Dns {
        Dns {
            host: self.text(&host),
            addresses: self.texts(&addresses),
            ms,
            fault: self.fault(fault),
        }
    }

    fn attempt(&mut self, attempt: ConnectionAttempt) -> ConnectionAttempt {
        let ConnectionAttempt { address, connect_ms, tls_ms, fault } = attempt;
        ConnectionAttempt {
            address: self.text(&address),
            connect_ms,
            tls_ms,
            fault: self.fault(fault),
        }
    }

    fn tls(&mut self, tls: Tls) -> Tls {
        let Tls { version, alpn, chain, trusted_here, trusted_publicly, fault } = tls;
        Tls {
            version: self.maybe(version),
            alpn: self.maybe(alpn),
            chain: chain.into_iter().map(|certificate| self.certificate(certificate)).collect(),
            trusted_here,
            trusted_publicly,
            fault: self.fault(fault),
        }
    }

    fn certificate(&mut self, certificate: Certificate) -> Certificate {
        let Certificate { subject, issuer, names, not_before, not_after } = certificate;
        Certificate {
            subject: self.text(&subject),
            issuer: self.text(&issuer),
            names: self.texts(&names),
            not_before,
            not_after,
        }
    }

    fn page(&mut self, StatusPage { component, incidents, problem }: StatusPage) -> StatusPage {
        StatusPage {
            component: self.maybe(component),
            incidents: self.texts(&incidents),
            problem: self.maybe(problem),
        }
    }

    fn proxy(&mut self, answer: ProxyConnect) -> ProxyConnect {
        let ProxyConnect { status, ms, fault, headers } = answer;
        ProxyConnect {
            status,
            ms,
            fault: self.fault(fault),
            headers: headers.into_iter().map(|(name, value)| (name, self.text(&value))).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::DateTime;

    use super::*;
    use crate::record::observation::FaultKind;

    /// A network that says `text` wherever it can.
    fn saying(text: &str) -> Network {
        let said = || text.to_owned();
        let fault = || Some(Fault::new(FaultKind::Closed, text));
        Network {
            dns: Some(Dns { host: said(), addresses: vec![said()], ms: 1.0 / 3.0, fault: fault() }),
            connections: vec![ConnectionAttempt {
                address: said(),
                connect_ms: Some(0.1 + 0.2),
                tls_ms: None,
                fault: fault(),
            }],
            tls: Some(Tls {
                version: Some(said()),
                alpn: Some(said()),
                chain: vec![Certificate {
                    subject: said(),
                    issuer: said(),
                    names: vec![said()],
                    not_before: DateTime::from_timestamp(0, 0),
                    not_after: DateTime::from_timestamp(i64::from(u32::MAX) * 100, 0),
                }],
                trusted_here: true,
                trusted_publicly: false,
                fault: fault(),
            }),
            clock_skew_s: Some(0.1 + 0.2),
            status_page: Some(StatusPage {
                component: Some(said()),
                incidents: vec![said()],
                problem: Some(said()),
            }),
            proxy_connect: Some(ProxyConnect {
                status: Some(407),
                ms: 1.0 / 3.0,
                fault: fault(),
                headers: BTreeMap::from([("via".to_owned(), said())]),
            }),
        }
    }

    #[test]
    fn every_text_is_cleaned_and_nothing_else_changes() {
        let cleaned = cleaned(saying("secret"), &mut |text| text.replace("secret", "[redacted]"));
        assert_eq!(cleaned, saying("[redacted]"));
    }

    #[test]
    fn a_secret_that_is_a_word_of_the_records_own_takes_nothing_else_with_it() {
        // A password can be the name of a fault, or a part of a date.
        for word in ["closed", "1970", "2"] {
            let cleaned = cleaned(saying("said"), &mut |text| text.replace(word, "[redacted]"));
            assert_eq!(cleaned, saying("said"), "{word}");
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        let cleaned = cleaned(saying(&"a".repeat(LONGEST + 1)), &mut str::to_owned);
        assert_eq!(cleaned, saying(&"a".repeat(LONGEST)));
    }
}
