use super::*;
use crate::redact::{Redactor, SecretKind};

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

fn chosen(flag: Option<&str>, env: &[(&str, &str)], target: &str) -> Option<Proxy> {
    let lookup = |name: &str| {
        env.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
    };
    choose(flag, &lookup, &url(target)).unwrap().map(|choice| choice.shown)
}

fn proxy(url: &str, source: &str) -> Proxy {
    Proxy { url: url.to_owned(), source: source.to_owned() }
}

const API: &str = "https://api.heygen.com/";

#[test]
fn the_flag_wins_over_the_environment_and_over_no_proxy() {
    let env = [("HTTPS_PROXY", "http://env.test:1"), ("NO_PROXY", "*")];
    let flag = Some("http://flag.test:3128");
    assert_eq!(chosen(flag, &env, API), Some(proxy("http://flag.test:3128", "--proxy")));
}

#[test]
fn the_variables_are_asked_in_the_clients_order() {
    let all = ("ALL_PROXY", "http://all.test:1");
    let upper = ("HTTPS_PROXY", "http://upper.test:2");
    let lower = ("https_proxy", "lower.test:3");
    assert_eq!(
        chosen(None, &[all, lower, upper], API),
        Some(proxy("http://upper.test:2", "HTTPS_PROXY"))
    );
    assert_eq!(chosen(None, &[all, lower], API), Some(proxy("http://lower.test:3", "https_proxy")));
    assert_eq!(chosen(None, &[all], API), Some(proxy("http://all.test:1", "ALL_PROXY")));
    let empty = ("HTTPS_PROXY", "");
    assert_eq!(
        chosen(None, &[empty, lower, all], API),
        Some(proxy("http://all.test:1", "ALL_PROXY"))
    );
    assert_eq!(chosen(None, &[("HTTP_PROXY", "http://plain.test:1")], API), None);
}

#[test]
fn no_proxy_is_read_as_the_client_reads_it() {
    for (no, used) in [
        ("heygen.com", false),
        (".heygen.com", false),
        ("api.heygen.com, other.test", false),
        ("*", false),
        ("gen.com", true),
        ("192.0.2.0/24", true),
        ("", true),
    ] {
        let env = [("HTTPS_PROXY", "http://env.test:1"), ("no_proxy", no)];
        assert_eq!(chosen(None, &env, API).is_some(), used, "{no}");
    }
    let env = [("HTTPS_PROXY", "http://env.test:1"), ("NO_PROXY", "192.0.2.0/24")];
    assert_eq!(chosen(None, &env, "https://192.0.2.7/"), None);
}

#[test]
fn loopback_never_uses_one_and_plain_http_only_the_flags() {
    let env = [("ALL_PROXY", "http://env.test:1"), ("HTTP_PROXY", "http://env.test:1")];
    let flag = Some("http://flag.test:1");
    for local in [
        "https://localhost/",
        "http://127.0.0.9:80/",
        "https://[::1]/",
        "https://api.localhost./",
        "https://localhost./",
    ] {
        assert_eq!(chosen(flag, &env, local), None, "{local}");
        assert_eq!(chosen(None, &env, local), None, "{local}");
    }
    assert_eq!(chosen(None, &env, "http://api.test/"), None);
    assert!(chosen(flag, &env, "http://api.test/").is_some());
    assert!(!is_loopback(&url("https://localhost.test/")));
    assert!(is_loopback(&url("http://[::ffff:127.0.0.1]/")));
}

#[test]
fn under_cgi_the_environment_is_the_clients() {
    let env = [("HTTPS_PROXY", "http://env.test:1"), ("REQUEST_METHOD", "GET")];
    assert_eq!(chosen(None, &env, API), None);
}

#[test]
fn a_flag_that_is_no_proxy_is_refused_and_a_login_in_it_is_not_repeated() {
    for wrong in ["", "ftp://proxy.test", "http://", "socks9://proxy.test"] {
        assert!(choose(Some(wrong), &|_| None, &url(API)).is_err(), "{wrong}");
    }
    let secret = "http://anna:hunter2@proxy.test:1";
    for target in [API, "http://127.0.0.1/"] {
        let error = choose(Some(secret), &|_| None, &url(target)).unwrap_err();
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

#[test]
fn a_login_from_the_environment_is_used_and_never_shown() {
    let value = "http://anna:p%40ss%20word@proxy.test:3128/path?q";
    let lookup = |name: &str| (name == "HTTPS_PROXY").then(|| OsString::from(value));
    let choice = choose(None, &lookup, &url(API)).unwrap().unwrap();
    assert_eq!(choice.shown, proxy("http://proxy.test:3128", "HTTPS_PROXY"));
    assert_eq!(choice.login(), Some(("anna", "p@ss word")));
    assert_eq!(choice.authorization().unwrap(), "Basic YW5uYTpwQHNzIHdvcmQ=");
    let shown = format!("{choice:?} {:?} {:?}", choice.authorization(), choice.reqwest().unwrap());
    let redactor = Redactor::new(&[], &logins(&lookup), &[]);
    assert_eq!(redactor.find(shown.as_bytes()), None, "{shown}");
    for secret in ["anna:p@ss word", "YW5uYTpwQHNzIHdvcmQ=", "p@ss word", "p%40ss%20word"] {
        assert!(!shown.contains(secret), "{shown}");
        let found = redactor.find(secret.as_bytes());
        assert_eq!(found.map(|found| found.kind), Some(SecretKind::ProxyPassword), "{secret}");
    }
    assert_eq!(redactor.find(b"anna: anna:pass"), None, "a user's name is no secret");
}

#[test]
fn socks_has_its_own_port_and_its_own_way_to_log_in() {
    let value = "socks5h://anna:hunter2@proxy.test";
    let lookup = |name: &str| (name == "all_proxy").then(|| OsString::from(value));
    let choice = choose(None, &lookup, &url(API)).unwrap().unwrap();
    assert_eq!(choice.shown, proxy("socks5h://proxy.test:1080", "all_proxy"));
    assert_eq!(choice.login(), Some(("anna", "hunter2")));
    assert_eq!(choice.authorization(), None);
    assert!(choice.reqwest().is_ok());
}

#[test]
fn the_password_of_a_proxy_that_cannot_be_used_is_a_secret_too() {
    for sign in ['#', '/', '?', '@'] {
        for name in for_https().chain(FOR_HTTP) {
            let value = format!("http://anna:plumtree{sign}horizon@proxy.test:3128");
            let lookup = |asked: &str| (asked == name).then(|| OsString::from(&value));
            let redactor = Redactor::new(&[], &logins(&lookup), &[]);
            for text in [value.clone(), format!("it is plumtree{sign}horizon, said anna")] {
                let found = redactor.find(text.as_bytes());
                assert_eq!(
                    found.map(|found| found.kind),
                    Some(SecretKind::ProxyPassword),
                    "{text}"
                );
            }
            assert_eq!(redactor.find(b"anna at proxy.test:3128"), None);
        }
    }
}

#[test]
fn no_part_of_a_password_is_shown() {
    for (value, shown) in [
        ("http://svc:Synth@tic9@proxy.test:3128", "http://proxy.test:3128"),
        ("http://svc@proxy.test:3128", "http://proxy.test:3128"),
        ("socks5h://svc:Synthetic9@proxy.test", "socks5h://proxy.test:1080"),
    ] {
        let env = [("HTTPS_PROXY", value)];
        assert_eq!(chosen(None, &env, API), Some(proxy(shown, "HTTPS_PROXY")), "{value}");
    }
}
