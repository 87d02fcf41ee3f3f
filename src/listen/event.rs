//! What is told of connections.

use super::peer::Looking;
use crate::heard::Sent;
use crate::record::heard::Client;
use crate::record::listened::Refusal;

/// Something that was noticed.
#[derive(Debug)]
pub enum Event {
    /// A request, with its answer.
    Sent(Box<Sent>, Caller),
    /// A connection to HeyGen that came to nothing before a request was sent.
    Stopped(Stop),
}

/// A connection that came to nothing.
#[derive(Debug)]
pub struct Stop {
    /// The host that was asked for.
    pub host: String,
    /// Who asked for it.
    pub caller: Caller,
    /// The way in which it ended.
    pub how: Refusal,
}

/// A process that is being looked up.
#[derive(Clone, Debug)]
pub struct Caller(pub(super) Looking);

impl Caller {
    /// The process, where the system tells.
    pub async fn client(self) -> Option<Client> {
        self.0.await.client
    }
}
