//! What somebody does who reads a next step and knows nothing else.

use base64::prelude::{BASE64_STANDARD, Engine};

use super::machine::Machine;
use super::proxy;
use crate::loopback::Authority;

/// True if the issued key, which stands second, can come of the value that is there.
type Repair = fn(&str, &str) -> bool;

/// What a step does to the value that is there, by its first words.
const VALUES: &[(&str, Repair)] = &[
    ("Remove the", only_less),
    ("Keep", only_less),
    ("Save the value without", only_less),
    ("Add what is missing", |given, issued| issued.contains(given) && issued.len() > given.len()),
    ("Replace", |given, issued| given.chars().count() == issued.chars().count()),
    ("Write the signs themselves", |given, issued| given.len() > issued.len()),
    ("Send the base64-encoded form", |given, issued| BASE64_STANDARD.encode(given) == issued),
    ("Send the base64-decoded form", |given, issued| {
        BASE64_STANDARD.decode(given).is_ok_and(|bytes| bytes.trim_ascii_end() == issued.as_bytes())
    }),
];

/// First words of steps that fetch the key from its owner, a store, or a tool.
const FETCHES: &[&str] = &[
    "Ask the tool for the value",
    "Copy the whole key once more",
    "Decrypt",
    "Give the token to the streaming SDK only, and use the API key",
    "Let ",
    "Put what is in that file",
    "Put your HeyGen API key",
    "Read the file that is named",
    "Set `HEYGEN_API_KEY`",
    "Set that variable",
    "Start the program",
    "Use a key from HeyGen's own API settings",
];

/// First words of steps that somebody else has to take, or that take time, and why nothing on this machine
/// can stand in for it. What comes first counts.
const BEYOND: &[(&str, &str)] = &[
    ("Add ", "the account's owner"),
    ("Choose a plan", "the account's owner"),
    ("Pay ", "the account's owner"),
    ("Verify ", "the account's owner"),
    ("Check that the key comes from the space", "the account's owner"),
    ("Use a resource of your own space", "the account's owner"),
    ("If your program needs", "the account's owner"),
    ("Do what the answer asks for", "the account's owner"),
    ("Ask the space's owner", "the account's owner"),
    ("Ask an admin", "the account's owner"),
    ("Keep this key where it works, make a second one", "a new key, made at HeyGen"),
    ("Look the key up in HeyGen's API settings", "a new key, made at HeyGen"),
    ("Compare the date and the name of the key", "a new key, made at HeyGen"),
    ("Log in again", "a login in a browser"),
    ("Open a web page", "a login in a browser"),
    ("Ask whoever runs", "whoever runs the network"),
    ("Run `heygen-doctor check` from another network", "whoever runs the network"),
    (
        "Run `heygen-doctor check` without the proxy, or from another network",
        "whoever runs the network",
    ),
    ("Check this machine's clock", "the clock, or whoever runs the server"),
    ("Start or unlock the program that writes", "the program that holds the key"),
    ("Wait", "time"),
    ("Run `heygen-doctor check` again", "time"),
    ("Write to HeyGen's support", "HeyGen's support"),
    ("Send this report to HeyGen's support", "HeyGen's support"),
    ("Send the report of", "HeyGen's support"),
    ("Make `", "there is no key on the machine"),
];

/// The login that the user has for the proxy.
const LOGIN: &str = "svc:Synthetic9";

