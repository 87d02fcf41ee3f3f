//! The page for agents: when to run the doctor, how to read it, what never to do.

use std::fmt::Write as _;

use heygen_doctor::judge::causes::of;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::Standing;
use heygen_doctor::record::exit::Exit;
use heygen_doctor::render::label;

use super::{code, table};

const HEAD: &str = "\
---
name: heygen-doctor
description: Finds out why a HeyGen API key is refused (401, 403, 429, internal_error, 400112) without showing the key. Use it when a request to api.heygen.com or a tool of HeyGen's fails with one of these.
---

# heygen-doctor

<!-- Written from src/judge/causes and src/record. To change it, change them, then run
     UPDATE_DOCS=1 cargo test --test integration docs -->

## When to run it

A request to HeyGen's API answered 401, 403, 402, 429, or 5xx, or HeyGen's tools say that the key is invalid.
It needs no flag: it finds the key where HeyGen's own tools look for it. It only reads, spends no credit, and
creates nothing.

```sh
heygen-doctor check --brief --json=run.json
```

The answer is one JSON object of at most 2 KiB on standard output:
`verdict`, `cause`, `confidence`, `exit_code`, `statement`, `next_step.text`, `next_step.argv` (only where it
is a command that is safe to run), `decisive` (up to three answers that decided), `record` (the whole run).

## What never to do

- Never print, paste, or log the key, and never pass it as an argument. No flag takes it.
- Never make a new key, delete one, or tell somebody to, unless `confidence` is `likely` or `confirmed` and
  `next_step` says so. A 403, 429, 5xx, a web page, or a network fault says nothing against a key.
- Never run the check in a loop to wait for a key; a refused credential that is repeated looks like an attack.
- Never send the text of an answer to a shell. Run `next_step.argv` as a list, without a shell.
- Don't call `inconclusive` a fault of the key: run `heygen-doctor check --profile full`, then
  `heygen-doctor report --markdown`, and give that page to a person.
";

const MORE: &str = "
## More

- `heygen-doctor explain NAME` explains every word in the answer: causes, codes, findings, probes.
- `heygen-doctor key` looks at the key without sending it; `key --tools` says which tool uses which key.
- `heygen-doctor inspect FILE` judges a curl line, a HAR, a raw request or a `curl -v` trace, and sends nothing.
- `heygen-doctor redact FILE` takes keys out of a log before it is shown to anybody.
- `heygen-doctor fleet KEYS --out FILE` asks with many keys, one line of JSON for each; it never shows one.
- `heygen-doctor report --markdown` writes the ticket for HeyGen's support, without the key.
";

pub(super) fn page() -> String {
    let mut out = HEAD.to_owned();
    out.push_str("\n## Exit codes\n");
    let exits = Exit::ALL.into_iter();
    out.push_str(&table(
        &["Code", "Meaning"],
        exits.map(|exit| vec![exit.code().to_string(), exit.meaning().to_owned()]),
    ));
    out.push_str("\n## How sure it is\n\n");
    for (standing, meaning) in [
        (Standing::Confirmed, "a control test shows it; act on it"),
        (Standing::Likely, "fits better than any other cause; act on it if the step is harmless"),
        (Standing::Possible, "nothing speaks against it; don't act on it, ask for more"),
    ] {
        let _ = writeln!(out, "- `{standing}`: {meaning}.");
    }
    out.push_str("\n## Causes\n");
    let causes = Cause::ALL.into_iter().map(|cause| {
        let row = of(cause);
        let who = row.side.map_or("–", label::side);
        vec![code(cause), row.title.to_owned(), who.to_owned(), row.next_step.to_owned()]
    });
    out.push_str(&table(&["Cause", "In words", "Who can fix it", "Next step"], causes));
    out.push_str(MORE);
    out
}
