//! The programs that read a `.env`: one model for each, from text to value.

mod bash;
mod node;
mod python;
mod reference;

/// What each reader takes for the value of one variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Readings {
    pub(super) node: Option<String>,
    pub(super) python: Option<String>,
    pub(super) bash: Option<String>,
}

impl Readings {
    pub(super) fn of(text: &str, name: &str) -> Self {
        let last = |found: Vec<(String, String)>| {
            found.into_iter().rev().find(|(other, _)| other == name).map(|(_, value)| value)
        };
        let bash = bash::read(text).into_iter().rev().find(|(other, _)| other == name);
        Self {
            node: last(node::read(text)),
            python: last(python::read(text).0),
            bash: bash.and_then(|(_, value)| value),
        }
    }

    /// What two of the three agree on, else what the first of them reads.
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

#[cfg(test)]
mod tests;
