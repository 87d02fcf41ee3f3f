//! Completions and manual pages: what a shell and `man` make of them.

use std::process::Command;

use heygen_doctor::cli;

use super::binary;

/// The answers to a shell that asks how these words go on.
fn completed(words: &[&str]) -> Vec<String> {
    let output = binary::doctor()
        .env("HEYGEN_DOCTOR_COMPLETE", "fish")
        .args(["--", "heygen-doctor"])
        .args(words)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_shell_gets_a_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = binary::doctor().args(["completions", shell]).output().unwrap();
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && script.contains("heygen-doctor"), "{shell}: {script}");
        assert!(script.contains("HEYGEN_DOCTOR_COMPLETE"), "{shell}: {script}");
    }
    super::inputs::refused(&["completions", "tcsh"], "bash");
}

#[test]
fn commands_flags_scenarios_and_names_are_completed() {
    assert!(completed(&["ch"]).contains(&"check".to_owned()));
    assert_eq!(completed(&["check", "--prof"]), ["--profile"]);
    assert_eq!(completed(&["check", "--profile", "a"]), ["adaptive"]);
    for before in [&["check", "--simulate"] as &[&str], &["simulate"]] {
        let words = [before, &["support-t"]].concat();
        assert_eq!(completed(&words), ["support-ticket"]);
    }
    assert_eq!(completed(&["explain", "key_enc"]), ["key_encoded"]);
    assert_eq!(completed(&["explain", "401", "key_quo"]), ["key_quotes"]);
}

#[test]
fn bash_completes_with_the_script() {
    let script = r#"
        source <("$DOCTOR" completions bash)
        COMP_WORDS=(heygen-doctor check --simulate support-t) COMP_CWORD=3 COMP_TYPE=9
        PATH="$(dirname "$DOCTOR"):$PATH"
        _clap_complete_heygen_doctor heygen-doctor support-t --simulate
        echo "${COMPREPLY[@]}"
    "#;
    let bash = Command::new("bash")
        .args(["-c", script])
        .env("DOCTOR", binary::doctor().get_program())
        .output();
    let Ok(output) = bash else {
        return super::curl::say("SKIPPED: bash is missing, so no completion ran in it.");
    };
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "support-ticket", "{output:?}");
}

#[test]
fn every_command_has_a_manual_page_with_every_flag() {
    let mut root = cli::command();
    root.build();
    for command in root.get_subcommands().filter(|command| command.get_name() != "help") {
        let output = binary::doctor().args(["man", command.get_name()]).output().unwrap();
        let page = String::from_utf8(output.stdout).unwrap();
        assert!(page.contains(&format!(".TH heygen-doctor-{}", command.get_name())), "{page}");
        for flag in command.get_arguments().filter_map(|arg| arg.get_long()) {
            let shown = format!("\\-\\-{}", flag.replace('-', "\\-"));
            assert!(page.contains(&shown), "{}: {flag}", command.get_name());
        }
        assert!(!page.contains(".SH EXTRA"), "{page}");
        let names_a_heading = page.contains(".SH EXAMPLES") || command.get_name() == "schema";
        assert!(names_a_heading, "{page}");
    }
    let whole = String::from_utf8(binary::doctor().arg("man").output().unwrap().stdout).unwrap();
    insta::assert_snapshot!(whole);
    super::inputs::refused(&["man", "nothing"], "no command of this name");
}
