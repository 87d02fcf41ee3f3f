//! The proxy doesn't let the request through.

use super::{Hypothesis, Support, unreached};
use crate::judge::case::Case;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::facts::SettingKind;
use crate::record::observation::{FaultKind, TlsFault};

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Network),
    verdict: Verdict::Broken,
    exit: Exit::Wrong,
    title: "Proxy that doesn't let it through",
    headline: "the proxy doesn't let the requests through",
    meaning: "A proxy is set, and it refuses the connection, asks for a login, or fails itself. HeyGen was never reached.",
    told_apart: "The proxy's own answer to the request for a tunnel, seen apart from any answer of HeyGen.",
    next_step: "Check the proxy setting that the report names, or run once with `NO_PROXY=api.heygen.com`.",
    for_support: Support::Nothing("Nothing is needed from HeyGen."),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. A proxy is set that can't be used, and without one nothing is reached: likely.
/// 2. Every answer is 407: likely; confirmed if the proxy said so to our own CONNECT.
/// 3. The proxy refuses CONNECT, or can't be reached: confirmed by our own socket.
/// 4. No proxy, no 407: ruled out; nothing was sent, or nobody answered in time: untested.
fn weigh(case: &Case<'_>) -> Weighed {
    if let Some(setting) = case.proxy_left_out() {
        let text = format!("{} Without it nothing is reached.", setting.message);
        return Weighed::likely()
            .because(&case.everyone(), text)
            .next(case.then_check(&setting.step));
    }
    let asked = case.everyone().of(&[Class::ProxyAuth]);
    if case.proxy_refuses() {
        let met = case.everyone().of(&[
            Class::Connect,
            Class::ProxyAuth,
            Class::Tls,
            Class::Reset,
            Class::Timeout,
        ]);
        let status = case.facts.network.proxy_connect.as_ref().and_then(|connect| connect.status);
        let text = status.map_or_else(
            || "The proxy can't be reached.".to_owned(),
            |status| format!("The proxy answers CONNECT with {status}."),
        );
        let weighed = Weighed::confirmed().because(&met, text);
        return match status {
            Some(407) => weighed.next(log_in(case)),
            Some(_) => weighed.next(LET_THROUGH),
            None => weighed.next(other_scheme(case).unwrap_or(COMPARE)),
        };
    }
    if case.proxy_is_unreachable() {
        let met = case.everyone().of(&[Class::Connect, Class::Dns, Class::Timeout]);
        let weighed = Weighed::confirmed()
            .because(&met, "The doctor's own socket can't reach the proxy either.");
        let settings = &case.facts.environment.settings;
        return match settings.iter().find(|set| set.kind == SettingKind::Proxy) {
            Some(setting) => weighed.next(case.then_check(&setting.step)),
            None => weighed.next(COMPARE),
        };
    }
    if case.everyone().is_empty() {
        return Weighed::untested(if case.cut_off() {
            "No answer came before the run ended."
        } else {
            "Nothing was sent."
        });
    }
    if asked.is_empty() {
        return Weighed::ruled_out(&case.everyone().answered(), "No proxy refused anything.");
    }
    if asked.len() == case.everyone().answered().len() {
        return Weighed::likely()
            .because(&asked, "Every answer is 407: a proxy asks for a login.")
            .next(log_in(case));
    }
    unreached::weigh(case, &[Class::ProxyAuth], false, "A proxy asks for a login")
        .next(log_in(case))
}

/// The other scheme, where the proxy takes the connection and doesn't speak what its URL says.
fn other_scheme(case: &Case<'_>) -> Option<&'static str> {
    let fault = case.facts.network.proxy_connect.as_ref()?.fault.as_ref()?;
    let secure = case.facts.environment.proxy.as_ref()?.url.starts_with("https:");
    match fault.fault {
        FaultKind::Tls if secure && fault.tls == Some(TlsFault::NotTls) => Some(PLAIN),
        FaultKind::NotHttp | FaultKind::Closed if !secure => Some(SECURE),
        _ => None,
    }
}

/// How to log in: there is a variable to put it into only where a proxy is set, and a login in a variable
/// serves only a proxy that takes names and passwords.
fn log_in(case: &Case<'_>) -> &'static str {
    let connect = case.facts.network.proxy_connect.as_ref();
    let ways = connect.and_then(|connect| connect.headers.get("proxy-authenticate"));
    let by_password = |ways: &String| ways.to_ascii_lowercase().contains("basic");
    match (&case.facts.environment.proxy, ways) {
        (None, _) => ASK,
        (Some(_), Some(ways)) if !by_password(ways) => OTHER_LOGIN,
        (Some(_), _) => LOG_IN,
    }
}

/// Nothing is set here, so whoever runs the network has to be asked.
const ASK: &str = "Ask whoever runs this network how programs log in to its proxy: one answers, although none is set on this machine.";
/// The proxy asks for a login.
const LOG_IN: &str = "Put the proxy's user name and password into `HTTPS_PROXY`, as `http://USER:PASSWORD@HOST:PORT`.";
/// The proxy takes a login of the system (Kerberos, NTLM), which no variable can hold.
const OTHER_LOGIN: &str = "Ask whoever runs the proxy how programs get through it: it takes a login of the system, and no name and password.";
/// The proxy was spoken to in TLS, and isn't one for that.
const PLAIN: &str =
    "Write `http://` in place of `https://` in the proxy's URL: it doesn't speak TLS itself.";
/// The proxy was spoken to in plain text, and hung up or answered in something else.
const SECURE: &str = "Write `https://` in place of `http://` in the proxy's URL, if it is one that is spoken to in TLS.";
/// The proxy refuses this host.
const LET_THROUGH: &str = "Ask whoever runs the proxy to let `api.heygen.com`, port 443, through.";
/// Nothing is reached at the proxy's address.
const COMPARE: &str =
    "Compare host and port of the proxy that the report names with what your network prescribes.";