/// What became of a step.
pub(super) enum Done {
    /// It was done on this machine.
    Mended,
    /// It can't be done here, and why.
    Beyond(&'static str),
    /// The words say nothing that anybody could do.
    Unclear,
}

/// Leaving something out is enough.
fn only_less(given: &str, issued: &str) -> bool {
    let mut rest = given.chars();
    given.len() > issued.len() && issued.chars().all(|wanted| rest.any(|c| c == wanted))
}

/// The texts between backticks.
fn quoted(step: &str) -> Vec<&str> {
    step.split('`').skip(1).step_by(2).collect()
}

/// Does what the step says.
pub(super) async fn act(step: &str, machine: &mut Machine, authority: &Authority) -> Done {
    // A value first: its steps begin with words that others begin with as well.
    if value(step, machine) || place(step, machine) || way(step, machine) {
        return Done::Mended;
    }
    if through_proxy(step, machine, authority).await {
        return Done::Mended;
    }
    if let Some((_, why)) = BEYOND.iter().find(|(begins, _)| step.starts_with(begins)) {
        return Done::Beyond(why);
    }
    Done::Unclear
}

/// Mends the value, or fetches it where it comes from.
fn value(step: &str, machine: &mut Machine) -> bool {
    let given = machine.env.get("HEYGEN_API_KEY").cloned().unwrap_or_default();
    let kind = VALUES.iter().find(|(begins, _)| step.starts_with(begins));
    let fetched = FETCHES.iter().any(|begins| step.starts_with(begins));
    if kind.is_none() && !fetched {
        return false;
    }
    let issued = if fetched { machine.fetched() } else { machine.issued.clone().unwrap() };
    if let Some((_, comes_of)) = kind {
        assert!(comes_of(&given, &issued), "{issued:?} doesn't come of {given:?} so: {step}");
    }
    machine.env.insert("HEYGEN_API_KEY".to_owned(), issued);
    true
}

/// Mends the place: a file, or the name of a variable.
fn place(step: &str, machine: &mut Machine) -> bool {
    let names = quoted(step);
    let text = |machine: &Machine, place: &str| std::fs::read(machine.path(place)).unwrap();
    if let Some(rest) = step.strip_prefix("Put the key from `") {
        assert!(rest.contains("in the place of the one in"), "{step}");
        let key = machine.key_in(names[0]);
        machine.put(names[1], &key);
    } else if step.starts_with("Rename") && step.contains("in the environment") {
        let value = machine.env.remove(names[0]).unwrap();
        machine.env.insert(names[1].to_owned(), value);
    } else if step.starts_with("Rename") {
        let file = String::from_utf8(text(machine, names[2])).unwrap();
        std::fs::write(machine.path(names[2]), file.replace(names[0], names[1])).unwrap();
    } else if step.starts_with("Save `") {
        let bytes = text(machine, names[0]);
        let units = bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let file = match String::from_utf8(bytes.clone()) {
            Ok(file) => file,
            Err(_) => char::decode_utf16(units).map(Result::unwrap).collect(),
        };
        std::fs::write(machine.path(names[0]), file.trim_start_matches('\u{feff}')).unwrap();
    } else if step.starts_with("Put `#` before each line") {
        let file = String::from_utf8(text(machine, names[1])).unwrap();
        let right = machine.issued.clone().unwrap();
        let shut = |line: &str| {
            let wrong = line.contains("HEYGEN_API_KEY=") && !line.contains(&right);
            format!("{}{line}\n", if wrong { "#" } else { "" })
        };
        let mended: String = file.lines().map(shut).collect();
        std::fs::write(machine.path(names[1]), mended).unwrap();
    } else if step.starts_with("Write line") {
        let file = String::from_utf8(text(machine, names[0])).unwrap();
        let nth: usize = step.split(' ').nth(2).unwrap().parse().unwrap();
        let key = file.lines().nth(nth - 1).unwrap().split(' ').next_back().unwrap();
        std::fs::write(machine.path(names[0]), format!("{}{key}\n", names[1])).unwrap();
    } else {
        return false;
    }
    true
}

/// The flags of a command of the doctor's; a report asks what a check with the same profile asks.
fn flags(command: &str) -> Option<&str> {
    let report = || command.strip_prefix("heygen-doctor report ")?.strip_suffix(" --markdown");
    command.strip_prefix("heygen-doctor check ").or_else(report)
}

/// Mends the way: the header, the address, the root certificate, a flag.
fn way(step: &str, machine: &mut Machine) -> bool {
    let names = quoted(step);
    let used = machine.env.get("HEYGEN_API_KEY").cloned().unwrap_or_default();
    if step.starts_with("Send the header as") {
        machine.header = Some((names[0].to_owned(), used));
    } else if let Some(scheme) = step.strip_prefix("Send it as `Authorization: ") {
        let scheme = scheme.split('`').next().unwrap();
        machine.header = Some(("Authorization".to_owned(), format!("{scheme} {used}")));
    } else if step.starts_with("Set the base URL to `https://api.heygen.com`")
        || (step.contains("the base URL") && step.contains("`api.heygen.com`"))
        || (step.starts_with("Compare `") && names.get(1) == Some(&"api.heygen.com"))
    {
        machine.base_url = machine.heygen();
    } else if names.contains(&"--ca-cert FILE") {
        machine.args.extend(["--ca-cert".to_owned(), machine.root().display().to_string()]);
    } else if let Some(flags) = flags(names.first().copied().unwrap_or_default()) {
        machine.args.extend(flags.split(' ').map(ToOwned::to_owned));
    } else {
        return false;
    }
    true
}

/// Mends the setting of a proxy, in a network that has no other way out.
async fn through_proxy(step: &str, machine: &mut Machine, authority: &Authority) -> bool {
    let names = quoted(step);
    let set = machine.env.iter().find(|(name, _)| name.to_uppercase().ends_with("_PROXY"));
    let set = set.map(|(name, was)| (name.clone(), was.clone()));
    let (name, was) = set.unwrap_or_else(|| ("HTTPS_PROXY".to_owned(), format!("http://{LOGIN}@")));
    let Some((scheme, rest)) = was.split_once("://") else { return false };
    let login = rest.rsplit_once('@').map(|(login, _)| login);
    let url = |scheme: &str, login: Option<&str>, port: u16| match login {
        Some(login) => format!("{scheme}://{login}@127.0.0.1:{port}"),
        None => format!("{scheme}://127.0.0.1:{port}"),
    };
    let port = proxy::start(authority, login.map(ToOwned::to_owned), machine.heygen_port()).await;
    let mended = if step.starts_with("Percent-encode it: write") {
        let (user, password) = login.unwrap().split_once(':').unwrap();
        let written = password.replace(names[1], names[0]);
        url(scheme, Some(&format!("{user}:{written}")), port)
    } else if step.starts_with("Write `socks5h://` in place of") {
        url(names[0].trim_end_matches("://"), login, port)
    } else if step.starts_with("Write it like `http://HOST:PORT`")
        || (step.starts_with("Put the proxy's user name") && names[0] == name)
    {
        url("http", login, port)
    } else {
        return false;
    };
    machine.env.insert(name, mended);
    machine.args.extend(["--ca-cert".to_owned(), authority.file().display().to_string()]);
    true
}

/// True if the step mends the value that is there, so that there has to be a key that comes of it.
pub(super) fn wants_a_key(step: &str) -> bool {
    VALUES.iter().any(|(words, _)| step.starts_with(words))
        && !FETCHES.iter().any(|words| step.starts_with(words))
}
