//! What people read about each note: things that ride along without being the cause.

/// What people read about one note.
#[derive(Debug)]
pub struct NoteWords {
    /// The note's stable name.
    pub id: &'static str,
    /// What it is, and whether it matters.
    pub meaning: &'static str,
    /// One harmless thing to do about it.
    pub next_step: &'static str,
}

const fn note(id: &'static str, meaning: &'static str, next_step: &'static str) -> NoteWords {
    NoteWords { id, meaning, next_step }
}

/// Every note.
pub const NOTES: &[NoteWords] = &[
    note(
        "clock_skew",
        "This machine's clock and the server's differ. HeyGen's API doesn't mind, but certificates and log times do.",
        "Switch on time synchronisation on this machine.",
    ),
    note(
        "key_conflict",
        "Several places hold a key, and one that isn't used works while the one that is used doesn't.",
        "Look at the list of places with `heygen-doctor key`, and mend the one that is used.",
    ),
    note(
        "key_old",
        "The time inside the key is long ago. It is no fault, but keys are best replaced from time to time.",
        "Plan a replacement: make a second key, move your programs to it, then retire this one.",
    ),
    note(
        "key_blanks",
        "There are blanks around the key. Many programs send them along, and some servers strip them.",
        "Remove the blanks where the key is stored.",
    ),
    note(
        "legacy_retired",
        "V1 and V2 no longer answer: they reached their end of life on 1 November 2026.",
        "Move the program to V3; the same key works there.",
    ),
    note(
        "legacy_deprecated",
        "V1 and V2 still answer, and announce their own end. A program that uses them may stop any day.",
        "Move the program to V3; the same key works there.",
    ),
    note(
        "burst_throttled",
        "Requests that came together got 429; single ones didn't.",
        "Send fewer requests at once, and wait as long as `Retry-After` says.",
    ),
    note(
        "low_balance",
        "The API wallet is nearly empty. Reads still work; making videos may soon be refused with 402.",
        "Add credit to the API wallet, or check that automatic reload is on.",
    ),
    note(
        "expires_soon",
        "HeyGen says that the key will expire soon. Until then it works.",
        "Make a second key before that day, and move your programs to it.",
    ),
    note(
        "key_read_only",
        "The key works, and its own description lets it read and nothing else. Making a video with it would be refused.",
        "If your program makes videos, use a key with the scope for that; otherwise nothing needs to be done.",
    ),
    note(
        "key_described_as_ended",
        "HeyGen describes the key as withdrawn or past its end, and accepts it all the same. That may end at any time.",
        "Make a new key at https://app.heygen.com/settings?nav=API and move your programs to it.",
    ),
    note(
        "status_page_incident",
        "HeyGen's status page reports something about the API. It may or may not concern these requests.",
        "Read status.heygen.com before changing anything.",
    ),
    note(
        "base_url_override",
        "The requests went to another base URL than HeyGen's, because a flag or a variable says so.",
        "Check that the base URL is meant: the key is sent there.",
    ),
    note(
        "proxy_in_use",
        "The requests went through a proxy. With an encrypted connection it sees the host, not the key, unless it inspects traffic.",
        "Compare with a run with `NO_PROXY=api.heygen.com`, if the network allows it.",
    ),
    note(
        "tls_intercepted",
        "Something on the way opens the encrypted connection, with a certificate that this machine trusts. Answers still come from HeyGen, but that something can read the key.",
        "Ask whoever runs the network whether this is meant.",
    ),
    note(
        "user_agent_blocked",
        "Requests under the doctor's own name were blocked, and others weren't. The key was judged by the others.",
        "If your program is blocked, set a `User-Agent` that names it.",
    ),
    note(
        "changed_mid_run",
        "The answers changed while the run was going on, so the finding may already be out of date.",
        "Run `heygen-doctor check` once more.",
    ),
    note(
        "keyed_probing_stopped",
        "The doctor stopped sending the key early, because its requests began to look like an attack to what answers.",
        "Wait a few minutes, then run `heygen-doctor check --profile quick`.",
    ),
    note(
        "requirement_unmet",
        "The key works, but not for what `--require` or `--strict` asked.",
        "Read in the report which scope or balance is missing.",
    ),
    note(
        "not_counted",
        "Something is wrong on a side that `--fail-on` leaves out, so the exit code is 0.",
        "Leave `--fail-on` out to have it counted.",
    ),
];
