//! Answers that a scenario spells out.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;

use super::fill::Fill;
use crate::serve::{Delivery, Reply};

/// An answer that a scenario spells out: that of something other than the API.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fixed {
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    json: Option<String>,
    html: Option<String>,
    text: Option<String>,
    /// Bytes of no particular type.
    base64: Option<String>,
    repeat: Option<Repeat>,
}

/// A body that would be too long to write down.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Repeat {
    open: String,
    unit: String,
    times: usize,
    /// Repeated as often after the units: their closing brackets, if they are brackets.
    #[serde(default)]
    unwind: String,
    close: String,
}

impl Fixed {
    /// The answer to a request, parts of which the body may repeat.
    pub(super) fn reply(&self, fill: &Fill<'_>) -> Reply {
        let filled = |text: &str| fill.text(text);
        let (kind, body) = if let Some(json) = &self.json {
            ("application/json", filled(json).into_bytes())
        } else if let Some(html) = &self.html {
            ("text/html; charset=utf-8", filled(html).into_bytes())
        } else if let Some(text) = &self.text {
            ("text/plain; charset=utf-8", filled(text).into_bytes())
        } else if let Some(coded) = &self.base64 {
            ("application/octet-stream", BASE64_STANDARD.decode(coded).unwrap_or_default())
        } else if let Some(Repeat { open, unit, times, unwind, close }) = &self.repeat {
            let (many, back) = (unit.repeat(*times), unwind.repeat(*times));
            ("application/json", format!("{open}{many}{back}{close}").into_bytes())
        } else {
            ("", Vec::new())
        };
        let mut headers = self.headers.clone();
        if !kind.is_empty() {
            headers.entry("content-type".to_owned()).or_insert_with(|| kind.to_owned());
        }
        Reply {
            status: self.status,
            headers: headers.into_iter().map(|(name, value)| (name, value.into_bytes())).collect(),
            body: body.into(),
            delivery: Delivery::Whole,
        }
    }

    /// The number of its bodies: at most one is meant.
    #[cfg(test)]
    pub(super) fn bodies(&self) -> usize {
        [self.json.is_some(), self.html.is_some(), self.text.is_some(), self.base64.is_some()]
            .into_iter()
            .chain([self.repeat.is_some()])
            .filter(|given| *given)
            .count()
    }

    /// True unless its JSON can't be parsed.
    #[cfg(test)]
    pub(super) fn is_well_formed(&self) -> bool {
        let json = self.json.as_deref();
        json.is_none_or(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
    }
}
