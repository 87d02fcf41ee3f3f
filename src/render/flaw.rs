//! What is wrong with a request, in a few words to stand beside it; its id is for programs.

use crate::record::facts::FindingId;
use crate::record::heard::{Flaw, Slip};

/// The flaw as words of a list.
#[must_use]
#[rustfmt::skip]
pub(crate) const fn words(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Key(id) => of_key(id),
        Flaw::Request(slip) => match slip {
            Slip::SingleQuotes => "single quotes in `cmd`",
            Slip::NoCredential => "no key",
            Slip::NotRecorded => "keys left out of the recording",
            Slip::OutsideTheLine => "headers that aren't in the line",
            Slip::OtherHeader => "key in a header that HeyGen doesn't read",
            Slip::KeyInUrl => "key in the URL",
            Slip::KeyInBody => "key in the body",
            Slip::KeyElsewhereToo => "key in the URL or the body too",
            Slip::KeyInAuthorization => "API key in `Authorization`",
            Slip::OtherScheme => "a scheme that isn't HeyGen's",
            Slip::LoginInKeyHeader => "token of a login in `X-Api-Key`",
            Slip::TwoCredentials => "two different credentials",
            Slip::LostOnRedirect => "key lost on a redirect",
            Slip::OtherHost => "not the host of HeyGen's API",
            Slip::UnexpandedHost => "URL without the value of its variable",
            Slip::PlainHttp => "not encrypted",
            Slip::UnknownPath => "unknown path",
            Slip::NoSessionId => "no `session_id` in the body",
            Slip::RetiredPath => "retired path",
            Slip::OtherServerName => "another host named in TLS",
            Slip::OffersHttp2 => "HTTP/2 offered",
            Slip::OtherMethod => "wrong method",
            Slip::NoBody => "no body",
            Slip::NoContentType => "no JSON `Content-Type`",
            Slip::Unexpanded => "variable without its value",
            Slip::NotForHeygen => "not for HeyGen",
        },
    }
}

#[rustfmt::skip]
const fn of_key(id: FindingId) -> &'static str {
    match id {
        FindingId::KeyEmpty => "empty value",
        FindingId::KeyPlaceholder => "no key, but a stand-in for one",
        FindingId::KeyLineBreak => "line break in the key",
        FindingId::KeyInside => "other text around the key",
        FindingId::KeyPrefixPasted => "a name or `Bearer` pasted before the key",
        FindingId::KeyQuotes => "quotes, brackets or commas around the key",
        FindingId::KeyEscaped => "percent signs or backslashes in the key",
        FindingId::KeyBom => "byte order mark before the key",
        FindingId::KeyInvisible => "invisible characters in the key",
        FindingId::KeyNonAscii => "foreign letters in the key",
        FindingId::KeyMisread => "misread character in the key",
        FindingId::KeyTwoKeys => "two keys in one value",
        FindingId::KeyDoubled => "the key twice",
        FindingId::KeyOtherVendor => "another company's key",
        FindingId::KeyOauthOrSession => "token of a login or a session",
        FindingId::KeyTruncated => "key cut off",
        FindingId::KeyBlanks => "spaces around the key",
        FindingId::KeyDecoded => "key base64-decoded",
        FindingId::KeyDoubleEncoded => "key base64-encoded once too often",
        FindingId::KeyOld => "old key",
        FindingId::KeyUnknownShape => "no known form of a HeyGen key",
        FindingId::CredentialsMalformed
        | FindingId::KeyNearName
        | FindingId::EnvFileDuplicate
        | FindingId::EnvFileBom
        | FindingId::EnvFileReaders
        | FindingId::EnvShadowed => "a fault of the place where the key is",
    }
}
