//! Servers whose login service refuses a valid key at times, played by the double over real sockets, in
//! virtual time.

use std::fmt::Write as _;
use std::net::SocketAddr;

use heygen_doctor::plan::MOST_REQUESTS;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::simulate::{Scenario, Server};
use tokio::time::{Duration, sleep};

use super::Tally;
use crate::dice::Dice;
use crate::lab::Bench;

/// The ways to lie, with what the diagnosis should say separates them; the last are honest.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Load,
    Seldom,
    Time,
    Connection,
    Honest,
}

/// The seeds of each way to lie, two hundred together, and those of the honest servers.
const SEEDS: u64 = 50;
const HONEST: u64 = 200;

impl Kind {
    const LYING: [Self; 4] = [Self::Load, Self::Seldom, Self::Time, Self::Connection];

    const fn told(self) -> &'static str {
        match self {
            Self::Load => "Above 2 to 8 requests under way",
            Self::Seldom => "One request in twenty, at random",
            Self::Time => "For half a second to two seconds",
            Self::Connection => "The first request of each connection",
            Self::Honest => "Honest",
        }
    }

    /// The words of the headline that name what separates.
    const fn separated_by(self) -> &'static str {
        match self {
            Self::Load => "under way",
            Self::Time => "for a while",
            Self::Connection => "new connections",
            Self::Seldom | Self::Honest => "",
        }
    }

    fn rule(self, dice: &mut Dice, seed: u64) -> String {
        let lies = |when: &str| {
            format!(
                "[[rule]]\nwhen = {{ credential = \"real\", header = \"x-api-key\", version = \"v3\", {when} }}\nsees = \"other\"\n"
            )
        };
        match self {
            Self::Load => lies(&format!("in_flight_over = {}", dice.between(2, 8))),
            Self::Seldom => lies(&format!("chance = {{ percent = 5, seed = {seed} }}")),
            Self::Time => {
                let from = dice.between(300, 4500);
                let until = from + dice.between(500, 2000);
                lies(&format!("during = {{ from = {from}, until = {until} }}"))
            }
            Self::Connection => lies("new_connection = true"),
            Self::Honest => match dice.between(0, 4) {
                0 => lies("after = 0"),
                1 => lies(&format!("after = {}", dice.between(1, 60))),
                2 => lies(&format!("first = {}", dice.between(1, 60))),
                3 => "[[rule]]\nwhen = { credential = \"real\", burst = { over = 5, within_ms = 50 } }\nrefuse = { status = 429, message = \"Too many\" }\n".to_owned(),
                _ => format!("[[rule]]\nwhen = {{ chance = {{ percent = {}, seed = {seed} }} }}\nrefuse = {{ status = 500, message = \"Oops\" }}\n", dice.between(0, 8)),
            },
        }
    }

    fn scenario(self, seed: u64) -> Scenario {
        let mut dice = Dice::new(seed);
        let latency = dice.between(10, 80);
        let rule = self.rule(&mut dice, seed);
        let text = format!(
            "name = \"seed\"\ntitle = \"One.\"\nstory = \"One.\"\nkey = \"sk_V2_hgu_kSYNTHETICS_SyntheticKeyOfSeeds0000000000000\"\n[expect]\ncause = \"healthy\"\nverdict = \"healthy\"\nexit_code = 0\nconfidence = [\"likely\"]\n[server]\nlatency_ms = {latency}\n{rule}"
        );
        Scenario::parse(&text).unwrap()
    }
}

pub(super) struct Lying {
    rows: Vec<(Kind, Tally, Tally)>,
    most: usize,
    pub(super) text: String,
}

impl Lying {
    pub(super) fn assert_bars(&self) {
        for (kind, found, _) in &self.rows {
            let share = found.percent();
            let holds = if *kind == Kind::Honest { share <= 1.0 } else { share >= 95.0 };
            assert!(holds, "{}: {}", kind.told(), found.told());
        }
        assert!(self.most <= MOST_REQUESTS, "{} requests", self.most);
    }
}

/// In real time, what depends on load, time and connections is another thing on a busy machine.
#[test]
fn what_lies_at_times_is_found_in_virtual_time() {
    let (rows, _) =
        measured(&[(Kind::Load, 2), (Kind::Time, 2), (Kind::Connection, 2), (Kind::Honest, 4)]);
    for (kind, found, separated) in rows {
        let expected = if kind == Kind::Honest { 0 } else { 2 };
        assert_eq!((found.hits, separated.hits), (expected, expected), "{}", kind.told());
    }
}

/// Every kind with every seed, and the section about them.
pub(super) fn section() -> Lying {
    let lying = Kind::LYING.into_iter().map(|kind| (kind, SEEDS));
    let kinds: Vec<_> = lying.chain([(Kind::Honest, HONEST)]).collect();
    let (rows, most) = measured(&kinds);
    let mut text = format!(
        "\n## The lying 401\n\nWritten by the same test: {SEEDS} seeds of each of four ways to refuse a valid key at times, and {HONEST} of\nhonest servers, played by the double over real sockets in virtual time and asked by `full`: at most\n{most} requests a run.\n\n| Refuses | `inconsistent_auth` | With what separates good from bad |\n| --- | --- | --- |\n"
    );
    for (kind, found, separated) in &rows {
        let separated =
            if kind.separated_by().is_empty() { "–".to_owned() } else { separated.told() };
        writeln!(text, "| {} | {} | {separated} |", kind.told(), found.told()).unwrap();
    }
    text += "\nThe bars are 95 % for those that lie and 1 % for honest ones: servers that know no such key, learn of it\nor forget it meanwhile, throttle bursts, or fail at times. A server that lies by its address can't be\nplayed on one machine, so that is not counted.\n";
    Lying { rows, most, text }
}

/// Each kind with so many seeds: how often it was found, and with what separates; and the most requests.
fn measured(kinds: &[(Kind, u64)]) -> (Vec<(Kind, Tally, Tally)>, usize) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(asked(kinds))
}

async fn asked(kinds: &[(Kind, u64)]) -> (Vec<(Kind, Tally, Tally)>, usize) {
    let address: SocketAddr = "127.0.0.1:0".parse().unwrap();
    let first = Server::start(&Kind::Honest.scenario(0), address).await.unwrap();
    let address = first.addr();
    drop(first);
    let key = Kind::Honest.scenario(0).key.unwrap();
    let bench = Bench::new(&format!("http://{address}"), &["--profile", "full"], &key).await;
    let mut most = 0;
    let mut rows = Vec::new();
    for &(kind, seeds) in kinds {
        let (mut found, mut separated) = (Tally::default(), Tally::default());
        for seed in 0..seeds {
            let server = Server::start(&kind.scenario(seed), address).await.unwrap();
            let record = bench.examined().await;
            let hit = record.diagnosis.cause == Cause::InconsistentAuth;
            found.add(hit);
            if hit {
                separated.add(record.diagnosis.headline.contains(kind.separated_by()));
            }
            most = most.max(record.summary.requests);
            drop(server);
            // Controls are shared for a minute, and connections are kept.
            sleep(Duration::from_mins(3)).await;
        }
        rows.push((kind, found, separated));
    }
    (rows, most)
}
