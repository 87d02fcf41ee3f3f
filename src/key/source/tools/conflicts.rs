//! Where tools don't agree on the key or the host.

use std::collections::BTreeMap;

use super::{EnvFile, Held, Places, SKILLS};
use crate::record::tools::{Conflict, Tool};
use crate::text::list;

pub(super) fn of(tools: &[Tool], places: &Places) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    conflicts.extend(different_keys(tools));
    conflicts.extend(some_find_none(tools));
    conflicts.extend(different_hosts(tools));
    conflicts.extend(places.local.as_ref().and_then(|local| unread(local, tools)));
    conflicts
}

fn names(tools: &[&Tool]) -> Vec<String> {
    tools.iter().map(|tool| tool.tool.clone()).collect()
}

fn different_keys(tools: &[Tool]) -> Option<Conflict> {
    let mut by_key: BTreeMap<&str, Vec<&Tool>> = BTreeMap::new();
    for tool in tools {
        if let Some(key) = &tool.fingerprint {
            by_key.entry(key).or_default().push(tool);
        }
    }
    if by_key.len() < 2 {
        return None;
    }
    let mut groups: Vec<(&str, Vec<&Tool>)> = by_key.into_iter().collect();
    groups.sort_by_key(|(_, users)| std::cmp::Reverse(users.len()));
    let parts: Vec<String> = groups
        .iter()
        .map(|(key, users)| {
            let verb = if users.len() == 1 && users[0].tool != SKILLS { "uses" } else { "use" };
            let sources: Vec<String> =
                users.iter().filter_map(|user| user.source.clone()).collect();
            format!("{} {verb} {key} ({})", list(&names(users)), list(&distinct(sources)))
        })
        .collect();
    let all: Vec<&Tool> = groups.into_iter().flat_map(|(_, users)| users).collect();
    let message = format!("Tools use different keys: {}.", parts.join("; "));
    Some(Conflict { message, tools: names(&all) })
}

fn distinct(mut names: Vec<String>) -> Vec<String> {
    names.sort_unstable();
    names.dedup();
    names
}

fn some_find_none(tools: &[Tool]) -> Option<Conflict> {
    let (found, without): (Vec<&Tool>, Vec<&Tool>) =
        tools.iter().partition(|tool| tool.source.is_some());
    if found.is_empty() || without.is_empty() {
        return None;
    }
    let without = names(&without);
    let one = without.len() == 1 && without[0] != SKILLS;
    let find = if one { "finds" } else { "find" };
    let message = format!("{} {find} no key here; the others do.", list(&without));
    Some(Conflict { message, tools: without })
}

fn different_hosts(tools: &[Tool]) -> Option<Conflict> {
    let moved: Vec<&Tool> =
        tools.iter().filter(|tool| tool.base_url.is_some() && tool.source.is_some()).collect();
    if moved.is_empty() {
        return None;
    }
    let asks: Vec<String> = moved
        .iter()
        .filter_map(|tool| Some(format!("{} → {}", tool.tool, tool.base_url.as_ref()?)))
        .collect();
    let message =
        format!("Tools ask different hosts: {}; the others ask api.heygen.com.", asks.join("; "));
    Some(Conflict { message, tools: names(&moved) })
}

/// `.env.local` is read by frameworks, and by none of these tools.
fn unread(local: &EnvFile, tools: &[Tool]) -> Option<Conflict> {
    let Held::Value(Some(key)) = &local.agreed else { return None };
    tools.iter().any(|tool| tool.fingerprint.as_ref() != Some(key)).then(|| Conflict {
        message: format!(
            "`{}` holds {key}, and none of these tools reads it; Next.js and Vite do, before `.env`.",
            local.source
        ),
        tools: Vec::new(),
    })
}
