//! One meaning of a name: a title, and labelled paragraphs.

use super::{finding, step, word};
use crate::heygen::code::{self, Code};
use crate::heygen::status::{self, Status};
use crate::judge::heard::slip;
use crate::judge::{causes, notes};
use crate::record::cause::{Cause, Side, Verdict};
use crate::record::class::Class;
use crate::record::diagnosis::{NoteId, Standing};
use crate::record::exit::Exit;
use crate::record::facts::FindingId;
use crate::record::heard::{Flaw, Slip};
use crate::render::page::Page;
use crate::render::style::Tone;
use crate::render::{flaw, label};
use crate::text::{either, first_few, list, upper_first};

/// The most codes that are listed behind one status or class.
const CODES: usize = 12;

/// One meaning of a name.
#[derive(Clone)]
pub(super) struct Section {
    title: String,
    kind: &'static str,
    paragraphs: Vec<(&'static str, Tone, String)>,
}

impl Section {
    pub(super) fn new(title: impl Into<String>, kind: &'static str) -> Self {
        Self { title: title.into(), kind, paragraphs: Vec::new() }
    }

    pub(super) fn told(self, label: &'static str, text: impl Into<String>) -> Self {
        self.paragraph(label, Tone::Quiet, text.into())
    }

    pub(super) fn step(self, text: impl Into<String>) -> Self {
        self.paragraph("Next step", Tone::Hint, text.into())
    }

    fn paragraph(mut self, label: &'static str, tone: Tone, text: String) -> Self {
        if !text.is_empty() {
            self.paragraphs.push((label, tone, text));
        }
        self
    }

    /// What kind of thing it explains.
    pub(super) const fn kind(&self) -> &'static str {
        self.kind
    }

    pub(super) fn write(&self, page: &mut Page) {
        let title = page.style.paint(Tone::Strong, &self.title);
        let kind = page.style.paint(Tone::Quiet, &format!("({})", self.kind));
        page.line(&format!("{title} {kind}"));
        for (label, tone, text) in &self.paragraphs {
            page.blank();
            page.labelled(&format!("  {label:<13}"), *tone, text);
        }
    }
}

pub(super) fn cause(cause: Cause) -> Section {
    let row = causes::of(cause);
    let verdict = label::verdict(row.verdict).to_lowercase();
    let code = row.exit.code();
    let comes_to = match row.side {
        Some(side) => {
            format!("Verdict {verdict}, exit code {code}. Who can fix it: {}.", label::side(side))
        }
        None => format!("Verdict {verdict}, exit code {code}."),
    };
    Section::new(format!("{cause}: {}", row.title), "cause")
        .told("Meaning", row.meaning)
        .told("Told apart", row.told_apart)
        .told("Comes to", comes_to)
        .step(row.next_step)
        .told("For support", row.for_support.text())
        .told("Read on", row.doc_url.unwrap_or_default())
}

pub(super) fn note(id: NoteId) -> Section {
    let row = notes::of(id);
    Section::new(id.as_str(), "note").told("Meaning", row.meaning).step(row.next_step)
}

pub(super) fn finding(id: FindingId) -> Section {
    let (meaning, step) = finding::of(id);
    Section::new(id.as_str(), "finding about a key").told("Meaning", meaning).step(step)
}

/// A mistake in a request, or what is no mistake and noteworthy.
pub(super) fn slip(slip: Slip) -> Section {
    let row = slip::of(slip);
    let meaning = row.as_ref().map_or_else(|| flaw::words(Flaw::Request(slip)), |row| row.headline);
    let section = Section::new(slip.as_str(), "finding about a request");
    let section = section.told("Meaning", format!("{}.", upper_first(meaning)));
    section.step(row.map_or("", |row| row.next_step))
}

pub(super) fn verdict(verdict: Verdict) -> Section {
    let causes = Cause::ALL.into_iter().filter(|cause| causes::of(*cause).verdict == verdict);
    let causes: Vec<String> = causes.map(|cause| cause.to_string()).collect();
    Section::new(verdict.as_str(), "verdict")
        .told("Meaning", word::verdict(verdict))
        .told("Causes", list(&causes))
}

