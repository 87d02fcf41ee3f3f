//! Names whose values are secret.

/// The form that a value must have to be taken for a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Policy {
    /// A header for a credential: anything but a placeholder.
    Credential,
    /// Cookies: pairs.
    Cookies,
    /// Anything that is no word.
    Secret,
    /// Letters and digits, and no name in a program.
    Password,
    /// The same, longer.
    Mixed,
    /// Also in prose and in error bodies: only what looks random.
    Random,
    /// The same, or in a URL anything with letters and digits.
    Code,
}

const NAMES: [(&str, Policy, &str); 24] = [
    ("authorization", Policy::Credential, "shape:authorization"),
    ("proxy-authorization", Policy::Credential, "shape:authorization"),
    ("x-api-key", Policy::Credential, "shape:api_key"),
    ("xi-api-key", Policy::Credential, "shape:api_key"),
    ("cookie", Policy::Cookies, "shape:cookie"),
    ("set-cookie", Policy::Cookies, "shape:cookie"),
    ("heygen_session", Policy::Secret, "shape:cookie"),
    ("x-amz-signature", Policy::Secret, "shape:signed_url"),
    ("x-amz-security-token", Policy::Secret, "shape:signed_url"),
    ("signature", Policy::Secret, "shape:signed_url"),
    ("sig", Policy::Secret, "shape:signed_url"),
    ("token", Policy::Secret, "shape:token"),
    ("access_token", Policy::Secret, "shape:token"),
    ("refresh_token", Policy::Secret, "shape:token"),
    ("id_token", Policy::Secret, "shape:token"),
    ("session_token", Policy::Secret, "shape:token"),
    ("auth_token", Policy::Secret, "shape:token"),
    ("client_secret", Policy::Secret, "shape:token"),
    ("code_verifier", Policy::Secret, "shape:token"),
    ("accesstoken", Policy::Secret, "shape:token"),
    ("refreshtoken", Policy::Secret, "shape:token"),
    ("idtoken", Policy::Secret, "shape:token"),
    ("sessiontoken", Policy::Secret, "shape:token"),
    ("code", Policy::Code, "shape:code"),
];

/// The policy for a name, in any letter case.
pub(super) fn known(name: &[u8]) -> Option<(Policy, &'static str)> {
    let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
    if let Some((_, policy, form)) = NAMES.iter().find(|(known, ..)| is(known)) {
        return Some((*policy, form));
    }
    let ends = |end: &str| {
        name.len() >= end.len()
            && name[name.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes())
    };
    if name.len() >= 6 && name[..6].eq_ignore_ascii_case(b"awsalb") {
        Some((Policy::Secret, "shape:cookie"))
    } else if ends("_authorization") || ends("-authorization") {
        Some((Policy::Credential, "shape:authorization"))
    } else if ends("password") || ends("passwd") || ends("pwd") {
        Some((Policy::Password, "shape:password"))
    } else if ends("-signature") {
        Some((Policy::Secret, "shape:signed_url"))
    } else if ends("-token") || ends("samlresponse") {
        Some((Policy::Secret, "shape:token"))
    } else if ends("token") || ends("secret") {
        Some((Policy::Mixed, "shape:token"))
    } else if ends("key") && !name.to_ascii_lowercase().starts_with(b"public") || is_variable(name)
    {
        Some((Policy::Random, "shape:api_key"))
    } else {
        None
    }
}

/// `HEYGEN_API_KEY_PROD`: a variable's name goes on after what it holds.
pub(super) fn is_variable(name: &[u8]) -> bool {
    let is_capital =
        |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    name.iter().all(is_capital) && memchr::memmem::find(name, b"API_KEY").is_some()
}
