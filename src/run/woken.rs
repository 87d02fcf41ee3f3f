//! The moment at which sending goes on, or ends.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use futures_util::FutureExt as _;
use futures_util::stream::{FuturesUnordered, StreamExt as _};

use crate::record::facts::EndedBy;

/// The event after which sending goes on, or ends.
pub(super) enum Woken<L, G> {
    Landed(L),
    Ended(EndedBy),
    Given(G),
}

/// Waits for the first of them. What has landed comes before the end of the run, which is always
/// noticed; without anything under way, or asked for, there is nothing of that kind to wait for.
pub(super) async fn woken<F: Future, G: Future + Unpin>(
    flying: &mut FuturesUnordered<F>,
    ended: impl Future<Output = EndedBy>,
    mut asked: Option<&mut G>,
) -> Woken<F::Output, G::Output> {
    let mut ended = pin!(ended);
    let first = poll_fn(|cx| {
        if let Poll::Ready(Some(landed)) = flying.poll_next_unpin(cx) {
            return Poll::Ready(Woken::Landed(landed));
        }
        if let Poll::Ready(by) = ended.as_mut().poll(cx) {
            return Poll::Ready(Woken::Ended(by));
        }
        match &mut asked {
            Some(asked) => asked.poll_unpin(cx).map(Woken::Given),
            None => Poll::Pending,
        }
    });
    first.await
}
