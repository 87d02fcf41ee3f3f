//! A record, written for its readers. Pure functions: no terminal is asked, no clock, no
//! environment.

mod brief;
mod compare;
pub(crate) mod flaw;
mod fleet;
mod github;
mod har;
pub(crate) mod heard;
mod html;
mod human;
mod json;
mod junit;
mod key;
pub mod label;
pub(crate) mod links;
mod live;
mod markdown;
mod matrix;
mod openmetrics;
pub(crate) mod page;
mod patterns;
mod plan;
pub(crate) mod style;
mod told;
mod watch;

pub use compare::compared;
pub use fleet::{FleetPlan, PlannedKey, fleet_as_metrics, fleet_as_text, fleet_plan_as_text};
pub use key::{first_look, key_as_json, key_as_text, tools_as_json, tools_as_text};
pub use live::{heard_as_line, listened_as_text};
pub use markdown::{is_needed, left_to_fill};
pub use plan::{Target, plan_as_json, plan_as_text};
pub use watch::{flip_as_text, round_as_text, watched_as_text};

use crate::record::Record;
use crate::text::named_enum;

named_enum! {
    /// For whom a record is written.
    pub enum Format {
        /// For a person at a terminal.
        Human = "human",
        /// For programs: the record itself.
        Json = "json",
        /// For a ticket or an e-mail.
        Markdown = "markdown",
        /// For a browser.
        Html = "html",
        /// For agents: what decides, as one small JSON object.
        Brief = "brief",
        /// For tools that draw exchanges: an HTTP Archive.
        Har = "har",
        /// For the test reports of a CI: JUnit's XML.
        Junit = "junit",
        /// For Prometheus: metrics as text.
        Openmetrics = "openmetrics",
        /// For GitHub Actions: an annotation.
        Github = "github",
    }
}

/// How it is written.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an ability of the reader's own")]
pub struct Options {
    /// Columns of the terminal; 80 where there is none.
    pub width: usize,
    /// The longest line of prose, however wide the terminal is.
    pub prose: usize,
    /// Lines of the terminal, where there is one.
    pub height: Option<usize>,
    /// True if colours may be used.
    pub colour: bool,
    /// True if the terminal opens links.
    pub links: bool,
    /// True if more than ASCII may be used for signs and lines.
    pub unicode: bool,
    /// 0, 1 (the whole reasoning), or 2 (with every exchange).
    pub verbose: u8,
    /// Only the verdict line.
    pub quiet: bool,
    /// The file that the whole record is written to.
    pub record: Option<String>,
    /// The user's own texts for the ticket.
    pub ticket: Ticket,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 80,
            prose: 100,
            height: None,
            colour: false,
            links: false,
            unicode: true,
            verbose: 0,
            quiet: false,
            record: None,
            ticket: Ticket::default(),
        }
    }
}

/// The facts of a ticket that only the user knows: texts in it, and where it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticket {
    /// The plan of the account.
    pub plan: Option<String>,
    /// The account's e-mail address.
    pub account_email: Option<String>,
    /// The account's id.
    pub account_id: Option<String>,
    /// The id of the space.
    pub space_id: Option<String>,
    /// The public address that the requests came from.
    pub egress_ip: Option<String>,
    /// The impact.
    pub impact: Option<String>,
    /// Previous attempts.
    pub previous: Option<String>,
    /// The ticket without any HTML.
    pub plain: bool,
}

/// The record in this format, with a line break at its end.
#[must_use]
pub fn render(format: Format, record: &Record, options: &Options) -> String {
    match format {
        Format::Human => human::render(record, options),
        Format::Json => json::render(record),
        Format::Markdown => markdown::render(record, options),
        Format::Html => html::render(record),
        Format::Brief => brief::render(record, options),
        Format::Har => har::render(record),
        Format::Junit => junit::render(record),
        Format::Openmetrics => openmetrics::render(record),
        Format::Github => github::render(record),
    }
}

impl Options {
    pub(crate) const fn style(&self) -> style::Style {
        style::Style { colour: self.colour, unicode: self.unicode }
    }
}
