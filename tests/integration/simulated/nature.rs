//! A server by its nature, and the run of a plan against it in a time that is counted, not waited for.

use chrono::TimeDelta;
use heygen_doctor::classify::classify;
use heygen_doctor::plan::{self, Brief, Connections, Manner, PatternKind, Probe, Profile};
use heygen_doctor::record::facts::Facts;
use heygen_doctor::record::observation::{Connection, Observation, Outcome, Timing};
use heygen_doctor::record::probe::Credential;

use super::super::dice::Dice;
use super::super::samples::{Reply, Sample, start};

/// A server that treats a key alike at any time, or changes its mind once.
pub(super) struct Nature {
    /// The key is known from this moment on, in milliseconds.
    known_from: f64,
    /// And until this one.
    known_until: f64,
    /// More than so many at once get 429.
    at_once: usize,
    /// The share of requests that fail with 503.
    fails: f64,
    /// The least time of an answer, and the mean of what comes on top.
    base: f64,
    mean: f64,
}

/// A time of an exponential kind.
pub(super) fn exponential(dice: &mut Dice, mean: f64) -> f64 {
    -mean * (1.0 - dice.share()).max(1e-9).ln()
}

impl Nature {
    /// One in eight knows no such key, one in eight learns of it meanwhile, and one in eight forgets it.
    pub(super) fn honest(dice: &mut Dice) -> Self {
        let moment = 8000.0 * dice.share();
        let (known_from, known_until) = match dice.between(0, 7) {
            0 => (f64::INFINITY, f64::INFINITY),
            1 => (moment, f64::INFINITY),
            2 => (0.0, moment),
            _ => (0.0, f64::INFINITY),
        };
        Self {
            known_from,
            known_until,
            at_once: usize::try_from(dice.between(3, 20)).unwrap(),
            fails: if dice.hits(50) { 0.0 } else { 0.1 * dice.share() },
            base: 5.0 + 150.0 * dice.share(),
            mean: 1.0 + 60.0 * dice.share(),
        }
    }

    /// The facts of a full run's first step.
    pub(super) fn examined(&self, dice: &mut Dice) -> Facts {
        let mut seen = Vec::new();
        let mut clock = 0.0;
        for batch in plan::first(&brief()).batches {
            let began = clock;
            for (number, probe) in batch.probes.iter().enumerate() {
                let at = match batch.manner {
                    Manner::Timed(pattern) => began + pattern.due(number).as_secs_f64() * 1e3,
                    // Sixteen together, and then the next.
                    Manner::Together if number % 16 != 0 => clock,
                    Manner::Together | Manner::Fresh | Manner::After(_) => {
                        seen.iter().map(end).fold(clock, f64::max)
                    }
                };
                clock = at;
                seen.push(self.asked(probe, batch.manner, at, dice));
            }
            clock = seen.iter().map(end).fold(clock, f64::max);
        }
        let mut facts = None;
        let _ = Sample::new().with(|blank| {
            blank.run.profile = Profile::Full;
            blank.observations = seen;
            facts = Some(blank.clone());
        });
        facts.unwrap()
    }

    fn asked(&self, probe: &Probe, manner: Manner, at: f64, dice: &mut Dice) -> Observation {
        let together = match manner {
            Manner::Together => 16,
            Manner::Timed(pattern) if pattern.kind == PatternKind::Burst => pattern.repeats,
            _ => 1,
        };
        let reply = self.reply(probe, at, together, dice);
        let mut outcome = reply.into_outcome(probe.endpoint.version);
        let fresh = match manner {
            Manner::Timed(pattern) => pattern.connections() == Connections::New,
            manner => manner == Manner::Fresh,
        };
        if let Outcome::Answer(answer) = &mut outcome {
            answer.connection = Some(if fresh { Connection::New } else { Connection::Reused });
        }
        let took = self.base + exponential(dice, self.mean);
        Observation {
            probe: probe.id.clone(),
            wave: probe.wave,
            endpoint: probe.endpoint.id.to_owned(),
            api_version: probe.endpoint.version,
            method: "GET".to_owned(),
            path: probe.path.clone(),
            credential: probe.credential,
            variant: probe.variant.id.to_owned(),
            pattern: probe.pattern.map(str::to_owned),
            #[expect(clippy::cast_possible_truncation, reason = "a few seconds")]
            sent_at: start() + TimeDelta::milliseconds(at as i64),
            timing_ms: Timing {
                start: at,
                ttfb: took,
                total: took,
                dns: None,
                connect: None,
                tls: None,
                late: None,
            },
            shared: false,
            class: classify(&outcome),
            outcome,
        }
    }

    fn reply(&self, probe: &Probe, at: f64, together: usize, dice: &mut Dice) -> Reply {
        let documented = probe.variant.id.starts_with("x-api-key") || probe.variant.id == "both";
        let known = (self.known_from..self.known_until).contains(&at);
        if dice.share() < self.fails {
            Reply::Plain(503)
        } else if probe.endpoint.id == "v3.unknown-route" {
            Reply::NoRoute
        } else if together > self.at_once && dice.hits(50) {
            Reply::Plain(429)
        } else if probe.credential == Credential::Real && documented && known {
            Reply::Ok
        } else {
            Reply::Unauthorized
        }
    }
}

fn end(seen: &Observation) -> f64 {
    seen.timing_ms.start + seen.timing_ms.total
}

fn brief() -> Brief {
    Brief {
        profile: Profile::Full,
        real: true,
        withheld: None,
        oauth: false,
        repairable: false,
        encodable: false,
        decodable: false,
        known_good: false,
        others: Vec::new(),
        patterns: PatternKind::all_usual(),
        only: Vec::new(),
        skip: Vec::new(),
        unknown_path: "/v3/0123456789".to_owned(),
        wrong_host: None,
    }
}
