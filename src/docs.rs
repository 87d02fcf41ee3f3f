//! The reference pages under `docs/`, written from the tables that the program itself uses.

mod causes;
mod classes;
mod codes;
mod endpoints;
mod exit_codes;
mod help;

/// One page: its name under `docs/`, and its text.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The file's name.
    pub file: &'static str,
    /// Writes the text.
    pub text: fn() -> String,
}

/// Every generated page.
pub const PAGES: &[Page] = &[
    Page { file: "causes.md", text: causes::page },
    Page { file: "classes.md", text: classes::page },
    Page { file: "codes.md", text: codes::page },
    Page { file: "endpoints.md", text: endpoints::page },
    Page { file: "exit-codes.md", text: exit_codes::page },
    Page { file: "help.md", text: help::page },
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
