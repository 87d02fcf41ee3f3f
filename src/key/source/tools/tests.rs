//! Every combination of what nine sources hold, against models that were written apart.

use chrono::TimeDelta;

use super::*;

/// The sources, one bit each.
const SOURCES: usize = 9;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).unwrap()
}

/// The machine on which these sources hold something; each key is called by its source.
fn machine(bits: usize, ended: bool) -> Places {
    let on = |bit: usize| bits >> bit & 1 == 1;
    let held = |bit: usize, name: &str| {
        if on(bit) { Held::Value(Some(name.to_owned())) } else { Held::Nothing }
    };
    let env = |bit: usize, source: &str| {
        on(bit).then(|| EnvFile {
            source: source.to_owned(),
            node: held(bit, source),
            python: held(bit, source),
            bash: held(bit, source),
            agreed: held(bit, source),
        })
    };
    Places {
        api_key: held(0, "key"),
        hyperframes_key: held(1, "frames"),
        access_token: held(2, "token"),
        api_base: on(3).then(|| "gateway.test".to_owned()),
        api_url: None,
        local: env(4, "local"),
        env: env(5, "env"),
        parents: env(6, "parent").into_iter().collect(),
        file: "file".to_owned(),
        file_key: held(7, "stored"),
        file_login: held(8, "login"),
        login_ends: Some(now() + TimeDelta::hours(if ended { -1 } else { 1 })),
    }
}

/// The value that each tool uses, as its own pages tell it: the first of a list of names that is there.
fn told(bits: usize, ended: bool) -> [Option<&'static str>; 7] {
    let there = |name: &str| match name {
        "key" => bits & 1 > 0,
        "frames" => bits & 2 > 0,
        "token" => bits & 4 > 0,
        "env" => bits & 32 > 0,
        "parent" => bits & 64 > 0,
        "stored" => bits & 128 > 0,
        "login" => bits & 256 > 0 && !ended,
        _ => false,
    };
    let pick = |order: &[&'static str]| order.iter().copied().find(|name| there(name));
    let gateway = bits & 8 > 0 && there("key");
    let skills = ["token", "key", "frames", "env", "parent", "stored", "login"];
    [
        pick(&["key", "stored", "login"]),
        pick(&["key", "frames", "token", "login", "stored"]),
        if gateway { Some("key") } else { pick(&skills) },
        pick(&["key"]),
        pick(&["key", "env"]),
        pick(&["key", "env", "parent"]),
        pick(&["key"]),
    ]
}

#[test]
fn every_tool_uses_what_its_own_pages_say() {
    for bits in 0..1 << SOURCES {
        for ended in [false, true] {
            let tools = of(&machine(bits, ended), now());
            let used: Vec<Option<&str>> =
                tools.tools.iter().map(|tool| tool.fingerprint.as_deref()).collect();
            assert_eq!(used, told(bits, ended), "{bits:09b}, login ended: {ended}");
            for tool in &tools.tools {
                let bearer = matches!(tool.fingerprint.as_deref(), Some("token" | "login"));
                let sent =
                    tool.fingerprint.as_ref().map(|_| if bearer { "bearer" } else { "x-api-key" });
                assert_eq!(tool.sent_as.as_deref(), sent, "{bits:09b}: {}", tool.tool);
                assert!(tool.why.ends_with('.'), "{}", tool.why);
            }
        }
    }
}

#[test]
fn conflicts_are_told_exactly_where_tools_differ() {
    for bits in 0..1 << SOURCES {
        let tools = of(&machine(bits, false), now());
        let mut used = told(bits, false).to_vec();
        used.sort_unstable();
        used.dedup();
        let differ = used.len() > 1;
        let moved = bits & 8 > 0 && used != [None];
        let unread = bits & 16 > 0;
        assert_eq!(!tools.conflicts.is_empty(), differ || moved || unread, "{bits:09b}");
    }
}

#[test]
fn an_empty_variable_hides_the_file_from_those_that_keep_it() {
    let places = Places { api_key: Held::Empty, ..machine(1 << 5, false) };
    let tools = of(&places, now());
    let used: Vec<Option<&str>> =
        tools.tools.iter().map(|tool| tool.fingerprint.as_deref()).collect();
    assert_eq!(used, [None, None, Some("env"), None, None, None, None]);
    assert!(tools.tools[4].why.contains("hides"), "{}", tools.tools[4].why);
}
