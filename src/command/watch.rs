//! `watch`: the same small examination again and again, and what all of them come to.

mod ending;
mod log;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use indicatif::ProgressBar;
use tokio::time::Instant;

use super::examine::{configure, given, in_runtime, write_plan};
use super::terminal::progress;
use super::{keys, look};
use crate::cli::WatchArgs;
use crate::command::output::{Lines, Outputs, say, to_stderr, wanted};
use crate::config::{Site, key_files};
use crate::doctor::{Examination, examine};
use crate::error::Usage;
use crate::judge;
use crate::judge::requirements;
use crate::key::ApiKey;
use crate::plan::Profile;
use crate::record::diagnosis::NoteId;
use crate::record::exit::Exit;
use crate::record::facts::EndedBy;
use crate::record::watched::{Round, State};
use crate::record::{Record, Redaction};
use crate::render::{Format, Options, flip_as_text, render, round_as_text, watched_as_text};
use crate::run::{Lab, Subject, ended};
use crate::simulate::load;
use crate::text::{Glob, count, span};
use crate::transport::is_loopback;
use crate::watch::{Story, gap, of, skipped, unanswered};

/// A server that isn't the doctor's own is asked no more often.
const SHORTEST: Duration = Duration::from_secs(1);
/// Probes that a round leaves out: one request shows how the key fares.
const LEFT_OUT: [&str; 2] = ["*/again", "v3.api-keys-self/*"];
/// The rounds that are drawn on a terminal.
const DRAWN: usize = 40;

pub(super) fn run(args: &WatchArgs, typed: &[OsString]) -> anyhow::Result<Exit> {
    let examination = &args.examination;
    let probe = &examination.probe;
    if probe.from.is_some() {
        let hint = "`heygen-doctor check --from RECORD` judges a record again.";
        return Err(Usage::new("`watch` asks again and again, so it takes no record.", hint).into());
    }
    let scenario = probe.simulate.as_deref().map(load).transpose()?;
    let keyring = match &scenario {
        Some(scenario) => scenario.keyring(),
        None => keys::find(&probe.source, probe.deadline, typed)?,
    };
    let kept = key_files(&probe.source);
    let wanted = wanted(&examination.output);
    let is_metrics = |format| format == Format::Openmetrics;
    let metrics = wanted.iter().find(|it| is_metrics(it.format)).and_then(|it| it.file.clone());
    let taken = wanted.iter().filter_map(|it| it.file.as_deref());
    log::refuse_twice(args.log.as_deref(), taken)?;
    let outputs = Outputs::open(wanted, Some(Format::Human), None, &kept)?;
    let options = look::options(&examination.look, &examination.ticket);
    let given = given(&examination.ticket, probe.simulate.as_deref());
    let key = keyring.used().filter(|key| key.is_secret()).map(ApiKey::fingerprint);
    let mut story = Story::default();
    let path = args.log.as_deref().filter(|_| !probe.dry_run);
    let (log, unread) = log::open(path, &kept, key.as_deref(), &mut story)?;
    in_runtime(async {
        let (_server, mut site, keys) = configure(probe, Profile::Quick, keyring, scenario).await?;
        keep_pace(&site, args.every)?;
        site.asked.skip.extend(LEFT_OUT.iter().filter_map(|glob| Glob::new(glob)));
        if probe.dry_run {
            tell_rounds(args, &options);
            return write_plan(&site, &keys, &given, outputs);
        }
        let lab = Lab::new(site)?;
        let subject = lab.subject(keys, given).await;
        let bar = ProgressBar::new_spinner();
        bar.set_draw_target(progress(!options.quiet));
        let drawn = String::new();
        let places = Places { log, metrics, kept };
        let mut watch = Watch {
            args,
            options,
            lab: &lab,
            subject: &subject,
            key,
            places,
            story,
            bar,
            drawn,
            warn_before: args.warn_before,
            ends_at: None,
        };
        if unread > 0 {
            watch.say(&format!(
                "{} of the log can't be read and don't count.",
                count(unread, "line")
            ))?;
        }
        let record = Box::pin(watch.rounds()).await?;
        watch.finish(record, outputs)
    })
}

/// Says beside a plan that it is that of one round.
fn tell_rounds(args: &WatchArgs, options: &Options) {
    if !options.quiet {
        let every = humantime::format_duration(args.every);
        let time = humantime::format_duration(args.time);
        to_stderr(&format!("This is one round: one every {every}, for {time} at most."));
    }
}

fn keep_pace(site: &Site, every: Duration) -> Result<(), Usage> {
    if every >= SHORTEST || is_loopback(&site.base_url) {
        return Ok(());
    }
    Err(Usage::new(
        "`--every` is under a second: so many requests would look like an attack.",
        "Write `--every 1s`, or longer.",
    ))
}

/// The record of a watch that a signal ended between two rounds, or in one that doesn't count.
fn interrupted(mut record: Record) -> Record {
    record.run.partial = true;
    record.run.ended_by = Some(EndedBy::Interrupt);
    record
}

/// Where rounds are written.
struct Places {
    log: Option<Lines>,
    metrics: Option<PathBuf>,
    /// The files that hold keys.
    kept: Vec<PathBuf>,
}

/// A watch under way.
struct Watch<'a> {
    args: &'a WatchArgs,
    options: Options,
    lab: &'a Lab,
    subject: &'a Subject,
    /// The fingerprint of the key.
    key: Option<String>,
    places: Places,
    story: Story,
    bar: ProgressBar,
    drawn: String,
    /// A key that ends within this time is told of, once it is accepted.
    warn_before: Option<Duration>,
    /// When that is.
    ends_at: Option<DateTime<Utc>>,
}

