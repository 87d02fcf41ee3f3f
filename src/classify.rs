//! One outcome, one class: a table of rules, the first that recognises decides.
//!
//! Rules read types, statuses, structure, and codes. None reads the text of a message: two
//! servers may word the same refusal differently.

mod account;
mod answer;
mod auth;
mod edge;
mod limits;
mod request;
mod server;
mod success;
mod transport;

use crate::record::class::Class;
use crate::record::observation::Outcome;

/// One way to recognise a class.
#[derive(Debug)]
pub struct Rule {
    /// A name for the rule, unique in the table.
    pub name: &'static str,
    /// The class it decides.
    pub class: Class,
    /// The parts of an outcome that it reads, in a few words.
    pub reads: &'static str,
    /// True for an outcome of its class.
    pub recognise: fn(&Outcome) -> bool,
}

/// Every rule, most specific first.
pub const RULES: &[Rule] = &[
    transport::DNS,
    transport::CONNECT,
    transport::TLS,
    transport::TIMEOUT,
    transport::RESET,
    transport::UNSENDABLE,
    transport::NOT_HTTP,
    transport::CUT_BY_TIMEOUT,
    transport::CUT_BY_NONSENSE,
    transport::CUT_SHORT,
    edge::PROXY_AUTH,
    edge::PORTAL,
    edge::REDIRECT,
    edge::LEGAL_BLOCK,
    server::EDGE_ERROR,
    server::SERVER_ERROR,
    limits::QUOTA,
    limits::RATE,
    account::SUSPENDED,
    account::API_NOT_ENABLED,
    account::SCOPE,
    account::PAYMENT,
    edge::PAGE_BLOCK,
    edge::UNWRAPPED_BLOCK,
    request::GONE,
    request::RESOURCE_NOT_FOUND,
    request::ROUTE_NOT_FOUND,
    request::METHOD,
    request::MEDIA_TYPE,
    edge::PAGE,
    auth::REFUSED_BY_CODE,
    auth::REFUSED,
    account::FORBIDDEN,
    request::BAD_REQUEST,
    success::BROKEN_BODY,
    success::FAILED_BY_CODE,
    success::OK,
    success::OTHER_SHAPE,
    server::UNREADABLE,
];

/// The class of an outcome. It is asked for once, where the outcome enters; from then on the
/// observation has it.
#[must_use]
pub fn classify(outcome: &Outcome) -> Class {
    deciding_rule(outcome).map_or(Class::Malformed, |rule| rule.class)
}

/// The rule that decides.
#[must_use]
pub fn deciding_rule(outcome: &Outcome) -> Option<&'static Rule> {
    RULES.iter().find(|rule| (rule.recognise)(outcome))
}
