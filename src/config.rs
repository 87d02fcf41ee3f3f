//! From flags and environment to what is valid by construction: a site, and the keys to try there.

pub mod base_url;
pub mod keys;
pub mod proxy;
pub mod roster;
mod settings;
pub mod site;
pub mod surroundings;
pub mod tls;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::cli::{ProbeArgs, SourceArgs};
use crate::error::{Usage, why};
use crate::files;
use crate::key::source::{Found, Keyring, MOST_BYTES, Search, search};
use crate::key::{ApiKey, keys_in};
use crate::plan::{Pattern, PatternKind, Profile};
use crate::transport::is_loopback;
use base_url::{BaseUrl, is_heygen};
use surroundings::{Surroundings, names, variable};

pub use keys::Keys;
pub use site::{Asked, Site};

/// The double that is asked instead of HeyGen.
#[derive(Debug, Default)]
pub struct Double {
    /// The name of its scenario.
    pub scenario: String,
    /// Where it listens, or where the scenario says to look.
    pub base_url: String,
    /// The proxy that it plays, if it plays one.
    pub proxy: Option<String>,
    /// The variables of the machine that its scenario is about; this one's own are not read.
    pub env: BTreeMap<String, String>,
}

/// Checks flags and environment; the keys are found already, or the double's own.
///
/// # Errors
/// When something of it can't be used.
pub fn read(
    args: &ProbeArgs,
    usual: Profile,
    keyring: Keyring,
    double: Option<Double>,
) -> Result<(Site, Keys), Usage> {
    // What is set on this machine has nothing to do with a scenario.
    let env = |name: &str| match &double {
        Some(double) => double.env.get(name).map(OsString::from),
        None => variable(name),
    };
    let (flag, proxy) = match &double {
        Some(double) => (Some(&double.base_url), &double.proxy),
        None => (args.base_url.as_ref(), &args.proxy),
    };
    check_trust_store()?;
    let BaseUrl { url, source } = base_url::choose(flag.map(String::as_str), &env)?;
    let source = source.filter(|_| double.is_none());
    let keys = Keys {
        keyring,
        known_good: args.control_env.as_deref().map(known_good).transpose()?,
        send_anyway: args.send_anyway,
    };
    if source.is_some() {
        refuse_key_in(&url, &keys)?;
    }
    let site = Site {
        base_url_source: source.map(str::to_owned),
        timeout: args.timeout,
        deadline: args.deadline,
        concurrency: usize::from(args.concurrency),
        interval: None,
        proxy: proxy::choose(proxy.as_deref(), &env, &url)?,
        proxy_logins: proxy::logins(&env),
        proxy_variables: proxy::set(&env),
        settings: settings::look(&env, &url),
        ca_cert: args.ca_cert.is_some(),
        tls: tls::settings(args.ca_cert.as_deref())?,
        http1_only: args.http1,
        status_page: !args.no_status_page && double.is_none() && is_heygen(&url),
        vantage: args.vantage.clone(),
        asked: asked(args, usual),
        base_url: url,
        simulated: double.map(|double| double.scenario),
    };
    Ok((site, keys))
}

/// Refuses a base URL whose host or path holds a key: every request would carry it, and so would each
/// log on the way. Other parts of a URL are refused whatever they hold.
fn refuse_key_in(url: &Url, keys: &Keys) -> Result<(), Usage> {
    let text: Vec<u8> = percent_decode_str(url.as_str()).collect();
    let is_ours = is_heygen(url) || is_loopback(url);
    let holds_one =
        || !keys_in(&text).is_empty() || keys.redactor(Vec::new(), None, &[]).find(&text).is_some();
    if (is_ours && url.path() == "/") || !holds_one() {
        return Ok(());
    }
    Err(Usage::new(
        "The base URL holds a key, which would stand in every request's URL; nothing was sent.",
        "Take the key out of HEYGEN_API_BASE or `--base-url`: it belongs in HEYGEN_API_KEY alone.",
    ))
}

fn asked(args: &ProbeArgs, usual: Profile) -> Asked {
    let profile = args.profile.unwrap_or(usual);
    Asked {
        profile,
        patterns: patterns(&args.pattern, profile),
        only: args.only.clone(),
        skip: args.skip.clone(),
        unknown_path: format!("/v3/{:016x}", rand::random::<u64>()),
    }
}

