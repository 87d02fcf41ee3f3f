//! The recipes for CI, and the action, run as far as a shell can run them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::binary::doctor;
use super::curl::say;

const RECIPES: &str = include_str!("../../docs/ci.md");
const ACTION: &str = include_str!("../../action.yml");

/// A folder on the PATH in which `heygen-doctor` asks the double.
fn path(folder: &Path, scenario: &str) -> String {
    let bin = folder.join("bin");
    fs::create_dir(&bin).unwrap();
    let script = format!(
        "#!/bin/sh\nexec '{}' \"$@\" --simulate {scenario}\n",
        doctor().get_program().display()
    );
    fs::write(bin.join("heygen-doctor"), script).unwrap();
    let program = bin.join("heygen-doctor");
    fs::set_permissions(program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display())
}

/// The blocks of this language in the recipes.
fn blocks(language: &str) -> Vec<&'static str> {
    let opening = format!("```{language}\n");
    let rest = RECIPES.split(opening.as_str()).skip(1);
    rest.map(|block| block.split("```").next().unwrap()).collect()
}

fn run(shell: &str, args: &[&str], folder: &Path, env: &BTreeMap<&str, String>) -> Option<Output> {
    let output = Command::new(shell).args(args).env_clear().envs(env).current_dir(folder).output();
    if output.is_err() {
        say(&format!("SKIPPED: {shell} is missing, so no recipe for CI ran in it."));
    }
    output.ok()
}

#[test]
fn the_lines_of_the_recipes_run() {
    let scripts = RECIPES.lines().filter_map(|line| line.trim().strip_prefix("- heygen-doctor"));
    let jenkins = RECIPES.lines().filter_map(|line| {
        let (_, line) = line.split_once("sh 'heygen-doctor")?;
        line.split_once('\'').map(|(line, _)| line)
    });
    let mut lines: Vec<String> = blocks("sh").into_iter().map(str::to_owned).collect();
    lines.extend(scripts.chain(jenkins).map(|line| format!("heygen-doctor{line}")));
    assert_eq!(lines.len(), 6, "{lines:#?}");
    for line in lines {
        for (scenario, code) in [("healthy", 0), ("unknown-key", 3)] {
            let folder = tempfile::tempdir().unwrap();
            let textfiles = folder.path().display().to_string();
            let env = [("PATH", path(folder.path(), scenario)), ("TEXTFILES", textfiles)].into();
            let Some(output) = run("sh", &["-c", &line], folder.path(), &env) else { return };
            assert_eq!(output.status.code(), Some(code), "{line}: {output:?}");
            for named in line.split_whitespace().filter_map(|word| word.split_once('=')) {
                let file = named.1.trim_matches('"').replace("$TEXTFILES/", "");
                let text = fs::read_to_string(folder.path().join(&file)).unwrap();
                assert!(!text.is_empty(), "{line}: {file}");
            }
        }
    }
}

/// What a recipe collects is what its own lines write, and what it asks of the action is there.
#[test]
fn the_recipes_collect_what_they_write() {
    let mut collected = 0;
    for block in blocks("yaml").into_iter().chain(blocks("groovy")) {
        let asked = ["junit: ", "metrics: ", "junit '", "artifacts: '"];
        let files = block.lines().filter_map(|line| {
            let line = line.trim();
            let rest = asked.iter().find_map(|before| {
                line.strip_prefix(before).or_else(|| Some(line.split_once(before)?.1))
            })?;
            Some(rest.split('\'').next().unwrap())
        });
        for file in files {
            let is_written = [format!("={file}"), format!("> {file}")];
            assert!(is_written.iter().any(|how| block.contains(how)), "{file} in {block}");
            collected += 1;
        }
    }
    assert_eq!(collected, 4);
    let asked = RECIPES.split("steps.doctor.outputs.").skip(1);
    let asked: Vec<&str> = asked.map(|rest| rest.split([' ', '}']).next().unwrap()).collect();
    assert!(!asked.is_empty());
    for output in asked {
        assert!(ACTION.contains(&format!("\n  {output}:\n    description")), "{output}");
    }
}

/// The line of the crontab, with a key in its file, and no way to a server.
#[test]
fn the_line_for_cron_runs() {
    let line = RECIPES.lines().find_map(|line| line.strip_prefix("# crontab: 0 * * * * ")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".heygen")).unwrap();
    fs::write(folder.path().join(".heygen/key"), super::binary::KEY).unwrap();
    let here = folder.path().display().to_string();
    let program = doctor().get_program().display().to_string();
    let line = line.replace("heygen-doctor", &program).replacen(" check", " check --dry-run", 1);
    let env = [("HOME", here.clone()), ("TEXTFILES", here)].into();
    let Some(output) = run("sh", &["-c", &line], folder.path(), &env) else { return };
    assert_eq!(output.status.code(), Some(0), "{line}: {output:?}");
}

