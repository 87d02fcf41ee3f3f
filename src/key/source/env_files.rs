//! The env files: `.env.local` and `.env` of the working folder, and `.env` of the folders above it.

use std::path::Path;

use super::entry::Entry;
use super::keyring::Keyring;
use super::names::Names;
use super::tools::{EnvFile, Places};
use super::{ABSENT, ApiKey, HEYGEN_API_KEY, MOST_OF_SHARED_FILE, Search, dotenv, read};
use crate::files;
use crate::key::Kind;
use crate::record::facts::{Finding, FindingId, Severity};

/// The most folders above that are looked at: HeyGen's skills look at as many.
const ABOVE: usize = 4;

pub(super) fn look(search: &Search<'_>, name: &str, ring: &mut Keyring, places: &mut Places) {
    let mut folder = Some(search.working_dir.as_path());
    if let Some(folder) = folder {
        places.local = one(search, ".env.local", folder, name, ring);
        places.env = one(search, ".env", folder, name, ring);
    }
    let mut up = String::new();
    let mut above = 0;
    for _ in 0..ABOVE {
        folder = folder.and_then(Path::parent);
        let Some(folder) = folder else { break };
        up.push_str("../");
        let before = ring.len();
        let found = one(search, &format!("{up}.env"), folder, name, ring);
        above += usize::from(ring.len() > before);
        places.parents.extend(found);
    }
    if above == 0 {
        let title = "../.env and above";
        ring.push(Entry::none(title, "There is no such file.".to_owned()));
    }
    shadowed(search, name, ring);
}

/// One file: its entry goes into the ring, but for one above that isn't there.
fn one(
    search: &Search<'_>,
    source: &str,
    folder: &Path,
    name: &str,
    ring: &mut Keyring,
) -> Option<EnvFile> {
    let path = folder.join(source.trim_start_matches("../"));
    let shown = shown(search, folder);
    let bytes = match read(search, &path, MOST_OF_SHARED_FILE, search.time.min(files::PATIENCE)) {
        Ok(bytes) => bytes,
        Err(ABSENT) => {
            if !source.starts_with("../") {
                ring.push(Entry::none(source, format!("There is no such file in {shown}.")));
            }
            return None;
        }
        Err(problem) => {
            ring.push(Entry::unreadable(source, problem));
            return None;
        }
    };
    let (entry, mut hidden) = dotenv::look(source, &bytes, name, &shown);
    let file = entry.readings.as_ref().map(|_| {
        // Tools look for this name, whatever `--key-env` says.
        EnvFile::of(source, &dotenv::readings(&bytes, HEYGEN_API_KEY))
    });
    ring.push(entry);
    for (near_name, value) in dotenv::near_names(&bytes, &Names { key: name }) {
        let key = ApiKey::from_bytes(value.into_bytes());
        hidden.retain(|other| other.bytes() != key.bytes());
        let title = format!("{source}: {near_name}");
        ring.push(near(&title, &near_name, &format!("`{source}`"), key, name));
    }
    ring.hide(hidden);
    file
}

/// A value under a name that comes near the right one.
pub(super) fn near(title: &str, near: &str, place: &str, key: ApiKey, name: &str) -> Entry {
    let finding = Finding {
        step: Some(format!("Rename `{near}` to `{name}` in {place}")),
        ..Finding::new(
            FindingId::KeyNearName,
            Severity::Warning,
            format!(
                "{near} in {place} holds a value, and programs look for {name}: it was not used."
            ),
        )
    };
    Entry { aside: true, findings: vec![finding], ..Entry::with(title, key) }
}

/// An empty variable that keeps readers from the key in a file.
fn shadowed(search: &Search<'_>, name: &str, ring: &mut Keyring) {
    let value = (search.env)(name).map(|value| ApiKey::from_bytes(super::bytes_of(&value)));
    if value.is_none_or(|value| value.kind() != Kind::Empty) {
        return;
    }
    let Some(source) =
        ring.first().filter(|(_, is_env)| *is_env).map(|(source, _)| source.to_owned())
    else {
        return;
    };
    let finding = Finding {
        step: Some(format!("Remove the empty variable: `unset {name}`")),
        ..Finding::new(
            FindingId::EnvShadowed,
            Severity::Warning,
            format!(
                "{name} is set and empty, and hides the key in `{source}` from `load_dotenv` and `node --env-file`: they send no key. The key was found by reading the file itself."
            ),
        )
    };
    ring.remark(&source, finding);
}

/// A folder as it is shown: the home folder, which has the user's name in it, as `~`.
fn shown(search: &Search<'_>, folder: &Path) -> String {
    let home = search.home.as_ref().filter(|home| home.parent().is_some());
    match home.and_then(|home| folder.strip_prefix(home).ok()) {
        Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
        Some(rest) => format!("~/{}", rest.display()),
        None => folder.display().to_string(),
    }
}
