//! Notes on what surrounds the key: this machine, the way to HeyGen, and HeyGen's status page.

use super::NoteRow;
use crate::judge::case::Case;
use crate::record::cause::Cause;

/// The seconds of skew above which signed requests and certificates begin to suffer.
const SKEW: f64 = 60.0;

pub(super) const CLOCK_SKEW: NoteRow = NoteRow {
    meaning: "This machine's clock and the server's differ. HeyGen's API doesn't mind, but certificates and log times do.",
    next_step: "Switch on time synchronisation on this machine.",
    rule: clock_skew,
};

fn clock_skew(case: &Case<'_>, _: Cause) -> Option<String> {
    let skew = case.facts.network.clock_skew_s.filter(|skew| skew.abs() > SKEW)?;
    let direction = if skew > 0.0 { "behind" } else { "ahead of" };
    Some(format!("This machine's clock is {:.0} s {direction} the server's.", skew.abs()))
}

pub(super) const STATUS_PAGE_INCIDENT: NoteRow = NoteRow {
    meaning: "HeyGen's status page reports something about the API. It may or may not concern these requests.",
    next_step: "Read status.heygen.com before changing anything.",
    rule: status_page_incident,
};

fn status_page_incident(case: &Case<'_>, _: Cause) -> Option<String> {
    let page = case.facts.network.status_page.as_ref()?;
    let component = page.component.as_deref()?;
    (component != "operational").then(|| match page.incidents.first() {
        Some(incident) => {
            format!("HeyGen's status page says `{component}` of the API: {incident}.")
        }
        None => format!("HeyGen's status page says `{component}` of the API."),
    })
}

pub(super) const BASE_URL_OVERRIDE: NoteRow = NoteRow {
    meaning: "The requests went to another base URL than HeyGen's, because a flag or a variable says so.",
    next_step: "Check that the base URL is meant: the key is sent there.",
    rule: base_url_override,
};

fn base_url_override(case: &Case<'_>, _: Cause) -> Option<String> {
    let source = case.facts.environment.base_url_override.as_deref()?;
    Some(format!("The base URL {} was set by {source}.", case.facts.run.base_url))
}

pub(super) const PROXY_IN_USE: NoteRow = NoteRow {
    meaning: "The requests went through a proxy. With an encrypted connection it sees the host, not the key, unless it inspects traffic.",
    next_step: "Compare with a run with `NO_PROXY=api.heygen.com`, if the network allows it.",
    rule: proxy_in_use,
};

fn proxy_in_use(case: &Case<'_>, _: Cause) -> Option<String> {
    let proxy = case.facts.environment.proxy.as_ref()?;
    Some(format!("Requests go through the proxy {}, set by {}.", proxy.url, proxy.source))
}

pub(super) const TLS_INTERCEPTED: NoteRow = NoteRow {
    meaning: "A proxy is intercepting TLS, with a certificate that this machine trusts. Answers still come from HeyGen, but the proxy can read the key.",
    next_step: "Ask whoever runs the network whether this is meant.",
    rule: tls_intercepted,
};

fn tls_intercepted(case: &Case<'_>, cause: Cause) -> Option<String> {
    let tls = case.facts.network.tls.as_ref()?;
    (tls.trusted_here && !tls.trusted_publicly && cause != Cause::TlsIntercepted).then(|| {
        let issuer = tls.chain.first().map_or("an authority that isn't public", |leaf| leaf.issuer.as_str());
        format!("A proxy is intercepting TLS: this machine trusts its certificate, signed by `{issuer}`; public roots don't.")
    })
}

pub(super) const USER_AGENT_BLOCKED: NoteRow = NoteRow {
    meaning: "Requests under the doctor's own name were blocked, and others weren't. The key was judged by the others.",
    next_step: "If your program is blocked, set a `User-Agent` that names it.",
    rule: user_agent_blocked,
};

fn user_agent_blocked(case: &Case<'_>, _: Cause) -> Option<String> {
    case.agent_blocked().then(|| {
        "Requests under the doctor's own user agent are blocked; the key was judged under another.".to_owned()
    })
}
