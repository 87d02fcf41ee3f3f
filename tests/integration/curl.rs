//! Curl lines repeat what they stand for, in every variant and every scenario, and no generated
//! line runs anything else: a real `sh` and a real `curl` execute them.

mod lines;
mod words;

use std::ffi::OsString;
use std::io::Write;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::process::{Command, Output};

use heygen_doctor::key::ApiKey;

/// True if curl is there; says so where it isn't.
fn has_curl() -> bool {
    let there = Command::new("curl").arg("--version").output().is_ok();
    if !there {
        say("SKIPPED: curl is missing, so no generated line was executed.");
    }
    there
}

/// Says something of a test that passes, too.
pub(crate) fn say(text: &str) {
    std::io::stderr().write_all(format!("{text}\n").as_bytes()).unwrap();
}

/// Runs a script in a folder of its own, with nothing in the environment but these variables. A
/// `.curlrc` in the folder is read.
fn sh(script: &str, folder: &Path, variables: &[(String, OsString)]) -> Output {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(script.as_bytes()).unwrap();
    Command::new("sh")
        .arg(file.path())
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("CURL_HOME", folder)
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .current_dir(folder)
        .output()
        .unwrap()
}

/// Runs lines with a `curl` that only says what it was given last: the URLs. Fails if anything
/// else was run.
pub(crate) fn run_nothing_but_curl(lines: &[String]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let curl = "curl() { shift $(($# - 1)); printf '%s\\0' \"$1\"; }";
    let output = sh(&format!("{curl}\n{}", lines.join("\n")), folder.path(), &[]);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(folder.path().read_dir().unwrap().count(), 0, "something was run by {lines:#?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let urls: Vec<String> = text.split_terminator('\0').map(ToOwned::to_owned).collect();
    let asked = lines.iter().filter(|line| !line.starts_with('#')).count();
    assert_eq!(urls.len(), asked, "{lines:#?}");
    urls
}

/// The variables of a key: as it is, and in every other form that it has.
fn forms(name: &str, key: &ApiKey) -> Vec<(String, OsString)> {
    let forms = [
        ("", Some(key.clone())),
        ("_REPAIRED", key.repaired()),
        ("_BASE64", Some(key.base64_encoded())),
        ("_DECODED", key.base64_decoded()),
    ];
    forms
        .into_iter()
        .filter_map(|(form, key)| {
            let value = key?.header_value("").ok()?;
            Some((format!("{name}{form}"), OsString::from_vec(value.as_bytes().to_vec())))
        })
        .collect()
}
