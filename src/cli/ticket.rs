//! Facts for the ticket that only the user knows.

use clap::Args;

/// Texts for the ticket.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Ticket")]
pub struct TicketArgs {
    /// The plan of the account
    #[arg(long, value_name = "TEXT")]
    pub plan: Option<String>,

    /// The account's e-mail address
    #[arg(long, value_name = "ADDRESS")]
    pub account_email: Option<String>,

    /// The account's or space's id
    #[arg(long, value_name = "ID")]
    pub account_id: Option<String>,

    /// What can't be done because of this
    #[arg(long, value_name = "TEXT")]
    pub impact: Option<String>,

    /// What was tried before
    #[arg(long, value_name = "TEXT")]
    pub previous: Option<String>,
}
