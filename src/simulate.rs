//! An embedded double of HeyGen's API, for trying the doctor without a key and without a network.
//!
//! The double plays HeyGen from public facts about its API: order of checks, envelopes, headers.
//! It knows nothing of how answers are classified or diagnosed, and nothing there is derived from
//! it; the two share only the names in which a scenario states its expected diagnosis.
//!
//! A scenario is one file under `fixtures/scenarios`: a story, a synthetic key, how the server
//! behaves, and what a careful human would conclude. The files are compiled in.

mod account;
mod answer;
mod busy;
mod catalogue;
mod clock;
mod engine;
mod envelope;
mod fill;
mod front;
mod machine;
mod route;
mod rule;
mod scenario;
mod server;
mod terms;
mod tls;
mod visitor;

pub use catalogue::{load, names};
pub use scenario::{Elsewhere, Expected, FieldReport, Scenario};
pub use server::{Server, handler};
