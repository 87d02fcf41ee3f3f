//! No answer came from anyone: what the network causes share.

use super::case::Case;
use super::proxy_error;
use super::weighed::Weighed;
use crate::record::class::Class;
use crate::text::count;

/// Weighs a fault that keeps every request from being answered; `says` is what happened, as a
/// sentence without its end.
///
/// 1. The proxy on the way is at fault, so nothing ever got to the host: untested.
/// 2. Nothing met this fault: ruled out.
/// 3. Some request was answered although it could have met it: possible.
/// 4. Everyone met it: likely; confirmed if the doctor's own socket met it as well.
pub(super) fn weigh(case: &Case<'_>, classes: &[Class], own_socket: bool, says: &str) -> Weighed {
    if proxy_error::at_fault(case) {
        return Weighed::untested(
            "Nothing got past the proxy, so the host itself was never reached.",
        );
    }
    let sent = case.everyone().not_of(&[Class::Unsendable]);
    let met = sent.of(classes);
    if met.is_empty() {
        return if sent.is_empty() && case.cut_off() {
            Weighed::untested("No answer came before the run ended.")
        } else if sent.is_empty() {
            Weighed::untested("Nothing was sent.")
        } else {
            let what = if sent.answered().len() == sent.len() {
                format!("Every request was answered ({}).", sent.statuses())
            } else {
                format!("Requests met something else ({}).", sent.statuses())
            };
            Weighed::ruled_out(&sent, what)
        };
    }
    let met_by = format!("{} of {}", met.len(), count(sent.len(), "request"));
    if met.len() == sent.len() {
        return if own_socket {
            let text = format!("{says}: {met_by}, and the doctor's own socket, met that.");
            Weighed::confirmed().because(&met, text)
        } else {
            Weighed::likely().because(&met, format!("{says}: {met_by} met that."))
        };
    }
    let others = sent.not_of(classes);
    let real = case.real();
    let only_real = !real.is_empty() && real.all_of(classes) && !case.controls().any_of(classes);
    let mostly = met.len() * 2 > sent.len();
    let weighed = if only_real || mostly { Weighed::likely() } else { Weighed::possible() };
    weighed
        .because(&met, format!("{says}: {met_by} met that."))
        .against(&others, "Other requests were answered.")
}
