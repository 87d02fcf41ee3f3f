//! What each mistake in a request comes to: a table, one row each.

use crate::record::cause::Cause;
use crate::record::diagnosis::Standing;
use crate::record::heard::Slip;

/// What a mistake comes to.
pub(crate) struct Row {
    pub(super) cause: Cause,
    pub(super) standing: Standing,
    /// The mistake as a clause.
    pub(crate) headline: &'static str,
    /// Why it is one, in a sentence; `{header}`, `{place}`, `{where}`, `{host}`, `{path}` stand for those of the request,
    /// `{successor}` for what replaces the path, `{whose}` for a sentence about the key in it, if one is known.
    pub(super) text: &'static str,
    /// The cure.
    pub(crate) next_step: &'static str,
}

const fn likely(
    cause: Cause,
    headline: &'static str,
    text: &'static str,
    next_step: &'static str,
) -> Row {
    Row { cause, standing: Standing::Likely, headline, text, next_step }
}

const fn possible(
    cause: Cause,
    headline: &'static str,
    text: &'static str,
    next_step: &'static str,
) -> Row {
    Row { cause, standing: Standing::Possible, headline, text, next_step }
}

/// The row of a mistake; none where it is no charge.
#[rustfmt::skip]
pub(crate) const fn of(slip: Slip) -> Option<Row> {
    Some(match slip {
        Slip::SingleQuotes => likely(Cause::KeyMissing, "single quotes are no quotes to Windows' `cmd`, so the header isn't sent",
            "A space ends a word there all the same, so that the header has no value, and the value is taken for an address.",
            "Write double quotes in place of the single ones, or run the line in PowerShell."),
        Slip::NoCredential => likely(Cause::KeyMissing, "the request carries no key",
            "It has neither `X-Api-Key` nor `Authorization`.",
            "Run `heygen-doctor key` in the environment that starts the program: it shows which key the program could read there."),
        Slip::OtherHeader => likely(Cause::KeyMissing, "the key is in a header that HeyGen doesn't read",
            "It is in `{header}`; HeyGen reads `X-Api-Key`.",
            "Send the key in the header `X-Api-Key`."),
        Slip::KeyInUrl => likely(Cause::KeyMissing, "the key is in the URL, where HeyGen doesn't read it",
            "It is in {where}; HeyGen reads it from the header `X-Api-Key` only, and URLs are kept in logs.",
            "Send the key in the header `X-Api-Key`, and take it out of the URL."),
        Slip::KeyInBody => likely(Cause::KeyMissing, "the key is in the body, where HeyGen doesn't read it",
            "It is in {where}; HeyGen reads it from the header `X-Api-Key` only.",
            "Send the key in the header `X-Api-Key`, and take it out of the body."),
        Slip::KeyElsewhereToo => possible(Cause::Inconclusive, "the key is in the URL or the body too, where HeyGen doesn't read it",
            "It is in {where} too; HeyGen reads it from the header `X-Api-Key` only, and URLs are kept in logs.",
            "Send the key in the header `X-Api-Key` alone."),
        Slip::KeyInAuthorization => likely(Cause::KeyWrongKind, "an API key is sent in `Authorization`, where HeyGen takes the tokens of logins only",
            "It comes as `{place}`; HeyGen reads API keys from `X-Api-Key`.",
            "Send the key in the header `X-Api-Key`, without a word before it."),
        Slip::OtherScheme => likely(Cause::KeyWrongKind, "the scheme in `Authorization` isn't one of HeyGen's",
            "It comes as `{place}`.{whose} HeyGen reads API keys from `X-Api-Key`, and the tokens of logins from `Authorization: Bearer`.",
            "Send an API key in the header `X-Api-Key`, in place of this `Authorization`."),
        Slip::LoginInKeyHeader => likely(Cause::KeyWrongKind, "the token of a login is sent in `X-Api-Key`",
            "HeyGen reads the tokens of logins from `Authorization: Bearer`.",
            "Send the token as `Authorization: Bearer`, or use an API key."),
        Slip::TwoCredentials => possible(Cause::Inconclusive, "two credentials that differ are sent at once",
            "Which of them HeyGen takes isn't documented.",
            "Send one of them alone, in `X-Api-Key`."),
        Slip::LostOnRedirect => likely(Cause::HeaderStripped, "the key is left out when a redirect is followed",
            "The request before it carried a key and was redirected; this one carries none.",
            "Ask `https://api.heygen.com` directly, so that nothing is redirected."),
        Slip::OtherMethod => possible(Cause::Inconclusive, "the path doesn't take this method",
            "`{path}` doesn't take it, which HeyGen answers with 405 whatever the key.",
            "Change the method: lists are read with GET, and a streaming token is made with POST."),
        Slip::NoSessionId => possible(Cause::Inconclusive, "the body names no session, which HeyGen answers with 401 whatever the key",
            "A request to `{path}` needs `session_id` in its body, and there is none.",
            "Send the `session_id` that `streaming.new` gave."),
        Slip::NoBody => possible(Cause::Inconclusive, "the body is missing, which HeyGen answers with 415 whatever the key",
            "`{path}` needs a body: an empty JSON object will do.",
            "Send `{}` as the body, with `Content-Type: application/json`."),
        Slip::NoContentType => possible(Cause::Inconclusive, "the body isn't said to be JSON, which HeyGen answers with 415 or 400 whatever the key",
            "It has no `Content-Type: application/json`.",
            "Add the header `Content-Type: application/json`."),
        Slip::NotRecorded => possible(Cause::Inconclusive, "what was read leaves out the headers that would tell",
            "A browser leaves `Authorization` and cookies out of a recording unless asked to keep them.",
            "Record it again with sensitive data (in Chrome: Settings, Preferences, Network, \"Allow to generate HAR with sensitive data\"); `inspect` passes it on to nobody."),
        Slip::OutsideTheLine => possible(Cause::Inconclusive, "headers of the request aren't in the line",
            "They come from a file, or from a variable of curl's own, which isn't read here.",
            "Put the header itself in the line, and inspect it again; `inspect` passes it on to nobody."),
        Slip::Unexpanded => possible(Cause::Inconclusive, "the key stands as a variable, whose value isn't in the line",
            "The shell puts the value of the variable in `{header}`.",
            "Run `heygen-doctor key` in the same shell: it shows what the variable holds."),
        Slip::OtherHost | Slip::UnexpandedHost | Slip::PlainHttp | Slip::UnknownPath | Slip::RetiredPath | Slip::OtherServerName => return of_address(slip),
        Slip::NotForHeygen | Slip::OffersHttp2 => return None,
    })
}

