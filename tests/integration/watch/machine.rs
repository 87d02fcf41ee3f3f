//! The state machine behind `watch`, over any rounds.

use chrono::{DateTime, TimeDelta, Utc};
use heygen_doctor::record::watched::{Conclusion, Round, State};
use heygen_doctor::watch::{Story, Until};
use proptest::prelude::*;

use super::super::dice::Dice;

fn round(state: State, at: i64) -> Round {
    let at = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(at);
    Round { at, state, class: None, status: None, flip: false, key: None, control_key: None }
}

/// The story of these rounds, with the rounds as the log would hold them.
fn told(states: &[State]) -> (Story, Vec<Round>) {
    let mut story = Story::default();
    let mut rounds = Vec::new();
    for (n, state) in (0..).zip(states) {
        let mut round = round(*state, n * 30);
        story.push(&mut round);
        rounds.push(round);
    }
    (story, rounds)
}

fn conclusion(parts: &[(State, usize)]) -> Conclusion {
    let states: Vec<State> = parts.iter().flat_map(|(state, times)| vec![*state; *times]).collect();
    told(&states).0.conclusion()
}

fn any_states() -> impl Strategy<Value = Vec<State>> {
    let weighted = prop_oneof![
        8 => Just(State::Accepted),
        4 => Just(State::Refused),
        1 => Just(State::Failed),
        1 => Just(State::Skipped),
    ];
    // Long rows, as servers give them, and short ones.
    let row = (weighted, 1_usize..50).prop_map(|(state, times)| vec![state; times]);
    prop::collection::vec(row, 0..8).prop_map(|rows| rows.concat())
}

proptest! {
    #[test]
    fn a_change_lies_between_the_two_rounds_that_show_it(states in any_states()) {
        let (story, rounds) = told(&states);
        let decided: Vec<&Round> = rounds
            .iter()
            .filter(|round| matches!(round.state, State::Accepted | State::Refused))
            .collect();
        let changes: Vec<_> = decided.windows(2).filter(|pair| pair[0].state != pair[1].state).collect();
        let watched = story.summed_up();
        prop_assert_eq!(watched.flips.len(), changes.len());
        prop_assert_eq!(rounds.iter().filter(|round| round.flip).count(), changes.len());
        for (flip, pair) in watched.flips.iter().zip(changes) {
            prop_assert_eq!((flip.to, flip.after, flip.before), (pair[1].state, pair[0].at, pair[1].at));
            let skipped = rounds.iter().any(|round| {
                round.state == State::Skipped && flip.after < round.at && round.at < flip.before
            });
            prop_assert_eq!(flip.gap, skipped);
        }
        prop_assert_eq!(story.has_reached(Until::Changed), !watched.flips.is_empty());
    }

    #[test]
    fn nothing_is_called_working_or_gone_but_after_a_long_row(states in any_states()) {
        let (story, rounds) = told(&states);
        let decided: Vec<State> = rounds
            .iter()
            .map(|round| round.state)
            .filter(|state| matches!(state, State::Accepted | State::Refused))
            .collect();
        let row = |state| decided.iter().rev().take_while(|seen| **seen == state).count();
        let works = [Conclusion::Working, Conclusion::Propagated, Conclusion::Recovered];
        let gone = [Conclusion::Gone, Conclusion::Refused, Conclusion::Rotated];
        let found = story.conclusion();
        prop_assert!(!works.contains(&found) || row(State::Accepted) >= 36, "{}", found);
        prop_assert!(!gone.contains(&found) || row(State::Refused) >= 6, "{}", found);
        prop_assert!(!story.has_reached(Until::Working) || row(State::Accepted) >= 36);
        prop_assert!(!story.has_reached(Until::Gone) || row(State::Refused) >= 6);
        prop_assert!(story.summed_up().statement.ends_with('.'));
    }

    #[test]
    fn a_log_that_is_read_back_tells_the_same_story(states in any_states(), cut in 0_usize..200) {
        let (story, rounds) = told(&states);
        let mut again = Story::default();
        for (n, round) in rounds.iter().enumerate() {
            let line = serde_json::to_string(round).unwrap();
            let mut read: Round = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(&read, round);
            if n == cut {
                // A flip that was edited is judged anew.
                read.flip = !read.flip;
            }
            again.push(&mut read);
            prop_assert_eq!(&read, round);
        }
        prop_assert_eq!(again, story);
    }
}

#[test]
fn each_kind_of_story_has_its_name() {
    use State::{Accepted, Failed, Refused, Skipped};
    for (parts, found) in [
        (&[(Accepted, 36)][..], Conclusion::Working),
        (&[(Accepted, 35)], Conclusion::Undecided),
        (&[(Accepted, 20), (Failed, 2), (Accepted, 16)], Conclusion::Working),
        (&[(Refused, 9), (Accepted, 36)], Conclusion::Propagated),
        // Some servers know it earlier than others.
        (&[(Refused, 9), (Accepted, 1), (Refused, 1), (Accepted, 50)], Conclusion::Propagated),
        (&[(Accepted, 9), (Refused, 9), (Accepted, 50)], Conclusion::Recovered),
        (&[(Refused, 6)], Conclusion::Refused),
        (&[(Accepted, 9), (Refused, 6)], Conclusion::Gone),
        (&[(Accepted, 9), (Skipped, 1), (Refused, 6)], Conclusion::Gone),
        (&[(Accepted, 9), (Refused, 2), (Accepted, 3), (Refused, 1)], Conclusion::Flapping),
        (&[(Accepted, 9), (Failed, 3)], Conclusion::Outage),
        (&[(Skipped, 2)], Conclusion::Undecided),
    ] {
        assert_eq!(conclusion(parts), found, "{parts:?}");
    }
}

/// How many of these watches call a server working that refuses so many of 100 requests.
fn called_working(refused: u64, watches: u64, rounds: usize) -> u64 {
    let called = (0..watches).filter(|seed| {
        let mut dice = Dice::new(*seed);
        let mut story = Story::default();
        (0..rounds).any(|n| {
            let state = if dice.hits(refused) { State::Refused } else { State::Accepted };
            story.push(&mut round(state, i64::try_from(n).unwrap()));
            story.has_reached(Until::Working)
        })
    });
    u64::try_from(called.count()).unwrap()
}

/// However often one looks: 400 rounds are three hours of rounds every half a minute.
#[test]
fn a_server_that_refuses_one_in_ten_is_seldom_called_working() {
    let wrong = called_working(10, 2000, 400);
    assert!((1..=100).contains(&wrong), "{wrong} of 2000, and at most 5 % are promised");
    assert!(called_working(30, 2000, 400) <= 2);
    assert_eq!(called_working(0, 1, 36), 1, "a server that works is called so after 36");
    // One in a thousand is no obstacle.
    assert!(called_working(0, 1, 35) == 0);
}
