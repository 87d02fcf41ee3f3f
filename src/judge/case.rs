//! The view of a run that every hypothesis reads.

use crate::heygen::endpoint::{ME, SELF};
use crate::record::class::Class;
use crate::record::facts::{About, Facts, Finding, FindingId, Kind, Setting, SettingKind};
use crate::record::observation::{Envelope, Observation};
use crate::record::probe::{ApiVersion, Credential, variant};

use super::group::{Group, comes_of_load};

/// Answers that may be other ones a moment later, and say nothing about the key.
pub(super) const TRANSIENT: &[Class] = &[
    Class::RateLimited,
    Class::ServerError,
    Class::EdgeError,
    Class::Timeout,
    Class::Reset,
    Class::Connect,
    Class::Dns,
    Class::Tls,
    Class::Malformed,
];
/// Failures of the server or of its gateway.
pub(super) const FAILED: &[Class] = &[Class::ServerError, Class::EdgeError];

/// The reason why nothing is said of a value: there is none.
pub(super) const NO_KEY: &str = "There is no value to look at.";

/// A run, grouped.
#[derive(Debug)]
pub struct Case<'a> {
    /// The run.
    pub facts: &'a Facts,
    /// Every observation in the order of the plan, without those that say nothing of the key: lost with a
    /// kept connection, or met by a burst of the doctor's own.
    pub seen: Group<'a>,
    /// What such bursts met besides acceptance and refusal.
    pub(super) of_load: Group<'a>,
    /// The user agent that the server talks to, when it blocks our own.
    other_agent: Option<&'static str>,
    pub(super) core: Core,
}

/// The endpoints whose answers are those of the core.
#[derive(Clone, Copy, Debug)]
pub(super) enum Core {
    /// The two that are asked with every credential.
    Both,
    /// What the other one answers everyone alike says nothing about the key.
    Only(&'static str),
    /// This server offers neither: the lists that a control was asked as well.
    Lists,
}

impl<'a> Case<'a> {
    /// Groups a run.
    #[must_use]
    pub fn new(facts: &'a Facts) -> Self {
        // What is lost with a kept connection says nothing of the server.
        let kept = facts.observations.iter().filter(|observation| !observation.is_lost());
        let (of_load, seen) = kept.partition(|observation| comes_of_load(observation));
        let mut case = Self {
            facts,
            seen: Group(seen),
            of_load: Group(of_load),
            other_agent: None,
            core: Core::Both,
        };
        case.core = case.core_endpoints();
        case.other_agent = case.unblocked_agent();
        if case.other_agent.is_some() {
            case.core = case.core_endpoints();
        }
        case
    }

    /// Our own user agent is blocked and another is not.
    pub(super) const fn agent_blocked(&self) -> bool {
        self.other_agent.is_some()
    }

    /// The doctor's documented way to present this credential, as far as the server allows it.
    pub(super) fn documented(&self, id: &str) -> bool {
        match self.other_agent {
            Some(agent) => id == agent,
            None if self.is_oauth() => id == variant::BEARER.id,
            None => variant::is_documented(id),
        }
    }

    /// The credential is an OAuth token, which goes into `Authorization`.
    pub(super) fn is_oauth(&self) -> bool {
        self.facts.credential.kind == Some(Kind::OauthToken)
    }

    /// Another key, of `--control-env` or another source, that was accepted in the same header.
    pub(super) fn another_accepted(&self) -> Group<'a> {
        self.seen
            .filter(|seen| {
                matches!(seen.credential, Credential::KnownGood | Credential::Other(_))
                    && self.documented(&seen.variant)
            })
            .of(&[Class::Ok])
    }

