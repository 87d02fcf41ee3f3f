//! The committed pages are what the tables say.

use std::collections::BTreeSet;
use std::path::PathBuf;

use heygen_doctor::docs::PAGES;
use heygen_doctor::judge::words::words;
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
fn every_link_of_a_cause_leads_to_a_heading() {
    let page = PAGES.iter().find(|page| page.file == "causes.md").unwrap();
    let text = (page.text)();
    let anchors: BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`')).collect();
    for cause in Cause::ALL {
        let (page, anchor) = words(cause).doc_url.rsplit_once('#').unwrap();
        assert!(page.ends_with("docs/causes.md"), "{cause}");
        assert_eq!(anchor, cause.to_string());
        assert!(anchors.contains(anchor), "{cause}");
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