/// The same for where a request leads.
#[rustfmt::skip]
const fn of_address(slip: Slip) -> Option<Row> {
    Some(match slip {
        Slip::OtherHost => likely(Cause::WrongHost, "the request doesn't go to HeyGen's API",
            "It goes to `{host}`; the API is at `api.heygen.com`.",
            "Set the base URL to `https://api.heygen.com`."),
        Slip::UnexpandedHost => possible(Cause::Inconclusive, "the URL stands as a variable, whose value isn't in the line",
            "The host is `{host}`, which isn't expanded, so nothing tells where the request goes.",
            "Put the URL itself in the line, and inspect it again."),
        Slip::PlainHttp => likely(Cause::WrongHost, "the request isn't encrypted: it goes to `http://`",
            "HeyGen's API is at `https://` alone, and whatever the request carries can be read on the way.",
            "Begin the base URL with `https://`, and replace a key that was sent so."),
        Slip::UnknownPath => likely(Cause::WrongHost, "HeyGen's API has no such path",
            "`{path}` isn't one of its paths, which answers 404 whatever the key.",
            "Look the path up in developers.heygen.com; `GET /v3/users/me` tests a key."),
        Slip::RetiredPath => possible(Cause::Inconclusive, "the path was retired, and tells nothing of the key",
            "`{path}` belongs to V1 or V2, which reached their end of life on 1 November 2026; it {successor}.",
            "Move to the path that replaces it in V3; `GET /v3/users/me` tests a key."),
        Slip::OtherServerName => possible(Cause::WrongHost, "TLS names another host than the connection leads to",
            "The connection leads to `{host}`, and TLS names another one, by which servers choose who answers.",
            "Let the client take both from the URL: set no server name of its own, and no `Host`."),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_told_as_a_clause_a_sentence_and_a_step() {
        for slip in Slip::ALL {
            let Some(row) = of(slip) else {
                assert!(matches!(slip, Slip::NotForHeygen | Slip::OffersHttp2), "{slip}");
                continue;
            };
            assert!(!row.headline.ends_with('.') && row.headline.len() < 120, "{slip}");
            assert!(row.text.ends_with('.') && row.next_step.ends_with('.'), "{slip}");
            assert!(!row.next_step.to_lowercase().contains("regenerate"), "{slip}");
            assert!(row.standing < Standing::Confirmed, "{slip}");
        }
    }
}
