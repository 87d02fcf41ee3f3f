//! TODO

use super::Code;

pub(super) const CODES: &[Code] = &[];
