//! The programs that read a `.env`: one model for each, from text to value.

mod bash;
mod node;
mod python;

use std::collections::HashMap;

use super::MOST_BYTES as LONGEST;

/// The variables that stand before in a file.
type Known = HashMap<String, String>;

/// The value of one variable, by each reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Readings {
    pub(super) node: Option<String>,
    pub(super) python: Option<String>,
    pub(super) bash: Option<String>,
}

impl Readings {
    pub(super) fn of(text: &str, name: &str) -> Self {
        let node = node::read(text).into_iter().rev().find(|(other, _)| other == name);
        Self {
            node: node.map(|(_, value)| value),
            python: python::read(text).0.remove(name),
            bash: bash::read(text).remove(name).flatten(),
        }
    }

    /// The value on which two of the three agree, else the one that the first of them reads.
    pub(super) fn agreed(&self) -> Option<&str> {
        let all = [&self.node, &self.python, &self.bash];
        let twice = all.iter().find(|one| all.iter().filter(|other| other == one).count() > 1);
        let agreed = twice.and_then(|value| value.as_deref());
        agreed.or_else(|| all.into_iter().find_map(|value| value.as_deref()))
    }
}

/// Every assignment as Node reads them, in order.
pub(super) fn assignments(text: &str) -> Vec<(String, String)> {
    node::read(text)
}

/// The numbers of the lines that can't be understood, from 1 on: those that python-dotenv warns of.
pub(super) fn unclear_lines(text: &str) -> Vec<usize> {
    python::read(text).1
}

/// The value of `${…}`: by what stands before in the file, else its default. No key is longer than
/// what is left of it, however often a value refers to others.
fn referred(inside: &str, before: &Known) -> String {
    let (name, default) = inside.split_once(":-").unwrap_or((inside, ""));
    let value = before.get(name).map(String::as_str).filter(|value| !value.is_empty());
    value.unwrap_or(default).chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests;
