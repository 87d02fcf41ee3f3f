//! The command: streams, exit codes, documents, and that no key gets out.

use std::io::{self, Write as _};
use std::process::Output;

use serde_json::Value;

use crate::binary::{KEY, doctor};

/// The same key a base64 layer lower.
const LEGACY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYtMTc2NzIyNTYwMA==";
const LEGACY_DECODED: &str = "0123456789abcdef0123456789abcdef-1767225600";

/// True if a program is there; says so loudly where it isn't.
pub(super) fn has(program: &str) -> bool {
    let is_there = ["/usr/bin", "/bin", "/usr/local/bin"]
        .iter()
        .any(|folder| std::path::Path::new(folder).join(program).exists());
    if !is_there {
        writeln!(io::stderr().lock(), "SKIPPED: {program} is missing").unwrap();
    }
    is_there
}

/// Listens to a shell's script.
fn listened(key: &str, flags: &[&str], script: &str) -> (Output, Value) {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record.json");
    let mut command = doctor();
    command.env("HEYGEN_API_KEY", key).env("PATH", "/usr/bin:/bin:/usr/local/bin");
    command.arg("listen").args(flags).arg(format!("--json={}", record.display()));
    let output = command.args(["--", "sh", "-c", script]).output().unwrap();
    let record = std::fs::read_to_string(record).unwrap_or_else(|_| "null".to_owned());
    (output, serde_json::from_str(&record).unwrap())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_program_is_heard_on_both_ways_and_its_streams_are_its_own() {
    if !has("curl") {
        return;
    }
    let script = "cat; curl -sS -o /dev/null -H \"X-Api-Key: $HEYGEN_API_KEY\" https://api.heygen.com/v3/users/me; curl -sS -o /dev/null -H \"X-Api-Key: $HEYGEN_API_KEY\" $HEYGEN_API_BASE/v3/users/me; echo out; echo err >&2; exit 7";
    let (output, record) = listened(KEY, &[], script);
    let stderr = text(&output.stderr);
    assert_eq!(text(&output.stdout), "out\n");
    assert!(stderr.contains("err\n") && stderr.contains("Healthy"), "{stderr}");
    // The doctor's own code: the program's doesn't count.
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    let heard = record["heard"].as_array().unwrap();
    let ways: Vec<_> = heard.iter().map(|one| one["via"].as_str().unwrap()).collect();
    assert_eq!(ways, ["proxy", "base_url"]);
    for one in heard {
        assert_eq!(one["credentials"][0]["form"], "as_known");
        assert_eq!(one["answered"]["status"], 200);
        if cfg!(target_os = "linux") {
            assert_eq!(one["client"]["name"], "curl");
            assert!(one["client"]["pid"].as_u64() > Some(0));
        }
    }
    let set = record["run"]["listened"]["set"].as_array().unwrap();
    assert!(set.iter().any(|name| name == "HTTPS_PROXY"));
    let (output, _) = listened(KEY, &["--pass-exit-code"], script);
    assert_eq!(output.status.code(), Some(7));
    let (output, _) = listened(KEY, &["--pass-exit-code"], "kill -TERM $$");
    assert_eq!(output.status.code(), Some(128 + 15));
}

#[test]
fn a_document_on_standard_output_comes_behind_what_the_program_writes() {
    let mut command = doctor();
    command.args(["listen", "--json", "--", "/bin/echo", "mine"]);
    let output = command.output().unwrap();
    let stdout = text(&output.stdout);
    let record: Value = serde_json::from_str(stdout.strip_prefix("mine\n").unwrap()).unwrap();
    assert_eq!(record["diagnosis"]["cause"], "inconclusive");
    assert_eq!(output.status.code(), Some(1));
    let stderr = text(&output.stderr);
    assert!(!stderr.contains("Next step"), "{stderr}");
}

#[test]
fn a_program_that_is_not_heard_is_told_what_was_set() {
    let (output, record) = listened(KEY, &[], "true");
    let stderr = text(&output.stderr);
    assert!(stderr.contains("your program didn't reach HeyGen through this"), "{stderr}");
    assert!(stderr.contains("HTTPS_PROXY") && stderr.contains("docs/listen.md"), "{stderr}");
    assert!(stderr.lines().count() < 20 && !stderr.contains("GIT_SSL_CAINFO"), "{stderr}");
    let words = stderr.split(|c: char| !(c.is_ascii_uppercase() || c == '_'));
    let set = record["run"]["listened"]["set"].as_array().unwrap();
    for name in words.filter(|word| word.contains('_')) {
        assert!(set.iter().any(|one| one == name), "{name}");
    }
    let (output, _) = listened(KEY, &["-v"], "true");
    assert!(text(&output.stderr).contains("GIT_SSL_CAINFO"), "-v lists all of them");
    assert_eq!((output.status.code(), &record["heard"]), (Some(1), &serde_json::json!([])));
}

#[test]
fn a_client_that_trusts_other_authorities_only_is_told_as_such() {
    if !has("curl") {
        return;
    }
    let script = "curl -s --cacert fixtures/tls/ca.pem https://api.heygen.com/";
    let (output, record) = listened(KEY, &[], script);
    let stderr = text(&output.stderr);
    assert!(stderr.contains("doesn't trust the certificate"), "{stderr}");
    assert_eq!(record["run"]["listened"]["stopped"][0]["how"], "certificate");
    assert_eq!(record["run"]["listened"]["stopped"][0]["host"], "api.heygen.com");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_list_of_authorities_that_was_added_to_is_told() {
    let node =
        "require('https').get({host: 'api.heygen.com', path: '/v3/users/me', CA}, r => r.resume())";
    let python = "import ssl, http.client as h; c = h.HTTPSConnection('api.heygen.com', context=ssl.create_default_context(CA)); c.request('GET', '/'); c.getresponse().read()";
    let own = "fixtures/tls/ca.pem";
    let node_own = format!("ca: require('fs').readFileSync('{own}')");
    let python_own = format!("cafile='{own}'");
    for (program, flag, script, ca, widened) in [
        ("node", "-e", node, node_own.as_str(), true),
        ("node", "-e", node, "agent: false", false),
        ("python3", "-c", python, python_own.as_str(), true),
        ("python3", "-c", python, "", false),
    ] {
        if !has(program) {
            continue;
        }
        let script = format!("{program} {flag} \"{}\"", script.replace("CA", ca));
        let (output, record) = listened(KEY, &[], &script);
        let stderr = text(&output.stderr);
        assert_eq!(record["heard"].as_array().map(Vec::len), Some(1), "{script}: {stderr}");
        let told = record["run"]["listened"]["widened"].as_array().map_or(0, Vec::len);
        assert_eq!(told > 0, widened, "{script}: {stderr}");
        assert_eq!(stderr.contains("a fault in that list isn't seen here"), widened, "{stderr}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_the_program_leaves_running_is_named_and_not_awaited() {
    let (output, record) = listened(KEY, &[], "sleep 30 >/dev/null 2>&1 & echo $!");
    let pid: i32 = text(&output.stdout).trim().parse().unwrap();
    // It runs still.
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    let left = &record["run"]["listened"]["left"];
    assert_eq!(left[0]["pid"].as_i64(), Some(pid.as_raw_nonzero().get().into()), "{left}");
    assert!(text(&output.stderr).contains("Still running"), "{}", text(&output.stderr));
}

#[test]
fn a_scenario_answers_with_its_own_key() {
    if !has("curl") {
        return;
    }
    let script =
        "curl -s -o /dev/null -H \"X-Api-Key: $HEYGEN_API_KEY\" $HEYGEN_API_URL/v3/users/me";
    let (output, record) = listened(KEY, &["--simulate", "credit-other-words"], script);
    assert_eq!(record["heard"][0]["answered"]["status"], 402);
    assert_eq!(record["heard"][0]["credentials"][0]["form"], "as_known");
    assert_eq!(
        (output.status.code(), &record["run"]["simulated"]),
        (Some(3), &"credit-other-words".into())
    );
}

#[test]
fn the_double_takes_the_key_that_heygen_would() {
    if !has("curl") {
        return;
    }
    let layer = |flag: &str| format!("$(printf %s \"$HEYGEN_API_KEY\" | base64 {flag})");
    let (decoded, encoded) = (layer("-d"), layer("-w0"));
    for (key, cases) in [
        (LEGACY, vec![("$HEYGEN_API_KEY", 200_u64), (decoded.as_str(), 401)]),
        // What the machine holds is a layer too low: HeyGen knows the other one.
        (LEGACY_DECODED, vec![("$HEYGEN_API_KEY", 401), (encoded.as_str(), 200)]),
        (
            KEY,
            vec![
                ("\\\"$HEYGEN_API_KEY\\\"", 401),
                ("${HEYGEN_API_KEY}x", 401),
                ("${HEYGEN_API_KEY%??}", 401),
                ("$HEYGEN_API_KEY", 200),
            ],
        ),
        // No key is known: what looks like one is taken. Put together here, as no argument may hold one.
        (
            "",
            vec![
                ("sk_V2_hgu_k$(printf SYNTHETIC2_)SyntheticKeyForTheTestsOnly00000", 200),
                ("undefined", 401),
            ],
        ),
    ] {
        let ask = |(value, _): &(&str, u64)| {
            format!("curl -s -o /dev/null -H \"X-Api-Key: {value}\" $HEYGEN_API_BASE/v3/users/me;")
        };
        let script: String = cases.iter().map(ask).collect();
        let (output, record) = listened(key, &[], &script);
        let heard = record["heard"].as_array().unwrap();
        let got: Vec<_> = heard.iter().map(|one| one["answered"]["status"].as_u64()).collect();
        let wanted: Vec<_> = cases.iter().map(|(_, status)| Some(*status)).collect();
        assert_eq!(got, wanted, "{record:#}{}", text(&output.stderr));
    }
}

#[test]
fn no_document_and_no_line_holds_a_key_however_it_is_sent() {
    if !has("curl") {
        return;
    }
    let k = "$HEYGEN_API_KEY";
    let script = format!(
        "a() {{ curl -s -o /dev/null \"$@\"; }}; b=$(printf %s \"{k}\" | base64 -w0)
        a -H \"Authorization: Bearer {k}\" -H \"X-Odd: x{k}y\" \"$HEYGEN_API_BASE/v3/users/me?key={k}&b=$b\"
        a -H \"X-Api-Key: \\\"{k}\\\"\" -H \"Cookie: k={k}\" \"https://api.heygen.com/v3/$b\"
        a -H \"X-Api-Key: $b\" -u \"user:{k}\" -A \"{k}\" -d \"{k}\" \"https://upload.heygen.com/{k}\"
        a -H \"X-Api-Key: other-SyntheticSecretOfSomebodyElse-0123456789\" https://api.heygen.com/v3/users/me"
    );
    let folder = tempfile::tempdir().unwrap();
    let formats = ["markdown", "html", "junit", "github", "har", "openmetrics"];
    let files = formats.map(|name| folder.path().join(name));
    let flags: Vec<String> = std::iter::zip(formats, &files)
        .map(|(name, file)| format!("--{name}={}", file.display()))
        .chain(["-vv".to_owned(), "--brief".to_owned()])
        .collect();
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let (output, record) = listened(KEY, &flags, &script);
    let written = files.map(|file| std::fs::read_to_string(file).unwrap());
    let all = [text(&output.stdout), text(&output.stderr), format!("{record:#}")];
    assert!(record["heard"].as_array().is_some_and(|heard| heard.len() == 4), "{all:?}");
    for text in all.iter().chain(&written) {
        for secret in ["SyntheticKey", "U3ludGhldGljS2V5", "SyntheticSecret"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[test]
fn what_can_t_be_done_is_refused_before_anything_starts() {
    for (args, says) in [
        (&["--", "/nowhere/program"] as &[&str], "can't be started"),
        (&["--listen", "0.0.0.0:0", "--", "true"], "--allow-remote"),
        (&["--pass-exit-code"], "is missing"),
        (&["--simulate", "healthy", "--forward", "--", "true"], "can't be used together"),
        (&["--", "curl", "-H", KEY], "looks like a key"),
    ] {
        let output =
            doctor().env("PATH", "/usr/bin:/bin").arg("listen").args(args).output().unwrap();
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
        assert!(stderr.contains(says) && stderr.contains("hint:"), "{args:?}: {stderr}");
        assert!(!stderr.contains("SyntheticKey"), "{stderr}");
    }
}

#[test]
fn two_keys_at_once_are_no_sign_of_health_and_acceptance_by_the_double_is_none_by_heygen() {
    if !has("curl") {
        return;
    }
    let script = "curl -s -o /dev/null -H \"X-Api-Key: $HEYGEN_API_KEY\" -H 'X-Api-Key: another' https://api.heygen.com/v3/users/me";
    let (output, record) = listened(KEY, &[], script);
    let diagnosis = &record["diagnosis"];
    assert_eq!((output.status.code(), &diagnosis["cause"]), (Some(1), &"inconclusive".into()));
    let said = diagnosis["causes"][0].to_string();
    assert!(said.contains("The double accepts it, and HeyGen may not."), "{said}");
    assert!(said.contains("Send one of them alone, in `X-Api-Key`."), "{said}");
}
