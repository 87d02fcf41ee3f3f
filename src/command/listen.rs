//! `listen`: runs a program, shows what it sends to HeyGen, and ends with it.

mod child;
mod told;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;

use chrono::Utc;
use futures_util::future::{Either, select};

use super::examine::in_runtime;
use super::simulate::guests;
use super::{keys, look};
use crate::cli::{ListenArgs, TicketArgs};
use crate::command::output::{Outputs, say, to_stdout, wanted};
use crate::config::surroundings::variable;
use crate::config::{base_url, key_files, tls};
use crate::error::Usage;
use crate::heard::{Ear, Sent, environment, run_info};
use crate::key::ApiKey;
use crate::key::source::Keyring;
use crate::listen::{Answered, Event, Listener, Options, Valid};
use crate::record::facts::{EndedBy, Profile};
use crate::record::heard::{Heard, Slip};
use crate::render::{self, Format, render};
use crate::run::Interrupt;
use crate::serve::Guests;
use crate::simulate::{Scenario, load};
use child::Child;
use told::Told;

/// The most paths that are asked with the doctor's own key.
const CONTROLS: usize = 3;
/// The scenario of the double where none is named.
const USUAL: &str = "healthy";

pub(super) fn run(args: &ListenArgs, typed: &[OsString]) -> anyhow::Result<u8> {
    if args.command.is_empty() && typed.last().is_some_and(|word| word == "--") {
        return Err(Usage::new(
            "No command stands behind `--`.",
            "Write the program there, as in `heygen-doctor listen -- node app.js`; without `--` it serves until Ctrl-C.",
        )
        .into());
    }
    let scenario = args.simulate.as_deref().map(load).transpose()?;
    let keyring = match &scenario {
        Some(scenario) => scenario.keyring(),
        None => keys::find(&args.source, keys::TIME, typed)?,
    };
    let outputs = Outputs::open(wanted(&args.output), None, None, &key_files(&args.source))?;
    let options = look::options(&args.look, &TicketArgs::default());
    let settings = configured(args, &keyring, scenario.as_ref())?;
    let own_key = scenario.as_ref().and_then(|scenario| scenario.key.clone());
    in_runtime(async {
        // Caught before the program is there: it must not outlive a signal that came in between.
        let interrupt = Interrupt::listen();
        let mut listener = Listener::start(settings).await?;
        let started = now();
        let start = |command| Child::start(command, &listener.settings, own_key.as_deref());
        let child = args.command.split_first().map(start).transpose()?;
        if child.is_none() {
            offer(&listener, own_key.as_deref(), &outputs)?;
        }
        let key = keyring.used().filter(|_| args.forward).cloned();
        let mut session = Session::new(Ear::new(keyring, started), options);
        let status = session.follow(&mut listener, child, &interrupt).await?;
        if let Some(key) = key.filter(|_| !interrupt.is_asked()) {
            session.control(&mut listener, &key).await?;
        }
        let Session { ear, told, options, .. } = session;
        let mut run = run_info(Profile::Listen, started, now());
        run.simulated.clone_from(&args.simulate);
        run.listened = Some(told.summed_up(&listener));
        if interrupt.is_asked() && !args.command.is_empty() {
            run.partial = true;
            run.ended_by = Some(EndedBy::Interrupt);
        }
        let (record, redactor) = ear.finish(run, environment());
        let shows_here = outputs.places().iter().all(|place| place.file.is_some());
        outputs.write(&redactor, |format| render(format, &record, &options))?;
        if let Some(listened) = record.run.listened.as_ref().filter(|_| !options.quiet) {
            let was_heard = record.heard.as_ref().is_some_and(|heard| !heard.is_empty());
            let text = render::listened_as_text(listened, was_heard, &options);
            say(&redactor, &format!("\n{text}\n"))?;
        }
        if shows_here {
            say(&redactor, &render(Format::Human, &record, &options))?;
        }
        let own = record.diagnosis.exit_code;
        Ok(status.filter(|_| args.pass_exit_code).unwrap_or(own))
    })
}

