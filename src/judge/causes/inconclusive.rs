//! No cause stands firmly enough to be named.

use super::{Hypothesis, Support};
use crate::record::cause::Verdict;
use crate::record::exit::Exit;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: None,
    verdict: Verdict::Inconclusive,
    exit: Exit::Wrong,
    title: "Not told",
    headline: "it couldn't be told",
    meaning: "What was seen agrees with more than one cause, or too little was seen. The report says what was asked, and what would tell more.",
    told_apart: "No cause explains the observations better than its rivals, or the run ended early.",
    next_step: "Run `heygen-doctor report --profile full --markdown`, which asks everything.",
    for_support: Support::Asked(
        "Please compare the times in the table with what arrived on your side.",
    ),
    doc_url: None,
    weigh: None,
};
