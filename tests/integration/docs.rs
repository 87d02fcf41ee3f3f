//! The committed pages are what the tables say.

use std::path::PathBuf;

use heygen_doctor::docs::PAGES;
use heygen_doctor::judge::causes::of;
use heygen_doctor::record::cause::Cause;

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs").join(file)
}

#[test]
fn pages_are_up_to_date() {
    #[expect(clippy::disallowed_methods, reason = "a switch for whoever runs the tests")]
    let update = std::env::var("UPDATE_DOCS").is_ok_and(|value| value == "1");
    for page in PAGES {
        let (path, text) = (path(page.file), (page.text)());
        if update {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
        } else {
            let committed =
                std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
            assert!(
                committed == text,
                "docs/{} is out of date; run UPDATE_DOCS=1 cargo test --test integration docs",
                page.file
            );
        }
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
