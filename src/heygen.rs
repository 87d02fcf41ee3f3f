//! Facts of HeyGen, each with its source: endpoints, error codes, statuses, hosts.

pub mod code;
pub mod endpoint;
pub(crate) mod host;
pub(crate) mod route;
pub mod status;
