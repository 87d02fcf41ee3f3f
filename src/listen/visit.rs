//! A connection that has come in.

use std::sync::Arc;

use super::Room;
use super::peer::Looking;
use super::prefixed::Prefixed;
use crate::serve::Activity;

/// A connection that has come in, and who made it.
pub(super) struct Visit {
    /// The bytes to come.
    pub(super) stream: Prefixed,
    /// The process at its other end.
    pub(super) peer: Looking,
    /// Tells the server whether it may be closed.
    pub(super) activity: Arc<Activity>,
    /// Everything that connections share.
    pub(super) room: Arc<Room>,
}