pub(super) fn standing(standing: Standing) -> Section {
    Section::new(standing.as_str(), "how sure a cause is").told("Meaning", word::standing(standing))
}

pub(super) fn side(side: Side) -> Section {
    Section::new(side.as_str(), "side")
        .told("Meaning", word::side(side))
        .told("Who fixes it", label::side(side))
}

pub(super) fn exit_codes() -> Section {
    let told = Exit::ALL.map(|exit| format!("{}: {}.", exit.code(), exit.meaning()));
    Section::new("exit code", "word of the reports").told("Meaning", told.join(" "))
}

pub(super) fn word((name, meaning): &(&'static str, &'static str)) -> Section {
    Section::new(*name, "word of the reports").told("Meaning", *meaning)
}

pub(super) fn class(class: Class) -> Section {
    let statuses: Vec<String> = status::ALL
        .iter()
        .filter(|known| known.classes.contains(&class))
        .map(|known| known.code.to_string())
        .collect();
    let key = if class.shows_acceptance() {
        "The key itself was accepted."
    } else if class == Class::Unauthenticated {
        "Only beside controls that behave does this speak against the key."
    } else {
        "It says nothing against the key."
    };
    Section::new(class.to_string(), "class of one answer")
        .told("Meaning", class.meaning())
        .told("The key", key)
        .told("Statuses", list(&statuses))
        .told("Codes", codes(|known| known.class == Some(class)))
        .step(step::of_class(class))
}

pub(super) fn code(known: &Code) -> Section {
    let title = match known.name {
        Some(name) => format!("{} {name}", known.code),
        None => known.code.to_owned(),
    };
    let numeric = known.code.bytes().all(|byte| byte.is_ascii_digit());
    let kind = if numeric { "numeric error code" } else { "string error code" };
    let statuses: Vec<String> = known.statuses.iter().map(ToString::to_string).collect();
    let comes_with = match (statuses.is_empty(), numeric) {
        (false, true) => {
            format!("HTTP {}. The digits of the code aren't an HTTP status.", list(&statuses))
        }
        (false, false) => format!("HTTP {}.", list(&statuses)),
        (true, true) => "Any HTTP status: the digits of the code aren't one.".to_owned(),
        (true, false) => String::new(),
    };
    let class = match known.class {
        Some(class) => format!("{class}. {}", class.meaning()),
        None => {
            "No class by itself: status, version, and the rest of the answer decide.".to_owned()
        }
    };
    Section::new(title, kind)
        .told("Meaning", known.meaning)
        .told("Comes with", comes_with)
        .told("Class", class)
        .step(known.remedy)
        .told("Source", known.source)
}

/// A status; those that nobody has registered are explained by their hundred.
pub(super) fn status(code: u16) -> Option<Section> {
    let section = match status::find(code) {
        Some(Status { name, meaning, classes, .. }) => {
            let classes: Vec<String> = classes.iter().map(ToString::to_string).collect();
            Section::new(format!("{code} {name}"), "HTTP status")
                .told("Meaning", *meaning)
                .told("Class", either(&classes))
        }
        None => {
            Section::new(code.to_string(), "HTTP status").told("Meaning", status::by_hundred(code)?)
        }
    };
    Some(
        section
            .told("Codes", codes(|known| known.statuses.contains(&code)))
            .step(status::next_step(code)),
    )
}

fn codes(wanted: impl Fn(&Code) -> bool) -> String {
    let all = code::all().filter(|known| wanted(known)).map(|known| known.code.to_owned());
    first_few(all.collect(), CODES)
}

/// The classes that no status and no code leads to are those without an answer.
#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn every_class_that_is_an_answer_has_a_status() {
        for class in Class::ALL.into_iter().filter(|class| !class.is_transport()) {
            let has = status::ALL.iter().any(|known| known.classes.contains(&class));
            assert!(has || class == Class::Malformed, "{class}");
        }
    }
}
