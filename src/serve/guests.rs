//! The names under which a server can be asked.

use std::net::IpAddr;

use http::uri::Authority;

use super::reply::Reply;

/// The requests that are answered, by the host that they name.
///
/// A web page can reach a server on loopback by a name of its own that resolves to 127.0.0.1 (DNS
/// rebinding); its requests carry that name, so they can be told from those of local programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guests {
    /// Only requests to a name or an address of loopback, and those that name no host.
    Local,
    /// Every request.
    Anyone,
}

impl Guests {
    /// True if a request to this host is answered.
    pub(super) fn admit(self, host: Option<&str>) -> bool {
        self == Self::Anyone || host.is_none_or(is_loopback)
    }
}

/// The answer to a request that names another host.
pub(super) fn misdirected() -> Reply {
    let text = "This server answers requests to localhost, 127.0.0.1 and [::1] only, and this \
                request names another host.\n";
    Reply::new(421).body("text/plain; charset=utf-8", text)
}

fn is_loopback(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let name = authority.host().trim_end_matches('.').to_ascii_lowercase();
    match name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => name == "localhost" || name.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_and_addresses_of_loopback_are_local() {
        for host in [
            "localhost",
            "LocalHost:80",
            "app.localhost:1",
            "localhost.",
            "127.0.0.1:8787",
            "127.1.2.3",
            "[::1]:8787",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(Guests::Local.admit(Some(host)), "{host}");
        }
        for host in [
            "",
            "attacker.example",
            "localhost.attacker.example:8787",
            "notlocalhost",
            "127.0.0.1.attacker.example",
            "192.168.1.2:8787",
            "0.0.0.0",
            "[2001:db8::1]",
            "user@attacker.example",
            "a b",
        ] {
            assert!(!Guests::Local.admit(Some(host)), "{host}");
            assert!(Guests::Anyone.admit(Some(host)), "{host}");
        }
        assert!(Guests::Local.admit(None));
    }
}
