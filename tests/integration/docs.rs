//! The reference pages under `docs/`: written from the tables that the program itself uses, and
//! compared with the committed ones.

mod causes;
mod classes;
mod codes;
mod endpoints;
mod exit_codes;
mod help;
mod skill;

use heygen_doctor::judge::causes::of;
use heygen_doctor::record::cause::Cause;

use super::binary;

/// One page: its name under `docs/`, and its text.
#[derive(Clone, Copy, Debug)]
struct Page {
    /// The file's name.
    file: &'static str,
    /// Writes the text.
    text: fn() -> String,
}

/// Every generated page.
const PAGES: &[Page] = &[
    Page { file: "causes.md", text: causes::page },
    Page { file: "classes.md", text: classes::page },
    Page { file: "codes.md", text: codes::page },
    Page { file: "endpoints.md", text: endpoints::page },
    Page { file: "exit-codes.md", text: exit_codes::page },
    Page { file: "help.md", text: help::page },
    Page { file: "SKILL.md", text: skill::page },
];

/// The head of a page: title, where it comes from, and what it is about.
fn head(title: &str, table: &str, about: &str) -> String {
    format!(
        "# {title}\n\n\
         <!-- Written from {table}. To change it, change that, then run\n     \
         UPDATE_DOCS=1 cargo test --test integration docs -->\n\n\
         {about}\n"
    )
}

/// A table; cells are Markdown already.
fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = format!("\n| {} |\n|{}\n", header.join(" | "), " --- |".repeat(header.len()));
    for row in rows {
        out.push_str("| ");
        out.push_str(&row.join(" | "));
        out.push_str(" |\n");
    }
    out
}

fn code(text: impl std::fmt::Display) -> String {
    format!("`{text}`")
}

#[test]
fn pages_are_up_to_date() {
    for page in PAGES {
        binary::page(&format!("docs/{}", page.file), &(page.text)());
    }
}

#[test]
fn every_cause_has_a_heading_and_its_link() {
    let page = PAGES.iter().find(|page| page.file == "causes.md").unwrap();
    let text = (page.text)();
    for cause in Cause::ALL {
        let (_, section) = text.split_once(&format!("\n## `{cause}`\n")).unwrap();
        let section = section.split("\n## ").next().unwrap();
        let link = of(cause).doc_url.map(|url| format!("- Read on: <{url}>"));
        let shown = section.lines().find(|line| line.starts_with("- Read on"));
        assert_eq!(shown, link.as_deref(), "{cause}");
    }
}

#[test]
fn every_table_keeps_its_columns() {
    for page in PAGES {
        let mut bars = None;
        for line in (page.text)().lines() {
            if line.starts_with('|') {
                let here = line.matches('|').count();
                assert_eq!(*bars.get_or_insert(here), here, "docs/{}: {line}", page.file);
            } else {
                bars = None;
            }
        }
    }
}
