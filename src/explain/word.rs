//! The words of reports, explained: verdicts, standings, sides, and a glossary.

use crate::record::cause::{Side, Verdict};
use crate::record::diagnosis::Standing;
use crate::record::heard::Form;
use crate::record::watched::Conclusion;

/// The meaning of a verdict.
pub(super) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Healthy => "The key works on all that was asked.",
        Verdict::Limited => {
            "The key works, and something is out of its reach: a scope, a plan, or paid calls."
        }
        Verdict::Blocked => {
            "Nothing is wrong with the key itself; something holds it back for now: a rate limit, a quota, or a block on the way."
        }
        Verdict::Degraded => "It works at times, or on one version of the API only.",
        Verdict::Broken => "It doesn't work, and the named cause says why.",
        Verdict::Inconclusive => "No single cause fits what was seen.",
    }
}

/// The meaning of a standing.
pub(super) const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Confirmed => {
            "A control test shows it: had the cause been another, the answers would have differed."
        }
        Standing::Likely => "What was seen fits this cause better than any other.",
        Standing::Possible => "Nothing that was seen speaks against it.",
        Standing::Untested => "Nothing was asked that could tell.",
        Standing::RuledOut => "An answer that was seen can't come from this cause.",
    }
}

/// The meaning of what a watch comes to.
pub(super) const fn watched(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Working => "Watched: accepted from the first round on, often enough in a row.",
        Conclusion::Propagated => {
            "Watched: refused at first and then accepted for good, as a new key is."
        }
        Conclusion::Recovered => {
            "Watched: accepted at first, refused for a while, and accepted for good."
        }
        Conclusion::Refused => "Watched: refused from the first round on.",
        Conclusion::Gone => "Watched: accepted at first and then refused for good.",
        Conclusion::Rotated => {
            "Watched: accepted at first and then refused for good, while the key of `--control-env` is accepted."
        }
        Conclusion::Outage => {
            "Watched: neither this key nor another gets through, so it isn't the key."
        }
        Conclusion::Flapping => "Watched: accepted and refused in turns, and neither lasted.",
        Conclusion::Undecided => "Watched: too few answers to tell.",
    }
}

/// The meaning of the form in which a key was sent.
#[rustfmt::skip]
pub(super) const fn form(form: Form) -> &'static str {
    match form {
        Form::AsKnown => "Heard: the key in use, byte for byte.",
        Form::Trimmed => "Heard: the key in use, without what stands around it in its source, or with other blanks.",
        Form::Quoted => "Heard: the key in use with quotes around it, which HeyGen takes for a part of it.",
        Form::Encoded => "Heard: the key in use, encoded once more.",
        Form::Decoded => "Heard: the key in use, decoded from base64.",
        Form::Truncated => "Heard: a part of the key in use.",
        Form::OtherSource => "Heard: the key of another source than the one in use.",
        Form::Placeholder => "Heard: no key, but nothing, an example's text, or a variable that nobody expanded.",
        Form::Unknown => "Heard: a value that is in no source.",
    }
}

/// The meaning of a side, after the name of those who can fix it.
pub(super) const fn side(side: Side) -> &'static str {
    match side {
        Side::Caller => "The value of the key, or the way in which a program reads or sends it.",
        Side::Account => "The account, its plan, its credit, or the rights of the key.",
        Side::Heygen => "HeyGen's own servers.",
        Side::Network => "Something between this machine and HeyGen, such as a proxy or a filter.",
    }
}

/// Words that reports use, by their names here.
#[rustfmt::skip]
pub(super) const GLOSSARY: &[(&str, &str)] = &[
    ("control", "A request whose answer is known beforehand: without a key, or with a made-up one. What happens to it as well isn't the fault of your key."),
    ("made-up key", "A random value of the same form as your key. HeyGen can't know it, so its answer shows how an unknown key is treated."),
    ("identity control", "A request for a path that can't exist. HeyGen answers 404; another server mostly answers something else."),
    ("fingerprint", "The start of the SHA-256 hash of the key. It tells keys apart and doesn't give the key away."),
    ("source", "A place in which a key was looked for: a variable, a file, or standard input."),
    ("scope", "What a key may do, such as `account:read`. A key without the scope of an endpoint gets 403 there."),
    ("probe", "One request of the doctor, with a name such as `v3.users-me/x-api-key/real`: the endpoint, the header, and whose key."),
    ("variant", "A way to send the key: a header, a scheme, a spelling, or an encoding."),
    ("wave", "The probes that are sent for one purpose: 2 controls, 3 header variants, 4 endpoints, 5 repeats, 6 the controls once more."),
    ("envelope", "The frame around HeyGen's answers, which differs for V1, V2, and V3. An answer without it may come from another server."),
    ("adaptive", "The usual profile of `check`: a few requests, and more only where they help to tell causes apart."),
    ("full", "The profile that asks everything, at most 120 requests. It is the usual one of `report`."),
    ("quick", "The profile with the key and its controls only, at most 8 requests."),
    ("inspect", "The profile of a record about requests that somebody wrote down: nothing was sent."),
    ("listen", "The profile of a record about requests that a program made while the doctor listened."),
    ("vantage", "A name for the place from which a run was made, to compare runs from several places."),
    ("ttfb", "Time to first byte: from sending the request until the answer begins."),
];
