//! Other vendors' keys, told by the prefixes that the vendors document, as gathered in the rules of
//! gitleaks (`config/gitleaks.toml`) and of GitHub's secret scanning.

use super::Kind;
use super::shapes::is_hex;

/// How a vendor's keys begin and go on.
pub(super) struct Vendor {
    pub(super) kind: Kind,
    pub(super) name: &'static str,
    pub(super) prefix: &'static str,
    /// How many characters must follow.
    least: usize,
    follows: fn(u8) -> bool,
}

const fn row(kind: Kind, prefix: &'static str, least: usize, follows: fn(u8) -> bool) -> Vendor {
    let name = match kind.vendor() {
        Some(name) => name,
        None => "another service",
    };
    Vendor { kind, name, prefix, least, follows }
}

const fn other(
    name: &'static str,
    prefix: &'static str,
    least: usize,
    follows: fn(u8) -> bool,
) -> Vendor {
    Vendor { kind: Kind::OtherVendor, name, prefix, least, follows }
}

/// The more special prefix comes first.
const VENDORS: &[Vendor] = &[
    row(Kind::Anthropic, "sk-ant-", 16, word),
    other("OpenRouter", "sk-or-", 16, word),
    other("Langfuse", "sk-lf-", 16, word),
    row(Kind::OpenAi, "sk-", 16, word),
    row(Kind::Stripe, "sk_live_", 8, word),
    row(Kind::Stripe, "sk_test_", 8, word),
    row(Kind::Stripe, "rk_live_", 8, word),
    row(Kind::Stripe, "rk_test_", 8, word),
    row(Kind::Stripe, "pk_live_", 8, word),
    row(Kind::Stripe, "pk_test_", 8, word),
    other("a webhook (its signing secret)", "whsec_", 16, base64),
    row(Kind::Github, "github_pat_", 16, word),
    row(Kind::Github, "ghp_", 16, word),
    row(Kind::Github, "gho_", 16, word),
    row(Kind::Github, "ghu_", 16, word),
    row(Kind::Github, "ghs_", 16, word),
    row(Kind::Github, "ghr_", 16, word),
    other("GitLab", "glpat-", 16, dotted),
    other("GitLab", "gldt-", 16, dotted),
    other("GitLab", "glptt-", 16, dotted),
    row(Kind::Google, "AIza", 30, word),
    other("Google", "ya29.", 20, dotted),
    other("Google", "GOCSPX-", 16, word),
    row(Kind::Aws, "AKIA", 16, capital),
    row(Kind::Aws, "ASIA", 16, capital),
    row(Kind::Replicate, "r8_", 16, word),
    row(Kind::HuggingFace, "hf_", 16, word),
    row(Kind::Slack, "xoxb-", 16, word),
    row(Kind::Slack, "xoxp-", 16, word),
    row(Kind::Slack, "xoxa-", 16, word),
    row(Kind::Slack, "xoxr-", 16, word),
    row(Kind::Slack, "xoxs-", 16, word),
    row(Kind::Slack, "xoxe-", 16, word),
    row(Kind::Slack, "xoxc-", 16, word),
    row(Kind::Slack, "xoxd-", 16, word),
    row(Kind::Slack, "xapp-", 16, word),
    row(Kind::ElevenLabs, "sk_", 48, is_hex),
    other("Groq", "gsk_", 20, word),
    other("xAI", "xai-", 20, word),
    other("Perplexity", "pplx-", 20, word),
    other("Notion", "ntn_", 20, word),
    other("Notion", "secret_", 43, word),
    other("SendGrid", "SG.", 40, dotted),
    other("Airtable", AIRTABLE, 60, airtable),
    other("Supabase", "sbp_", 20, word),
    other("Supabase", "sb_secret_", 16, word),
    other("Linear", "lin_api_", 20, word),
    other("npm", "npm_", 30, word),
    other("PyPI", "pypi-", 40, word),
    other("DigitalOcean", "dop_v1_", 40, word),
    other("Docker", "dckr_pat_", 16, word),
    other("Postman", "PMAK-", 30, word),
    other("Shopify", "shpat_", 30, is_hex),
    other("Databricks", "dapi", 32, is_hex),
    other("Grafana", "glsa_", 30, word),
    other("Doppler", "dp.pt.", 30, dotted),
    other("Doppler", "dp.st.", 30, dotted),
    other("Resend", "re_", 24, word),
    other("fal", "fal_", 24, word),
    other("Tavily", "tvly-", 20, word),
    other("NVIDIA", "nvapi-", 30, word),
    other("Fireworks", "fw_", 20, word),
    other("LangSmith", "lsv2_", 30, word),
    other("Pinecone", "pcsk_", 30, word),
    other("Vercel", "vck_", 20, word),
    other("GitLab", "glrt-", 20, dotted),
    other("GitLab", "glcbt-", 20, dotted),
    other("GitLab", "gloas-", 40, dotted),
    other("GitLab", "glsoat-", 20, dotted),
    other("GitLab", "glft-", 20, dotted),
    other("GitLab", "glimt-", 20, dotted),
    other("GitLab", "glagent-", 40, dotted),
    other("GitLab", "glffct-", 20, dotted),
    other("Shopify", "shpca_", 30, is_hex),
    other("Shopify", "shppa_", 30, is_hex),
    other("Shopify", "shpss_", 30, is_hex),
    other("DigitalOcean", "doo_v1_", 40, word),
    other("DigitalOcean", "dor_v1_", 40, word),
    other("Atlassian", "ATATT3", 100, atlassian),
    other("Figma", "figd_", 30, word),
    other("Vault", "hvs.", 24, word),
    other("Vault", "hvb.", 24, word),
    other("Pulumi", "pul-", 40, is_hex),
    other("Heroku", "HRKU-", 40, word),
    other("New Relic", "NRAK-", 27, word),
    other("New Relic", "NRII-", 32, word),
    other("Sentry", "sntrys_", 40, base64),
    other("Sentry", "sntryu_", 40, word),
    other("Square", "sq0atp-", 22, word),
    other("Square", "sq0csp-", 22, word),
    other("Square", "EAAA", 60, word),
    other("Grafana", "glc_", 32, base64),
    other("Brevo", "xkeysib-", 64, word),
    other("Mailgun", "key-", 32, is_hex),
    other("age", "AGE-SECRET-KEY-1", 58, capital),
    other("1Password", "ops_eyJ", 100, base64),
    other("RubyGems", "rubygems_", 48, is_hex),
    other("PlanetScale", "pscale_tkn_", 32, dotted),
    other("PlanetScale", "pscale_oauth_", 32, dotted),
    other("PlanetScale", "pscale_pw_", 32, dotted),
    other("Prefect", "pnu_", 36, word),
    other("ReadMe", "rdme_", 60, word),
    other("Dynatrace", "dt0c01.", 80, dotted),
    other("Duffel", "duffel_test_", 40, word),
    other("Duffel", "duffel_live_", 40, word),
    other("EasyPost", "EZAK", 54, word),
    other("EasyPost", "EZTK", 54, word),
    other("Shippo", "shippo_live_", 40, is_hex),
    other("Shippo", "shippo_test_", 40, is_hex),
    other("Slack", "xoxe.xox", 60, word),
    other("Typeform", "tfp_", 40, dotted),
    other("Sourcegraph", "sgp_", 40, word),
    other("OpenShift", "sha256~", 43, word),
    other("Fly.io", "fo1_", 43, word),
    other("Alibaba", "LTAI", 20, word),
    other("Adobe", "p8e-", 32, word),
    other("Artifactory", "AKCp", 60, word),
    other("Amazon Bedrock", "ABSK", 100, base64),
    other("Google", "1//0", 40, word),
    other("Grafana", "eyJrIjoi", 60, base64),
];

