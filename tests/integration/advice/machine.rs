//! A machine on which a scenario happens: real variables, real files, the double, and HeyGen as it is meant.

use std::collections::BTreeMap;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use heygen_doctor::serve::Guests;
use heygen_doctor::simulate::{Scenario, Server, load};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::binary::{KEY, doctor};

/// The folder in which the program is started, from the home folder on.
const WORKING_DIR: &str = "projects/videos/app/server/src";

/// Everything that a step may change, and where the doctor runs.
pub(super) struct Machine {
    home: TempDir,
    double: Server,
    /// HeyGen as it should be, for the key of this scenario.
    meant: Server,
    pub(super) env: BTreeMap<String, String>,
    pub(super) base_url: String,
    pub(super) args: Vec<String>,
    /// The header in which the user's own program sends the key, where a step speaks of that.
    pub(super) header: Option<(String, String)>,
    /// The key that HeyGen issued, if it is still known.
    pub(super) issued: Option<String>,
    /// The key that its stand-in knows.
    issued_anew: String,
}

impl Machine {
    pub(super) async fn of(scenario: &Scenario) -> Self {
        let file = fixture(&scenario.name);
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let double = Server::start(scenario, listen).await.unwrap();
        let issued = issued(&file);
        let given = scenario.key.as_ref().or_else(|| scenario.env.get("HEYGEN_API_KEY"));
        let meant = as_meant(issued.as_ref().or(given));
        let issued_anew = meant.key.clone().unwrap();
        let meant = Server::start_for(&meant, listen, Guests::Anyone).await.unwrap();
        let mut machine = Self {
            home: tempfile::tempdir().unwrap(),
            base_url: scenario.base_url_override().map_or_else(|| double.base_url(), str::to_owned),
            double,
            meant,
            env: scenario.env.clone(),
            args: Vec::new(),
            header: None,
            issued,
            issued_anew,
        };
        machine.furnish(scenario, &file);
        machine
    }

    /// Puts the keys and files of the scenario where it says that they are.
    fn furnish(&mut self, scenario: &Scenario, file: &toml::Table) {
        fs::create_dir_all(self.home.path().join(WORKING_DIR)).unwrap();
        if let Some(key) = &scenario.key {
            self.env.insert("HEYGEN_API_KEY".to_owned(), key.clone());
        }
        for place in &scenario.elsewhere {
            self.put(&place.source, &place.key);
        }
        for file in file.get("file").and_then(toml::Value::as_array).into_iter().flatten() {
            let text = file.get("text").and_then(toml::Value::as_str).unwrap_or_default();
            let path = self.path(file["path"].as_str().unwrap());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match file.get("kind").and_then(toml::Value::as_str).unwrap_or("text") {
                "utf16" => {
                    let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
                    let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
                    fs::write(path, bytes).unwrap();
                }
                // What can't be read needs no content: nobody but its owner can tell it.
                "folder" | "unreadable" | "pipe" => fs::create_dir_all(path).unwrap(),
                _ => fs::write(path, text).unwrap(),
            }
        }
    }

    /// The file of a place that the doctor names.
    pub(super) fn path(&self, place: &str) -> PathBuf {
        match place.strip_prefix("~/") {
            Some(below) => self.home.path().join(below),
            None => self.home.path().join(WORKING_DIR).join(place),
        }
    }

    /// The key in a place that the doctor names.
    pub(super) fn key_in(&self, place: &str) -> String {
        if let Some(value) = self.env.get(place) {
            return value.clone();
        }
        let text = fs::read_to_string(self.path(place)).unwrap();
        let line = text.lines().rev().find_map(|line| line.strip_prefix("HEYGEN_API_KEY="));
        line.unwrap_or_else(|| text.trim()).to_owned()
    }

    /// Puts a key into a place that the doctor names.
    pub(super) fn put(&mut self, place: &str, key: &str) {
        if place.chars().all(|c| c.is_ascii_uppercase() || c == '_') {
            self.env.insert(place.to_owned(), key.to_owned());
            return;
        }
        let path = self.path(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let is_dotenv = place.contains(".env");
        fs::write(path, if is_dotenv { format!("HEYGEN_API_KEY={key}\n") } else { key.to_owned() })
            .unwrap();
    }

    /// The key that the user fetches from its owner, where the scenario has none: HeyGen knows it.
    pub(super) fn fetched(&mut self) -> String {
        if let Some(issued) = &self.issued {
            return issued.clone();
        }
        self.base_url = self.heygen();
        self.issued_anew.clone()
    }

    /// The address of this machine's stand-in for HeyGen.
    pub(super) fn heygen(&self) -> String {
        self.meant.base_url()
    }

    /// The root of whoever signed the certificate that the double shows.
    pub(super) fn root(&self) -> PathBuf {
        let path = self.path("root.pem");
        let own = "self-signed.pem";
        let pem = fs::read_to_string(format!("{}/fixtures/tls/{own}", env!("CARGO_MANIFEST_DIR")));
        let own = pem.unwrap().split("-----BEGIN PRIVATE").next().unwrap().to_owned();
        fs::write(&path, format!("{}{own}", self.double.ca_pem().unwrap())).unwrap();
        path
    }

    /// What the doctor says on this machine.
    pub(super) async fn check(&self) -> Value {
        let mut command = doctor();
        command.current_dir(self.path("")).env_remove("HEYGEN_CONFIG_DIR");
        command.env("HOME", self.home.path()).envs(&self.env);
        command.args(["check", "--json", "--no-status-page", "--base-url", &self.base_url]);
        command.args(&self.args);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    }

    /// The status that the user's own program gets with the header that it was told to send.
    pub(super) async fn own_request(&self, name: &str, value: &str) -> String {
        let address = self.base_url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "GET /v3/users/me HTTP/1.1\r\nHost: {address}\r\n{name}: {value}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        answer.split(' ').nth(1).unwrap_or_default().to_owned()
    }

    /// The port of HeyGen's stand-in.
    pub(super) fn heygen_port(&self) -> u16 {
        self.meant.addr().port()
    }
}

/// The scenario as it stands in its file.
fn fixture(name: &str) -> toml::Table {
    let path = format!("{}/fixtures/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The key that HeyGen issued in a scenario, if it is still known.
fn issued(file: &toml::Table) -> Option<String> {
    let account = file.get("account")?.as_table()?;
    let known = account.get("known").is_none_or(|known| known.as_bool() == Some(true));
    account.get("key")?.as_str().filter(|_| known).map(ToOwned::to_owned)
}

/// HeyGen without any trouble, which knows this key if it is one, else a key of its own.
fn as_meant(key: Option<&String>) -> Scenario {
    let mut scenario = load("healthy").unwrap();
    // A stand-in is one letter again and again.
    let is_one = |key: &&String| {
        let core = key.strip_prefix("sk_V2_hgu_k").filter(|_| key.len() == KEY.len());
        core.is_some_and(|core| core.contains(|c: char| c.is_ascii_digit()))
    };
    scenario.key = key.filter(is_one).cloned().or(scenario.key);
    scenario
}
