//! The double's answers: HeyGen's order of checks, and the departures of a scenario.
//!
//! The order is inferred from captures (the original support ticket; public probes of 2026-08 and
//! 2026-09): an unknown path is 404 whatever the key; OPTIONS is 200 without a key; a wrong method
//! is 405 even with a bad key; then the key; then its scopes; then the request itself.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::busy::Busy;
use super::clock;
use super::envelope::{self, Refusal};
use super::fill::Fill;
use super::route::{self, Gives, Route};
use super::rule::{Memory, Rule};
use super::scenario::Scenario;
use super::terms::{HeaderCase, Holder, Legacy, Part, UnknownRoute, Version};
use super::visitor::Visitor;
use crate::serve::{Delivery, Reply, Request};

/// A scenario in operation.
#[derive(Debug)]
pub(super) struct Engine {
    scenario: Scenario,
    memories: Vec<Mutex<Memory>>,
    served: AtomicU64,
    /// How busy it is.
    pub(super) busy: Busy,
}

impl Engine {
    /// A scenario, put into operation.
    pub(super) fn new(scenario: Scenario) -> Self {
        let memories = scenario.rules.iter().map(|_| Mutex::default()).collect();
        Self { scenario, memories, served: AtomicU64::new(0), busy: Busy::default() }
    }

    /// The number of requests so far.
    pub(super) fn served(&self) -> u64 {
        self.served.load(Ordering::Relaxed)
    }

    /// Answers a request; says how long the answer takes.
    pub(super) fn reply(&self, request: Request) -> (Reply, Duration) {
        let serial = self.served.fetch_add(1, Ordering::Relaxed) + 1;
        let request = self.on_the_way(request);
        let key = self.scenario.key.as_deref();
        let visitor = Visitor::of(&request, key, &self.scenario.account);
        let fill = Fill::new(&visitor.value, request.path(), serial);
        let reached = self.route(&request, &fill);
        let rule = self.rule(&request, &visitor, reached.is_ok());
        let reply = match (rule.and_then(|rule| rule.answer.as_ref()), reached) {
            (Some(fixed), _) => fixed.reply(&fill),
            (None, Err(reply)) => self.signed(reply, &request),
            (None, Ok(route)) => {
                let inside = self.inside(route, rule, &visitor, (&request, &fill));
                self.signed(inside, &request)
            }
        };
        let delay = self.scenario.server.latency_ms + rule.map_or(0, |rule| rule.delay_ms);
        let mut reply = self.dated(reply);
        match rule.and_then(|rule| rule.fault.as_ref()) {
            Some(fault) => reply.delivery = fault.delivery(),
            None => reply = self.spelled(reply),
        }
        (reply, Duration::from_millis(delay))
    }

    /// With the time of this server's clock.
    fn dated(&self, mut reply: Reply) -> Reply {
        let moment = clock::now() + TimeDelta::seconds(self.scenario.server.clock_skew_s);
        let date = ("date".to_owned(), clock::http_date(moment).into_bytes());
        reply.headers.insert(0, date);
        reply
    }

    /// Header names and their order as this server writes them, where that isn't the usual way.
    fn spelled(&self, reply: Reply) -> Reply {
        let front = &self.scenario.server;
        let reversed = front.reversed.contains(&Part::Headers);
        if front.header_case == HeaderCase::Lower && !reversed {
            return reply;
        }
        let length = reply.body.len().to_string();
        let mut reply = reply.header("content-length", length).header("connection", "close");
        for (name, _) in &mut reply.headers {
            *name = front.header_case.spell(name);
        }
        if reversed {
            reply.headers.reverse();
        }
        Reply { delivery: Delivery::Verbatim, ..reply }
    }

    /// A request without the headers that are lost on the way.
    fn on_the_way(&self, mut request: Request) -> Request {
        let front = &self.scenario.server;
        request.headers.retain(|(name, _)| {
            let lost = front.drops.iter().any(|dropped| dropped.eq_ignore_ascii_case(name));
            !lost && !front.drops_spelled.contains(name)
        });
        request
    }

    fn rule(&self, request: &Request, visitor: &Visitor, inside: bool) -> Option<&Rule> {
        let moment = self.busy.moment();
        let mut rules = self.scenario.rules.iter().zip(&self.memories);
        let (first, _) =
            rules.find(|(rule, memory)| rule.applies(request, visitor, inside, moment, memory))?;
        (!first.pass).then_some(first)
    }

