//! Environment, working directory, and home of the process. Read here only.

use std::ffi::OsString;
use std::path::PathBuf;

/// The environment, looked up by name.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The working directory, where `.env` is looked for.
    pub working_dir: PathBuf,
    /// The folder of HeyGen's own command line: `HEYGEN_CONFIG_DIR`, or `.heygen` at home.
    pub config_dir: Option<PathBuf>,
    /// The home folder.
    pub home: Option<PathBuf>,
}

impl Surroundings {
    /// This process's own.
    #[must_use]
    pub fn look() -> Self {
        let config_dir = variable("HEYGEN_CONFIG_DIR")
            .filter(|dir| !dir.is_empty())
            .map(PathBuf::from)
            .or_else(|| std::env::home_dir().map(|home| home.join(".heygen")));
        Self {
            working_dir: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            config_dir,
            home: std::env::home_dir(),
        }
    }
}

/// A variable of the environment.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// The names of all variables that are text.
#[must_use]
pub fn names() -> Vec<String> {
    std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect()
}

/// True where a variable is set to something.
#[must_use]
pub fn is_set(name: &str) -> bool {
    variable(name).is_some_and(|value| !value.is_empty())
}