    /// The identity control: a path that no server can know.
    pub(super) fn unknown_route(&self) -> Group<'a> {
        self.seen.filter(|seen| {
            seen.endpoint == crate::heygen::endpoint::UNKNOWN_ROUTE.id
                && self.documented(&seen.variant)
        })
    }

    /// `users/me` answered some control other than with a 429.
    pub(super) fn controls_at_me_answered(&self) -> bool {
        let controls = self.none().and(&self.made_up());
        !controls.at(ME).not_of(&[Class::RateLimited]).is_empty()
    }

    /// All three kinds of control.
    pub(super) fn controls(&self) -> Group<'a> {
        self.none().and(&self.made_up()).and(&self.unknown_route())
    }

    /// Requests were under way when the run ended. They are no evidence, but nothing may be called
    /// unasked then.
    pub(super) const fn cut_off(&self) -> bool {
        !self.facts.run.unanswered.is_empty()
    }

    /// The answers to an identical control that gets in at one time and not at another.
    pub(super) fn erratic_control(&self) -> Option<Group<'a>> {
        let controls = self.controls();
        controls.iter().find_map(|one| {
            let identical = controls
                .filter(|other| {
                    other.endpoint == one.endpoint && other.credential == one.credential
                })
                .not_of(TRANSIENT);
            let let_in = identical.successes().len();
            (let_in > 0 && let_in < identical.len()).then_some(identical)
        })
    }

    /// A request without a valid key got in, wherever and however it was sent.
    pub(super) fn let_a_control_in(&self) -> bool {
        let controls = self.seen.filter(is_control);
        !controls.successes().is_empty()
    }

    /// Everything that was asked of the base URL's core: the real key and the controls.
    pub(super) fn everyone(&self) -> Group<'a> {
        self.real().and(&self.controls())
    }

    /// One credential in one variant on V3's core endpoints.
    pub(super) fn ask(&self, credential: Credential, variant: &str) -> Group<'a> {
        self.seen.filter(|seen| {
            seen.credential == credential
                && seen.variant == variant
                && matches!(seen.endpoint.as_str(), SELF | ME)
        })
    }

    /// One credential as documented on the legacy versions.
    pub(super) fn legacy(&self, credential: Credential) -> Group<'a> {
        self.seen.filter(|seen| {
            seen.api_version != ApiVersion::V3
                && seen.credential == credential
                && variant::is_documented(&seen.variant)
        })
    }

    /// The message of the first finding about the key that is about one of these.
    pub(super) fn looks(&self, about: &[About]) -> Option<&'a str> {
        self.finding(about).map(|finding| finding.message.as_str())
    }

    /// The first finding about the key that is about one of these.
    pub(super) fn finding(&self, about: &[About]) -> Option<&'a Finding> {
        let findings = &self.facts.credential.findings;
        findings.iter().find(|finding| about.contains(&finding.id.about()))
    }

    /// Nothing but blanks was found about the value, which change little on their way.
    pub(super) fn only_blanks(&self) -> bool {
        let findings = &self.facts.credential.findings;
        findings
            .iter()
            .filter(|finding| matches!(finding.id.about(), About::Damage | About::Copying))
            .all(|finding| finding.id == FindingId::KeyBlanks)
    }

    /// A value was there to be sent.
    pub(super) fn has_key(&self) -> bool {
        self.facts.credential.length.is_some_and(|length| length > 0)
    }

    /// The proxy let nothing through, as the doctor's own sockets saw: nothing reached the host.
    pub(super) fn proxy_at_fault(&self) -> bool {
        self.proxy_refuses() || self.proxy_is_unreachable() || self.proxy_left_out().is_some()
    }

    /// A proxy is set that can't be used, and without one nothing is reached.
    pub(super) fn proxy_left_out(&self) -> Option<&'a Setting> {
        let everyone = self.everyone();
        let closed = !everyone.is_empty()
            && everyone.all_of(&[Class::Dns, Class::Connect, Class::Timeout, Class::Reset]);
        let environment = &self.facts.environment;
        let left_out = environment.settings.iter().find(|set| set.kind == SettingKind::Proxy);
        left_out.filter(|_| closed && environment.proxy.is_none())
    }

    /// The doctor's own CONNECT was refused or had no answer, and no request got through.
    pub(super) fn proxy_refuses(&self) -> bool {
        let refused = self.facts.network.proxy_connect.as_ref().is_some_and(|connect| {
            connect.fault.is_some()
                || connect.status.is_some_and(|status| !(200..300).contains(&status))
        });
        let answered = self.everyone().answered().not_of(&[Class::ProxyAuth]);
        refused && answered.is_empty()
    }

    /// The doctor's own sockets found no way to the proxy.
    pub(super) fn proxy_is_unreachable(&self) -> bool {
        let network = &self.facts.network;
        let unnamed = network.dns.as_ref().is_some_and(|dns| dns.fault.is_some());
        let refused = !network.connections.is_empty()
            && network.connections.iter().all(|attempt| attempt.connect_ms.is_none());
        self.facts.environment.proxy.is_some()
            && (unnamed || refused)
            && self.everyone().answered().is_empty()
    }

    /// A cure as a step, with the run that shows whether it helped.
    pub(super) fn then_check(&self, cure: &str) -> String {
        match self.facts.run.simulated {
            // What a scenario is about stands in no setting of the reader's.
            Some(_) => format!("{cure}."),
            None => format!("{cure}, then run `heygen-doctor check` again."),
        }
    }

    /// The real key wherever and however it was accepted.
    pub(super) fn accepted_anyhow(&self) -> Group<'a> {
        self.seen.filter(|seen| seen.credential == Credential::Real && seen.class == Class::Ok)
    }
}

/// Asked with no key, or with a made-up one.
pub(super) fn is_control(seen: &Observation) -> bool {
    matches!(seen.credential, Credential::None | Credential::MadeUp)
}

/// The form in which an answer is wrapped; none where no answer came.
pub(super) fn envelope(seen: &Observation) -> Envelope {
    seen.answer().map_or(Envelope::None, |answer| answer.envelope)
}
