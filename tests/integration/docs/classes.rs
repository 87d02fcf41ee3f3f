//! Every class of a single answer, and the rules that decide it.

use super::{code, head, table};
use heygen_doctor::classify::RULES;
use heygen_doctor::record::class::Class;

const ABOUT: &str = "\
A class says what one answer means, taken alone. It never condemns a key: that takes several answers
beside each other, and is what [causes](causes.md) are for.";

const RULES_ABOUT: &str = "
## Rules

The first rule that recognises an answer decides its class. Rules read statuses, structure, and
[codes](codes.md); none reads the text of a message.
";

pub(super) fn page() -> String {
    let mut out = head("Classes", "src/record/class.rs and src/classify.rs", ABOUT);
    out.push_str(&table(
        &["Class", "Meaning", "Shows that the key is accepted"],
        Class::ALL.into_iter().map(|class| {
            let shows = if class.shows_acceptance() { "yes" } else { "–" };
            vec![code(class), class.meaning().to_owned(), shows.to_owned()]
        }),
    ));
    out.push_str(RULES_ABOUT);
    out.push_str(&table(
        &["#", "Rule", "Reads", "Class"],
        RULES.iter().enumerate().map(|(i, rule)| {
            vec![(i + 1).to_string(), code(rule.name), rule.reads.to_owned(), code(rule.class)]
        }),
    ));
    out
}
