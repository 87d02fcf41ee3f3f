//! Which key each of the user's tools would use, by the order in which it looks: a pure function of
//! what the places hold. The orders: heygen-cli `internal/auth`, hyperframes `references/cloud.md`,
//! heygen-com/skills `scripts/lib/heygen.mjs`, `@ai-sdk/heygen`, `node --env-file`, python-dotenv.

mod conflicts;

use chrono::{DateTime, Utc};

use super::readers::Readings;
use super::{ApiKey, HEYGEN_ACCESS_TOKEN, HEYGEN_API_KEY, HYPERFRAMES_API_KEY};
use crate::key::Kind;
use crate::record::tools::{Tool, Tools};

/// The content of a place, without the key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Held {
    /// There is no such place.
    #[default]
    Nothing,
    /// It is there, and empty.
    Empty,
    /// A value, by its fingerprint; one that is too short for a key has none.
    Value(Option<String>),
}

impl Held {
    pub(super) fn of(key: &ApiKey) -> Self {
        if key.kind() == Kind::Empty {
            return Self::Empty;
        }
        Self::Value(key.is_secret().then(|| key.fingerprint()))
    }

    fn read(value: Option<&str>) -> Self {
        let key = value.map(|value| ApiKey::from_bytes(value.as_bytes().to_vec()));
        key.map_or(Self::Nothing, |key| Self::of(&key))
    }
}

/// An env file, as each reader sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct EnvFile {
    pub(super) source: String,
    pub(super) node: Held,
    pub(super) python: Held,
    pub(super) bash: Held,
    pub(super) agreed: Held,
}

impl EnvFile {
    pub(super) fn of(source: &str, readings: &Readings) -> Self {
        Self {
            source: source.to_owned(),
            node: Held::read(readings.node.as_deref()),
            python: Held::read(readings.python.as_deref()),
            bash: Held::read(readings.bash.as_deref()),
            agreed: Held::read(readings.agreed()),
        }
    }
}

/// The content of every place.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub(super) api_key: Held,
    pub(super) hyperframes_key: Held,
    pub(super) access_token: Held,
    pub(super) api_base: Option<String>,
    pub(super) api_url: Option<String>,
    /// `.env.local`.
    pub(super) local: Option<EnvFile>,
    /// `.env` of the working folder, if it is there.
    pub(super) env: Option<EnvFile>,
    /// `.env` of the folders above, the nearest first.
    pub(super) parents: Vec<EnvFile>,
    pub(super) file: String,
    pub(super) file_key: Held,
    pub(super) file_login: Held,
    pub(super) login_ends: Option<DateTime<Utc>>,
}

/// The tools at this moment, which decides whether a login has ended.
pub(super) fn of(places: &Places, now: DateTime<Utc>) -> Tools {
    let tools = vec![
        heygen_cli(places, now),
        hyperframes(places, now),
        skills(places, now),
        ai_sdk(places),
        node(places),
        python(places),
        shell(places),
    ];
    let conflicts = conflicts::of(&tools, places);
    Tools { tools, conflicts }
}

/// A place where a tool looks, and what it says of it.
struct Candidate<'a> {
    source: &'a str,
    held: &'a Held,
    bearer: bool,
    why: &'static str,
}

impl<'a> Candidate<'a> {
    const fn key(source: &'a str, held: &'a Held, why: &'static str) -> Self {
        Self { source, held, bearer: false, why }
    }

    const fn token(source: &'a str, held: &'a Held, why: &'static str) -> Self {
        Self { source, held, bearer: true, why }
    }
}

