//! References to a place where a key may be, which nobody resolved: a grammar of their forms.

use super::plain::{is_word, trimmed, words_only};

/// A text in the place of a key, and the way to put the key there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Resolver {
    text: Unresolved,
    /// How it is resolved, as the beginning of a sentence.
    pub(super) step: &'static str,
}

/// The text that stands where the key should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// A reference to this tool.
    To(&'static str),
    /// Something else, told by this clause.
    As(&'static str),
}

impl Resolver {
    /// The mistake as a clause.
    pub(super) fn clause(&self) -> String {
        match self.text {
            Unresolved::To(tool) => {
                format!("the value is a reference to {tool} that was never resolved")
            }
            Unresolved::As(clause) => clause.to_owned(),
        }
    }
}

const fn resolver(tool: &'static str, step: &'static str) -> Resolver {
    Resolver { text: Unresolved::To(tool), step }
}

const fn unfilled(clause: &'static str, step: &'static str) -> Resolver {
    Resolver { text: Unresolved::As(clause), step }
}

const SHELL: Resolver = unfilled(
    "the variable was not expanded by the shell or CI: the value is its name",
    "Set that variable where the program starts, and let the shell or the CI system expand it (single quotes prevent that)",
);
const COMMAND: Resolver = unfilled(
    "the command was not run: the value is its text",
    "Let a shell run the command: in a file of settings it stays text",
);
const TEMPLATE: Resolver = unfilled(
    "the template was not filled in: the value is its text",
    "Let the tool that the template belongs to (Helm, n8n, a CI system) fill it in before the program starts",
);
const STORE: Resolver = resolver(
    "a secret store",
    "Start the program through the tool of the secret store, which puts the key in its place",
);
const CODE: Resolver = unfilled(
    "the value is an expression of a program, not its result",
    "Write the expression in the program itself, without quotes around it",
);
const CIPHERTEXT: Resolver = unfilled(
    "the key is still encrypted",
    "Decrypt the file first: `sops exec-env`, `ansible-vault`, or `dotenvx run` starts the program with the key",
);
const FILE: Resolver = unfilled(
    "the value names a file, not the key in it",
    "Read the file that is named, and put what is in it in the variable: `--key-file` does so here",
);
const HIDDEN: Resolver = unfilled(
    "the value is what a tool shows in place of a hidden one",
    "Ask the tool for the value itself, for example with `terraform output -raw`",
);

/// Schemes of references with the tool that resolves each, in lower case.
const SCHEMES: &[(&str, Resolver)] = &[
    (
        "op",
        resolver("1Password", "Start the program with `op run --`, which resolves the reference"),
    ),
    (
        "vault",
        resolver(
            "Vault",
            "Let Vault's agent or injector resolve the reference before the program starts",
        ),
    ),
    (
        "doppler",
        resolver(
            "Doppler",
            "Start the program with `doppler run --`, which resolves the reference",
        ),
    ),
    (
        "infisical",
        resolver(
            "Infisical",
            "Start the program with `infisical run --`, which resolves the reference",
        ),
    ),
    (
        "bws",
        resolver("Bitwarden", "Start the program with `bws run --`, which resolves the reference"),
    ),
    (
        "bw",
        resolver(
            "Bitwarden",
            "Read the item with `bw get password`, and put the key in the variable",
        ),
    ),
    (
        "arn",
        resolver(
            "AWS Secrets Manager",
            "Let the task definition's `secrets`, or `aws secretsmanager get-secret-value`, resolve the reference",
        ),
    ),
    (
        "ssm",
        resolver(
            "AWS Parameter Store",
            "Let the deployment, or `aws ssm get-parameter --with-decryption`, resolve the reference",
        ),
    ),
    (
        "ref",
        resolver("vals", "Start the program with `vals exec --`, which resolves the reference"),
    ),
    ("secretref", resolver("Azure", "Let the container's settings resolve the reference")),
    ("encrypted", CIPHERTEXT),
    ("enc", CIPHERTEXT),
    ("file", FILE),
    ("env", SHELL),
];

/// The reference that a value is.
pub(super) fn find(given: &[u8]) -> Option<Resolver> {
    let text = String::from_utf8_lossy(given);
    let text = trimmed(&text);
    [scheme, encased, variable, code, resource].into_iter().find_map(|form| form(text))
}

/// `scheme://place`, `scheme+kind://place`, and `scheme:place` of a known scheme.
fn scheme(text: &str) -> Option<Resolver> {
    let (name, place) = text.split_once(':')?;
    let letters =
        |part: &str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let mut parts = name.split(['+', '-']);
    let first = parts.next()?;
    if !letters(first) || place.len() < 2 {
        return None;
    }
    let known = SCHEMES.iter().find(|(known, _)| *known == first).map(|(_, resolver)| *resolver);
    let full = place.starts_with("//");
    // The address of a page is no reference.
    let page = matches!(first, "http" | "https" | "ftp" | "ws" | "wss" | "mailto");
    match known {
        Some(known) if full || !place.contains(char::is_whitespace) => Some(known),
        _ if full && !page => Some(STORE),
        _ => None,
    }
}

/// Brackets around an expression, with a sign or the name of a function before them.
fn encased(text: &str) -> Option<Resolver> {
    let open = text.find(['{', '(', '[', '<'])?;
    let (before, rest) = text.split_at(open);
    let close = match rest.as_bytes()[0] {
        b'{' => '}',
        b'(' => ')',
        b'[' => ']',
        _ => '>',
    };
    let end = rest.rfind(close)?;
    let (inner, after) = (&rest[1..end], &rest[end + 1..]);
    let doubled = rest.as_bytes().get(1) == rest.as_bytes().first();
    let name = before.trim_start_matches(['@', '=', '!']);
    let named = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'))
        && name.bytes().any(|byte| byte.is_ascii_alphabetic());
    if after.len() > 2 || after.bytes().any(|byte| byte.is_ascii_alphanumeric() && byte != b's') {
        return None;
    }
    match before {
        "$" if close == '}' => Some(if doubled { TEMPLATE } else { SHELL }),
        "$" if close == ')' => Some(COMMAND),
        "" if doubled && matches!(close, '}' | ']') => Some(TEMPLATE),
        "" if close == '}' => scheme(inner),
        "" if close == ')' && words_only(inner) => Some(HIDDEN),
        "=" | "#" | "%" | "@" | "!" | "~" => Some(TEMPLATE),
        _ if named && before.starts_with('@') => Some(resolver(
            "Azure Key Vault",
            "Let Azure's app settings resolve the reference: its status there says why they don't",
        )),
        _ if named && name.eq_ignore_ascii_case("enc") => Some(CIPHERTEXT),
        _ if named && is_dotted(name) && name.contains('.') => Some(CODE),
        _ => None,
    }
}

/// `$NAME`, `%NAME%`, `__NAME__`, `@NAME@`, and the first line of an encrypted file.
fn variable(text: &str) -> Option<Resolver> {
    if let Some(name) = text.strip_prefix('$') {
        let (name, rest) = name.split_once(';').map_or((name, ""), |(name, rest)| (name, rest));
        let name = name.strip_prefix("env:").unwrap_or(name);
        return match rest {
            "" => is_name(name).then_some(SHELL),
            _ => is_name(name).then_some(resolver(
                "Ansible Vault",
                "Decrypt it with `ansible-vault`, and put the key in the variable",
            )),
        };
    }
    let within =
        |sign: &str| text.strip_prefix(sign)?.strip_suffix(sign).filter(|name| is_name(name));
    if within("%").is_some() || within("!").is_some() {
        return Some(SHELL);
    }
    (within("__").is_some() || within("@").is_some()).then_some(TEMPLATE)
}

/// `process.env.NAME`, `os.environ["NAME"]`.
fn code(text: &str) -> Option<Resolver> {
    let starts =
        ["process.env", "import.meta.env", "os.environ", "os.getenv", "secrets.", "System.getenv"];
    starts.iter().any(|start| text.starts_with(start)).then_some(CODE)
}

/// The path of a resource or of a file: each part is words or a number.
fn resource(text: &str) -> Option<Resolver> {
    let path = text.trim_start_matches(['~', '.']);
    let parts: Vec<&str> = path.split(['/', '#']).filter(|part| !part.is_empty()).collect();
    let readable = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit()) || words_only(part);
    let fits = parts.len() >= 2 && parts.iter().all(readable);
    // What a file system has is a path; what begins with a word is an entry of a store.
    let secret = parts.iter().any(|part| part.to_ascii_lowercase().starts_with("secret"));
    if !fits || text.contains(char::is_whitespace) || !secret {
        return None;
    }
    Some(if text.starts_with(['/', '~', '.']) { FILE } else { STORE })
}

/// The name of a variable: `HEYGEN_API_KEY`, `secrets.key`.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.'))
}

/// Words with dots between them.
fn is_dotted(text: &str) -> bool {
    text.split(['.', '_']).all(|part| part.is_empty() || is_word(part))
}
