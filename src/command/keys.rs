//! Keys, for the commands that need them: the others read no file or variable that holds one.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use super::argv;
#[cfg(debug_assertions)]
use super::hardening;
use crate::cli::SourceArgs;
use crate::config;
use crate::error::Usage;
use crate::key::source::{Found, Keyring};
use crate::redact::{Other, Redactor};

/// The longest wait for a file that the user named, and for standard input, where there is no deadline.
pub(super) const TIME: Duration = Duration::from_secs(10);

/// The keys of all sources. A key among the arguments is refused before any message could repeat it.
pub(super) fn find(
    source: &SourceArgs,
    time: Duration,
    typed: &[OsString],
) -> Result<Keyring, Usage> {
    find_all(source.key_env.as_deref(), source.key_file.as_slice(), time, typed)
}

/// The same with any number of key files.
pub(super) fn find_all(
    key_env: Option<&str>,
    key_files: &[PathBuf],
    time: Duration,
    typed: &[OsString],
) -> Result<Keyring, Usage> {
    let Found { keyring, problem } = config::find_keys(key_env, key_files, time)?;
    argv::refuse_known(typed, &keyring.secrets())?;
    #[cfg(debug_assertions)]
    hardening::panic_if_asked(&keyring);
    problem.map_or(Ok(keyring), Err)
}

/// Takes all of them out of a text, but not what the user gave to be shown.
pub(super) fn redactor(keyring: &Keyring, given: &[String]) -> Redactor {
    let tokens: Vec<_> = keyring.extra_secrets().into_iter().map(Other::Token).collect();
    Redactor::new(&keyring.all(), &tokens, given)
}
