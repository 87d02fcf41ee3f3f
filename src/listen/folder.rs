//! The files of a run, and the values of the variables that lead to them.

use std::ffi::{OsStr, OsString};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::authority::Authority;
use super::setting::{Gives, Setting, VARIABLES, no_proxy};
use super::{HOSTS, jks};
use crate::config::surroundings::{Surroundings, variable};
use crate::files::{self, PATIENCE, PrivateFolder};

const NODE: &str = include_str!("shims/node.cjs");
const PYTHON: &str = include_str!("shims/sitecustomize.py");
/// The most bytes of a file that a variable named before.
const MOST: usize = 8 << 20;
/// What separates folders in a variable.
const SEPARATOR: &str = if cfg!(windows) { ";" } else { ":" };
/// What would end a quoted word.
const QUOTED: &AsciiSet = &CONTROLS.add(b'"');

/// Writes the files, and gives every variable its value.
pub(super) fn settings(
    folder: &PrivateFolder,
    authority: &Authority,
    address: SocketAddr,
    token: &str,
) -> io::Result<Vec<Setting>> {
    let mut files = Files { folder, authority, roots: roots(), address, token };
    let set = |(name, gives, reader): &(&'static str, Gives, &'static str)| {
        let value = files.value(name, *gives)?;
        Ok(Setting { name, value, reader })
    };
    VARIABLES.iter().map(set).collect()
}

/// What the values are made of.
struct Files<'a> {
    folder: &'a PrivateFolder,
    authority: &'a Authority,
    /// The system's roots.
    roots: Vec<Vec<u8>>,
    address: SocketAddr,
    token: &'a str,
}

impl Files<'_> {
    fn value(&mut self, name: &str, gives: Gives) -> io::Result<OsString> {
        let (address, token) = (self.address, self.token);
        let before = variable(name).filter(|value| !value.is_empty());
        let text = before.as_ref().map(|value| value.to_string_lossy()).unwrap_or_default();
        Ok(match gives {
            Gives::BaseUrl => format!("http://{address}/{token}").into(),
            Gives::Yes => "1".into(),
            Gives::Proxy => format!("http://heygen-doctor:{token}@{address}").into(),
            Gives::NoProxy => no_proxy(&text).into(),
            Gives::Roots => {
                // Where it isn't set, requests reads curl's.
                let curls = || (name == "REQUESTS_CA_BUNDLE").then(|| variable("CURL_CA_BUNDLE"));
                let before = before.or_else(|| curls().flatten());
                let own = before.as_deref().and_then(named).unwrap_or_else(|| pem(&self.roots));
                self.bundle(&format!("{name}.pem"), &own)?.into()
            }
            Gives::MoreRoots => {
                let own = before.as_deref().and_then(named).unwrap_or_default();
                self.bundle(&format!("{name}.pem"), &own)?.into()
            }
            Gives::Node => {
                let file = self.folder.write("node.cjs", NODE.as_bytes())?;
                // In quotes a backslash would escape.
                let file = file.to_string_lossy().replace('\\', "/");
                joined(before, " ", format!("--require \"{file}\"").as_ref())
            }
            Gives::Python => {
                let file = self.folder.write("python/sitecustomize.py", PYTHON.as_bytes())?;
                let ours = file.parent().unwrap_or(self.folder.path()).as_os_str().to_owned();
                before.map_or_else(
                    || ours.clone(),
                    |before| joined(Some(ours.clone()), SEPARATOR, &before),
                )
            }
            Gives::Java => joined(before, " ", self.java()?.as_ref()),
            Gives::Wget => self.wget(before.as_deref())?.into(),
            Gives::Php => {
                let roots = self.bundle("php.pem", &pem(&self.roots))?;
                let roots = quoted(&roots);
                let ini = format!("curl.cainfo={roots}\nopenssl.cafile={roots}\n");
                let file = self.folder.write("php/heygen-doctor.ini", ini.as_bytes())?;
                let ours = file.parent().unwrap_or(self.folder.path()).as_os_str().to_owned();
                // An empty first part stands for the folder that was compiled in.
                joined(Some(before.unwrap_or_default()), SEPARATOR, &ours)
            }
            Gives::Ours => self.bundle("authority.pem", &[])?.into(),
            Gives::Port => address.port().to_string().into(),
            Gives::Hosts => HOSTS.join(",").into(),
        })
    }

    /// A file with these certificates, and ours.
    fn bundle(&self, name: &str, roots: &[u8]) -> io::Result<PathBuf> {
        let ours = self.authority.pem.as_bytes();
        self.folder.write(name, &[roots, b"\n", ours].concat())
    }

    fn java(&self) -> io::Result<String> {
        let mut roots = self.roots.clone();
        roots.push(self.authority.der.clone());
        let store = self.folder.write("java.jks", &jks::store(&roots))?;
        let (host, port) = (self.address.ip(), self.address.port());
        Ok(format!(
            "-Dhttps.proxyHost={host} -Dhttps.proxyPort={port} -Djavax.net.ssl.trustStore={}",
            quoted(&store)
        ))
    }

    /// Wget reads one file of settings: what it would have read, and the roots.
    fn wget(&self, before: Option<&OsStr>) -> io::Result<PathBuf> {
        let home = Surroundings::look().home.map(|home| home.join(".wgetrc"));
        let usual = before.map(PathBuf::from).or(home);
        let own = usual.and_then(|file| files::read(&file, MOST, PATIENCE).ok());
        let roots = self.bundle("wget.pem", &pem(&self.roots))?;
        let ours = format!("\nca_certificate = {}\n", roots.display());
        self.folder.write("wgetrc", &[&own.unwrap_or_default(), ours.as_bytes()].concat())
    }
}

/// The certificates in a file that a variable named; none where they can't be read.
fn named(file: &OsStr) -> Option<Vec<u8>> {
    files::read(Path::new(file), MOST, PATIENCE).ok()
}

/// The system's roots.
fn roots() -> Vec<Vec<u8>> {
    let found = rustls_native_certs::load_native_certs();
    found.certs.into_iter().map(|root| root.to_vec()).collect()
}

fn pem(certificates: &[Vec<u8>]) -> Vec<u8> {
    let mut text = String::new();
    for certificate in certificates {
        text.push_str("-----BEGIN CERTIFICATE-----\n");
        let encoded = BASE64_STANDARD.encode(certificate);
        for line in encoded.as_bytes().chunks(64) {
            text.push_str(&String::from_utf8_lossy(line));
            text.push('\n');
        }
        text.push_str("-----END CERTIFICATE-----\n");
    }
    text.into_bytes()
}

fn joined(before: Option<OsString>, between: &str, after: &OsStr) -> OsString {
    let Some(mut all) = before else { return after.to_owned() };
    all.push(between);
    all.push(after);
    all
}

/// A path in quotes, where it needs them.
fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let plain = utf8_percent_encode(&path, QUOTED).to_string();
    if plain.contains(' ') { format!("\"{plain}\"") } else { plain }
}
