//! From flags and environment to one checked configuration.

pub mod base_url;
pub mod proxy;
pub mod surroundings;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;

use crate::cli::{ProbeArgs, SourceArgs};
use crate::error::Usage;
use crate::heygen::host;
use crate::key::source::{Keyring, MOST_BYTES, Search, search};
use crate::key::{ApiKey, Kind, Withheld};
use crate::plan::{Brief, Pattern, PatternKind, Profile};
use crate::run::Values;
use crate::run::tls::{self, TlsSettings};
use crate::text::Glob;
use base_url::{BaseUrl, is_heygen};
use proxy::ProxyChoice;
use surroundings::{Surroundings, is_set, variable};

/// Everything a run needs to know.
#[derive(Debug)]
pub struct Config {
    /// How much is asked.
    pub profile: Profile,
    /// The API under test.
    pub base_url: Url,
    /// What overrode the default base URL, if anything did.
    pub base_url_source: Option<String>,
    /// The longest that one request may take.
    pub timeout: Duration,
    /// The longest that the run may take.
    pub deadline: Duration,
    /// The most requests in flight.
    pub concurrency: usize,
    /// The proxy in the way.
    pub proxy: Option<ProxyChoice>,
    /// Variables about proxies that are set, by name.
    pub proxy_variables: Vec<String>,
    /// How the other side's certificate is judged.
    pub tls: TlsSettings,
    /// Whether HTTP/2 is out of the question.
    pub http1_only: bool,
    /// Whether another vendor's key is sent.
    pub send_anyway: bool,
    /// The keys of all sources.
    pub keyring: Keyring,
    /// A name for this vantage point.
    pub vantage: Option<String>,
    /// The scenario, when the embedded double is asked.
    pub simulated: Option<String>,
    status_page: bool,
    known_good: Option<ApiKey>,
    patterns: Vec<Pattern>,
    only: Vec<Glob>,
    skip: Vec<Glob>,
    made_up: ApiKey,
    unknown_path: String,
}

/// The double that is asked instead of HeyGen.
#[derive(Debug)]
pub struct Double {
    /// The name of its scenario.
    pub scenario: String,
    /// Where it listens, or where the scenario says to look.
    pub base_url: String,
    /// The proxy that it plays, if it plays one.
    pub proxy: Option<String>,
    /// The scenario's own keys.
    pub keyring: Keyring,
}

impl Config {
    /// Checks flags and environment.
    ///
    /// # Errors
    /// When something of it can't be used.
    pub fn new(args: &ProbeArgs, usual: Profile, double: Option<Double>) -> Result<Self, Usage> {
        let (simulated, flag, proxy, keyring) = match double {
            Some(double) => {
                (Some(double.scenario), Some(double.base_url), double.proxy, double.keyring)
            }
            None => (None, args.base_url.clone(), args.proxy.clone(), find_keys(&args.source)?),
        };
        let profile = args.profile.unwrap_or(usual);
        let BaseUrl { url, source } = base_url::choose(flag.as_deref(), &variable)?;
        let made_up = keyring
            .used()
            .filter(|key| !key.is_empty())
            .map_or_else(ApiKey::made_up_default, ApiKey::made_up);
        Ok(Self {
            profile,
            base_url_source: source.filter(|_| simulated.is_none()).map(str::to_owned),
            timeout: args.timeout,
            deadline: args.deadline,
            concurrency: usize::from(args.concurrency),
            proxy: proxy::choose(proxy.as_deref(), &variable, &url)?,
            proxy_variables: set_among(PROXY_VARIABLES),
            tls: tls::settings(args.ca_cert.as_deref())?,
            http1_only: args.http1,
            send_anyway: args.send_anyway,
            vantage: args.vantage.clone(),
            status_page: !args.no_status_page && simulated.is_none() && is_heygen(&url),
            known_good: args.control_env.as_deref().map(known_good).transpose()?,
            patterns: patterns(&args.pattern, profile),
            only: args.only.clone(),
            skip: args.skip.clone(),
            unknown_path: format!("/v3/{:016x}", rand::random::<u64>()),
            base_url: url,
            simulated,
            keyring,
            made_up,
        })
    }

