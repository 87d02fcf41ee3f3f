//! Requirements of the user's own.

use std::str::FromStr;

/// One requirement.
#[derive(Clone, Debug, PartialEq)]
pub enum Requirement {
    /// A scope that the key must have.
    Scope(String),
    /// A balance that the wallet must reach.
    Balance(f64),
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
