//! Arguments and environment become settings that are valid by construction.

pub mod proxy;
