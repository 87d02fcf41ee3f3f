//! Flags that require something beyond the diagnosis.

use std::str::FromStr;

use clap::Args;

use crate::judge::requirements::{Requirement, Requirements};
use crate::record::cause::Side;
use crate::text::list;

/// Requirements beyond the diagnosis.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Judgement")]
pub struct RequirementArgs {
    /// Require a scope (`scope:account:read`) or a balance (`balance:5`); may be repeated
    #[arg(long, value_name = "WHAT")]
    pub require: Vec<Requirement>,

    /// Fail with 3 when the key works only in part
    #[arg(long)]
    pub strict: bool,

    /// Fail only for causes on these sides: caller, account, heygen, network
    #[arg(long, value_name = "SIDE", value_delimiter = ',', num_args = 1.., value_parser = side)]
    pub fail_on: Vec<Side>,
}

impl RequirementArgs {
    /// The requirements.
    #[must_use]
    pub fn requirements(&self) -> Requirements {
        let Self { require, strict, fail_on } = self.clone();
        Requirements { require, strict, fail_on }
    }
}

fn side(text: &str) -> Result<Side, String> {
    Side::from_name(text).ok_or_else(|| format!("the sides are {}", list(Side::NAMES)))
}

impl FromStr for Requirement {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let help = "write `scope:account:read` or `balance:5`";
        match text.split_once(':') {
            Some(("scope", scope)) if !scope.is_empty() => Ok(Self::Scope(scope.to_owned())),
            Some(("balance", amount)) => amount
                .parse()
                .ok()
                .filter(|amount: &f64| amount.is_finite() && *amount >= 0.0)
                .map(Self::Balance)
                .ok_or_else(|| format!("the balance must be a number; {help}")),
            _ => Err(help.to_owned()),
        }
    }
}