/// The first candidate that holds something.
fn first(tool: &str, candidates: &[Candidate<'_>], base: Option<&String>, none: &str) -> Tool {
    let chosen = candidates.iter().find_map(|candidate| match candidate.held {
        Held::Value(fingerprint) => Some((candidate, fingerprint.clone())),
        Held::Nothing | Held::Empty => None,
    });
    let blank = Tool {
        tool: tool.to_owned(),
        source: None,
        fingerprint: None,
        sent_as: None,
        base_url: base.cloned(),
        why: none.to_owned(),
    };
    let Some((candidate, fingerprint)) = chosen else { return blank };
    Tool {
        source: Some(candidate.source.to_owned()),
        fingerprint,
        sent_as: Some(if candidate.bearer { "bearer" } else { "x-api-key" }.to_owned()),
        why: candidate.why.to_owned(),
        ..blank
    }
}

/// The one name that is a plural.
const SKILLS: &str = "HeyGen's skills";
const VARIABLE: &str = "It reads the variable before anything else.";
const AFTER: &str = "No variable that it reads before this one is set.";
const FILE: &str = "No variable that it reads is set, so it reads the file.";

/// A login that has ended is none.
fn login(places: &Places, now: DateTime<Utc>) -> &Held {
    let ended = places.login_ends.is_some_and(|end| end <= now);
    if ended { &Held::Nothing } else { &places.file_login }
}

fn heygen_cli(places: &Places, now: DateTime<Utc>) -> Tool {
    let file = &places.file;
    first(
        "heygen-cli",
        &[
            Candidate::key(HEYGEN_API_KEY, &places.api_key, VARIABLE),
            Candidate::key(file, &places.file_key, FILE),
            Candidate::token(file, login(places, now), "The file holds a login and no key."),
        ],
        places.api_base.as_ref(),
        "It reads HEYGEN_API_KEY and its own file, and neither holds a key.",
    )
}

fn hyperframes(places: &Places, now: DateTime<Utc>) -> Tool {
    let file = &places.file;
    let by_login = "No variable that it reads is set; in the file it takes a login before a key.";
    first(
        "hyperframes",
        &[
            Candidate::key(HEYGEN_API_KEY, &places.api_key, VARIABLE),
            Candidate::key(HYPERFRAMES_API_KEY, &places.hyperframes_key, AFTER),
            Candidate::token(HEYGEN_ACCESS_TOKEN, &places.access_token, AFTER),
            Candidate::token(file, login(places, now), by_login),
            Candidate::key(file, &places.file_key, FILE),
        ],
        places.api_url.as_ref(),
        "It reads three variables and the file, and none holds a key.",
    )
}

fn skills(places: &Places, now: DateTime<Utc>) -> Tool {
    let gateway = if places.api_base.is_some() { &places.api_key } else { &Held::Nothing };
    let file = &places.file;
    let mut candidates = vec![
        Candidate::key(
            HEYGEN_API_KEY,
            gateway,
            "HEYGEN_API_BASE is set, so they take the variable for the token of that gateway.",
        ),
        Candidate::token(
            HEYGEN_ACCESS_TOKEN,
            &places.access_token,
            "They take a login's token before a key.",
        ),
        Candidate::key(HEYGEN_API_KEY, &places.api_key, AFTER),
        Candidate::key(HYPERFRAMES_API_KEY, &places.hyperframes_key, AFTER),
    ];
    let env = places.env.iter().chain(&places.parents);
    candidates.extend(env.map(|env| {
        Candidate::key(
            &env.source,
            &env.agreed,
            "No variable is set; they read `.env` here and up to four folders above.",
        )
    }));
    candidates.push(Candidate::key(
        file,
        &places.file_key,
        "No variable and no `.env` holds a key.",
    ));
    candidates.push(Candidate::token(
        file,
        login(places, now),
        "No variable and no `.env` holds a key, and the file holds a login.",
    ));
    first(
        SKILLS,
        &candidates,
        places.api_base.as_ref(),
        "No variable, no `.env`, and no file holds a key.",
    )
}

fn ai_sdk(places: &Places) -> Tool {
    let only = "It reads HEYGEN_API_KEY and nothing else.";
    first("AI SDK", &[Candidate::key(HEYGEN_API_KEY, &places.api_key, only)], None, only)
}

/// A reader of env files that leaves a variable alone, even an empty one.
fn keeps_variable(tool: &str, places: &Places, env: Option<(&str, &Held)>, none: &str) -> Tool {
    let variable = Candidate::key(
        HEYGEN_API_KEY,
        &places.api_key,
        "A variable that is set already is kept, whatever the file says.",
    );
    if places.api_key == Held::Empty {
        let hidden = env.is_some_and(|(_, held)| matches!(held, Held::Value(_)));
        let why = if hidden {
            "HEYGEN_API_KEY is set and empty, which hides the key in the file."
        } else {
            "HEYGEN_API_KEY is set and empty."
        };
        return first(tool, &[], None, why);
    }
    let file = env.map(|(source, held)| {
        Candidate::key(source, held, "HEYGEN_API_KEY is not set, so the file's value is taken.")
    });
    let candidates: Vec<Candidate<'_>> = [variable].into_iter().chain(file).collect();
    first(tool, &candidates, None, none)
}

fn node(places: &Places) -> Tool {
    let env = places.env.as_ref().map(|env| (env.source.as_str(), &env.node));
    keeps_variable(
        "node --env-file=.env",
        places,
        env,
        "Neither the variable nor `.env` in this folder holds a key that Node reads.",
    )
}

/// The nearest `.env` is read, and no other.
fn python(places: &Places) -> Tool {
    let nearest = places.env.iter().chain(&places.parents).next();
    keeps_variable(
        "python-dotenv",
        places,
        nearest.map(|env| (env.source.as_str(), &env.python)),
        "Neither the variable nor the nearest `.env` holds a key that python-dotenv reads.",
    )
}

/// A shell that reads `. ./.env` sets each variable again, whatever it was before.
fn shell(places: &Places) -> Tool {
    let mut tool = first(
        "shell",
        &[Candidate::key(
            HEYGEN_API_KEY,
            &places.api_key,
            "`$HEYGEN_API_KEY` is the variable; a shell reads no file by itself.",
        )],
        None,
        "`$HEYGEN_API_KEY` is empty: a shell reads no file by itself.",
    );
    let sourced = places.env.as_ref().map(|env| &env.bash);
    if let Some(Held::Value(Some(other))) = sourced
        && tool.fingerprint.as_ref() != Some(other)
    {
        tool.why = format!("{} After `. ./.env` it is {other}.", tool.why);
    }
    tool
}

#[cfg(test)]
mod tests;
