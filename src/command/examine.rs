//! The common part of `check` and `report`: examine a key, or read a record, and write the documents.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use chrono::Utc;
use tokio::runtime::Runtime;

use super::bar::Bar;
use super::{keys, look, saved, summary};
use crate::cli::{ExaminationArgs, ProbeArgs, TicketArgs};
use crate::command::output::{Outputs, Wanted, say};
use crate::config::surroundings::variable;
use crate::config::{self, Double, Keys, Site, key_files};
use crate::doctor::{Examination, examine};
use crate::error::Usage;
use crate::judge::{self, requirements};
use crate::key::source::Keyring;
use crate::plan::{self, Profile};
use crate::record::exit::Exit;
use crate::record::{Record, Redaction};
use crate::redact::Redactor;
use crate::render::{Format, Options, Target, plan_as_json, plan_as_text, render};
use crate::run::Lab;
use crate::simulate::{Scenario, Server, load};

/// The differences between the commands that examine a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// How much is asked where no flag says so.
    pub(super) profile: Profile,
    /// Goes to standard output where nothing else does.
    pub(super) usual: Format,
    /// It says on stderr what was found and written.
    pub(super) sums_up: bool,
}

/// Examines a key and writes the documents. The exit is that of `check`.
pub(super) fn run(
    args: &ExaminationArgs,
    way: Way,
    mut wanted: Vec<Wanted>,
    typed: &[OsString],
) -> anyhow::Result<Exit> {
    #[expect(clippy::disallowed_methods, reason = "the deadline counts from here on")]
    let began = Instant::now();
    let probe = &args.probe;
    let scenario = probe.simulate.as_deref().map(load).transpose()?;
    let keyring = match &scenario {
        // The user's own keys are not even read.
        Some(scenario) => scenario.keyring(),
        None => keys::find(&probe.source, probe.deadline, typed)?,
    };
    if probe.dry_run {
        wanted.retain(|wanted| wanted.format == Format::Json);
    }
    let is_record = |wanted: &&Wanted| wanted.format == Format::Json;
    let record_file = wanted.iter().find(is_record).and_then(|wanted| wanted.file.clone());
    let job_summary = variable("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty());
    let job_summary = job_summary.as_ref().map(Path::new);
    let outputs = Outputs::open(wanted, Some(way.usual), job_summary, &key_files(&probe.source))?;
    let options = Options {
        record: record_file.map(|file| file.display().to_string()),
        ..look::options(&args.look, &args.ticket)
    };
    let given = given(&args.ticket, probe.simulate.as_deref());
    let (mut record, redactor) = match &probe.from {
        _ if probe.dry_run => {
            return in_runtime(async {
                let (_server, site, keys) =
                    configure(probe, way.profile, keyring, scenario).await?;
                write_plan(&site, &keys, &given, outputs)
            });
        }
        Some(path) => {
            let redactor = keys::redactor(&keyring, &given);
            (saved_record(path, probe, &redactor)?, redactor)
        }
        None => in_runtime(async {
            let (_server, mut site, keys) =
                configure(probe, way.profile, keyring, scenario).await?;
            // Files may have been waited for: that time is part of the run.
            site.deadline = site.deadline.saturating_sub(began.elapsed());
            let lab = Lab::new(site)?;
            let bar = Bar::new(!args.look.quiet, &lab.site, options.unicode);
            let subject = lab.subject(keys, given).await;
            let Examination { facts, ledger } =
                Box::pin(examine(&lab, &subject, &|event| bar.show(event))).await?;
            Ok((judge::record(facts, ledger.added_to(Redaction::default())), subject.redactor))
        })?,
    };
    requirements::apply(&mut record, &args.requirements.requirements());
    let places = outputs.places();
    let is_read = outputs.write(&redactor, |format| render(format, &record, &options))?;
    if way.sums_up && !options.quiet {
        say(&redactor, &summary::of(&record, &places, &options))?;
    }
    Ok(if is_read { Exit::of_code(record.diagnosis.exit_code) } else { Exit::Works })
}

/// Writes the plan: as JSON where that is asked for, else for a person.
pub(super) fn write_plan(
    site: &Site,
    keys: &Keys,
    given: &[String],
    outputs: Outputs,
) -> anyhow::Result<Exit> {
    let brief = keys.brief(site);
    let step = plan::first(&brief);
    let redactor = keys.redactor(site.proxy_logins.clone(), None, given);
    #[expect(clippy::disallowed_methods, reason = "the age of a key is counted from now")]
    let key = keys.keyring.info(Utc::now(), keys.send_anyway);
    let target = Target { base_url: &site.shown_base_url(), key: &key };
    outputs.write(&redactor, |format| match format {
        Format::Json => plan_as_json(&target, &brief, &step),
        _ => plan_as_text(&target, &brief, &step),
    })?;
    Ok(Exit::Works)
}

/// The configuration, and the double where one is asked; dropping the double ends it.
pub(super) async fn configure(
    args: &ProbeArgs,
    usual: Profile,
    keyring: Keyring,
    scenario: Option<Scenario>,
) -> anyhow::Result<(Option<Server>, Site, Keys)> {
    let Some(scenario) = scenario else {
        let (site, keys) = config::read(args, usual, keyring, None)?;
        return Ok((None, site, keys));
    };
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let server = Server::start(&scenario, listen)
        .await
        .context("The embedded double can't listen on loopback")?;
    let base_url = scenario.base_url_override().map_or_else(|| server.base_url(), str::to_owned);
    let proxy = scenario.is_proxy().then(|| format!("http://{}", server.addr()));
    let double = Double { scenario: scenario.name, base_url, proxy, env: scenario.env };
    let (site, keys) = config::read(args, usual, keyring, Some(double))?;
    Ok((Some(server), site, keys))
}

/// The record, unless the key comes from standard input as well.
fn saved_record(path: &Path, probe: &ProbeArgs, redactor: &Redactor) -> anyhow::Result<Record> {
    if path == Path::new("-") && probe.source.key_file.as_deref() == Some(path) {
        return Err(Usage::new(
            "The key and the record can't both come from standard input.",
            "Give one of them a file.",
        )
        .into());
    }
    saved::read(path, probe.deadline, redactor)
}

/// The texts that the user gave to be shown. The key of a scenario spells its name.
pub(super) fn given(ticket: &TicketArgs, scenario: Option<&str>) -> Vec<String> {
    let texts = [
        &ticket.plan,
        &ticket.account_email,
        &ticket.account_id,
        &ticket.space_id,
        &ticket.egress_ip,
        &ticket.impact,
        &ticket.previous,
    ];
    let texts = texts.into_iter().flatten().map(String::as_str);
    texts.chain(scenario).map(str::to_owned).collect()
}

pub(super) fn in_runtime<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
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
