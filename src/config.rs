//! Arguments and environment, checked: what a run needs, valid by construction.

pub mod proxy;
