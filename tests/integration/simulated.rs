//! Simulated servers: whether what is stated of them holds. Each has a nature that is drawn from a seed;
//! the doctor's side sees its answers only.

mod lying;
mod nature;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use heygen_doctor::chance::{at_most, by_rank, highest_p95, median, slower};
use heygen_doctor::judge::causes::diagnose;
use heygen_doctor::plan::PatternKind;
use heygen_doctor::record::cause::Cause;

use super::dice::Dice;
use nature::Nature;

/// Where the figures of these tests begin in `docs/accuracy.md`.
const HEAD: &str = "\n## Simulated servers\n";

/// How often something held, or was claimed.
#[derive(Clone, Copy, Default)]
struct Tally {
    all: usize,
    hits: usize,
}

impl Tally {
    fn add(&mut self, hit: bool) {
        self.all += 1;
        self.hits += usize::from(hit);
    }

    fn percent(self) -> f64 {
        let count = |n: usize| f64::from(u32::try_from(n).unwrap());
        100.0 * count(self.hits) / count(self.all.max(1))
    }

    fn told(self) -> String {
        format!("{:.1} % of {}", self.percent(), self.all)
    }
}

#[derive(Default)]
struct Figures {
    rates: Tally,
    p95: Tally,
    inconsistent: Tally,
    slower: Tally,
}

/// The sizes of the patterns that `full` runs.
fn sizes() -> Vec<usize> {
    PatternKind::all_usual().iter().map(|pattern| pattern.repeats).chain([29, 59]).collect()
}

/// Requests that are refused with one rate: is the rate within the bound?
fn rates(dice: &mut Dice, tally: &mut Tally) {
    let rate = dice.share();
    for asked in sizes() {
        let refused = (0..asked).filter(|_| dice.share() < rate).count();
        tally.add(rate <= at_most(refused, asked));
    }
}

/// Answers that take a time of one exponential kind: is its 95th percentile within the bound?
fn percentile(dice: &mut Dice, tally: &mut Tally) {
    let mean = 5.0 + 300.0 * dice.share();
    let values = usize::try_from(dice.between(59, 120)).unwrap();
    let mut waits: Vec<f64> = (0..values).map(|_| nature::exponential(dice, mean)).collect();
    waits.sort_by(f64::total_cmp);
    tally.add(mean * 20_f64.ln() <= waits[highest_p95(values).unwrap() - 1]);
}

/// Patterns that take a time of one kind: is one of them called slower than `steady`?
fn latency(dice: &mut Dice, tally: &mut Tally) {
    let mean = 5.0 + 300.0 * dice.share();
    let patterns = PatternKind::all_usual();
    let patterns = patterns.iter().filter(|pattern| pattern.kind != PatternKind::Backoff);
    let mut waits: Vec<Vec<f64>> = patterns
        .map(|it| (0..it.repeats).map(|_| nature::exponential(dice, mean)).collect())
        .collect();
    let even = waits.remove(0);
    let questions = waits.len();
    tally.add(waits.iter().any(|it| slower(&even, it, questions).is_some()));
}

fn figures(servers: u64) -> Figures {
    let mut figures = Figures::default();
    for seed in 0..servers {
        let mut dice = Dice::new(seed);
        rates(&mut dice, &mut figures.rates);
        percentile(&mut dice, &mut figures.p95);
        latency(&mut dice, &mut figures.slower);
        let facts = Nature::honest(&mut dice).examined(&mut dice);
        figures.inconsistent.add(diagnose(&facts).cause == Cause::InconsistentAuth);
    }
    figures
}

impl Figures {
    fn assert_bars(&self) {
        for stated in [self.rates, self.p95] {
            assert!((95.0..=99.0).contains(&stated.percent()), "{}", stated.told());
        }
        assert!(self.inconsistent.percent() < 1.0, "{}", self.inconsistent.told());
        assert!(self.slower.percent() < 5.0, "{}", self.slower.told());
    }

    fn section(&self, servers: u64, lying: &str) -> String {
        let mut out = format!(
            "{HEAD}\nWritten by `cargo test --test integration simulated::figures -- --ignored`. {servers} servers are drawn\nfrom seeds: how often they refuse, how they limit bursts, how often they fail, how long they take. The\ndiagnosis is given their answers and nothing else.\n\n| Measure | Share | Bar |\n| --- | --- | --- |\n"
        );
        for (measure, tally, bar) in [
            (
                "A stated bound on the rate of refusals holds (95 % is promised)",
                self.rates,
                "95 to 99 %",
            ),
            (
                "A stated bound on the 95th percentile holds (95 % is promised)",
                self.p95,
                "95 to 99 %",
            ),
            (
                "`inconsistent_auth` is named for a server that isn't",
                self.inconsistent,
                "under 1 %",
            ),
            ("A pattern is called slower that isn't", self.slower, "under 5 %"),
        ] {
            writeln!(out, "| {measure} | {} | {bar} |", tally.told()).unwrap();
        }
        out + lying
    }
}

/// The part of the page that these tests write.
pub(crate) fn kept(page: &str) -> &str {
    page.find(HEAD).map_or("", |at| &page[at..])
}

#[test]
fn what_is_stated_of_some_servers_holds() {
    // Enough to see a bound that is wrong: the figures themselves are those of the long run.
    let figures = figures(200);
    for stated in [figures.rates, figures.p95] {
        assert!(stated.percent() >= 91.0, "{}", stated.told());
    }
    assert!(figures.inconsistent.hits <= 3, "{}", figures.inconsistent.told());
    assert!(figures.slower.percent() <= 9.0, "{}", figures.slower.told());
    // What is slower by far is called so.
    let mut dice = Dice::new(1);
    let mut draw = |mean, n| (0..n).map(|_| nature::exponential(&mut dice, mean)).collect();
    let (quick, slow): (Vec<f64>, Vec<f64>) = (draw(20.0, 12), draw(200.0, 10));
    assert!(slower(&quick, &slow, 4).is_some(), "{:?}", by_rank(&quick, &slow));
    assert!(median(&slow) > median(&quick));
}

#[test]
#[ignore = "takes minutes: writes the figures into docs/accuracy.md"]
fn figures_of_the_long_run() {
    const SERVERS: u64 = 20_000;
    let found = figures(SERVERS);
    // The second part takes longer: the first is kept if that is ended.
    write(&found.section(SERVERS, ""));
    let lying = lying::section();
    write(&found.section(SERVERS, &lying.text));
    found.assert_bars();
    lying.assert_bars();
}

/// Puts the section in the place of the one that the page has.
fn write(section: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/accuracy.md");
    let page = fs::read_to_string(&path).unwrap();
    let rest = page.strip_suffix(kept(&page)).unwrap();
    fs::write(&path, rest.to_owned() + section).unwrap();
}
