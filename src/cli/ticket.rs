//! Facts for the ticket that only the user knows.

use clap::{Arg, ArgMatches};

use super::{switch, value};

/// Texts for the ticket.
#[derive(Clone, Debug, Default)]
pub struct TicketArgs {
    /// The plan of the account.
    pub plan: Option<String>,
    /// The account's e-mail address.
    pub account_email: Option<String>,
    /// The account's id.
    pub account_id: Option<String>,
    /// The id of the space.
    pub space_id: Option<String>,
    /// The public address of this machine.
    pub egress_ip: Option<String>,
    /// The work that can't be done because of this.
    pub impact: Option<String>,
    /// The attempts before.
    pub previous: Option<String>,
    /// `--plain`.
    pub plain: bool,
}

impl TicketArgs {
    pub(super) fn args() -> impl Iterator<Item = Arg> {
        let args = [
            value("plan", "TEXT", "The plan of the account"),
            value("account-email", "ADDRESS", "The account's e-mail address"),
            value("account-id", "ID", "The account's id"),
            value("space-id", "ID", "The id of the space, from the address of the web app"),
            value("egress-ip", "ADDRESS", "The public address of this machine"),
            value("impact", "TEXT", "What can't be done because of this"),
            value("previous", "TEXT", "What was tried before"),
            switch("plain", "Write the ticket without any HTML, for an e-mail or Zendesk"),
        ];
        args.into_iter().map(|arg| arg.help_heading("Ticket"))
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            plan: found.remove_one("plan"),
            account_email: found.remove_one("account-email"),
            account_id: found.remove_one("account-id"),
            space_id: found.remove_one("space-id"),
            egress_ip: found.remove_one("egress-ip"),
            impact: found.remove_one("impact"),
            previous: found.remove_one("previous"),
            plain: found.get_flag("plain"),
        }
    }
}
