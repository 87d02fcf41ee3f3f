//! The look of output, by the flags, the terminal and the environment.

use std::io::{IsTerminal, stdout};

use supports_hyperlinks::supports_hyperlinks;

use crate::cli::{Color, ColorArgs, LookArgs, TicketArgs};
use crate::config::surroundings::{is_set, variable};
use crate::render::{Options, Ticket};

/// The columns of output that goes to no terminal.
const USUAL_WIDTH: usize = 80;

/// For commands that send nothing.
pub(super) fn offline(color: ColorArgs, quiet: bool) -> Options {
    let terminal = stdout().is_terminal() && !is_set("NO_COLOR") && !dumb();
    Options {
        width: width(),
        height: height(),
        colour: match color.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal,
        },
        // A log that is only shown like a terminal keeps the signs of a link as text.
        links: terminal && color.color != Color::Never && !is_set("CI") && supports_hyperlinks(),
        unicode: speaks_unicode(),
        quiet,
        ..Options::default()
    }
}

/// For commands that probe.
pub(super) fn options(look: &LookArgs, ticket: &TicketArgs) -> Options {
    Options {
        verbose: look.verbose,
        ticket: Ticket {
            plan: ticket.plan.clone(),
            account_email: ticket.account_email.clone(),
            account_id: ticket.account_id.clone(),
            space_id: ticket.space_id.clone(),
            egress_ip: ticket.egress_ip.clone(),
            impact: ticket.impact.clone(),
            previous: ticket.previous.clone(),
            plain: ticket.plain,
        },
        ..offline(look.color, look.quiet)
    }
}

fn width() -> usize {
    let asked = text("COLUMNS").and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    asked.or_else(terminal).unwrap_or(USUAL_WIDTH).clamp(40, 400)
}

/// The lines of the terminal that output goes to; what goes elsewhere doesn't scroll away.
fn height() -> Option<usize> {
    stdout()
        .is_terminal()
        .then(terminal_size::terminal_size)?
        .map(|(_, height)| usize::from(height.0))
}

pub(super) fn dumb() -> bool {
    text("TERM").as_deref() == Some("dumb")
}

/// By the locale, as terminals themselves do.
fn speaks_unicode() -> bool {
    if cfg!(windows) {
        return true;
    }
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(text).find(|value| !value.is_empty());
    let utf8 =
        locale.is_some_and(|locale| locale.to_ascii_lowercase().replace('-', "").contains("utf8"));
    utf8 && !dumb()
}

fn text(name: &str) -> Option<String> {
    variable(name)?.into_string().ok()
}