/// The prefix of Airtable's tokens, in which a dot stands behind 14 letters and digits.
const AIRTABLE: &str = "pat";

/// Telegram's tokens begin with a number that is another one for each bot.
static TELEGRAM: Vendor = other("Telegram", "", 0, word);

/// The vendor whose look a value has.
pub(super) fn find(value: &[u8]) -> Option<&'static Vendor> {
    if is_telegram(value) {
        return Some(&TELEGRAM);
    }
    VENDORS.iter().find(|vendor| {
        value.strip_prefix(vendor.prefix.as_bytes()).is_some_and(|rest| {
            let enough = match vendor.kind {
                Kind::ElevenLabs | Kind::Aws => rest.len() == vendor.least,
                _ => rest.len() >= vendor.least,
            };
            // A word with such a beginning is only a name.
            let counts = vendor.kind != Kind::OtherVendor || rest.iter().any(u8::is_ascii_digit);
            let enough = enough && (vendor.prefix != AIRTABLE || rest[14] == b'.');
            enough && counts && rest.iter().all(|byte| (vendor.follows)(*byte))
        })
    })
}

/// The length of the token that a text begins with, if it begins with one.
pub(crate) fn token(text: &[u8]) -> Option<usize> {
    VENDORS.iter().find_map(|vendor| {
        let rest = text.strip_prefix(vendor.prefix.as_bytes())?;
        let exact = matches!(vendor.kind, Kind::ElevenLabs | Kind::Aws);
        let most = rest.len().min(LONGEST);
        let run = rest[..most].iter().position(|byte| !(vendor.follows)(*byte)).unwrap_or(most);
        let run = run - rest[..run].iter().rev().take_while(|byte| **byte == b'.').count();
        let value = &rest[..run];
        let enough = if exact { run == vendor.least } else { run >= vendor.least };
        let enough = enough && (vendor.prefix != AIRTABLE || rest[14] == b'.');
        (enough && is_random(value, vendor.prefix.len() < 4)).then(|| vendor.prefix.len() + run)
    })
}

