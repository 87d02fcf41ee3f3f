//! The program that is listened to.

use std::ffi::OsString;
use std::process::{Command, ExitStatus};

use futures_util::future::{Either, select};
use std::pin::pin;
use tokio::sync::oneshot;

use crate::error::{Usage, why};
use crate::listen::Setting;
use crate::run::Interrupt;

/// What a shell says of a program that a signal has ended, together with the signal's number.
const BY_SIGNAL: i32 = 128;

/// A program under way, with our standard streams for its own.
pub(super) struct Child {
    id: u32,
    ended: oneshot::Receiver<u8>,
}

impl Child {
    /// Starts a program with these settings, and this key in place of its own if there is one.
    pub(super) fn start(
        (program, args): (&OsString, &[OsString]),
        settings: &[Setting],
        key: Option<&str>,
    ) -> Result<Self, Usage> {
        adopt();
        let mut command = Command::new(program);
        command.args(args);
        command.envs(settings.iter().map(|setting| (setting.name, &setting.value)));
        command.envs(key.map(|key| ("HEYGEN_API_KEY", key)));
        let mut child = command.spawn().map_err(|error| {
            let name = program.to_string_lossy();
            Usage::new(
                format!("`{}` can't be started: {}.", crate::text::neutralise(&name), why(&error)),
                "Write the program and its arguments behind `--`, as in `heygen-doctor listen -- python app.py`.",
            )
        })?;
        let (sender, ended) = oneshot::channel();
        let id = child.id();
        let waiting = move || {
            let _ = sender.send(child.wait().map_or(1, code));
        };
        let thread = std::thread::Builder::new().name("program".to_owned()).spawn(waiting);
        thread.map_err(|error| {
            Usage::new(format!("No thread can be made: {}.", why(&error)), "Try again.")
        })?;
        Ok(Self { id, ended })
    }

    /// Waits for its end, and passes on a signal that ends the doctor.
    pub(super) async fn wait(self, interrupt: &Interrupt) -> u8 {
        let Self { id, ended } = self;
        match select(ended, pin!(interrupt.wait())).await {
            Either::Left((code, _)) => code.unwrap_or(1),
            Either::Right((signal, ended)) => {
                pass_on(signal, id);
                ended.await.unwrap_or(1)
            }
        }
    }
}

/// The exit code as a shell has it.
fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    let code = status.code().or_else(|| signal.map(|signal| BY_SIGNAL + signal)).unwrap_or(1);
    u8::try_from(code).unwrap_or(1)
}

/// What the program starts stays below this process, also where its own parent has ended: so it is still
/// known to belong to it.
fn adopt() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

/// A terminal sends Ctrl-C to the program itself.
#[cfg(unix)]
fn pass_on(signal: i32, id: u32) {
    use std::io::IsTerminal as _;

    use rustix::process::{Pid, Signal, kill_process};

    let is_terminal = std::io::stdin().is_terminal()
        || std::io::stdout().is_terminal()
        || std::io::stderr().is_terminal();
    let pid = i32::try_from(id).ok().and_then(Pid::from_raw);
    let signal = Signal::from_named_raw(signal).filter(|it| !(is_terminal && *it == Signal::INT));
    if let Some((pid, signal)) = pid.zip(signal) {
        // It may have ended just now.
        let _ = kill_process(pid, signal);
    }
}

#[cfg(not(unix))]
fn pass_on(_: i32, _: u32) {}
