//! `redact` as a filter: what goes in comes out without the keys, byte for byte otherwise.

use std::fs;
use std::io::Write;
use std::process::{Output, Stdio};

use base64::Engine;

use super::binary::{KEY, doctor};

const OTHER: &str = "feedface00000000feedfacefeedface-1700000000";

fn piped(args: &[&str], input: &[u8]) -> Output {
    let mut command = doctor();
    command.arg("redact").args(args).env("HEYGEN_API_KEY", KEY);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_key_goes_and_everything_else_stays() {
    let log = format!("one\r\n> X-Api-Key: {KEY}\r\nkey={KEY}&page=2\n\u{e9}\u{0}end");
    let output = piped(&[], log.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let cleaned = text(&output.stdout);
    assert!(!cleaned.contains(&KEY[12..24]), "{cleaned}");
    assert!(
        cleaned.starts_with("one\r\n> X-Api-Key: [redacted]\r\nkey=[redacted]&page=2\n"),
        "{cleaned}"
    );
    assert!(cleaned.ends_with("\u{e9}\u{0}end"), "{cleaned}");
    assert!(text(&output.stderr).contains("2 secrets taken out"), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("on lines 2 and 3"), "{}", text(&output.stderr));
}

#[test]
fn bytes_without_secrets_come_out_as_they_are() {
    let bytes: Vec<u8> = (0..200_000_u32)
        .map(|n| u8::try_from(n.wrapping_mul(2_654_435_761) >> 24).unwrap())
        .collect();
    let output = piped(&["--quiet"], &bytes);
    assert!(output.stdout == bytes && output.stderr.is_empty());
}

#[test]
fn check_writes_nothing_and_says_so_by_its_exit_code() {
    let found = piped(&["--check"], format!("key {KEY}").as_bytes());
    assert_eq!((found.status.code(), found.stdout.len()), (Some(3), 0));
    let clean = piped(
        &["--check"],
        b"HEYGEN_API_KEY=$HEYGEN_API_KEY curl -H \"X-Api-Key: $HEYGEN_API_KEY\"\n",
    );
    assert_eq!(clean.status.code(), Some(0), "{}", text(&clean.stderr));
}

#[test]
fn several_keys_and_several_files() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let key_file = write("other.key", &format!("{OTHER}\n"));
    let logs = [write("a.log", &format!("a {KEY}\n")), write("b.log", &format!("b {OTHER}\n"))];
    let output = doctor()
        .env("HEYGEN_API_KEY", KEY)
        .args(["redact", "--key-file", &key_file, &logs[0], &logs[1]])
        .output()
        .unwrap();
    assert_eq!(text(&output.stdout), "a [redacted]\nb [redacted]\n");
}

#[test]
fn a_har_stays_a_har() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.har");
    let har = serde_json::json!({"log": {"entries": [{"request": {
        "url": format!("https://api.heygen.com/v3/users/me?token={OTHER}"),
        "headers": [{"name": "X-API-KEY", "value": KEY}, {"name": "Accept", "value": "application/json"}],
        "cookies": [{"name": "AWSALB", "value": "SYNTHETICcookie0123456789"}],
    }, "response": {"content": {"text": format!("{{\"echo\":\"{KEY}\",\"email\":\"ada@example.com\"}}")}}}]}});
    fs::write(&path, har.to_string()).unwrap();
    let output = doctor()
        .env("HEYGEN_API_KEY", KEY)
        .args(["redact", path.to_str().unwrap()])
        .output()
        .unwrap();
    let cleaned = text(&output.stdout);
    let json: serde_json::Value = serde_json::from_str(&cleaned).unwrap();
    for secret in [&KEY[12..24], &OTHER[..12], "SYNTHETICcookie", "ada@example.com"] {
        assert!(!cleaned.contains(secret), "{secret} in {cleaned}");
    }
    assert_eq!(json["log"]["entries"][0]["request"]["headers"][1]["value"], "application/json");
}

#[test]
fn what_cannot_be_read_is_told_before_anything_is_written() {
    let output = doctor().args(["redact", "Cargo.toml", "nowhere.log"]).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(text(&output.stderr).contains("hint:"));
}

