//! Requests that the double answers, as HeyGen would.

use std::sync::Arc;

use futures_util::FutureExt as _;
use memchr::memmem;

use super::peer::Looking;
use super::{Caller, Event, Place, Room, now};
use crate::heard::{Reply as HeardReply, Sent};
use crate::key::{ApiKey, Kind};
use crate::record::heard::Answerer;
use crate::serve::{Delivery, Handler, Reply, Request};
use crate::simulate::{Scenario, handler as double};

/// The double, and the key that it takes.
pub(super) struct Double {
    handler: Handler,
    /// The key that it knows in its scenario.
    own: Option<Vec<u8>>,
    /// The key of this machine that stands for it.
    valid: Valid,
}

/// The key that counts as HeyGen's.
#[derive(Debug)]
pub enum Valid {
    /// The scenario's own.
    OfScenario,
    /// This one.
    Known(ApiKey),
    /// The doctor knows none: any value that looks like one.
    Any,
}

impl Double {
    /// Plays a scenario.
    pub(super) fn new(scenario: &Scenario, valid: Valid) -> Self {
        let own = scenario.key.clone().map(String::into_bytes);
        Self { handler: double(scenario), own, valid }
    }

    /// The request with the scenario's key in place of the one that stands for it: the double is told no
    /// key of a user's.
    fn translated(&self, mut request: Request) -> Request {
        let Some(own) = &self.own else { return request };
        for (name, value) in &mut request.headers {
            let carries = ["x-api-key", "authorization"];
            if carries.iter().any(|carries| name.eq_ignore_ascii_case(carries)) {
                *value = self.valid.replaced(value, own);
            }
        }
        request
    }
}

impl Valid {
    /// The key that the doctor found, as HeyGen knows it: whatever was pasted along with it, or taken off.
    #[must_use]
    pub fn found(key: Option<&ApiKey>) -> Self {
        let Some(key) = key.filter(|key| key.is_secret()) else { return Self::Any };
        let whole = key.repaired().unwrap_or_else(|| key.clone());
        let is_decoded = whole.kind() == Kind::DecodedLegacyKey;
        Self::Known(if is_decoded { whole.base64_encoded() } else { whole })
    }

    fn replaced(&self, value: &[u8], own: &[u8]) -> Vec<u8> {
        let taken = match self {
            Self::OfScenario => None,
            Self::Known(key) => {
                memmem::find(value, key.whole()).map(|at| at..at + key.whole().len())
            }
            Self::Any => {
                let bare = value.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
                let key = ApiKey::from_bytes(bare.to_vec());
                let fits = matches!(key.kind(), Kind::UserKey | Kind::PartnerKey | Kind::LegacyKey);
                let is_bare = key.whole().len() == bare.len();
                (fits && is_bare).then(|| value.len() - bare.len()..value.len())
            }
        };
        match taken.filter(|taken| !taken.is_empty()) {
            Some(taken) => [&value[..taken.start], own, &value[taken.end..]].concat(),
            None => value.to_vec(),
        }
    }
}

/// Answers the requests of one connection, and tells of each.
pub(super) fn handler(room: Arc<Room>, place: Place, peer: Looking) -> Handler {
    let place = Arc::new(place);
    Arc::new(move |request| {
        let (room, place, peer) = (Arc::clone(&room), Arc::clone(&place), peer.clone());
        async move { answer(&room, &place, peer, request).await }.boxed()
    })
}

async fn answer(room: &Room, place: &Place, peer: Looking, mut request: Request) -> Reply {
    let Some(double) = room.double() else { return Reply::new(502) };
    let at = now();
    request.target = place.local(&request.target, &room.token);
    let sent = Sent {
        at: Some(at),
        method: request.method.clone(),
        host: place.host(),
        target: request.target.clone(),
        http_version: format!("{:?}", request.version).replace("/2.0", "/2"),
        headers: request.headers.clone(),
        body: request.body.to_vec(),
        body_bytes: request.body_bytes,
        noted: place.noted.clone(),
        ..Sent::new(place.via)
    };
    let reply = if place.is_the_api() {
        (double.handler)(double.translated(request)).await
    } else {
        elsewhere()
    };
    // A program may be gone as soon as it has its answer.
    let _ = peer.clone().await;
    let answered = Some(told(&reply));
    room.tell(Event::Sent(Box::new(Sent { answered, ..sent }), Caller(peer))).await;
    reply
}

/// What is said where the API isn't, whatever the key: a page.
fn elsewhere() -> Reply {
    let page = "<!doctype html>\n<title>Not found</title>\n<p>HeyGen's API isn't here.</p>\n";
    Reply::new(404).body("text/html; charset=utf-8", page)
}

/// The reply as it is looked at; the double breaks some of them off before a status is there.
fn told(reply: &Reply) -> HeardReply {
    let is_answer = !matches!(
        reply.delivery,
        Delivery::Hang | Delivery::Raw(_) | Delivery::Close | Delivery::Reset
    );
    HeardReply {
        by: Answerer::Double,
        status: is_answer.then_some(reply.status),
        headers: reply.headers.clone(),
        body: reply.body.to_vec(),
    }
}
