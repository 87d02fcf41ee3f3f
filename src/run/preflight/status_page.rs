//! HeyGen's status page on the API. No key ever goes there.

use reqwest::{Method, header};
use serde::Deserialize;
use tokio::time::{Instant, timeout};
use url::Url;

use crate::record::facts::StatusPage;
use crate::record::request::USER_AGENT;
use crate::transport::{Client, Settings, Target, fault, is_loopback};

/// The component that is the API; the page-wide indicator is about other products too.
const API: &str = "https://api.heygen.com";
/// The most bytes of the page that are read; it has less than two kilobytes.
const PAGE_LIMIT: usize = 64 << 10;
/// The most incidents that are kept.
const INCIDENTS: usize = 10;
/// The most characters of an incident's name that are kept.
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
pub(super) async fn ask(target: Target<'_>, page: Option<&str>) -> Option<StatusPage> {
    let read = timeout(target.timeout, read(target, page?)).await;
    let read = read.unwrap_or_else(|_| Err("the status page did not answer in time".to_owned()));
    let told = read.and_then(|page| told(&page));
    Some(told.unwrap_or_else(|problem| StatusPage {
        component: None,
        incidents: Vec::new(),
        problem: Some(problem),
    }))
}

async fn read(target: Target<'_>, url: &str) -> Result<Vec<u8>, String> {
    let in_words = |error: reqwest::Error| fault::of_reqwest(&error).detail;
    let url = Url::parse(url).map_err(|error| error.to_string())?;
    let client = Client::new(Settings {
        tls: target.tls,
        proxy: target.proxy.filter(|_| !is_loopback(&url)),
        timeout: target.timeout,
        http1_only: false,
    });
    let client = client.map_err(|error| error.message)?;
    let request = client.request(Method::GET, url).header(header::USER_AGENT, USER_AGENT);
    let sent = client.send(request, false, Instant::now() + target.timeout).await;
    let mut response = sent.answer.map_err(|fault| fault.detail)?;
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