/// What GitLab compares as text is the same on every run of the same key.
#[test]
fn the_metrics_for_gitlab_hold_no_durations() {
    let folder = tempfile::tempdir().unwrap();
    let env = [("PATH", path(folder.path(), "healthy"))].into();
    let sed = RECIPES.lines().find_map(|line| line.trim().strip_prefix("- sed ")).unwrap();
    let line = format!("heygen-doctor check -q --openmetrics=all.prom && sed {sed}");
    let Some(output) = run("sh", &["-c", &line], folder.path(), &env) else { return };
    assert!(output.status.success(), "{output:?}");
    let left = fs::read_to_string(folder.path().join("heygen.prom")).unwrap();
    assert!(left.contains("heygen_doctor_exit_code 0"), "{left}");
    assert!(!left.contains("duration_seconds") && !left.contains("time_seconds"), "{left}");
}

/// The variables of the action's step, with these inputs in place of their expressions.
fn inputs(given: &[(&str, &str)]) -> BTreeMap<&'static str, String> {
    let line = |line: &'static str| {
        let (name, rest) = line.trim().split_once(": ${{ inputs.")?;
        Some((name, rest.strip_suffix(" }}")?))
    };
    let default = |input: &str| {
        let (_, declared) = ACTION.split_once(&format!("\n  {input}:\n"))?;
        let (_, default) = declared.split_once("default: ")?;
        Some(default.lines().next()?.trim_matches('"').to_owned())
    };
    let value = |input: &str| {
        let given = given.iter().find(|(name, _)| *name == input);
        given.map_or_else(|| default(input), |(_, value)| Some((*value).to_owned()))
    };
    ACTION.lines().filter_map(line).map(|(name, input)| (name, value(input).unwrap())).collect()
}

/// What the action's last step does with these inputs; packaging/smoke runs those before it.
fn step(folder: &Path, given: &[(&str, &str)]) -> Option<Output> {
    let here = |name: &str| folder.join(name).display().to_string();
    let mut env = inputs(given);
    env.extend([
        ("DOCTOR_PROGRAM", doctor().get_program().display().to_string()),
        ("PATH", "/usr/local/bin:/usr/bin:/bin".to_owned()),
        ("RUNNER_TEMP", here("")),
        ("GITHUB_OUTPUT", here("output")),
        ("GITHUB_STEP_SUMMARY", here("summary")),
    ]);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/action/check.sh");
    run("bash", &["--noprofile", "--norc", "-eo", "pipefail", script], folder, &env)
}

#[test]
fn the_action_does_not_answer_with_the_record_of_an_earlier_step() {
    let folder = tempfile::tempdir().unwrap();
    let Some(first) = step(folder.path(), &[("simulate", "healthy")]) else { return };
    assert!(first.status.success(), "{first:?}");
    let output = folder.path().join("output");
    fs::remove_file(&output).unwrap();
    let second = step(folder.path(), &[("simulate", "healthy"), ("require", "nonsense")]).unwrap();
    assert_eq!(second.status.code(), Some(2), "{second:?}");
    assert!(fs::read_to_string(output).unwrap().starts_with("verdict=\n"));
}

#[test]
fn the_action_runs_as_github_runs_it() {
    let outputs: Vec<&str> = ACTION
        .lines()
        .filter_map(|line| line.trim().strip_prefix("value: ${{ steps.check.outputs."))
        .filter_map(|rest| rest.strip_suffix(" }}"))
        .collect();
    for (scenario, more, verdict, cause, code) in [
        ("healthy", ("strict", "false"), "healthy", "healthy", 0),
        ("support-ticket", ("strict", "false"), "broken", "key_encoded", 3),
        ("support-ticket", ("fail-on", "heygen"), "broken", "key_encoded", 0),
        ("scoped", ("strict", "true"), "limited", "insufficient_scope", 3),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let here = |name: &str| folder.path().join(name).display().to_string();
        let Some(output) = step(folder.path(), &[("simulate", scenario), more]) else { return };
        assert_eq!(output.status.code(), Some(code), "{scenario}: {output:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(said.lines().filter(|line| line.starts_with("::")).count(), 1, "{said}");
        let written = fs::read_to_string(here("output")).unwrap();
        let written: BTreeMap<&str, &str> =
            written.lines().filter_map(|line| line.split_once('=')).collect();
        assert_eq!(written["verdict"], verdict, "{scenario}");
        assert_eq!(written["cause"], cause, "{scenario}");
        assert_eq!(written["exit-code"], code.to_string(), "{scenario}");
        assert!(outputs.len() == 4 && outputs.iter().all(|name| written.contains_key(name)));
        assert!(fs::read_to_string(here(written["report"])).unwrap().starts_with('#'));
        assert!(fs::read_to_string(here("summary")).unwrap().starts_with('#'), "{scenario}");
    }
}
