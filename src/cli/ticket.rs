//! Facts for the ticket that only the user knows.

use clap::{Arg, ArgMatches};

use super::value;

/// Texts for the ticket.
#[derive(Clone, Debug, Default)]
pub struct TicketArgs {
    /// The plan of the account.
    pub plan: Option<String>,
    /// The account's e-mail address.
    pub account_email: Option<String>,
    /// The account's or space's id.
    pub account_id: Option<String>,
    /// The work that can't be done because of this.
    pub impact: Option<String>,
    /// The attempts before.
    pub previous: Option<String>,
}

impl TicketArgs {
    pub(super) fn args() -> impl Iterator<Item = Arg> {
        let args = [
            value("plan", "TEXT", "The plan of the account"),
            value("account-email", "ADDRESS", "The account's e-mail address"),
            value("account-id", "ID", "The account's or space's id"),
            value("impact", "TEXT", "What can't be done because of this"),
            value("previous", "TEXT", "What was tried before"),
        ];
        args.into_iter().map(|arg| arg.help_heading("Ticket"))
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            plan: found.remove_one("plan"),
            account_email: found.remove_one("account-email"),
            account_id: found.remove_one("account-id"),
            impact: found.remove_one("impact"),
            previous: found.remove_one("previous"),
        }
    }
}