fn configured(
    args: &ListenArgs,
    keyring: &Keyring,
    scenario: Option<&Scenario>,
) -> Result<Options, Usage> {
    let listen = args.listen.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    let answers = match scenario {
        _ if args.forward => Answered::HeyGen,
        Some(scenario) => Answered::Double(Box::new(scenario.clone()), Valid::OfScenario),
        None => Answered::Double(Box::new(load(USUAL)?), Valid::found(keyring.used())),
    };
    Ok(Options {
        listen,
        allow_remote: guests(listen, args.allow_remote)? == Guests::Anyone,
        base_url: base_url::choose(args.base_url.as_deref(), &variable)?.url,
        tls: tls::settings(args.ca_cert.as_deref())?,
        has_command: !args.command.is_empty(),
        answers,
    })
}

/// Prints the lines to set, where a program is started elsewhere.
fn offer(listener: &Listener, own_key: Option<&str>, outputs: &Outputs) -> anyhow::Result<()> {
    let lines = told::lines(&listener.settings, own_key);
    if outputs.places().iter().all(|place| place.file.is_some()) {
        to_stdout(&lines)?;
    } else {
        super::output::to_stderr(&lines);
    }
    super::output::to_stderr(
        "Set these where your program runs, and start it there. Press Ctrl-C here to end.",
    );
    Ok(())
}

/// What was heard so far, and how it is shown.
struct Session {
    ear: Ear,
    told: Told,
    options: render::Options,
    /// Paths that were read, and for which HeyGen refused the program.
    refused: BTreeSet<String>,
}

impl Session {
    fn new(ear: Ear, options: render::Options) -> Self {
        Self { ear, told: Told::default(), options, refused: BTreeSet::new() }
    }

    /// Asks the refused paths once more, with the key that the doctor knows.
    async fn control(&mut self, listener: &mut Listener, key: &ApiKey) -> anyhow::Result<()> {
        for path in std::mem::take(&mut self.refused) {
            if let Some(sent) = listener.ask(&path, key).await {
                self.show(&sent)?;
            }
        }
        Ok(())
    }

    /// Takes in everything until the program ends, or Ctrl-C where there is none.
    async fn follow(
        &mut self,
        listener: &mut Listener,
        child: Option<Child>,
        interrupt: &Interrupt,
    ) -> anyhow::Result<Option<u8>> {
        let ended = async {
            if let Some(child) = child {
                return Some(child.wait(interrupt).await);
            }
            interrupt.wait().await;
            None
        };
        let mut ended = pin!(ended);
        let status = loop {
            let event = pin!(listener.events.recv());
            match select(event, &mut ended).await {
                Either::Left((Some(event), _)) => self.take(event).await?,
                Either::Left((None, ended)) => break ended.await,
                Either::Right((status, _)) => break status,
            }
        };
        for event in listener.rest().await {
            self.take(event).await?;
        }
        Ok(status)
    }

    async fn take(&mut self, event: Event) -> anyhow::Result<()> {
        match event {
            Event::Sent(mut sent, caller) => {
                sent.client = caller.client().await;
                let heard = self.show(&sent)?;
                let status = heard.answered.as_ref().and_then(|answered| answered.status);
                let is_refused = status.is_some_and(|status| status >= 400);
                let is_read = heard.method == "GET" && !heard.has(Slip::OtherHost);
                if is_refused && is_read && self.refused.len() < CONTROLS {
                    self.refused.insert(heard.path().to_owned());
                }
                Ok(())
            }
            Event::Stopped(stop) => match self.told.stopped(stop).await {
                Some(line) => self.say(&line),
                None => Ok(()),
            },
        }
    }

    /// Takes in a request, and shows it in a line.
    fn show(&mut self, sent: &Sent) -> anyhow::Result<Heard> {
        let heard = self.ear.hear(sent);
        self.say(&render::heard_as_line(&heard, &self.options))?;
        Ok(heard)
    }

    fn say(&self, line: &str) -> anyhow::Result<()> {
        if !self.options.quiet {
            say(self.ear.redactor(), line)?;
        }
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "the run is dated")]
fn now() -> chrono::DateTime<Utc> {
    Utc::now()
}