impl Watch<'_> {
    /// Round after round; gives the record of the last one.
    async fn rounds(&mut self) -> anyhow::Result<Record> {
        let mut due = Instant::now();
        let end = due + self.args.time;
        let mut last: Option<(Record, Instant)> = None;
        loop {
            let began = Instant::now();
            let record = self.examined().await?;
            let is_cut = record.run.ended_by == Some(EndedBy::Interrupt);
            if let Some((last, before)) = last.take() {
                if is_cut {
                    return Ok(interrupted(last));
                }
                let by_day = record.run.started_at - last.run.started_at;
                self.notice(gap(by_day, began - before), record.run.started_at)?;
            }
            let is_asked =
                self.subject.keys.real().is_some() && self.lab.site.other_service().is_none();
            let seen = of(&record).or_else(|| is_asked.then(|| unanswered(record.run.started_at)));
            let Some(seen) = seen.filter(|_| !is_cut) else { return Ok(record) };
            let is_accepted = seen.state == State::Accepted;
            self.take(seen)?;
            if let Some(before) = self.warn_before.take_if(|_| is_accepted) {
                let now = record.run.started_at;
                self.ends_at = ending::near(self.lab, self.subject, before, now).await;
                if let Some(at) = self.ends_at {
                    let at = at.format("%Y-%m-%d %H:%M UTC");
                    self.say(&format!("warning: The key ends at {at}."))?;
                }
            }
            self.measure(&record)?;
            let close = self.story.is_close(self.args.until);
            let step = if close { self.args.every.min(SHORTEST) } else { self.args.every };
            // What was missed is not made up for.
            due = (due + step).max(Instant::now());
            if self.story.has_reached(self.args.until) || due >= end {
                return Ok(record);
            }
            if ended(due, &self.lab.interrupt).await == EndedBy::Interrupt {
                return Ok(interrupted(record));
            }
            last = Some((record, began));
        }
    }

    async fn examined(&self) -> anyhow::Result<Record> {
        let Examination { facts, ledger } =
            Box::pin(examine(self.lab, self.subject, &|_| ())).await?;
        Ok(judge::record(facts, ledger.added_to(Redaction::default())))
    }

    /// Takes in a round, writes it down, and shows it.
    fn take(&mut self, mut round: Round) -> anyhow::Result<()> {
        let is_first = self.story == Story::default();
        round.key.clone_from(&self.key);
        self.story.push(&mut round);
        if let Some(log) = &self.places.log {
            log.push(&self.subject.redactor, &round)?;
        }
        let flip = self.story.last_flip().filter(|_| round.flip).map(flip_as_text);
        if is_first || round.flip || self.options.verbose > 0 {
            self.say(&round_as_text(&round))?;
        }
        if let Some(flip) = flip {
            self.say(&format!("  {flip}"))?;
        }
        self.draw(round.state);
        Ok(())
    }

    /// Says that the machine slept, or that its clock was set.
    fn notice(&mut self, moved: Option<TimeDelta>, at: DateTime<Utc>) -> anyhow::Result<()> {
        let Some(moved) = moved else { return Ok(()) };
        self.take(skipped(at))?;
        let by = span(moved.num_seconds().unsigned_abs());
        let what = if moved > TimeDelta::zero() {
            "The machine slept, or its clock was set forward, for"
        } else {
            "The machine's clock was set back by"
        };
        self.say(&format!("{what} {by}: nothing was asked meanwhile."))
    }

    /// Writes the metrics of this round.
    fn measure(&self, record: &Record) -> anyhow::Result<()> {
        let Some(path) = &self.places.metrics else { return Ok(()) };
        let file = Outputs::file(Format::Openmetrics, path, &self.places.kept)?;
        file.write(&self.subject.redactor, |format| render(format, record, &self.options))?;
        Ok(())
    }

    fn say(&self, text: &str) -> anyhow::Result<()> {
        if self.options.quiet {
            return Ok(());
        }
        Ok(self.bar.suspend(|| say(&self.subject.redactor, text))?)
    }

    /// The last rounds as a row, on a terminal only.
    fn draw(&mut self, state: State) {
        let sign = match (state, self.options.unicode) {
            (State::Accepted, true) => '●',
            (State::Accepted, false) => 'o',
            (State::Refused, true) => '✗',
            (State::Refused, false) => 'x',
            (State::Failed, _) => '!',
            (State::Skipped, _) => '-',
        };
        self.drawn.push(sign);
        let all = self.drawn.chars().count();
        let shown: String = self.drawn.chars().skip(all.saturating_sub(DRAWN)).collect();
        if !self.options.quiet {
            self.bar.set_message(format!("{shown} {state}"));
            self.bar.tick();
        }
    }

    /// Writes the documents about the last round, with what all of them come to.
    fn finish(self, record: Record, outputs: Outputs) -> anyhow::Result<Exit> {
        self.bar.finish_and_clear();
        let watched = self.story.summed_up();
        let summary = watched_as_text(&watched, &self.options);
        let mut record = judge::watched(record, watched);
        let notes = &mut record.diagnosis.notes;
        if let Some(at) = self.ends_at
            && notes.iter().all(|note| note.id != NoteId::ExpiresSoon)
        {
            notes.push(judge::notes::expires(at));
        }
        requirements::apply(&mut record, &self.args.examination.requirements.requirements());
        let is_read = outputs.write(&self.subject.redactor, |format| {
            let text = render(format, &record, &self.options);
            if format == Format::Human { summary.clone() + &text } else { text }
        })?;
        Ok(match Exit::of_code(record.diagnosis.exit_code) {
            _ if !is_read => Exit::Works,
            exit => exit,
        })
    }
}