#[test]
fn a_har_is_a_har_by_any_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.json");
    let body = base64::prelude::BASE64_STANDARD.encode(format!("{{\"k\":\"{KEY}\"}}"));
    let har = serde_json::json!({"log": {"version": "1.2", "entries": [{
        "request": {"headers": [{"name": "x-amz-security-token", "value": "syntheticletters"}]},
        "response": {
            "cookies": [{"name": "sid", "value": "syntheticcookie"}],
            "content": {"encoding": "base64", "text": &body},
        },
    }]}});
    let har = serde_json::to_string_pretty(&har).unwrap();
    fs::write(&path, &har).unwrap();
    for output in [piped(&[], har.as_bytes()), piped(&[path.to_str().unwrap()], b"")] {
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let entry = &json["log"]["entries"][0];
        assert_eq!(entry["request"]["headers"][0]["value"], "[redacted]");
        assert_eq!(entry["response"]["cookies"][0]["value"], "[redacted]");
        let clean = entry["response"]["content"]["text"].as_str().unwrap();
        let clean = base64::prelude::BASE64_STANDARD.decode(clean).unwrap();
        assert_eq!(text(&clean), "{\"k\":\"[redacted]\"}");
    }
    let cut = piped(&["--quiet"], &har.as_bytes()[..har.len() - 10]);
    let cut = text(&cut.stdout);
    assert!(cut.starts_with(&har[..40]) && !cut.contains(&body), "what is cut is text: {cut}");
}

/// Whoever pastes a page or a ticket of the doctor's own has nothing to hide.
#[test]
fn what_the_doctor_writes_passes_its_own_check() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("README.md")];
    for folder in ["docs", "tests/integration/snapshots"] {
        let entries = fs::read_dir(root.join(folder)).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
    }
    assert!(files.len() > 20, "{files:?}");
    let output = doctor().args(["redact", "--check"]).args(&files).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

#[test]
fn utf_16_stays_utf_16() {
    let text = format!("\u{feff}one\r\nX-Api-Key: {KEY}\r\n\u{1f511} {KEY}\r\nend\r\n").repeat(400);
    let clean = text.replace(KEY, "[redacted]");
    for write in [u16::to_le_bytes, u16::to_be_bytes] {
        for skipped in [0, 1] {
            // Half a pair, and a byte too many.
            let bytes = |text: &str| -> Vec<u8> {
                let units = text.encode_utf16().skip(skipped).chain([0xD800, 0x41]);
                units.flat_map(write).chain([0x42]).collect()
            };
            let output = piped(&[], &bytes(&text));
            assert!(output.stdout == bytes(&clean), "{skipped}");
            assert!(self::text(&output.stderr).contains("800 secrets taken out"));
        }
    }
    let har =
        format!("\u{feff}{{\"log\":{{\"entries\":[{{\"url\":\"https://a.b/?key={KEY}\"}}]}}}}");
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.har");
    fs::write(&path, utf16(&har)).unwrap();
    let output = piped(&[path.to_str().unwrap()], b"");
    assert!(
        output.stdout == utf16(&har.replace(KEY, "[redacted]")),
        "{}",
        self::text(&output.stdout)
    );
}

#[test]
fn dumps_go() {
    let request = format!("GET / HTTP/1.1\r\nX-Api-Key: {KEY}\r\n\r\n");
    let hex =
        |part: &str| part.bytes().map(|byte| format!("{byte:02x} ")).collect::<Vec<_>>().concat();
    let lines = request.as_bytes().chunks(16).enumerate().map(|(number, line)| {
        let bytes = hex(&text(line));
        format!("{:04x}: {bytes:<48}{}\n", number * 16, text(line).replace(['\r', '\n'], "."))
    });
    let dump: String = lines.collect();
    let output = piped(&[], dump.as_bytes());
    let cleaned = text(&output.stdout);
    assert!(!cleaned.contains(&hex(&KEY[14..18])) && cleaned.contains("0020: "), "{cleaned}");
    assert_eq!(piped(&["--check"], dump.as_bytes()).status.code(), Some(3));
    assert_eq!(piped(&["--check"], cleaned.as_bytes()).status.code(), Some(0));
}

