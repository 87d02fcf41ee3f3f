//! Where a key can go: to the API that was named, and nowhere else.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;

use super::binary::{KEY, doctor};
use super::wire::{Ear, refusal};

/// The part of the key that is a secret.
const SECRET: &str = "SyntheticKeyForTheTestsOnly";

/// A place that nobody has any business to call.
struct Stranger {
    address: SocketAddr,
    calls: Arc<AtomicUsize>,
}

impl Stranger {
    fn at(host: &str) -> Self {
        let listener = TcpListener::bind((host, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        thread::spawn(move || {
            for _ in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { address, calls }
    }

    fn assert_alone(&self, what: &str) {
        assert_eq!(self.calls.load(Ordering::SeqCst), 0, "{what}: a stranger was called");
    }
}

fn record(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// Every variable that could name a proxy.
fn proxies(address: SocketAddr) -> impl Iterator<Item = (String, String)> {
    let names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
    let both = names.into_iter().flat_map(|name| [name.to_owned(), name.to_ascii_lowercase()]);
    both.map(move |name| (name, format!("http://{address}")))
}

#[test]
fn no_answer_sends_the_key_elsewhere() {
    let stranger = Stranger::at("127.0.0.1");
    let neighbour = Stranger::at(if cfg!(target_os = "linux") { "127.0.0.2" } else { "127.0.0.1" });
    let (there, port) = (stranger.address, neighbour.address);
    let lures = [
        format!("location: http://{there}/v3/users/me"),
        format!("location: http://{port}/v3/users/me"),
        format!("location: https://{there}/v3/users/me"),
        format!("location: //{there}/v3/users/me"),
        format!("location: \\\\{there}\\v3"),
        format!("location: http://user:password@{there}/"),
        format!("location: http://{there}@{there}/"),
        format!("location: /%0d%0aHost:%20{there}"),
        format!("location: ftp://{there}/"),
        "location: /lured".to_owned(),
        "location: ?lured".to_owned(),
        format!("location: http://{there}/\r\nlocation: http://{port}/"),
        format!("refresh: 0; url=http://{there}/"),
        format!("alt-svc: h2=\"{there}\", h3=\":{}\"; ma=86400; persist=1", there.port()),
        format!("link: <http://{there}/>; rel=preload"),
        format!("content-location: http://{there}/\r\nhost: {there}"),
    ];
    let turn = AtomicUsize::new(0);
    let ear = Ear::answering(move |_| {
        let turn = turn.fetch_add(1, Ordering::SeqCst);
        let status = [301, 302, 303, 305, 307, 308, 300, 401][turn % 8];
        let lure = &lures[(turn / 8 + turn) % lures.len()];
        format!("HTTP/1.1 {status} Here\r\n{lure}\r\nset-cookie: AWSALB=lured; Path=/\r\ncontent-length: 0\r\n\r\n").into_bytes()
    });
    let args = ["report", "--json", "--pattern", "burst:10", "--base-url", &ear.base_url()];
    let output = doctor().env("HEYGEN_API_KEY", KEY).args(args).output().unwrap();
    let sent = record(&output)["summary"]["requests"].as_u64().unwrap();
    let heard = ear.heard().to_ascii_lowercase();
    assert!(sent > 60, "{sent} requests");
    assert_eq!(heard.matches("\r\n\r\n").count() as u64, sent, "something was sent again");
    stranger.assert_alone("redirects");
    neighbour.assert_alone("redirects");
    assert!(!heard.contains("lured"), "a redirect was followed, or a cookie returned");
    let secret = SECRET.to_ascii_lowercase();
    let urls = heard.lines().filter(|line| line.starts_with("get "));
    assert!(urls.clone().count() > 60 && !urls.into_iter().any(|url| url.contains(&secret)));
}

#[test]
fn a_request_that_is_cut_off_is_not_sent_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            // The doctor's own look at the connection asks nothing.
            if stream.read(&mut head).is_ok_and(|read| read > 0) {
                counted.fetch_add(1, Ordering::SeqCst);
                let _ = stream.write_all(b"HTTP/1.1 ");
            }
        }
    });
    let args = ["report", "--json", "--pattern", "burst:10", "--base-url", &url];
    let output = doctor().env("HEYGEN_API_KEY", KEY).args(args).output().unwrap();
    let sent = record(&output)["summary"]["requests"].as_u64().unwrap();
    assert!(sent > 60, "{sent} requests");
    assert_eq!(asked.load(Ordering::SeqCst) as u64, sent);
}

#[test]
fn a_proxy_of_the_environment_never_sees_this_machine_or_plain_http() {
    let proxy = Stranger::at("127.0.0.1");
    let ear = Ear::answering(|_| refusal());
    let port = ear.address.port();
    for url in [
        format!("http://127.0.0.1:{port}"),
        format!("http://localhost:{port}"),
        format!("http://127.1:{port}"),
        format!("http://0x7f000001:{port}"),
        format!("http://[::ffff:127.0.0.1]:{port}"),
        format!("https://127.0.0.1:{port}"),
        "http://api.doctor..invalid".to_owned(),
    ] {
        let output = doctor()
            .envs(proxies(proxy.address))
            .env("HEYGEN_API_KEY", KEY)
            .env("HEYGEN_ALLOW_HTTP", "1")
            .args(["check", "--profile", "quick", "--format", "json", "--base-url", &url])
            .args(["--timeout", "2s", "--deadline", "5s"])
            .output()
            .unwrap();
        assert!(record(&output)["environment"]["proxy"].is_null(), "{url}");
        proxy.assert_alone(&url);
    }
    assert!(ear.heard().contains(KEY));
}

#[test]
fn a_proxy_sees_the_name_of_the_api_and_no_key() {
    for status in ["407 Proxy Authentication Required", "200 Connection established"] {
        let ear = Ear::answering(move |_| {
            format!("HTTP/1.1 {status}\r\nproxy-authenticate: Basic\r\n\r\n").into_bytes()
        });
        let (flag, url) = (format!("http://{}", ear.address), "https://api.doctor.invalid");
        for by_flag in [true, false] {
            let mut command = doctor();
            command.env("HEYGEN_API_KEY", KEY).args(["check", "--base-url", url]);
            command.args(["--timeout", "1s", "--deadline", "3s", "--profile", "quick"]);
            if by_flag {
                command.args(["--proxy", &flag]);
            } else {
                command.env("HTTPS_PROXY", &flag);
            }
            command.output().unwrap();
        }
        let heard = ear.heard();
        assert!(heard.starts_with("CONNECT api.doctor.invalid:443 HTTP/1.1\r\n"), "{heard}");
        assert!(!heard.contains("GET ") && !heard.contains(SECRET), "{heard}");
        assert!(!heard.to_ascii_lowercase().contains("x-api-key"), "{heard}");
    }
}

#[test]
fn hosts_that_are_not_the_api_are_not_called_at_all() {
    let proxy = Stranger::at("127.0.0.1");
    for host in [
        "app.heygen.com",
        "api2.heygen.com",
        "upload.heygen.com",
        "www.heygen.com",
        "docs.heygen.com",
        "heygen.com",
        "APP.HEYGEN.COM.",
        "api.liveavatar.com",
    ] {
        let output = doctor()
            .env("HEYGEN_API_KEY", KEY)
            .args(["check", "--format", "json", "--base-url", &format!("https://{host}")])
            .args(["--proxy", &format!("http://{}", proxy.address)])
            .output()
            .unwrap();
        let record = record(&output);
        assert_eq!(record["diagnosis"]["cause"], "wrong_host", "{host}");
        assert_eq!(record["summary"]["requests"], 0, "{host}");
        assert_eq!(output.status.code(), Some(1), "{host}");
        proxy.assert_alone(host);
    }
}

#[test]
fn what_is_not_heygens_is_not_sent() {
    for (key, cause) in [
        ("sk-proj-Synthetic0Synthetic0Synthetic0Synthetic0Synth", "key_wrong_kind"),
        ("ghp_Synthetic0Synthetic0Synthetic0Synth0", "key_wrong_kind"),
        ("AKIASYNTHETIC0SYNTH0", "key_wrong_kind"),
        ("Bearer sk-ant-api03-Synthetic0Synthetic0Synthetic0Synth", "key_wrong_kind"),
        ("your-api-key-here", "key_placeholder"),
        ("$HEYGEN_API_KEY", "key_placeholder"),
        ("<YOUR_API_KEY>", "key_placeholder"),
        ("undefined", "key_placeholder"),
    ] {
        let ear = Ear::answering(|_| refusal());
        let args = ["check", "--format", "json", "--base-url", &ear.base_url()];
        let output = doctor().env("HEYGEN_API_KEY", key).args(args).output().unwrap();
        let record = record(&output);
        assert_eq!(record["diagnosis"]["cause"], cause, "{key}");
        assert_eq!(record["summary"]["real_key"]["asked"], 0, "{key}");
        assert!(record["summary"]["controls"]["asked"].as_u64() > Some(2), "{key}");
        let bare = key.trim_start_matches("Bearer ");
        assert!(!ear.heard().contains(bare), "{key}");
        assert!(ear.heard().contains("x-api-key: "), "{key}: the made-up key is still asked");
    }
}

#[test]
fn a_dotenv_gives_a_key_and_nothing_else() {
    let (stranger, proxy) = (
        Stranger::at("127.0.0.1"),
        Ear::answering(|_| b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n".to_vec()),
    );
    let folder = tempfile::tempdir().unwrap();
    let away = stranger.address;
    let lines = format!(
        "HEYGEN_API_KEY={KEY}\nHEYGEN_API_BASE=http://{away}\nHEYGEN_ALLOW_HTTP=1\n\
         HTTPS_PROXY=http://{away}\nALL_PROXY=http://{away}\nHEYGEN_CONFIG_DIR=/\n\
         SSL_CERT_FILE=/dev/null\nHEYGEN_DOCTOR_VANTAGE=lured\n"
    );
    fs::write(folder.path().join(".env"), lines).unwrap();
    let output = doctor()
        .current_dir(folder.path())
        .env("HTTPS_PROXY", format!("http://{}", proxy.address))
        .args(["check", "--format", "json", "--no-status-page"])
        .output()
        .unwrap();
    let record = record(&output);
    assert_eq!(record["run"]["base_url"], "https://api.heygen.com");
    assert_eq!(record["credential"]["source"], ".env");
    assert!(record["run"]["vantage"].is_null());
    assert!(proxy.heard().starts_with("CONNECT api.heygen.com:443 "), "{}", proxy.heard());
    assert!(!proxy.heard().contains(SECRET));
    stranger.assert_alone("what `.env` says");
}
