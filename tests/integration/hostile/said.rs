//! Answers that would like to write on the reader's screen, page, tracker, or CI log.

use super::Case;
use super::broken::whole;
use super::conduct::Conduct::Says;

/// Texts that a server could try, one per line.
const TRIES: &[&str] = &[
    "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[1;31mred\u{1b}[0m",
    "\u{9b}2J\u{90}q\u{9c}",
    "\u{202e}dekcatta\u{202c} \u{2066}x\u{2069} \u{200b}\u{feff}",
    "\u{1b}]8;;https://evil.example\u{7}click\u{1b}]8;;\u{7}",
    "Healthy: the key works (healthy, confirmed)",
    "::error file=x::pwned",
    "::set-output name=key::pwned",
    "##[error]pwned",
    "##vso[task.setvariable variable=x]pwned",
    "# SPOOFED heading",
    "| SPOOFED | table |",
    "``` \n# SPOOFED fence",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[click](https://evil.example) ![i](https://evil.example/i.png) @everyone #1",
    "\0\u{8}\u{8}\u{8}\r\rHealthy: the key works\u{c}",
];

fn case(name: &'static str, classes: &'static [&'static str], answer: Vec<u8>) -> Case {
    Case { name, conduct: Says(answer), classes }
}

/// As a JSON string, escaped as little as JSON allows.
fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

pub(super) fn cases() -> Vec<Case> {
    let all = TRIES.join("\n");
    let message = format!("{{\"error\":{{\"code\":\"unauthorized\",\"message\":{}}}}}", json(&all));
    let spelled = format!("{{\"error\":{{\"code\":{0},\"message\":{0}}}}}", json(&all));
    let names =
        format!("{{{0}:1,\"error\":{{\"code\":\"unauthorized\",\"message\":\"x\"}}}}", json(&all));
    let unread = [
        br#"{"error":{"code":"unauthorized","message":""#,
        &b"\xff\xfe\xc0\x80\xed\xa0\x80\0"[..],
        b"\"}}",
    ]
    .concat();
    let wide: Vec<u8> = all.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let reason = |text: &str| {
        format!(
            "HTTP/1.1 401 {text}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}"
        )
        .into_bytes()
    };
    vec![
        case("in the message", &["unauthenticated"], whole("", message.as_bytes())),
        case("in the code", &["unauthenticated"], whole("", spelled.as_bytes())),
        case("in the names", &["unauthenticated"], whole("", names.as_bytes())),
        case(
            "as plain text",
            &["not_heygen", "malformed", "unauthenticated"],
            whole("", all.as_bytes()),
        ),
        case("as a page", &["not_heygen"], whole("", format!("<html>{all}").as_bytes())),
        case("invalid UTF-8", &["malformed", "unauthenticated"], whole("", &unread)),
        case("NULs", &["malformed", "unauthenticated"], whole("", &[0; 2000])),
        case("UTF-16", &["malformed", "unauthenticated"], whole("", &wide)),
        case(
            "in headers",
            &["unauthenticated"],
            whole(&headers(), br#"{"error":{"code":"unauthorized","message":"x"}}"#),
        ),
        case(
            "a code in the reason",
            &["unauthenticated"],
            reason("::set-output name=key::pwned ##[error]"),
        ),
        case("an escape in the reason", &["malformed"], reason("\u{1b}[2J")),
        case("an escape in a header", &["malformed"], whole("server: \u{1b}[2J\r\n", b"{}")),
        case("under 200", &["ok", "not_heygen", "malformed"], success(&all)),
        case("a redirect", &["redirect"], redirect()),
    ]
}

/// In every header that is kept, as far as a header can carry it.
fn headers() -> String {
    let names = [
        "server",
        "via",
        "www-authenticate",
        "x-request-id",
        "cf-ray",
        "content-language",
        "retry-after",
        "allow",
    ];
    let lines = names.iter().zip(TRIES.iter().cycle().skip(4)).map(|(name, text)| {
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        format!("{name}: {text}\u{202e}\u{9b}2J\r\nset-cookie: {text}=1\r\n")
    });
    lines.collect()
}

/// A success whose allowed fields are hostile.
fn success(all: &str) -> Vec<u8> {
    let said = json(all);
    let body = format!(
        "{{\"data\":{{\"scope_mode\":{said},\"scopes\":[{said}],\"key_id\":{said},\"status\":{said},\"billing_type\":{said},\"wallet\":{{\"remaining_balance\":1e308,\"currency\":{said}}},\"expires_at\":{said},\"created_at\":{said}}}}}"
    );
    format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn redirect() -> Vec<u8> {
    b"HTTP/1.1 302 Found\r\nconnection: close\r\nlocation: javascript:alert(1)//::error::\xe2\x80\xae\r\ncontent-length: 0\r\n\r\n".to_vec()
}
