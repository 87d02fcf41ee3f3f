//! The variables that lead a program here: which one reaches which client was measured.

use std::ffi::OsString;

/// A variable that a program gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: OsString,
    /// Who reads it.
    pub reader: &'static str,
}

/// What a variable is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    /// The base URL.
    BaseUrl,
    /// The digit 1.
    Yes,
    /// The proxy.
    Proxy,
    /// The hosts for which there is none: what it named before without HeyGen, and this machine.
    NoProxy,
    /// The file that it named before, else the system's roots, and ours.
    Roots,
    /// The file that it named before, and ours: the client has roots of its own beside them.
    MoreRoots,
    /// What it held before, and a file that Node reads first.
    Node,
    /// A folder with a `sitecustomize.py`, and what it held before.
    Python,
    /// What it held before, and the proxy and the roots as properties.
    Java,
    /// A copy of Wget's own settings, and the roots.
    Wget,
    /// What it held before, and a folder with the roots as a setting.
    Php,
    /// The certificate of our authority, alone.
    Ours,
    /// The port, for the files that Node and Python read.
    Port,
    /// The hosts that are led here, for the same.
    Hosts,
}

/// Every variable that is set, with what it is set to, and who reads it.
pub(super) const VARIABLES: &[(&str, Gives, &str)] = &[
    ("HEYGEN_API_BASE", Gives::BaseUrl, "HeyGen's command line, and programs made alike"),
    ("HEYGEN_API_URL", Gives::BaseUrl, "HyperFrames, and programs made alike"),
    ("HEYGEN_ALLOW_HTTP", Gives::Yes, "HeyGen's command line, to take a base URL without TLS"),
    ("HTTPS_PROXY", Gives::Proxy, "curl, Python, Go, axios, PHP"),
    ("https_proxy", Gives::Proxy, "Wget, and what reads lower case first"),
    ("HTTP_PROXY", Gives::Proxy, "Ruby, for https as well"),
    ("http_proxy", Gives::Proxy, "the same"),
    ("ALL_PROXY", Gives::Proxy, "curl, requests, httpx"),
    ("all_proxy", Gives::Proxy, "the same"),
    ("NO_PROXY", Gives::NoProxy, "all of these: with HeyGen in it none would come here"),
    ("no_proxy", Gives::NoProxy, "the same"),
    ("GLOBAL_AGENT_HTTP_PROXY", Gives::Proxy, "Node's global-agent"),
    ("GLOBAL_AGENT_HTTPS_PROXY", Gives::Proxy, "the same"),
    ("GLOBAL_AGENT_NO_PROXY", Gives::NoProxy, "the same"),
    ("SSL_CERT_FILE", Gives::Roots, "OpenSSL: Python's urllib, httpx, aiohttp, Ruby; Go; .NET"),
    ("CURL_CA_BUNDLE", Gives::Roots, "curl, requests"),
    ("REQUESTS_CA_BUNDLE", Gives::Roots, "requests"),
    ("AWS_CA_BUNDLE", Gives::Roots, "AWS's tools and SDKs"),
    ("GIT_SSL_CAINFO", Gives::Roots, "git"),
    ("NODE_EXTRA_CA_CERTS", Gives::MoreRoots, "Node, Bun, Electron"),
    ("DENO_CERT", Gives::MoreRoots, "Deno"),
    ("NODE_OPTIONS", Gives::Node, "Node: https, fetch, undici, got, node-fetch, HTTP/2"),
    ("PYTHONPATH", Gives::Python, "Python: aiohttp, and clients that trust no variable"),
    ("JAVA_TOOL_OPTIONS", Gives::Java, "Java, which says so on standard error"),
    ("WGETRC", Gives::Wget, "Wget"),
    ("PHP_INI_SCAN_DIR", Gives::Php, "PHP's curl extension"),
    ("HEYGEN_DOCTOR_CA", Gives::Ours, "the files for Node and Python"),
    ("HEYGEN_DOCTOR_PORT", Gives::Port, "the same"),
    ("HEYGEN_DOCTOR_HOSTS", Gives::Hosts, "the same"),
];

/// `NO_PROXY` for a program: what matches HeyGen goes, and this machine is never asked through a proxy.
pub(super) fn no_proxy(before: &str) -> String {
    let entries = before.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    let kept = entries.filter(|entry| !leads_past(entry));
    let local = ["127.0.0.1", "localhost", "::1"];
    let local = local.into_iter().filter(|name| !before.split(',').any(|one| one.trim() == *name));
    kept.chain(local).collect::<Vec<_>>().join(",")
}

/// True for an entry that keeps HeyGen from the proxy: `*`, the host, or a domain that it is in.
fn leads_past(entry: &str) -> bool {
    let name = entry.split(':').next().unwrap_or_default().trim_start_matches('*');
    let name = name.trim_start_matches('.').to_ascii_lowercase();
    name.is_empty()
        || super::HOSTS.iter().any(|host| {
            host.strip_suffix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_proxy_is_kept_without_what_leads_past() {
        for (before, after) in [
            ("", "127.0.0.1,localhost,::1"),
            ("*", "127.0.0.1,localhost,::1"),
            ("internal.test, .heygen.com,localhost", "internal.test,localhost,127.0.0.1,::1"),
            ("api.heygen.com:443,com,10.0.0.0/8", "10.0.0.0/8,127.0.0.1,localhost,::1"),
            ("*.HeyGen.com,notheygen.com", "notheygen.com,127.0.0.1,localhost,::1"),
        ] {
            assert_eq!(no_proxy(before), after, "{before}");
        }
    }

    #[test]
    fn no_variable_is_set_twice() {
        let names: std::collections::BTreeSet<_> = VARIABLES.iter().map(|row| row.0).collect();
        assert_eq!(names.len(), VARIABLES.len());
    }
}
