//! The two ends: everything works, or it couldn't be told.

use super::{Words, doc_url};

pub(super) const HEALTHY: Words = Words {
    title: "Working key",
    headline: "the key works",
    meaning: "The key authenticates and reads, as often as it was asked. Whether it can make videos wasn't tested, because that costs credit.",
    told_apart: "The key was accepted every time, while no key and a made-up key were refused and a path that can't exist wasn't found.",
    next_step: "If your program still gets 401, compare what it sends with the curl lines of `heygen-doctor check -vv`.",
    for_support: "Nothing is needed from HeyGen.",
    doc_url: doc_url!("healthy"),
};

pub(super) const INCONCLUSIVE: Words = Words {
    title: "Not told",
    headline: "it couldn't be told",
    meaning: "What was seen agrees with more than one cause, or too little was seen. The report says what was asked, and what would tell more.",
    told_apart: "No cause explains the observations better than its rivals, or the run ended early.",
    next_step: "Run `heygen-doctor report --profile full --markdown`, which asks everything.",
    for_support: "Please compare the times in the table with what arrived on your side.",
    doc_url: doc_url!("inconclusive"),
};
