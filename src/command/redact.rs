//! `redact`: a filter that takes secrets out.

use crate::cli::RedactArgs;
use crate::exit::Exit;

pub(super) fn run(_args: &RedactArgs) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}