#[test]
fn another_variable_is_read_beside_the_usual_one_and_a_proxys_password_goes() {
    let [usual, other, password] = ["qzvtkwpnrhgmbdxl", "wmrtqhzkvnplxgbd", "plumtreehorizon"];
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("a.log");
    fs::write(&log, format!("one {usual} two {other} three {password} end\n")).unwrap();
    let output = doctor()
        .env("HEYGEN_API_KEY", usual)
        .env("OTHER", other)
        .env("HTTPS_PROXY", format!("http://ada:{password}@proxy.example:3128"))
        .args(["redact", "--key-env", "OTHER", log.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(text(&output.stdout), "one [redacted] two [redacted] three [redacted] end\n");
}

#[test]
fn the_usual_places_are_read_once_beside_another_variable() {
    // In base64, in lines that each reader takes differently, and as only a reader puts it together.
    let [quoted, encoded] = ["wmrtqhzkvnplxgbd", "cXp2dGt3cG5yaGdtYmR4bHF6dnQ="];
    let expanded = "hgmbdxlqzvtkwpnr";
    let folder = tempfile::tempdir().unwrap();
    let (first, rest) = expanded.split_at(8);
    let lines = [
        format!("HEYGEN_API_KEY={encoded}\nHEYGEN_API_KEY='{quoted}'trailing # comment\n"),
        format!("PART={first}\nHEYGEN_API_KEY=\"${{PART}}{rest}\"\n"),
    ];
    fs::write(folder.path().join(".env.local"), &lines[0]).unwrap();
    fs::write(folder.path().join(".env"), &lines[1]).unwrap();
    let log = folder.path().join("a.log");
    let held = format!("{encoded} qzvtkwpnrhgmbdxlqzvt {quoted} {quoted}trailing {expanded}\n");
    fs::write(&log, held).unwrap();
    let output = doctor()
        .current_dir(folder.path())
        .env("OTHER", "kpnrhgmbdxlqzvtw")
        .args(["redact", "--key-env", "OTHER", log.to_str().unwrap()])
        .output()
        .unwrap();
    let cleaned = text(&output.stdout);
    assert!(cleaned.contains("[redacted]"), "{cleaned}");
    for secret in [quoted, encoded, "qzvtkwpnrhgmbdxlqzvt", expanded] {
        assert!(!cleaned.contains(secret), "{cleaned}");
    }
}

#[test]
fn a_base_url_that_holds_a_key_is_refused_before_anything_is_sent() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let at = listener.local_addr().unwrap();
    for held in [KEY.to_owned(), OTHER.to_owned(), format!("gateway/{}", &KEY[12..40])] {
        let output = doctor()
            .env("HEYGEN_API_KEY", KEY)
            .env("HEYGEN_API_BASE", format!("http://{at}/{held}"))
            .arg("check")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{held}");
        assert!(!text(&output.stderr).contains(&held), "{held}");
        assert!(listener.accept().is_err(), "{held} was sent");
    }
}

#[test]
fn no_part_of_a_base_url_may_hold_a_key() {
    // A key of no known look, so that it is known by its value only.
    let [key, name] = ["qzvtkwpnrhgmbdxl", "QZVTKWPNRHGMBDXL"];
    for url in [
        format!("https://{key}.doctor.invalid"),
        format!("https://{name}.doctor.invalid/"),
        format!("https://gateway.doctor.invalid/{key}"),
        format!("https://gateway.doctor.invalid/?key={key}"),
        format!("https://gateway.doctor.invalid/#{key}"),
        format!("https://{key}@gateway.doctor.invalid"),
        format!("https://anna:{key}@gateway.doctor.invalid"),
        format!("https://api.heygen.com/{key}"),
    ] {
        let [mut by_flag, mut by_variable] = [doctor(), doctor()];
        by_flag.args(["check", "--base-url", &url]);
        by_variable.arg("check").env("HEYGEN_API_BASE", &url);
        for command in [&mut by_flag, &mut by_variable] {
            let output = command.env("HEYGEN_API_KEY", key).output().unwrap();
            let told = text(&output.stderr).to_lowercase();
            assert_eq!(output.status.code(), Some(2), "{url}: {told}");
            assert!(!told.contains(key), "{url}: {told}");
        }
    }
}
