//! Offline explanations: a status, an error code, a class, a cause, a note. The same words as in every
//! report.

mod nearest;
mod section;
mod step;

use crate::error::Usage;
use crate::heygen::{code, status};
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::diagnosis::NoteId;
use crate::render::Options;
use crate::render::page::Page;
use section::Section;

/// Explains a status (`401`), an error code (`400112`, `internal_error`), a class, a cause, or a note.
/// A name with several meanings gets all of them, a status before a code.
///
/// # Errors
///
/// An unknown name, with the nearest known ones in the hint.
pub fn explain(what: &str, options: &Options) -> Result<String, Usage> {
    let name = normalised(what);
    let mut sections = sections(&name);
    if sections.is_empty() {
        sections = number(&name).map(self::sections).unwrap_or_default();
    }
    if sections.is_empty() {
        return Err(nearest::unknown(what));
    }
    let mut page = Page::new(options);
    for (i, section) in sections.iter().enumerate() {
        if i > 0 {
            page.blank();
        }
        section.write(&mut page);
    }
    Ok(page.finish())
}

/// Every name that can be explained, but for the statuses that HeyGen isn't known to use.
#[must_use]
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = Cause::ALL.into_iter().map(|cause| cause.to_string()).collect();
    names.extend(Class::ALL.into_iter().map(|class| class.to_string()));
    names.extend(NoteId::NAMES.iter().map(|&name| name.to_owned()));
    names.extend(code::all().map(|known| known.code.to_owned()));
    names.extend(code::all().filter_map(|known| known.name).map(str::to_lowercase));
    names.extend(status::ALL.iter().map(|known| known.code.to_string()));
    names.sort_unstable();
    names.dedup();
    names
}

fn sections(name: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    sections.extend(name.parse().ok().and_then(section::status));
    sections.extend(
        Cause::ALL.into_iter().filter(|cause| same(cause.as_str(), name)).map(section::cause),
    );
    sections.extend(
        Class::ALL.into_iter().filter(|class| same(class.as_str(), name)).map(section::class),
    );
    sections.extend(
        NoteId::ALL.into_iter().filter(|note| same(note.as_str(), name)).map(section::note),
    );
    let codes = code::all()
        .filter(|known| same(known.code, name) || known.name.is_some_and(|own| same(own, name)));
    sections.extend(codes.map(section::code));
    sections
}

fn same(known: &str, name: &str) -> bool {
    normalised(known) == name
}

/// The number in `HTTP401`, `401 Unauthorized`, `HTTP/1.1 401 Unauthorized`, `status 401`.
fn number(name: &str) -> Option<&str> {
    let mut words = name.split('_').map(|word| word.strip_prefix("http").unwrap_or(word));
    let first = words.find(|word| {
        !matches!(*word, "" | "status" | "error" | "code") && !word.starts_with('/')
    })?;
    first.bytes().all(|byte| byte.is_ascii_digit()).then_some(first)
}

/// Lower case, `_` for `-` and blanks, without a leading `HTTP`.
fn normalised(what: &str) -> String {
    let name = what.trim().to_lowercase().replace(['-', ' '], "_");
    name.strip_prefix("http_").map(ToOwned::to_owned).unwrap_or(name)
}
