//! For Prometheus: gauges that its textfile collector reads. `blackbox_exporter`'s names where it has one.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use crate::record::Record;
use crate::record::observation::{Connection, Observation};
use crate::record::probe::{ApiVersion, Credential, variant};

/// The metrics as text. No label holds anything that a server or a user wrote.
pub(super) fn render(record: &Record) -> String {
    let mut out = Metrics::default();
    counts(&mut out, record);
    let seen = documented(record);
    if let Some(answer) = seen.and_then(Observation::answer) {
        out.one(
            "probe_http_status_code",
            "Status of the last request with the key as documented.",
            f64::from(answer.status),
        );
        let version =
            answer.http_version.strip_prefix("HTTP/").and_then(|version| version.parse().ok());
        if let Some(version) = version {
            out.one("probe_http_version", "HTTP version of that answer.", version);
        }
    }
    moments(&mut out, record);
    // Durations last: they differ from run to run, and a reader that compares text leaves them out.
    durations(&mut out, record, seen);
    out.finish()
}

/// The last request that shows how the documented way fares.
fn documented(record: &Record) -> Option<&Observation> {
    record.observations.iter().map(|judged| &judged.observation).rfind(|seen| {
        seen.credential == Credential::Real
            && seen.api_version == ApiVersion::V3
            && variant::is_documented(&seen.variant)
    })
}

fn counts(out: &mut Metrics, record: &Record) {
    let (diagnosis, summary) = (&record.diagnosis, &record.summary);
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let labels = [
        ("verdict", diagnosis.verdict.as_str()),
        ("cause", diagnosis.cause.as_str()),
        ("confidence", diagnosis.confidence.as_str()),
    ];
    out.one(
        "probe_success",
        "1 if the key works (exit code 0).",
        f64::from(u8::from(diagnosis.exit_code == 0)),
    );
    out.family(
        "heygen_doctor_build",
        "Version of the program.",
        &[(vec![("version", &record.tool.version)], 1.0)],
    );
    out.family(
        "heygen_doctor_diagnosis",
        "Verdict, cause, and how sure it is.",
        &[(labels.to_vec(), 1.0)],
    );
    out.one("heygen_doctor_exit_code", "Exit code of `check`.", f64::from(diagnosis.exit_code));
    out.one("heygen_doctor_requests", "Requests sent to the base URL.", count(summary.requests));
    let classes: Vec<(String, usize)> =
        summary.by_class.iter().map(|(class, n)| (class.to_string(), *n)).collect();
    let classes: Vec<_> =
        classes.iter().map(|(class, n)| (vec![("class", class.as_str())], count(*n))).collect();
    out.family("heygen_doctor_answers", "Answers and faults by class.", &classes);
    out.one(
        "heygen_doctor_key_asked",
        "Requests with the key as documented on V3.",
        count(summary.real_key.asked),
    );
    out.one(
        "heygen_doctor_key_accepted",
        "Those of them that were accepted.",
        count(summary.real_key.accepted),
    );
    out.one("heygen_doctor_controls_asked", "Control requests.", count(summary.controls.asked));
    out.one(
        "heygen_doctor_controls_as_expected",
        "Those of them that were answered as HeyGen must.",
        count(summary.controls.as_they_must),
    );
}

fn moments(out: &mut Metrics, record: &Record) {
    let unix = |time: DateTime<Utc>| f64::from(u32::try_from(time.timestamp()).unwrap_or(u32::MAX));
    out.one(
        "heygen_doctor_finished_timestamp_seconds",
        "End of the run, as Unix time.",
        unix(record.run.finished_at),
    );
    let chain = record.network.tls.iter().flat_map(|tls| &tls.chain);
    if let Some(ends) = chain.filter_map(|certificate| certificate.not_after).min() {
        out.one(
            "probe_ssl_earliest_cert_expiry",
            "Earliest end of a certificate in the chain, as Unix time.",
            unix(ends),
        );
    }
}

fn durations(out: &mut Metrics, record: &Record, seen: Option<&Observation>) {
    #[expect(clippy::cast_precision_loss, reason = "a run takes far less than 2^53 ms")]
    out.one(
        "probe_duration_seconds",
        "Duration of the whole run.",
        record.run.duration_ms as f64 / 1e3,
    );
    if let Some(dns) = record.network.dns.as_ref().filter(|dns| dns.fault.is_none()) {
        out.one("probe_dns_lookup_time_seconds", "Duration of the name lookup.", dns.ms / 1e3);
    }
    let Some((seen, answer)) = seen.and_then(|seen| Some((seen, seen.answer()?))) else { return };
    let timing = &seen.timing_ms;
    // Through a proxy a part of the connection's making wasn't seen, and is no processing.
    let is_whole = match answer.connection {
        Some(Connection::Reused) => true,
        Some(Connection::New) => timing.connect.is_some(),
        None => false,
    };
    let made: f64 = [timing.dns, timing.connect, timing.tls].into_iter().flatten().sum();
    let phases = [
        ("resolve", timing.dns),
        ("connect", timing.connect),
        ("tls", timing.tls),
        ("processing", is_whole.then_some((timing.ttfb - made).max(0.0))),
        ("transfer", Some((timing.total - timing.ttfb).max(0.0))),
    ];
    let phases: Vec<_> = phases
        .into_iter()
        .filter_map(|(phase, ms)| Some((vec![("phase", phase)], ms? / 1e3)))
        .collect();
    out.family("probe_http_duration_seconds", "Phases of the last request with the key as documented; a kept connection has no first three.", &phases);
}

/// Text in the form that `OpenMetrics` and the older Prometheus format have in common.
#[derive(Default)]
pub(super) struct Metrics(String);

/// The labels of a value, and the value.
pub(super) type Sample<'a> = (Vec<(&'a str, &'a str)>, f64);

impl Metrics {
    pub(super) fn one(&mut self, name: &str, help: &str, value: f64) {
        self.family(name, help, &[(Vec::new(), value)]);
    }

    pub(super) fn family(&mut self, name: &str, help: &str, samples: &[Sample<'_>]) {
        if samples.is_empty() {
            return;
        }
        let _ = writeln!(self.0, "# HELP {name} {}\n# TYPE {name} gauge", escaped(help));
        for (labels, value) in samples {
            let labels: Vec<String> =
                labels.iter().map(|(label, of)| format!("{label}=\"{}\"", escaped(of))).collect();
            let labels =
                if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
            // To the microsecond: more digits are noise of the arithmetic.
            let value = (value * 1e6).round() / 1e6;
            let _ = writeln!(self.0, "{name}{labels} {value}");
        }
    }

    pub(super) fn finish(self) -> String {
        self.0 + "# EOF\n"
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_label_is_escaped() {
        let mut out = Metrics::default();
        out.family("a", "b\nc", &[(vec![("d", "e\"f\\g\n")], 0.25)]);
        assert_eq!(
            out.finish(),
            "# HELP a b\\nc\n# TYPE a gauge\na{d=\"e\\\"f\\\\g\\n\"} 0.25\n# EOF\n"
        );
    }
}