/// How long a token is whose vendor documents it: GitHub's have 36 characters behind the prefix.
pub(crate) fn whole_length(token: &[u8]) -> Option<usize> {
    matches!(token, [b'g', b'h', b'p' | b'o' | b'u' | b's' | b'r', b'_', ..]).then_some(40)
}

/// No token is longer.
const LONGEST: usize = 4096;

/// True if something is no name: short prefixes are also the beginnings of names, so that a run
/// of letters and digits must follow them.
fn is_random(value: &[u8], is_weak: bool) -> bool {
    let value = &value[..value.len().min(128)];
    let has = |run: &[u8], is: fn(&u8) -> bool| run.iter().any(is);
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let run = |run: &[u8]| {
        run.len() >= 12 && has(run, u8::is_ascii_digit) && has(run, u8::is_ascii_alphabetic)
    };
    // One of seven tokens of twenty characters has fewer than two digits.
    let capitals = value.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let small = value.iter().filter(|byte| byte.is_ascii_lowercase()).count();
    let is_mixed = value.len() >= 16 && capitals * 4 >= value.len() && small * 4 >= value.len();
    is_shuffled(value)
        || is_mixed && !is_weak
        || digits >= 2 && (!is_weak || value.split(|byte| !byte.is_ascii_alphanumeric()).any(run))
}

/// True for a long row of letters in which capitals are as many as in no name: tokens of Hugging Face
/// may have no digit.
pub(crate) fn is_shuffled(value: &[u8]) -> bool {
    let value = &value[..value.len().min(128)];
    let capitals = value.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let all = value.iter().all(u8::is_ascii_alphanumeric);
    all && value.len() >= 30 && capitals * 3 >= value.len() && capitals * 3 <= 2 * value.len()
}

/// `<digits>:AA…`.
fn is_telegram(value: &[u8]) -> bool {
    let Some(colon) = value.iter().position(|byte| *byte == b':') else { return false };
    let (number, rest) = (&value[..colon], &value[colon + 1..]);
    (8..=12).contains(&number.len())
        && number.iter().all(u8::is_ascii_digit)
        && rest.starts_with(b"AA")
        && rest.len() >= 30
        && rest.iter().all(|byte| word(*byte))
}

/// The beginning of each of them.
pub(crate) fn prefixes() -> impl Iterator<Item = &'static [u8]> {
    VENDORS.iter().map(|vendor| vendor.prefix.as_bytes())
}

const fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

const fn dotted(byte: u8) -> bool {
    word(byte) || byte == b'.'
}

const fn base64(byte: u8) -> bool {
    word(byte) || matches!(byte, b'+' | b'/' | b'=')
}

const fn capital(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

const fn atlassian(byte: u8) -> bool {
    word(byte) || byte == b'='
}

const fn airtable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'.'
}
