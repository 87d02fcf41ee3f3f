//! What HeyGen's status page says of the API. No key ever goes there.

use reqwest::{Client, redirect, retry};
use serde::Deserialize;
use url::Url;

use super::{Target, USER_AGENT};
use crate::config::proxy::is_loopback;
use crate::record::facts::StatusPage;
use crate::run::fault;

/// The component that is the API; the page-wide indicator is about other products too.
const API: &str = "https://api.heygen.com";
/// The page takes less than two kilobytes.
const PAGE_LIMIT: usize = 64 << 10;
/// How many incidents are told.
const INCIDENTS: usize = 10;
/// Room for the name of one.
const NAME: usize = 200;

#[derive(Deserialize)]
struct Summary {
    components: Vec<Component>,
    #[serde(default)]
    incidents: Vec<Incident>,
}

#[derive(Deserialize)]
struct Component {
    #[serde(default)]
    id: String,
    name: String,
    #[serde(default)]
    status: String,
}

#[derive(Deserialize)]
struct Incident {
    name: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    components: Vec<Component>,
}

/// Reads the page, if one is to be asked.
pub(super) async fn ask(target: Target<'_>) -> Option<StatusPage> {
    let url = target.status_page?;
    let told = match read(target, url).await {
        Ok(page) => told(&page),
        Err(problem) => Err(problem),
    };
    Some(told.unwrap_or_else(|problem| StatusPage {
        component: None,
        incidents: Vec::new(),
        problem: Some(problem),
    }))
}

async fn read(target: Target<'_>, url: &str) -> Result<Vec<u8>, String> {
    let in_words = |error: reqwest::Error| fault::of_reqwest(&error).detail;
    let url = Url::parse(url).map_err(|error| error.to_string())?;
    let mut builder = Client::builder()
        .tls_backend_preconfigured(target.tls.client_config(&[b"h2", b"http/1.1"]))
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .no_proxy()
        .timeout(target.timeout);
    if let Some(proxy) = target.proxy.filter(|_| !is_loopback(&url)) {
        builder = builder.proxy(proxy.reqwest().map_err(|error| error.message)?);
    }
    let client = builder.build().map_err(in_words)?;
    let mut response = client.get(url).send().await.map_err(in_words)?;
    if !response.status().is_success() {
        return Err(format!("the status page answered {}", response.status().as_u16()));
    }
    let mut page = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(in_words)? {
        page.extend_from_slice(&chunk);
        if page.len() > PAGE_LIMIT {
            return Err("the status page is longer than expected".to_owned());
        }
    }
    Ok(page)
}

fn told(page: &[u8]) -> Result<StatusPage, String> {
    let summary: Summary = serde_json::from_slice(page)
        .map_err(|_| "the status page is not in the form expected".to_owned())?;
    let api = summary
        .components
        .iter()
        .find(|component| component.name.trim_end_matches('/') == API)
        .ok_or_else(|| format!("the status page has no component named {API}"))?;
    let incidents = summary
        .incidents
        .iter()
        .filter(|incident| incident.is_open() && incident.concerns(api))
        .map(|incident| clean(&incident.name))
        .take(INCIDENTS)
        .collect();
    Ok(StatusPage { component: Some(clean(&api.status)), incidents, problem: None })
}

impl Incident {
    fn is_open(&self) -> bool {
        !matches!(self.status.as_str(), "resolved" | "postmortem" | "completed")
    }

    /// An incident that names no component may concern any.
    fn concerns(&self, api: &Component) -> bool {
        let same = |named: &Component| {
            named.name == api.name || (!api.id.is_empty() && named.id == api.id)
        };
        self.components.is_empty() || self.components.iter().any(same)
    }
}

fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_component_of_the_api_is_told_not_the_page() {
        let page = br#"{
            "status": {"indicator": "critical"},
            "components": [
                {"id": "1", "name": "https://api.liveavatar.com", "status": "major_outage"},
                {"id": "2", "name": "https://api.heygen.com", "status": "operational"}
            ],
            "incidents": [
                {"name": "LiveAvatar is down", "status": "investigating",
                 "components": [{"id": "1", "name": "https://api.liveavatar.com", "status": "x"}]},
                {"name": "Slow renders", "status": "monitoring", "components": []},
                {"name": "Old", "status": "resolved", "components": []}
            ]
        }"#;
        let page = told(page).unwrap();
        assert_eq!(page.component.as_deref(), Some("operational"));
        assert_eq!(page.incidents, ["Slow renders"]);
    }

    #[test]
    fn anything_else_is_a_problem_and_no_status() {
        assert!(told(b"<html>").unwrap_err().contains("form"));
        let other =
            br#"{"components": [{"name": "https://example.com", "status": "operational"}]}"#;
        assert!(told(other).unwrap_err().contains("component"));
    }
}
