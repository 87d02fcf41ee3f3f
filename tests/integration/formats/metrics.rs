//! A strict reader of what `OpenMetrics` 1.0 and the older Prometheus text format have in common.

use std::collections::BTreeMap;

/// One value with its labels.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) labels: BTreeMap<String, String>,
    pub(super) value: f64,
}

/// Suffixes that `OpenMetrics` keeps for other types than gauges.
const RESERVED: [&str; 6] = ["_total", "_created", "_count", "_sum", "_bucket", "_info"];

/// The families by name, each announced once, by HELP and then TYPE, before its own samples alone.
pub(super) fn read(text: &str) -> Result<BTreeMap<String, Vec<Sample>>, String> {
    let body = text.strip_suffix("# EOF\n").ok_or("it doesn't end with EOF")?;
    let mut families: BTreeMap<String, Vec<Sample>> = BTreeMap::new();
    let (mut helped, mut current) = (String::new(), String::new());
    for line in body.lines() {
        let told = |what: &str| Err(format!("{what}: {line}"));
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, help) = rest.split_once(' ').ok_or("no help")?;
            if families.contains_key(name) || help.is_empty() || !unescaped(help) {
                return told("a family twice, or a bad help");
            }
            name.clone_into(&mut helped);
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let name = rest.strip_suffix(" gauge").ok_or("no gauge")?;
            if name != helped || !is_name(name) || RESERVED.iter().any(|end| name.ends_with(end)) {
                return told("a bad name");
            }
            name.clone_into(&mut current);
            families.insert(current.clone(), Vec::new());
        } else if line.starts_with('#') {
            return told("a comment, which OpenMetrics doesn't have");
        } else {
            let (series, value) = line.rsplit_once(' ').ok_or("no value")?;
            let (name, labels) = match series.split_once('{') {
                Some((name, rest)) => (name, rest.strip_suffix('}').ok_or("no }")?),
                None => (series, ""),
            };
            if name != current {
                return told("a sample outside of its family");
            }
            let labels = labels_of(labels)?;
            let value = value.parse().map_err(|_| format!("no number: {line}"))?;
            let samples = families.get_mut(name).ok_or("no family")?;
            if samples.iter().any(|sample| sample.labels == labels) {
                return told("the same series twice");
            }
            samples.push(Sample { labels, value });
        }
    }
    match families.iter().find(|(_, samples)| samples.is_empty()) {
        Some((name, _)) => Err(format!("{name} has no sample")),
        None => Ok(families),
    }
}

fn labels_of(mut text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut labels = BTreeMap::new();
    while !text.is_empty() {
        let (name, rest) = text.split_once("=\"").ok_or("a label without a value")?;
        let end = rest.find('"').ok_or("a label without an end")?;
        let value = &rest[..end];
        if !is_name(name) || name.contains(':') || !unescaped(value) {
            return Err(format!("a bad label: {text}"));
        }
        labels.insert(name.to_owned(), value.to_owned());
        text = rest[end + 1..].strip_prefix(',').unwrap_or(&rest[end + 1..]);
    }
    Ok(labels)
}

/// Nothing in these tests needs an escape, so none may be there.
fn unescaped(text: &str) -> bool {
    !text.contains(['\\', '"'])
}

fn is_name(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':')
}
