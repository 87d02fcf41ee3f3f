//! Pages in a real browser, without a screen. `tests/browser/install.sh` installs what this needs; where it
//! isn't there, these tests say so and are skipped.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use heygen_doctor::render::{Format, Options, render};

use super::samples;

const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/axe.min.js");

/// Runs every rule that axe-core has for WCAG 2 A and AA and its best practices, in both colour schemes
/// that the page has, and leaves what was found in the page's title.
const AUDIT: &str = "axe.run(document,{resultTypes:['violations']}).then(r=>{document.title='axe '+r.passes.length+' passed '+JSON.stringify(r.violations.map(v=>[v.id,v.nodes.map(n=>n.html.slice(0,120)+n.failureSummary.slice(0,200))]))}).catch(e=>{document.title='axe failed '+e})";

/// The browser, unless it or axe-core is missing.
fn browser(profile: &Path) -> Option<Command> {
    let found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let found = found.into_iter().find(|path| Path::new(path).exists());
    let (Some(found), true) = (found, Path::new(AXE).exists()) else {
        // Past the harness, which keeps what a test prints to itself as long as it passes.
        let told = "SKIPPED: no Chromium or no axe-core; tests/browser/install.sh installs them";
        writeln!(io::stderr().lock(), "{told}").unwrap();
        return None;
    };
    let mut command = Command::new(found);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"]);
    command.args(["--disable-background-networking", "--disable-component-update"]);
    command.arg("--virtual-time-budget=20000");
    command.arg(format!("--user-data-dir={}", profile.display()));
    Some(command)
}

/// Pages that have everything, little, and text of a hostile server.
fn pages(folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let some = samples::ALL.iter().filter(|(name, _)| {
        ["support_ticket", "healthy", "flapping", "no_key", "dns_failure", "hostile"].contains(name)
    });
    some.map(|(name, sample)| {
        let path = folder.join(format!("{name}.html"));
        fs::write(&path, render(Format::Html, &sample(), &Options::default())).unwrap();
        (*name, path)
    })
    .collect()
}

/// The lines that a page wrote to the console.
fn console(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    text.lines().filter(|line| line.contains("CONSOLE")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_page_is_drawn_and_printed_without_a_word_on_the_console() {
    let folder = tempfile::tempdir().unwrap();
    for (name, path) in pages(folder.path()) {
        let Some(mut command) = browser(folder.path()) else { return };
        let picture = folder.path().join("page.png");
        command.arg(format!("--screenshot={}", picture.display()));
        let output = command.arg(format!("file://{}", path.display())).output().unwrap();
        assert_eq!(console(&output.stderr), "", "{name}");
        // A page of one colour takes a few thousand bytes.
        assert!(fs::metadata(&picture).unwrap().len() > 15_000, "{name}: nothing was drawn");

        let Some(mut command) = browser(folder.path()) else { return };
        let printed = folder.path().join("page.pdf");
        command.args([&format!("--print-to-pdf={}", printed.display()), "--no-pdf-header-footer"]);
        let output = command.arg(format!("file://{}", path.display())).output().unwrap();
        assert_eq!(console(&output.stderr), "", "{name}");
        let pdf = fs::read(&printed).unwrap();
        let pdf = String::from_utf8_lossy(&pdf);
        let sheets = pdf.matches("/Type /Page").count() - pdf.matches("/Type /Pages").count();
        // Everything that a hostile server says takes more room.
        assert!(sheets == 1 || sheets == 2 || name == "hostile", "{name}: {sheets} sheets");
    }
}

/// The test can fail: a page that breaks its own policy is told.
#[test]
fn a_page_that_loads_something_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut command) = browser(folder.path()) else { return };
    let page = render(Format::Html, &samples::healthy(), &Options::default());
    let path = folder.path().join("page.html");
    fs::write(&path, page.replace("<main>", "<main><img src=\"http://127.0.0.1:9/x.png\">"))
        .unwrap();
    let output =
        command.arg("--dump-dom").arg(format!("file://{}", path.display())).output().unwrap();
    assert!(console(&output.stderr).contains("Content Security Policy"), "{output:?}");
}

#[test]
fn everyone_can_read_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(folder.path());
    for scheme in ["0", "1"] {
        for (name, path) in &pages {
            let Some(mut command) = browser(folder.path()) else { return };
            let axe = fs::read_to_string(AXE).unwrap();
            // The policy forbids scripts, so the copy that is looked at has none; the folded parts are open.
            let page = fs::read_to_string(path).unwrap();
            let (before, policy) = page.split_once("<meta http-equiv").unwrap();
            let (_, after) = policy.split_once('>').unwrap();
            let audited = format!("{before}{after}<script>{axe}</script><script>{AUDIT}</script>");
            let copy = folder.path().join("audited.html");
            fs::write(&copy, audited.replace("<details>", "<details open>")).unwrap();
            command.arg(format!("--blink-settings=preferredColorScheme={scheme}"));
            command.arg("--dump-dom").arg(format!("file://{}", copy.display()));
            let output = command.output().unwrap();
            let dom = String::from_utf8_lossy(&output.stdout);
            let title = dom.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
            assert!(
                title.starts_with("axe ") && title.ends_with(" passed []"),
                "{name}, scheme {scheme}: {title}"
            );
        }
    }
}
