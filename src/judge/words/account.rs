//! Causes that whoever owns the account can cure.

use super::{Words, doc_url};

pub(super) const INSUFFICIENT_SCOPE: Words = Words {
    title: "Key without all scopes",
    headline: "the key works, within its scopes",
    meaning: "The key is accepted. It was made with limited scopes, and some endpoints need a scope that it doesn't have.",
    told_apart: "HeyGen answers 403 with the name of the scope that is needed, on some endpoints, and accepts the key on others.",
    next_step: "If your program needs what was refused, add the scope for it to the key in HeyGen's API settings; otherwise nothing needs to be done.",
    for_support: "Nothing is needed from HeyGen.",
    doc_url: doc_url!("insufficient_scope"),
};

pub(super) const BALANCE_EMPTY: Words = Words {
    title: "Empty wallet",
    headline: "the key works, but the wallet is empty",
    meaning: "The key is accepted and can read. The API wallet holds nothing, so calls that make videos are likely to be refused with 402, unless automatic reload is on. A web plan's credits don't count for API keys.",
    told_apart: "The account's own answer gives the balance. No video was made, so the refusal itself wasn't seen.",
    next_step: "Add credit to the API wallet, or check that automatic reload is on.",
    for_support: "Nothing is needed from HeyGen, unless the balance in the dashboard differs from the one in this report.",
    doc_url: doc_url!("balance_empty"),
};

pub(super) const PERMISSION_DENIED: Words = Words {
    title: "Key without permission",
    headline: "the key is known, but isn't permitted",
    meaning: "HeyGen knows the key and refuses the request for another reason: a member's key on resources of the organization, a policy of the workspace, or a feature that isn't enabled. A new key of the same member won't change it.",
    told_apart: "The real key gets a 403 in the API's own form where a made-up key gets 401. A 403 from something in front of the API looks different.",
    next_step: "Ask the owner of the space which role and policy apply to the member whose key this is.",
    for_support: "Please say which permission the key lacks for the requests in the table.",
    doc_url: doc_url!("permission_denied"),
};

pub(super) const API_ACCESS_NOT_ENABLED: Words = Words {
    title: "Account without API access",
    headline: "the account has no API access",
    meaning: "The key is known, but the account's plan doesn't include the API, or not this part of it. Web plans such as Creator or Team don't include the API: it is billed on its own.",
    told_apart: "HeyGen says so with a code of its own: `400599`, `subscription_required`, or `plan_upgrade_required`. It says so to the real key only.",
    next_step: "Check in HeyGen's API settings that this space, not another one, has API access.",
    for_support: "Please confirm whether the space of this key has API access, and since when.",
    doc_url: doc_url!("api_access_not_enabled"),
};

pub(super) const ACCOUNT_SUSPENDED: Words = Words {
    title: "Suspended account",
    headline: "the account is suspended",
    meaning: "HeyGen has suspended or blocked the account. No key of this account will work until HeyGen lifts it.",
    told_apart: "HeyGen says so with a code of its own (`400631`), or in words, to the real key only.",
    next_step: "Write to HeyGen's support from the account's e-mail address, and attach this report.",
    for_support: "Please say why the account is suspended, and what has to be done to lift it.",
    doc_url: doc_url!("account_suspended"),
};

pub(super) const CREDIT_EXHAUSTED: Words = Words {
    title: "Credit used up",
    headline: "the credit is used up",
    meaning: "The key is accepted, and the request is refused because the API wallet is used up. API keys are billed from the API wallet; a web plan's credits are another pool.",
    told_apart: "HeyGen answers 402 with a code for credit, to the real key only.",
    next_step: "Add credit to the API wallet in HeyGen's billing settings.",
    for_support: "Nothing is needed from HeyGen, unless the balance in the dashboard says otherwise.",
    doc_url: doc_url!("credit_exhausted"),
};

pub(super) const QUOTA_EXCEEDED: Words = Words {
    title: "Quota used up",
    headline: "a quota is used up",
    meaning: "The key is accepted, and a quota is used up, for example the trial's five videos a day. Retrying doesn't cure it, although the status is 429.",
    told_apart: "The code names a quota, not a rate: waiting for `Retry-After` doesn't cure it.",
    next_step: "Wait until the quota is renewed, or choose a plan with a larger one.",
    for_support: "Please say which quota applies to this account, and when it is renewed.",
    doc_url: doc_url!("quota_exceeded"),
};

pub(super) const RATE_LIMITED: Words = Words {
    title: "Too many requests",
    headline: "HeyGen is limiting the rate of requests",
    meaning: "HeyGen answered 429 because too many requests were sent in a short time. It says nothing against the key.",
    told_apart: "The code names a rate, and single requests after a pause are accepted, or weren't tried.",
    next_step: "Run `heygen-doctor check` again in a few minutes, with your program paused.",
    for_support: "Please say which limit applies to this account.",
    doc_url: doc_url!("rate_limited"),
};