/// The keys of all sources, each read once; all files together may take `time`.
///
/// # Errors
/// When standard input gives nothing, or no variable can have the name that is given.
pub fn find_keys(
    key_env: Option<&str>,
    key_files: &[PathBuf],
    time: Duration,
) -> Result<Found, Usage> {
    key_env.map_or(Ok(()), variable_name)?;
    let around = Surroundings::look();
    let (stdin, key_files): (Vec<_>, Vec<_>) =
        key_files.iter().cloned().partition(|path| path == Path::new("-"));
    let stdin = (!stdin.is_empty()).then(|| read_stdin(time)).transpose()?;
    Ok(search(&Search {
        key_files,
        stdin,
        key_env: key_env.map(str::to_owned),
        env: &variable,
        names: names(),
        file: &files::reader(time),
        working_dir: around.working_dir,
        home: around.home,
        config_dir: around.config_dir.unwrap_or_default(),
        time,
    }))
}

/// Every file that a key may be read from: no document may take its place.
#[must_use]
pub fn key_files(args: &SourceArgs) -> Vec<PathBuf> {
    let around = Surroundings::look();
    let credentials = around.config_dir.map(|folder| folder.join("credentials"));
    let given = args.key_file.clone().filter(|path| path != Path::new("-"));
    let env = [".env.local", ".env"].map(|name| around.working_dir.join(name));
    given.into_iter().chain(env).chain(credentials).collect()
}

/// Refuses what no variable can be called, without repeating it: it could be a key.
fn variable_name(name: &str) -> Result<(), Usage> {
    if !name.is_empty() && !name.starts_with(['$', '%']) && !name.contains(['=', '\0']) {
        return Ok(());
    }
    Err(Usage::new(
        "What follows `--key-env` is not the name of a variable.",
        "Give the name alone, as in `--key-env HEYGEN_API_KEY`: no `$`, no `=`, and no value.",
    ))
}

fn read_stdin(time: Duration) -> Result<Vec<u8>, Usage> {
    files::read_stdin(MOST_BYTES, time).map_err(|error| {
        let why = match error.kind() {
            io::ErrorKind::TimedOut => "No key came from standard input in time.".to_owned(),
            io::ErrorKind::FileTooLarge => {
                "Standard input is larger than 4 KiB, which no key is.".to_owned()
            }
            _ => format!("Standard input can't be read: {}.", why(&error)),
        };
        Usage::new(why, "Pipe the key in, and nothing else, or use `--key-file PATH`.")
    })
}

/// The variable that names the file of this machine's roots, on systems where that is a file.
const TRUST_STORE: &str = "SSL_CERT_FILE";
/// The most bytes of such a file: the usual one has a quarter of a megabyte.
const MOST_OF_TRUST_STORE: u64 = 4 << 20;

/// Refuses a file that is read without any bound by the library that looks for roots.
fn check_trust_store() -> Result<(), Usage> {
    let Some(path) = variable(TRUST_STORE).filter(|path| !path.is_empty()) else { return Ok(()) };
    if files::is_within(Path::new(&path), MOST_OF_TRUST_STORE) {
        return Ok(());
    }
    Err(Usage::new(
        format!(
            "{TRUST_STORE} can't be used: it names something larger than 4 MiB, or no ordinary file."
        ),
        "Name a PEM file with root certificates, or unset the variable.",
    ))
}

/// Those that were asked for, else all of them in `full`.
fn patterns(asked: &[Pattern], profile: Profile) -> Vec<Pattern> {
    if asked.is_empty() && profile == Profile::Full {
        PatternKind::all_usual()
    } else {
        asked.to_vec()
    }
}

fn known_good(name: &str) -> Result<ApiKey, Usage> {
    let value = variable(name).filter(|value| !value.is_empty()).ok_or_else(|| {
        Usage::new(
            "The variable that --control-env names is not set.",
            "Set it to a key that is known to work, or leave the flag out.",
        )
    })?;
    Ok(ApiKey::from_bytes(value.into_encoded_bytes()))
}
