//! The next step for a class of answer.

use crate::record::class::Class;

/// One thing to do next.
pub(super) const fn of_class(class: Class) -> &'static str {
    match class {
        Class::Ok => "Nothing: the key works here.",
        Class::Unauthenticated => {
            "Run `heygen-doctor check`: it asks with the key, without one, and with a made-up one, and tells which it is."
        }
        Class::PaymentRequired => {
            "Read the code in the body, then look at the balance in HeyGen's billing settings."
        }
        Class::InsufficientScope => {
            "Give the key the scope that the answer names, in HeyGen's API settings."
        }
        Class::Forbidden => "Read the code in the body, then `heygen-doctor explain CODE`.",
        Class::ApiNotEnabled => "Look at the plan of the space: it has to include the API.",
        Class::Suspended => "Ask HeyGen's support why the account is suspended.",
        Class::RateLimited => "Wait as long as `Retry-After` says, then ask less often.",
        Class::QuotaExceeded => {
            "Wait for the quota's next period, or raise the quota: no retry helps before."
        }
        Class::BadRequest => {
            "Read the code in the body, and compare the request with HeyGen's documentation."
        }
        Class::UnsupportedMediaType => {
            "Send `content-type: application/json`, and a JSON body (`{}` for none)."
        }
        Class::MethodNotAllowed => {
            "Use the method that HeyGen's documentation names for this path."
        }
        Class::RouteNotFound | Class::Gone => {
            "Compare the path with docs/endpoints.md; V1 and V2 are being retired in favour of V3."
        }
        Class::ResourceNotFound => {
            "Check the id in the path, and that it belongs to the same space as the key."
        }
        Class::Redirect => "Ask the address that HeyGen documents: `https://api.heygen.com`.",
        Class::EdgeBlock => {
            "Try from another network or with another user agent; the key needn't be changed."
        }
        Class::NotHeygen => {
            "Check the base URL, and open a web page on this network to see whether it asks for a login."
        }
        Class::ProxyAuth => {
            "Set the proxy's login in `HTTPS_PROXY`, or leave the proxy out with `NO_PROXY`."
        }
        Class::ServerError | Class::EdgeError => {
            "Try again later, and see status.heygen.com. The key needn't be changed."
        }
        Class::Malformed => {
            "Run `heygen-doctor check -vv` to see what came; a proxy on the way may be the cause."
        }
        Class::Dns => "Check the host name in the base URL, and this machine's name server.",
        Class::Connect => "Check that a firewall lets this machine reach port 443 of the host.",
        Class::Tls => "Run `heygen-doctor check -v`: it shows who signed the certificate.",
        Class::Timeout | Class::Reset => "Try once more, then from another network.",
        Class::Unsendable => "Run `heygen-doctor key`: it says which character is in the way.",
    }
}
