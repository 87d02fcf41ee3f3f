//! Takes secrets out of text, by value, and what looks like the secrets of others, by shape.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::key::ApiKey;
use crate::record::Redaction;

mod grams;
pub mod har;
mod hit;
mod index;
mod look;
mod needle;
mod own;
mod secret;
mod shape;
pub mod stream;
mod view;
mod work;

#[cfg(test)]
mod tests;

use hit::{Hit, Masked};
use look::Look;
use shape::Shapes;

/// A secret of the run that is no key. It is told apart so that a user's name, which is no secret,
/// is not taken for one.
#[derive(Clone)]
pub enum Other {
    /// The login of a proxy.
    Login {
        /// No secret in itself.
        user: String,
        /// Never to be seen, alone or beside the name.
        password: String,
    },
    /// A token that is stored beside the key, such as one that renews a login.
    Token(String),
}

impl fmt::Debug for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Other(…)")
    }
}

/// The kind of a secret, which is told where its value must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// A key of any source.
    Key,
    /// The password of a proxy.
    ProxyPassword,
    /// A token stored beside the key.
    Token,
}

impl fmt::Display for SecretKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key => "the key",
            Self::ProxyPassword => "the proxy's password",
            Self::Token => "a stored token",
        })
    }
}

/// A secret that a text still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which secret it is.
    pub kind: SecretKind,
    /// The form it is in.
    pub form: &'static str,
}

/// Counts of the secrets taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// How many places.
    pub replaced: u64,
    /// How many in each form.
    pub by_form: BTreeMap<String, u64>,
}

impl Ledger {
    /// Adds another ledger to this one.
    pub fn merge(&mut self, other: &Self) {
        self.replaced += other.replaced;
        for (form, count) in &other.by_form {
            *self.by_form.entry(form.clone()).or_default() += count;
        }
    }

    /// A record's account of what was taken out, with what is counted here.
    #[must_use]
    pub fn added_to(&self, mut redaction: Redaction) -> Redaction {
        let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        redaction.replaced += number(self.replaced);
        for (form, count) in &self.by_form {
            *redaction.by_form.entry(form.clone()).or_default() += number(*count);
        }
        // Nothing is written unless the scan of every document passes.
        "passed".clone_into(&mut redaction.self_check);
        redaction
    }

    fn count(&mut self, form: &str) {
        self.replaced += 1;
        if let Some(count) = self.by_form.get_mut(form) {
            *count += 1;
        } else {
            self.by_form.insert(form.to_owned(), 1);
        }
    }
}

/// Knows every form of every secret of a run.
#[derive(Clone)]
pub struct Redactor {
    rules: Arc<Rules>,
    keeps_emails: bool,
}

struct Rules {
    look: Look,
    shapes: Shapes,
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor(…)")
    }
}

impl Redactor {
    /// Knows these keys, these other secrets, and that the values in `exempt` were given by the
    /// user to be shown.
    ///
    /// Placeholders among the keys are no secrets; other secrets shorter than six characters are
    /// not looked for, because they are part of ordinary text.
    #[must_use]
    pub fn new(keys: &[&ApiKey], others: &[Other], exempt: &[String]) -> Self {
        Self::leaving_out(keys, others, exempt, None)
    }

    /// The same without one of its forms: shows in tests what each of them is for.
    fn leaving_out(
        keys: &[&ApiKey],
        others: &[Other],
        exempt: &[String],
        form: Option<&str>,
    ) -> Self {
        let secrets = secret::all(keys, others);
        let rules = Rules { look: Look::new(&secrets, exempt, form), shapes: Shapes::new(exempt) };
        Self { rules: Arc::new(rules), keeps_emails: false }
    }

    /// The same, for whom e-mail addresses are no secrets.
    #[must_use]
    pub fn keeping_emails(self) -> Self {
        Self { keeps_emails: true, ..self }
    }

    /// The first secret of the run that an artefact still holds.
    #[must_use]
    pub fn find(&self, artefact: &[u8]) -> Option<Found> {
        let hit = hit::merged(self.rules.look.hits(artefact, 0, None)).into_iter().next()?;
        Some(Found { kind: hit.kind?, form: hit.form })
    }

    /// Takes secrets out of a text: each becomes `[redacted]`, and what it was goes to the ledger.
    #[must_use]
    pub fn redact(&self, text: &str, ledger: &mut Ledger) -> String {
        let hits = self.hits(text.as_bytes(), 0, &mut Vec::new());
        for hit in hits.iter().filter(|hit| !hit.goes_on) {
            ledger.count(hit.form);
        }
        let clean = Masked::new(text.as_bytes(), 0, &hits).text.into_owned();
        String::from_utf8(clean)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// Everything from a place on that must go, in order, without overlaps. `values` holds the
    /// secrets of the run before that place, and gets those after it.
    fn hits(&self, text: &[u8], from: usize, values: &mut Vec<Hit>) -> Vec<Hit> {
        let found = self.rules.look.hits(text, from, Some(&self.rules.shapes));
        let found = found.into_iter().filter(|hit| hit.end > from && !self.keeps(hit));
        let found = hit::merged(found.collect());
        let seen: Vec<Hit> =
            found.iter().map(|hit| Hit { start: hit.start.max(from), ..*hit }).collect();
        values.extend(&seen);
        let mut hits = self.rules.shapes.hits(text, from);
        hits.extend(self.beside(text, from, values));
        hits.retain(|hit| hit.start >= from && !self.keeps(hit));
        hits.extend(seen);
        hit::merged(hits)
    }

    fn keeps(&self, hit: &Hit) -> bool {
        self.keeps_emails && hit.form == shape::EMAIL
    }

    /// What is left beside the mask of a secret may look like something only then.
    fn beside(&self, text: &[u8], from: usize, values: &[Hit]) -> Vec<Hit> {
        let spots = values
            .iter()
            .flat_map(|hit| (hit.start..hit.end).step_by(look::AROUND).chain([hit.end]));
        let mut values = values.iter().peekable();
        let mut hits = Vec::new();
        for part in look::around(text, spots.collect(), look::AROUND) {
            let here = std::iter::from_fn(|| values.next_if(|hit| hit.end <= part.end));
            let here: Vec<Hit> = here.map(|hit| hit.back(part.start)).collect();
            let masked = Masked::new(&text[part.clone()], 0, &here);
            let first = masked.masked(from.saturating_sub(part.start));
            let found = self.rules.shapes.hits(&masked.text, first);
            hits.extend(found.iter().map(|hit| masked.unmasked(hit).on(part.start)));
        }
        hits
    }
}
