//! `redact`.

use std::path::PathBuf;

use clap::Args;

/// Flags of `redact`.
#[derive(Clone, Debug, Args)]
pub struct RedactArgs {
    /// Files to clean; standard input when none is given or for `-`
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Take the key in this file out as well; may be repeated
    #[arg(long, value_name = "PATH", help_heading = "Key")]
    pub key_file: Vec<PathBuf>,

    /// Take the key in this environment variable out as well
    #[arg(long, value_name = "NAME", help_heading = "Key")]
    pub key_env: Option<String>,

    /// Write nothing; end with 3 when something would be replaced
    #[arg(long, help_heading = "Output")]
    pub check: bool,

    /// Don't say what was replaced
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}
