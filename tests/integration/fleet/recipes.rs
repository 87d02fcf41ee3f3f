//! The recipes of docs/fleet.md and the manifest beside it.

use std::fs;

use serde_json::{Value, json};

use super::text;
use super::town::{Town, Turn, name, results};

const MANIFEST: &str = include_str!("../../../docs/fleet/kubernetes.json");
const SCHEMA: &str = include_str!("../../../fixtures/kubernetes/job.schema.json");
const PAGE: &str = include_str!("../../../docs/fleet.md");

fn manifest() -> Value {
    serde_json::from_str(MANIFEST).unwrap()
}

#[test]
fn the_manifest_is_what_kubernetes_publishes() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let job = manifest();
    let errors: Vec<String> = validator.iter_errors(&job).map(|it| it.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    // The schema is strict enough to notice a slip anywhere.
    for (path, wrong) in [
        ("/spec/completions", json!("four")),
        ("/spec/template/spec/containers/0/args", json!("fleet")),
        ("/spec/template/spec/securityContext", json!({"runAsNonroot": true})),
        ("/spec/template/spec/volumes/0/secret", json!({"name": "heygen-keys"})),
    ] {
        let mut job = manifest();
        *job.pointer_mut(path).unwrap() = wrong;
        assert!(!validator.is_valid(&job), "{path}");
    }
}

#[test]
fn the_keys_are_a_secret_and_the_container_may_do_nothing_else() {
    let job = manifest();
    let pod = &job["spec"]["template"]["spec"];
    let container = &pod["containers"][0];
    assert_eq!(pod["securityContext"]["runAsNonRoot"], true);
    assert_eq!(container["securityContext"]["readOnlyRootFilesystem"], true);
    assert_eq!(container["securityContext"]["allowPrivilegeEscalation"], false);
    assert_eq!(container["securityContext"]["capabilities"]["drop"], json!(["ALL"]));
    assert_eq!(pod["automountServiceAccountToken"], false);
    assert_eq!(container["volumeMounts"][0]["readOnly"], true);
    assert_eq!(pod["volumes"][0]["secret"]["secretName"], "heygen-keys");
    assert!(container.get("env").is_none(), "no key in the environment");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_pods_of_the_manifest_together_ask_every_key_once() {
    let job = manifest();
    let args = job["spec"]["template"]["spec"]["containers"][0]["args"].as_array().unwrap();
    let pods = job["spec"]["completions"].as_u64().unwrap();
    let town = Town::new(0..40, Turn::Never).await;
    let keys = town.list(0..40).display().to_string();
    let folder = town.folder.path().display().to_string();
    let mut names = Vec::new();
    for index in 0..pods {
        let at = |text: &str| {
            text.replace("$(JOB_COMPLETION_INDEX)", &index.to_string())
                .replace("/keys/keys.ndjson", &keys)
                .replace("/results", &folder)
                .replace("--rate=5/s", "--rate=none")
        };
        let args: Vec<String> = args.iter().map(|arg| at(arg.as_str().unwrap())).collect();
        let mut command = super::super::binary::doctor();
        let output = command.args(&args).args(["--base-url", &town.url()]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let found = fs::read_to_string(town.path(&format!("{index}.ndjson"))).unwrap_or_default();
        names.extend(results(&found).into_keys());
    }
    names.sort();
    let mut all: Vec<String> = (0..40).map(name).collect();
    all.sort();
    assert_eq!(names, all);
}

#[test]
fn every_line_of_the_page_is_a_command_of_this_version() {
    let mut lines = 0;
    let page = PAGE.replace("\\\n", " ");
    for line in page.lines().map(str::trim) {
        let line = line.strip_prefix("- run: ").unwrap_or(line);
        let Some(rest) = line.strip_prefix("heygen-doctor ") else { continue };
        let rest = rest.split(" #").next().unwrap().replace("${{ strategy.job-index }}", "0");
        let words = rest.split_whitespace().map(|word| word.trim_matches('"').to_owned());
        let typed: Vec<String> = ["heygen-doctor".to_owned()].into_iter().chain(words).collect();
        let read = heygen_doctor::cli::parse(&typed);
        assert!(read.is_ok(), "{line}: {}", read.unwrap_err());
        lines += 1;
    }
    assert!(lines >= 8, "{lines} commands");
}
