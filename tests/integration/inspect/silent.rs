//! Whatever is in a paste, no key leaves by any way.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::binary::doctor;

/// Secrets that nobody told the doctor of.
const UNKNOWN: [&str; 4] = [
    "sk_V2_hgu_kUnKnOwN0001_zyxwvutsrqponmlkjihgfedcba987654",
    "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYtMTcwMDAwMDAwMA==",
    "0123456789abcdef0123456789abcdef-1700000000",
    "a-key-of-no-known-form-0123456789",
];

/// Every way in which a secret stands in a paste.
fn pastes(secret: &str) -> Vec<String> {
    let me = "https://api.heygen.com/v3/users/me";
    let answer =
        format!("{{\"error\":{{\"code\":\"unauthorized\",\"message\":\"{secret} is unknown\"}}}}");
    vec![
        format!("curl -H 'X-Api-Key: {secret}' {me}"),
        format!("curl -H 'Authorization: Bearer {secret}' '{me}?api_key={secret}'"),
        format!("curl -u '{secret}:' -b 'session={secret}' {me}"),
        format!("curl -H 'X-Heygen-Api-Key: \"{secret}\"' -d '{{\"key\":\"{secret}\"}}' {me}"),
        format!(
            "> GET /v3/users/me HTTP/1.1\n> Host: api.heygen.com\n> X-Api-Key: {secret}\n>\n< HTTP/1.1 401 Unauthorized\n< content-type: application/json\n<\n{answer}\n"
        ),
        // Single quotes are none to Windows' cmd, which makes a host of it.
        format!("C:\\>curl -H 'X-Api-Key: {secret}' {me}"),
        format!("C:\\>curl -H 'X-Api-Key: {secret}'"),
        format!("curl -H X-Api-Key: {secret}"),
        format!("GET https://api.heygen.com/{secret} HTTP/1.1\nX-Api-Key: {secret}\n\n"),
    ]
}

/// Everything that is written about a paste, in every form.
fn told(paste: &str, shown: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let forms = ["json", "markdown", "html", "har", "junit", "openmetrics"];
    let files = forms.map(|form| format!("--{form}={}", folder.path().join(form).display()));
    let mut child = doctor()
        .args(["inspect", shown])
        .args(&files)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(paste.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{:?}", output.status);
    let read = |form: &str| fs::read_to_string(folder.path().join(form)).unwrap();
    let streams = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    streams.into_iter().chain(forms.map(read)).collect()
}

#[test]
fn no_document_and_no_message_holds_a_key_of_a_paste() {
    for secret in UNKNOWN {
        for (at, paste) in pastes(secret).iter().enumerate() {
            let told = told(paste, ["-vv", "--brief", "--github"][at % 3]);
            let hidden = secret[15..].to_lowercase();
            assert!(
                told.len() > 1_000 && !told.to_lowercase().contains(&hidden),
                "{paste}\n{told}"
            );
        }
    }
}

#[test]
fn nothing_to_read_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let paste = folder.path().join("paste");
    for text in ["", " \r\n\n"] {
        fs::write(&paste, text).unwrap();
        let on_stdin = doctor().arg("inspect").stdin(fs::File::open(&paste).unwrap()).output();
        let as_file = doctor().arg("inspect").arg(&paste).output();
        for output in [on_stdin.unwrap(), as_file.unwrap()] {
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(" is empty.\n") && said.contains("hint:"), "{said}");
        }
    }
}

#[test]
fn bad_input_ends_with_two_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (paste, out) = (folder.path().join("paste"), folder.path().join("run.json"));
    fs::write(&paste, format!("curl -H 'X-Api-Key: {}", UNKNOWN[0])).unwrap();
    let json = format!("--json={}", out.display());
    let output = doctor().arg("inspect").arg(&paste).arg(json).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("line 1, column 9") && !said.contains("UnKnOwN"), "{said}");
    assert!(output.stdout.is_empty() && !out.exists());
}

/// Decoded, it holds words that stand in every record.
#[test]
fn a_token_of_a_session_reaches_no_page_and_stops_none() {
    use base64::Engine as _;
    let inside =
        r#"{"token":"0123456789abcdef","token_type":"sa_from_regular","created_at":1730000000}"#;
    let token = base64::prelude::BASE64_STANDARD.encode(inside);
    let folder = tempfile::tempdir().unwrap();
    let line = folder.path().join("line");
    fs::write(&line, format!("curl -H 'X-Api-Key: {token}' https://api.heygen.com/v3/users/me"))
        .unwrap();
    for format in ["--html", "--markdown", "--json"] {
        let output = doctor().arg("inspect").arg(&line).arg(format).output().unwrap();
        let page = String::from_utf8(output.stdout).unwrap();
        assert!(page.contains("key_wrong_kind"), "{format}");
        assert!(!page.contains("0123456789ab") && !page.contains(&token[..12]), "{format}");
    }
}