    /// What the plan needs to know.
    #[must_use]
    pub fn brief(&self) -> Brief {
        let used = self.keyring.used();
        let withheld = self.withheld();
        let kind = used.map(ApiKey::kind);
        let never_encoded =
            matches!(kind, Some(Kind::UserKey | Kind::PartnerKey | Kind::LegacyKey | Kind::Jwt));
        Brief {
            profile: self.profile,
            real: used.is_some() && withheld.is_none(),
            withheld,
            oauth: self.keyring.used_is_oauth(),
            repairable: used.is_some_and(|key| key.repaired().is_some()),
            encodable: used.is_some() && !never_encoded,
            decodable: used.is_some_and(|key| key.base64_decoded().is_some()),
            known_good: self.known_good.is_some(),
            others: self.keyring.others().into_iter().map(|(number, _, _)| number).collect(),
            patterns: self.patterns.clone(),
            only: self.only.clone(),
            skip: self.skip.clone(),
            unknown_path: self.unknown_path.clone(),
            wrong_host: self.other_service().map(str::to_owned),
        }
    }

    /// The credentials that may be sent.
    #[must_use]
    pub fn values(&self) -> Values {
        let others = self.keyring.others().into_iter();
        Values {
            real: self.keyring.used().filter(|_| self.withheld().is_none()).cloned(),
            made_up: self.made_up.clone(),
            known_good: self.known_good.clone(),
            others: others.map(|(number, _, key)| (number, key.clone())).collect(),
        }
    }

    /// What the host is, if it is known not to be the API.
    #[must_use]
    pub fn other_service(&self) -> Option<&'static str> {
        host::other_service(self.base_url.as_str())
    }

    /// Whether HeyGen's status page is asked: only about HeyGen's own host.
    #[must_use]
    pub const fn asks_status_page(&self) -> bool {
        self.status_page
    }

    /// The base URL as it is shown and recorded.
    #[must_use]
    pub fn shown_base_url(&self) -> String {
        self.base_url.as_str().trim_end_matches('/').to_owned()
    }

    /// Every key that must never be shown; the made-up one too, so that a server that echoes keys
    /// in any form answers it and the real one alike.
    #[must_use]
    pub fn keys(&self) -> Vec<&ApiKey> {
        self.keyring.all().into_iter().chain(&self.known_good).chain([&self.made_up]).collect()
    }

    /// Every other secret.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        let proxy = self.proxy.iter().flat_map(ProxyChoice::secrets);
        self.keyring.extra_secrets().into_iter().chain(proxy).collect()
    }

    fn withheld(&self) -> Option<String> {
        let withheld = self.keyring.used()?.withheld()?;
        let lifted = self.send_anyway || self.keyring.used_is_oauth();
        (!(lifted && withheld == Withheld::OtherVendor)).then(|| withheld.to_string())
    }
}

/// The keys of all sources.
///
/// # Errors
/// When a key file can't be read, or no variable can have the name that is given.
pub fn find_keys(args: &SourceArgs) -> Result<Keyring, Usage> {
    args.key_env.as_deref().map_or(Ok(()), variable_name)?;
    let around = Surroundings::look();
    let from_stdin = args.key_file.as_deref() == Some(Path::new("-"));
    search(&Search {
        key_file: args.key_file.clone().filter(|_| !from_stdin),
        stdin: from_stdin.then(read_stdin).transpose()?,
        key_env: args.key_env.clone(),
        env: &variable,
        working_dir: around.working_dir,
        config_dir: around.config_dir.unwrap_or_default(),
    })
}

/// Every file that a key may be read from: no document may take its place.
#[must_use]
pub fn key_files(args: &SourceArgs) -> Vec<PathBuf> {
    let around = Surroundings::look();
    let credentials = around.config_dir.map(|folder| folder.join("credentials"));
    let given = args.key_file.clone().filter(|path| path != Path::new("-"));
    given.into_iter().chain([around.working_dir.join(".env")]).chain(credentials).collect()
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

fn read_stdin() -> Result<Vec<u8>, Usage> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(|error| {
        Usage::new(
            format!("Standard input can't be read: {error}."),
            "Pipe the key in, or use `--key-file PATH`.",
        )
    })?;
    Ok(bytes)
}

/// What HTTP clients read, and other programs on this machine with them.
const PROXY_VARIABLES: &[&str] = &[
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

fn set_among(names: &[&str]) -> Vec<String> {
    names.iter().filter(|name| is_set(name)).map(|name| (*name).to_owned()).collect()
}

/// Those that were asked for, else all of them in `full`.
fn patterns(asked: &[Pattern], profile: Profile) -> Vec<Pattern> {
    if asked.is_empty() && profile == Profile::Full {
        PatternKind::ALL.into_iter().map(PatternKind::usual).collect()
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
