//! Who asks, about which key, and from where.

use std::fmt::Write as _;
use std::net::IpAddr;

use super::exchanges::key_id;
use super::part::Part;
use super::{bullets, finding};
use crate::judge::causes::of;
use crate::record::Record;
use crate::record::cause::Cause;
use crate::record::diagnosis::Evidence;
use crate::render::told::{no_fingerprint, said};
use crate::render::{Options, Ticket, label};
use crate::text::{address, code_span, list, markdown};

/// A fact that only the user knows: its flag, its name in the ticket, and what stands there until it is
/// filled in.
struct Field {
    flag: &'static str,
    name: &'static str,
    placeholder: &'static str,
    value: fn(&Ticket) -> Option<&String>,
}

const EMAIL: Field = Field {
    flag: "--account-email",
    name: "Account",
    placeholder: "e-mail address of the account",
    value: |ticket| ticket.account_email.as_ref(),
};
const ACCOUNT_ID: Field = Field {
    flag: "--account-id",
    name: "Account id",
    placeholder: "account id",
    value: |ticket| ticket.account_id.as_ref(),
};
const SPACE_ID: Field = Field {
    flag: "--space-id",
    name: "Space id",
    placeholder: "space id, from the address of the web app",
    value: |ticket| ticket.space_id.as_ref(),
};
const PLAN: Field = Field {
    flag: "--plan",
    name: "Plan",
    placeholder: "plan",
    value: |ticket| ticket.plan.as_ref(),
};
const IMPACT: Field = Field {
    flag: "--impact",
    name: "Impact",
    placeholder: "what can't be done because of it, and since when",
    value: |ticket| ticket.impact.as_ref(),
};
const EGRESS: Field = Field {
    flag: "--egress-ip",
    name: "Egress address",
    placeholder: "public address; curl https://checkip.amazonaws.com shows it",
    value: |ticket| ticket.egress_ip.as_ref(),
};
const PREVIOUS: Field = Field {
    flag: "--previous",
    name: "Before",
    placeholder: "what was tried before this run",
    value: |ticket| ticket.previous.as_ref(),
};

const FIELDS: [&Field; 7] = [&EMAIL, &ACCOUNT_ID, &SPACE_ID, &PLAN, &IMPACT, &EGRESS, &PREVIOUS];

impl Field {
    /// The user's text, or a placeholder that can be seen.
    fn told(&self, ticket: &Ticket) -> String {
        let told = match (self.value)(ticket) {
            None => format!("_[{}]_", markdown(self.placeholder)),
            // No other text may hold `::`.
            Some(given) if given.parse::<IpAddr>().is_ok() => format!("`{given}`"),
            Some(given) => markdown(given),
        };
        format!("{}: {told}", self.name)
    }
}

/// The flags of the facts that a ticket still lacks.
#[must_use]
pub fn left_to_fill(ticket: &Ticket) -> Vec<&'static str> {
    let open = FIELDS.into_iter().filter(|field| (field.value)(ticket).is_none());
    open.map(|field| field.flag).collect()
}

pub(super) fn subject(record: &Record, _: &Options) -> Part {
    let cautions = cautions(record);
    format!("## Subject\n\nHeyGen API key: {}\n{cautions}", finding(record)).into()
}

/// The warning that has to be read first, as a quotation.
pub(super) fn cautions(record: &Record) -> String {
    let mut out = String::new();
    if let Some(scenario) = &record.run.simulated {
        let scenario = code_span(scenario);
        let _ = write!(out, "\n> **Simulated ({scenario}): HeyGen was not asked.**\n");
    }
    if record.run.partial {
        let by = label::ended_by(&record.run);
        let _ = write!(out, "\n> **Partial: {by} before everything was answered.**\n");
    }
    out
}

/// The server's own words, and the evidence for the verdict and against it.
pub(super) fn why(record: &Record) -> String {
    let mut out = String::new();
    if let Some(said) = said(record, &code_span, &code_span) {
        let _ = write!(out, "\nThe server says: {said}\n");
    }
    let Some(named) = record.diagnosis.named() else { return out };
    let tell =
        |sign: &'static str| move |piece: &Evidence| format!("{sign}: {}", markdown(&piece.text));
    let mut items: Vec<String> = named.evidence.iter().map(tell("For")).collect();
    items.extend(named.against.iter().map(tell("Against")));
    out + "\n" + &bullets(&items)
}

pub(super) fn account(record: &Record, options: &Options) -> Part {
    let credential = &record.credential;
    let mut items: Vec<String> =
        [EMAIL, ACCOUNT_ID, SPACE_ID, PLAN].map(|field| field.told(&options.ticket)).to_vec();
    items.extend(key_id(record).map(|id| format!("Key id: {}", code_span(id))));
    match &credential.fingerprint {
        Some(fingerprint) => items.push(format!(
            "Key: fingerprint {}; the key itself is not in this document",
            code_span(fingerprint)
        )),
        None if credential.source.is_some() => {
            items.push(format!("Key: {}", no_fingerprint(credential)));
        }
        None => items.push("Key: none was found".to_owned()),
    }
    format!("## Account information\n\n{}", bullets(&items)).into()
}

pub(super) fn summary(record: &Record, options: &Options) -> Part {
    let diagnosis = &record.diagnosis;
    let items = [
        format!(
            "Verdict: {}; who can fix it: {}",
            label::verdict(diagnosis.verdict),
            who(diagnosis.cause)
        ),
        IMPACT.told(&options.ticket),
    ];
    format!("## Issue summary\n{}{}", why(record), bullets(&items)).into()
}

fn who(cause: Cause) -> &'static str {
    match (cause, of(cause).side) {
        (Cause::Healthy, _) => "nobody needs to",
        (_, None) => "not known yet",
        (_, Some(side)) => label::side(side),
    }
}

pub(super) fn environment(record: &Record, options: &Options) -> Part {
    let mut items = surroundings(record);
    items.push(EGRESS.told(&options.ticket));
    format!("## Environment\n\n{}", bullets(&items)).into()
}

/// The machine, its settings, and what they point to.
pub(super) fn surroundings(record: &Record) -> Vec<String> {
    let environment = &record.environment;
    let proxy = environment.proxy.as_ref().map_or_else(
        || "none".to_owned(),
        |proxy| format!("{}, set by {}", code_span(&proxy.url), code_span(&proxy.source)),
    );
    let mut items = vec![
        format!("System: {}, {}", code_span(&environment.os), code_span(&environment.arch)),
        format!("Base URL: {}; proxy: {proxy}", code_span(&record.run.base_url)),
    ];
    if !environment.proxy_variables.is_empty() {
        let names: Vec<String> =
            environment.proxy_variables.iter().map(|name| code_span(name)).collect();
        items.push(format!("Proxy variables that are set: {}", list(&names)));
    }
    if environment.ca_cert {
        items.push("Certificates of `--ca-cert` were trusted, too".to_owned());
    }
    if let Some(overridden) = &environment.base_url_override {
        items.push(format!("Base URL overridden by {}", code_span(overridden)));
    }
    if let Some(dns) = &record.network.dns {
        let addresses: Vec<String> = dns.addresses.iter().map(|a| code_span(&address(a))).collect();
        if !addresses.is_empty() {
            items.push(format!("The name resolved to {}", addresses.join(", ")));
        }
    }
    if let Some(vantage) = &record.run.vantage {
        items.push(format!("Vantage point: {}", code_span(vantage)));
    }
    items
}

pub(super) fn previous(_: &Record, options: &Options) -> Part {
    format!("## Previous attempts\n\n{}\n", PREVIOUS.told(&options.ticket)).into()
}
