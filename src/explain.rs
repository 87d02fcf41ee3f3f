//! Offline explanations of whatever a report says: a status, an error code, a cause, a finding, a
//! probe, a word. The same words as in every report.

mod finding;
mod nearest;
mod probe;
mod section;
mod step;
mod word;

use crate::error::Usage;
use crate::heygen::{code, status};
use crate::plan::PatternKind;
use crate::record::cause::{Cause, Side, Verdict};
use crate::record::class::Class;
use crate::record::diagnosis::{NoteId, Standing};
use crate::record::facts::FindingId;
use crate::record::heard::{Form, Slip};
use crate::record::probe::variant;
use crate::record::watched::Conclusion;
use crate::render::Options;
use crate::render::page::Page;
use crate::render::style::Tone;
use crate::text::upper_first;
use section::Section;

/// Explains each of some names; those with several meanings get all of them, a status before a code.
/// Words that are one name together (`Invalid API key`) are taken as one.
///
/// # Errors
///
/// An unknown name, with the nearest known ones in the hint.
pub fn explain(asked: &[String], options: &Options) -> Result<String, Usage> {
    let known = known();
    let whole = asked.join(" ");
    let mut sections = named(&known, &whole);
    if sections.is_empty() {
        let each = asked.iter().map(|what| meanings(&known, what));
        sections =
            each.collect::<Result<Vec<_>, _>>().map(|all| all.concat()).or_else(|unknown| {
                // A status line, which begins with the version of HTTP.
                let begins_with_name = meanings(&known, &asked[0]).is_ok();
                if begins_with_name { Err(unknown) } else { meanings(&known, &whole) }
            })?;
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

/// Every name that can be explained, but for probes and the statuses that HeyGen isn't known to use.
#[must_use]
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = known().into_iter().flat_map(|entry| entry.names).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The names that can be explained, by their kinds.
#[must_use]
pub fn list(options: &Options) -> String {
    let mut kinds: Vec<(&str, Vec<String>)> = Vec::new();
    for Entry { names, section } in known() {
        let name = names.into_iter().next().unwrap_or_default();
        match kinds.iter_mut().find(|(kind, _)| *kind == section.kind()) {
            Some((_, all)) => all.push(name),
            None => kinds.push((section.kind(), vec![name])),
        }
    }
    let mut page = Page::new(options);
    for (i, (kind, names)) in kinds.iter().enumerate() {
        if i > 0 {
            page.blank();
        }
        page.toned(&[(Some(Tone::Strong), upper_first(kind))]);
        page.text(2, None, &names.join(", "));
    }
    page.finish()
}

/// Something that can be explained, by its names; the first one is its usual name.
struct Entry {
    names: Vec<String>,
    section: Section,
}

fn entry(name: &impl ToString, section: Section) -> Entry {
    Entry { names: vec![name.to_string()], section }
}

/// All that can be explained, statuses first.
fn known() -> Vec<Entry> {
    let statuses = status::ALL.iter().filter_map(|row| {
        let names = vec![row.code.to_string(), format!("{} {}", row.code, row.name)];
        Some(Entry { names, section: section::status(row.code)? })
    });
    let mut known: Vec<Entry> = statuses.collect();
    known.extend(Cause::ALL.into_iter().map(|cause| entry(&cause, section::cause(cause))));
    known.extend(Class::ALL.into_iter().map(|class| entry(&class, section::class(class))));
    known.extend(NoteId::ALL.into_iter().map(|note| entry(&note, section::note(note))));
    known.extend(FindingId::ALL.into_iter().map(|id| entry(&id, section::finding(id))));
    known.extend(code::all().map(|row| Entry {
        names: [row.code].into_iter().chain(row.name).map(ToOwned::to_owned).collect(),
        section: section::code(row),
    }));
    known
        .extend(Verdict::ALL.into_iter().map(|verdict| entry(&verdict, section::verdict(verdict))));
    known.extend(Standing::ALL.into_iter().map(|each| entry(&each, section::standing(each))));
    known.extend(Side::ALL.into_iter().map(|side| entry(&side, section::side(side))));
    known.extend(variant::ALL.iter().map(|way| entry(&way.id, probe::way(way))));
    let watched = |it: &Conclusion| section::word(&(it.as_str(), word::watched(*it)));
    known.extend(Conclusion::ALL.iter().map(|it| entry(it, watched(it))));
    known.extend(Slip::ALL.into_iter().map(|it| entry(&it, section::slip(it))));
    let form = |it: &Form| section::word(&(it.as_str(), word::form(*it)));
    known.extend(Form::ALL.iter().map(|it| entry(it, form(it))));
    known.push(entry(&"exit code", section::exit_codes()));
    known.extend(
        PatternKind::ALL
            .into_iter()
            .map(|kind| entry(&kind, section::word(&(kind.as_str(), kind.meaning())))),
    );
    known.extend(word::GLOSSARY.iter().map(|row| entry(&row.0, section::word(row))));
    known
}

/// The meanings of a name: as it is written, or else as a probe, or of the number in it.
fn meanings(known: &[Entry], what: &str) -> Result<Vec<Section>, Usage> {
    let found = named(known, what);
    if !found.is_empty() {
        return Ok(found);
    }
    if let Some(probe) = probe::probe(what.trim()) {
        return Ok(vec![probe]);
    }
    let found = number(&normalised(what)).map(|number| named(known, number)).unwrap_or_default();
    if found.is_empty() { Err(nearest::unknown(what)) } else { Ok(found) }
}

fn named(known: &[Entry], what: &str) -> Vec<Section> {
    let name = normalised(what);
    let found: Vec<Section> = known
        .iter()
        .filter(|entry| entry.names.iter().any(|own| normalised(own) == name))
        .map(|entry| entry.section.clone())
        .collect();
    let unlisted = || name.parse().ok().and_then(section::status);
    if found.is_empty() { unlisted().into_iter().collect() } else { found }
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
