//! String codes: V2 and V3.

mod access;
mod limit;
mod request;
mod resource;

use super::Code;

pub(super) const GROUPS: &[&[Code]] =
    &[access::CODES, limit::CODES, request::CODES, resource::CODES];
