//! A record: from a run, or from a file.

use std::fs::File;
use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use anyhow::Context;
use tokio::runtime::Runtime;

use super::bar::Bar;
use crate::cli::{ProbeArgs, SourceArgs, TicketArgs};
use crate::command::output::Outputs;
use crate::config::{self, Double, Keys, Site};
use crate::doctor::examine;
use crate::error::{Usage, why};
use crate::judge::{facts, judge};
use crate::key::ApiKey;
use crate::key::source::{Given, Keyring};
use crate::plan::{self, Profile};
use crate::record::exit::Exit;
use crate::record::read::read;
use crate::record::{Record, Redaction};
use crate::redact::{Ledger, Redactor};
use crate::render::{Format, plan_as_json, plan_as_text};
use crate::run::Lab;
use crate::serve::Guests;
use crate::simulate::{Scenario, Server, load};

/// No record is larger than this.
const LARGEST_RECORD: u64 = 64 << 20;

/// A record, and what takes secrets out of whatever is made of it.
pub(super) struct Seen {
    pub(super) record: Record,
    pub(super) redactor: Redactor,
}

/// A record of a run, or of a file where `--from` names one.
pub(super) fn obtain(
    args: &ProbeArgs,
    usual: Profile,
    ticket: &TicketArgs,
    quiet: bool,
) -> anyhow::Result<Seen> {
    match &args.from {
        Some(path) => again(path, &args.source, ticket),
        None => in_runtime(live(args, usual, ticket, quiet)),
    }
}

/// Writes what would be sent: as JSON where `--json` is asked for, else for a person.
pub(super) fn dry_run(args: &ProbeArgs, usual: Profile, outputs: Outputs) -> anyhow::Result<Exit> {
    in_runtime(async {
        let (_server, site, keys) = configure(args, usual).await?;
        let brief = keys.brief(&site);
        let step = plan::first(&brief);
        let redactor = keys.redactor(&site.secrets(), None, &[]);
        outputs.write(&redactor, |format| match format {
            Format::Json => plan_as_json(&brief, &step),
            Format::Human | Format::Markdown => plan_as_text(&brief, &step),
        })?;
        Ok(Exit::Works)
    })
}

async fn live(
    args: &ProbeArgs,
    usual: Profile,
    ticket: &TicketArgs,
    quiet: bool,
) -> anyhow::Result<Seen> {
    let (_server, site, keys) = configure(args, usual).await?;
    let lab = Lab::new(site)?;
    let subject = lab.subject(keys, given(ticket)).await;
    let bar = Bar::new(!quiet);
    let examined = Box::pin(examine(&lab, &subject, &|event| bar.show(event))).await?;
    let record = judge(examined.facts, redaction(&examined.ledger));
    Ok(Seen { record, redactor: subject.redactor })
}

async fn configure(
    args: &ProbeArgs,
    usual: Profile,
) -> anyhow::Result<(Option<Server>, Site, Keys)> {
    let Some(name) = &args.simulate else {
        let (site, keys) = config::read(args, usual, None)?;
        return Ok((None, site, keys));
    };
    let scenario = load(name)?;
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let server = Server::start(&scenario, listen, Guests::Local)
        .await
        .context("The embedded double can't listen on loopback")?;
    let base_url = scenario.base_url_override().map_or_else(|| server.base_url(), str::to_owned);
    let proxy = scenario.is_proxy().then(|| format!("http://{}", server.addr()));
    let double =
        Double { scenario: scenario.name.clone(), base_url, proxy, keyring: keys(&scenario) };
    let (site, keys) = config::read(args, usual, Some(double))?;
    Ok((Some(server), site, keys))
}

/// The scenario's own keys; the user's are not touched.
fn keys(scenario: &Scenario) -> Keyring {
    let given = |source: String, key: &str, oauth: bool| Given {
        source,
        key: ApiKey::from_bytes(key.as_bytes().to_vec()),
        oauth,
    };
    let source = scenario.source.clone().unwrap_or_else(|| format!("scenario {}", scenario.name));
    let used = scenario.key.iter().map(|key| given(source.clone(), key, scenario.oauth));
    let elsewhere = &scenario.elsewhere;
    let others = elsewhere.iter().map(|place| given(place.source.clone(), &place.key, false));
    Keyring::of(used.chain(others).collect())
}

fn again(path: &Path, source: &SourceArgs, ticket: &TicketArgs) -> anyhow::Result<Seen> {
    let unusable = |why: String| {
        Usage::new(
            format!("`{}` {why}.", path.display()),
            "Give a record that `--json=FILE` wrote, with this version or an older one.",
        )
    };
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST_RECORD).read_to_string(&mut text))
        .map_err(|error| unusable(format!("can't be read: {}", why(&error))))?;
    let record = read(&text).map_err(|error| unusable(error.to_string()))?;
    let keyring = config::find_keys(source)?;
    let redactor = Redactor::new(&keyring.all(), &keyring.extra_secrets(), &given(ticket));
    let redaction = record.redaction.clone();
    Ok(Seen { record: judge(facts(record), redaction), redactor })
}

/// What the user gave to be shown.
fn given(ticket: &TicketArgs) -> Vec<String> {
    let texts =
        [&ticket.plan, &ticket.account_email, &ticket.account_id, &ticket.impact, &ticket.previous];
    texts.into_iter().flatten().cloned().collect()
}

fn redaction(ledger: &Ledger) -> Redaction {
    // Nothing is written unless the scan of every document passes.
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    Redaction {
        replaced: number(ledger.replaced),
        by_form: ledger
            .by_form
            .iter()
            .map(|(form, count)| (form.clone(), number(*count)))
            .collect(),
        self_check: "passed".to_owned(),
    }
}

fn in_runtime<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime: Runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("The runtime can't be started")?;
    let done = runtime.block_on(work);
    // A name that is still being resolved must not hold up the report.
    runtime.shutdown_background();
    done
}
