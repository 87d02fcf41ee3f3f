//! Flags that require something beyond the diagnosis.

use std::str::FromStr;

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::{all, flag, switch, value};
use crate::judge::requirements::{Requirement, Requirements};
use crate::record::cause::Side;
use crate::text::list;

/// Requirements beyond the diagnosis.
#[derive(Clone, Debug, Default)]
pub struct RequirementArgs {
    /// `--require`.
    pub require: Vec<Requirement>,
    /// `--strict`.
    pub strict: bool,
    /// `--fail-on`.
    pub fail_on: Vec<Side>,
}

impl RequirementArgs {
    pub(super) fn args() -> impl Iterator<Item = Arg> {
        let args = [
            value(
                "require",
                "WHAT",
                "Require a scope (`scope:account:read`) or a balance (`balance:5`); may be repeated",
            )
            .value_parser(value_parser!(Requirement))
            .action(ArgAction::Append),
            switch("strict", "Fail with 3 when the key works only in part"),
            value(
                "fail-on",
                "SIDE",
                "Fail only for causes on these sides: caller, account, heygen, network",
            )
            .value_parser(side)
            .action(ArgAction::Append)
            .value_delimiter(',')
            .num_args(1..),
        ];
        args.into_iter().map(|arg| arg.help_heading("Judgement"))
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            require: all(found, "require"),
            strict: flag(found, "strict"),
            fail_on: all(found, "fail-on"),
        }
    }

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
