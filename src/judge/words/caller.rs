//! Causes that whoever configured the key can cure.

use super::{Words, doc_url};

pub(super) const KEY_MISSING: Words = Words {
    title: "No key",
    headline: "no key was found",
    meaning: "No source holds a key: not the variable, not a file, not `.env`, not HeyGen's credentials file. A program started like this sends no key, and HeyGen answers 401.",
    told_apart: "Found without sending anything: every source was looked at and is listed in the report. The requests without a key still show whether the API can be reached.",
    next_step: "Set `HEYGEN_API_KEY` in the environment that starts your program, then run `heygen-doctor key` there.",
    for_support: "Nothing is needed from HeyGen.",
    doc_url: doc_url!("key_missing"),
};

pub(super) const KEY_PLACEHOLDER: Words = Words {
    title: "Placeholder instead of a key",
    headline: "the key is a placeholder from an example",
    meaning: "The value is an example's text, such as `your-api-key-here`, or a variable that nobody expanded, such as `${HEYGEN_API_KEY}`. It is not sent.",
    told_apart: "Found by its form, without sending it. A real key never looks like this.",
    next_step: "Put the key from HeyGen's API settings where the placeholder is, then run `heygen-doctor key`.",
    for_support: "Nothing is needed from HeyGen.",
    doc_url: doc_url!("key_placeholder"),
};

pub(super) const KEY_MALFORMED: Words = Words {
    title: "Key with something around it",
    headline: "the value is not as HeyGen wrote the key",
    meaning: "The value holds more than the key: blanks, a line break, quotes, an invisible character, or a pasted prefix such as `Bearer `. What arrives may then be another value than the key.",
    told_apart: "The repaired value is sent beside the value as given. It is confirmed only if the repaired one is accepted where the given one is refused.",
    next_step: "Remove what `heygen-doctor key` names from the place where the key is stored, then run `heygen-doctor check` again.",
    for_support: "Nothing is needed from HeyGen if the repaired key is accepted.",
    doc_url: doc_url!("key_malformed"),
};

pub(super) const KEY_ENCODED: Words = Words {
    title: "Key in the wrong base64 form",
    headline: "the key is in the wrong base64 form",
    meaning: "HeyGen's older keys were handed out as base64 text, and that text is the key. Some programs decode it before they send it; others encode a key once more. HeyGen knows only the form that it handed out.",
    told_apart: "The key is sent in both forms, beside a made-up key of the same shape. It is confirmed only if one form is accepted where the other is refused.",
    next_step: "Send the key exactly as HeyGen's dashboard showed it: remove the base64 step from the program or the script that stores it.",
    for_support: "Nothing is needed from HeyGen if one form is accepted. If both are refused, please say whether the key in the base64 form is known.",
    doc_url: doc_url!("key_encoded"),
};

pub(super) const KEY_WRONG_KIND: Words = Words {
    title: "Another kind of credential",
    headline: "the value is not a HeyGen API key",
    meaning: "The value is a credential, but of another kind: another vendor's key, a key of LiveAvatar, an OAuth token, or a session token. HeyGen's API accepts none of them in `X-Api-Key`.",
    told_apart: "Found by its form. Another vendor's key is not sent, so that HeyGen doesn't learn it; an OAuth token is asked as `Bearer`.",
    next_step: "Look up which service the value belongs to, and put the key from HeyGen's API settings in its place.",
    for_support: "Nothing is needed from HeyGen.",
    doc_url: doc_url!("key_wrong_kind"),
};

pub(super) const KEY_UNRECOGNIZED: Words = Words {
    title: "Key that HeyGen doesn't recognize",
    headline: "HeyGen doesn't recognize the key",
    meaning: "HeyGen treats the key like one that was never made. It may have been deleted, replaced by a newer one, cut off when it was copied, or made in another environment. HeyGen's answer is the same for all of these.",
    told_apart: "A made-up key of the same shape gets the same answer everywhere. Equality proves little, so this is likely at most, unless a key that is known to work was accepted at the same moment.",
    next_step: "Compare the date and the name of the key with the list in HeyGen's API settings: is it still there, and in the space you expect?",
    for_support: "Please look up whether a key with this fingerprint or creation time exists, and in which state it is.",
    doc_url: doc_url!("key_unrecognized"),
};

pub(super) const KEY_REVOKED: Words = Words {
    title: "Revoked or expired key",
    headline: "the key was revoked or has expired",
    meaning: "HeyGen says that the key was revoked, deactivated, or has expired, or the expiry that HeyGen gave for it has passed. It will not work again.",
    told_apart: "HeyGen's answer says so in words, and the answer to a made-up key doesn't; or the key's own expiry is past and the key is refused.",
    next_step: "Look the key up in HeyGen's API settings; if its state there says the same, make a new key and replace this one wherever it is used.",
    for_support: "Please say when, and by whom, the key was revoked, if that wasn't intended.",
    doc_url: doc_url!("key_revoked"),
};
