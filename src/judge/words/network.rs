//! Causes in the network between.

use super::{Words, doc_url};

pub(super) const BLOCKED_AT_EDGE: Words = Words {
    title: "Block in front of the API",
    headline: "something in front of the API blocks it",
    meaning: "A firewall or a filter refuses the requests before they reach HeyGen's API: by address, by country, or by program. The key was never checked.",
    told_apart: "The same block comes for the real key, a made-up key, and no key, and it isn't in the form of HeyGen's API.",
    next_step: "Run `heygen-doctor check` from another network, for example a phone's hotspot, and compare.",
    for_support: "Please check whether your edge blocks the address that the requests came from, at the times in the table.",
    doc_url: doc_url!("blocked_at_edge"),
};

pub(super) const HEADER_STRIPPED: Words = Words {
    title: "Key lost on the way",
    headline: "the key's header doesn't arrive",
    meaning: "Something between this machine and HeyGen removes the header that carries the key, so HeyGen sees a request without one.",
    told_apart: "HeyGen answers the real key like no key, though it answers a made-up key differently. With an encrypted connection that ends at HeyGen, nothing on the way can do this.",
    next_step: "Run `heygen-doctor check` without the proxy, or from another network, and compare.",
    for_support: "Nothing is needed from HeyGen until the network is checked.",
    doc_url: doc_url!("header_stripped"),
};

pub(super) const WRONG_HOST: Words = Words {
    title: "Not HeyGen's API",
    headline: "this is not HeyGen's API",
    meaning: "Something else answers: a login page of the network, a web site, another API, or a redirect to one. The key wasn't checked there.",
    told_apart: "A path that can't exist isn't answered as HeyGen's API answers it, or the answers are web pages or redirects.",
    next_step: "Set the base URL to `https://api.heygen.com`.",
    for_support: "Nothing is needed from HeyGen.",
    doc_url: doc_url!("wrong_host"),
};

pub(super) const TLS_INTERCEPTED: Words = Words {
    title: "Inspected connection",
    headline: "something opens the encrypted connection",
    meaning: "The certificate that arrives was made by something in this network, not by a public authority. A proxy or a security program reads the traffic, and may change it.",
    told_apart: "The public roots don't accept the chain, although this machine may. It is the cause only if the handshake fails or the answers lack HeyGen's form.",
    next_step: "Ask whoever runs the network to exclude `api.heygen.com` from inspection, or give its root with `--ca-cert FILE`.",
    for_support: "Nothing is needed from HeyGen.",
    doc_url: doc_url!("tls_intercepted"),
};

pub(super) const TLS_ERROR: Words = Words {
    title: "Failed encryption",
    headline: "no encrypted connection can be made",
    meaning: "The connection comes up, but the encryption can't be agreed on: a certificate isn't trusted, has expired, or is for another name, or the other side doesn't speak it.",
    told_apart: "The fault is told by its type, before any request was sent.",
    next_step: "Check the date and time of this machine, and update its root certificates.",
    for_support: "Nothing is needed from HeyGen, unless the certificate in the report is HeyGen's own.",
    doc_url: doc_url!("tls_error"),
};

pub(super) const DNS_FAILURE: Words = Words {
    title: "Name that doesn't resolve",
    headline: "the host name doesn't resolve",
    meaning: "The name of the API couldn't be turned into an address. No request was sent, and nothing is known about the key.",
    told_apart: "The resolver of this machine answers with a failure, for the doctor as it would for your program.",
    next_step: "Run `nslookup api.heygen.com` on this machine, and check its DNS settings or those of its container.",
    for_support: "Nothing is needed from HeyGen.",
    doc_url: doc_url!("dns_failure"),
};

pub(super) const CONNECTION_FAILED: Words = Words {
    title: "Connection that can't be made",
    headline: "no connection to HeyGen can be made",
    meaning: "The name resolves, but no connection comes up, or it breaks before an answer. Nothing is known about the key.",
    told_apart: "Every address that was tried refused, couldn't be reached, or closed the connection.",
    next_step: "Check that the firewall lets this machine reach `api.heygen.com` on port 443.",
    for_support: "Nothing is needed from HeyGen, unless other networks fail as well.",
    doc_url: doc_url!("connection_failed"),
};

pub(super) const PROXY_ERROR: Words = Words {
    title: "Proxy that doesn't let it through",
    headline: "the proxy doesn't let the requests through",
    meaning: "A proxy is set, and it refuses the connection, asks for a login, or fails itself. HeyGen was never reached.",
    told_apart: "The proxy's own answer to the request for a tunnel, seen apart from any answer of HeyGen.",
    next_step: "Check the proxy setting that the report names, or run once with `NO_PROXY=api.heygen.com`.",
    for_support: "Nothing is needed from HeyGen.",
    doc_url: doc_url!("proxy_error"),
};

pub(super) const TIMEOUT: Words = Words {
    title: "No answer in time",
    headline: "no answer came in time",
    meaning: "A connection may have come up, but no answer came within the time allowed. Nothing is known about the key.",
    told_apart: "Every request that could tell ran into its time limit, the controls like the key's own.",
    next_step: "Run `heygen-doctor check --timeout 30s`.",
    for_support: "Please look whether the requests at the times in the table arrived.",
    doc_url: doc_url!("timeout"),
};