    /// Routing: the path, OPTIONS, the method.
    fn route(&self, request: &Request, fill: &Fill<'_>) -> Result<&'static Route, Reply> {
        let front = &self.scenario.server;
        let mut routes = route::at(request.path());
        if !self.scenario.account.self_endpoint {
            routes.retain(|route| route.gives != Gives::Key);
        }
        let Some(first) = routes.first() else { return Err(self.unknown_route(fill)) };
        match front.legacy {
            Legacy::NotFound if first.version != Version::V3 => {
                return Err(self.unknown_route(fill));
            }
            Legacy::Gone if first.version != Version::V3 => return Err(Reply::new(410)),
            _ => {}
        }
        let allowed: Vec<_> = routes.iter().map(|route| route.method).collect();
        let allow = format!("{}, HEAD, OPTIONS", allowed.join(", "));
        if request.method == "OPTIONS" {
            return Err(Reply::new(200).header("allow", allow));
        }
        let method = if request.method == "HEAD" { "GET" } else { &request.method };
        routes.into_iter().find(|route| route.method == method).ok_or_else(|| {
            let detail = format!("Method \"{}\" not allowed.", request.method);
            json_answer(405, &json!({"detail": detail})).header("allow", allow)
        })
    }

    fn unknown_route(&self, fill: &Fill<'_>) -> Reply {
        const PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>Not Found</title>\n\
            </head>\n<body>\n  <h1>Not Found</h1><p>The requested resource was not found on this \
            server.</p>\n</body>\n</html>\n";
        match self.scenario.server.unknown_route {
            UnknownRoute::Html => Reply::new(404).body("text/html", PAGE),
            UnknownRoute::Empty => Reply::new(404),
            UnknownRoute::Drf => json_answer(404, &json!({"detail": "Not found."})),
            UnknownRoute::V3 => {
                json_answer(404, &Refusal::new(404, "Not found").body(Version::V3, fill))
            }
        }
    }

    /// The API itself: the key, its scopes, the request.
    fn inside(
        &self,
        route: &Route,
        rule: Option<&Rule>,
        visitor: &Visitor,
        (request, fill): (&Request, &Fill<'_>),
    ) -> Reply {
        if let Some(refusal) = rule.and_then(|rule| rule.refuse.as_ref()) {
            return self.refused(route, refusal, fill);
        }
        let front = &self.scenario.server;
        let (known, present) = match rule.and_then(|rule| rule.sees) {
            Some(holder) => (holder == Holder::Real, holder != Holder::None),
            None => (visitor.accepted, visitor.holder != Holder::None),
        };
        if !known {
            let refusal = if present { &front.unknown } else { &front.missing };
            return self.refused(route, refusal, fill);
        }
        let action = if route.method == "GET" { "read" } else { "write" };
        match route.resource {
            Some(resource) if !self.scenario.account.permits(resource, action) => {
                let scope = format!("{resource}:{action}");
                self.refused(route, &Refusal::out_of_scope(&scope), fill)
            }
            _ => self.given(route, request, fill),
        }
    }

    fn given(&self, route: &Route, request: &Request, fill: &Fill<'_>) -> Reply {
        let account = &self.scenario.account;
        let refused = |refusal: Refusal| self.refused(route, &refusal, fill);
        let data = match route.gives {
            Gives::Key => account.key_data(),
            Gives::User => account.user_data(),
            Gives::Sounds if parameter(request, "query").is_none_or(str::is_empty) => {
                return refused(Refusal::new(400, "query must not be empty"));
            }
            Gives::Page | Gives::Sounds => json!([]),
            Gives::Absent(kind) => {
                let message = format!("{kind} not found");
                return refused(Refusal::new(404, message).code(format!("{kind}_not_found")));
            }
            Gives::Profile => json!({"username": "synthetic", "email": "someone@example.com"}),
            Gives::Quota => account.quota_data(),
            Gives::List(member) => json!({ member: [] }),
            Gives::Token if request.text("content-type") != "application/json" => {
                // Wording from HeyGen-Official/InteractiveAvatarNextJSDemo#5.
                let kind = request.text("content-type");
                let detail = format!(
                    "Unsupported media type '{kind}' in request. 'application/json' is required."
                );
                return json_answer(415, &json!({ "detail": detail }));
            }
            Gives::Token => json!({"token": "synthetic-session-token"}),
            Gives::Video if account.balance <= 0.0 => {
                let message = "Your account has 0 credits but this video requires 10 credits.";
                return refused(Refusal::new(402, message));
            }
            Gives::Video => return refused(Refusal::new(400, "The double makes no videos.")),
        };
        self.json(200, envelope::success(route.version, &data), fill)
    }

    /// A refusal; V2 warns of its end to whoever got past authentication.
    fn refused(&self, route: &Route, refusal: &Refusal, fill: &Fill<'_>) -> Reply {
        let mut body = refusal.body(route.version, fill);
        if route.version == Version::V2 && refusal.status != 401 && body.get("data").is_some() {
            body["warning"] = envelope::warning();
        }
        let mut answer = self.json(refusal.status, body, fill);
        for (name, value) in &refusal.headers {
            answer = answer.header(name, fill.text(value));
        }
        match refusal.retry_after {
            Some(seconds) => answer.header("retry-after", seconds.to_string()),
            None => answer,
        }
    }

    fn json(&self, status: u16, mut body: Value, fill: &Fill<'_>) -> Reply {
        let front = &self.scenario.server;
        let extra = front.extra_members.as_deref().and_then(|text| serde_json::from_str(text).ok());
        if let (Some(members), Some(Value::Object(extra))) = (body.as_object_mut(), extra) {
            members.extend(extra.into_iter().map(|(name, value)| (name, fill.value(value))));
        }
        json_answer(
            status,
            &if front.reversed.contains(&Part::Members) { envelope::reversed(body) } else { body },
        )
    }

    /// The headers of HeyGen's stack: gunicorn behind an AWS load balancer (the original support
    /// ticket); V1 and V2 announce their end in every answer (measured 2026-09-02).
    fn signed(&self, mut answer: Reply, request: &Request) -> Reply {
        let front = &self.scenario.server;
        let known = !route::at(request.path()).is_empty();
        if known && matches!(route::version_of(request.path()), Some(Version::V1 | Version::V2)) {
            answer = answer
                .header("deprecation", "true")
                .header("sunset", "Sat, 31 Oct 2026 00:00:00 GMT");
        }
        if front.cookies {
            let until = "Expires=Fri, 27 Nov 2026 00:00:00 GMT; Path=/";
            answer = answer
                .header("set-cookie", format!("AWSALB=synthetic; {until}"))
                .header("set-cookie", format!("AWSALBCORS=synthetic; {until}; SameSite=None"));
        }
        for (name, value) in &front.headers {
            answer = answer.header(name, value.as_str());
        }
        answer.header("server", front.software.as_str())
    }
}

/// The value of a parameter of the query.
fn parameter<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let mut pairs = request.query().split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn json_answer(status: u16, body: &Value) -> Reply {
    Reply::new(status).body("application/json", body.to_string())
}
