//! The causes that can be named, who can do something about one, and what it comes to.

use crate::text::named_enum;

named_enum! {
    /// A cause. Names are part of the public contract.
    pub enum Cause {
        /// The key authenticates and reads.
        Healthy = "healthy",
        /// No source holds a key.
        KeyMissing = "key_missing",
        /// The value is a placeholder from an example.
        KeyPlaceholder = "key_placeholder",
        /// Blanks, quotes, or a pasted-in prefix spoil the value.
        KeyMalformed = "key_malformed",
        /// A base64 layer too many or too few.
        KeyEncoded = "key_encoded",
        /// Another kind of credential, or another vendor's.
        KeyWrongKind = "key_wrong_kind",
        /// HeyGen treats it like a made-up key.
        KeyUnrecognized = "key_unrecognized",
        /// HeyGen says that it was revoked, expired, or deactivated.
        KeyRevoked = "key_revoked",
        /// The key works; its scopes don't cover everything.
        InsufficientScope = "insufficient_scope",
        /// The key works; the wallet is empty.
        BalanceEmpty = "balance_empty",
        /// The key is known and not permitted.
        PermissionDenied = "permission_denied",
        /// The account has no API access.
        ApiAccessNotEnabled = "api_access_not_enabled",
        /// The account is suspended.
        AccountSuspended = "account_suspended",
        /// The credit is used up.
        CreditExhausted = "credit_exhausted",
        /// A quota is used up.
        QuotaExceeded = "quota_exceeded",
        /// Too many requests.
        RateLimited = "rate_limited",
        /// The identical request is sometimes accepted and sometimes refused.
        InconsistentAuth = "inconsistent_auth",
        /// A legacy version accepts the key, the current one refuses it.
        ApiVersionMismatch = "api_version_mismatch",
        /// Requests with a key fail on HeyGen's side; those without are answered.
        AuthServiceError = "auth_service_error",
        /// HeyGen's API fails for everyone.
        ServiceOutage = "service_outage",
        /// Something in front of the API refuses the request, whatever the key.
        BlockedAtEdge = "blocked_at_edge",
        /// The key's header is lost on the way.
        HeaderStripped = "header_stripped",
        /// Something else than HeyGen's API answers.
        WrongHost = "wrong_host",
        /// Something on the way opens the TLS connection.
        TlsIntercepted = "tls_intercepted",
        /// The TLS handshake fails.
        TlsError = "tls_error",
        /// The host name does not resolve.
        DnsFailure = "dns_failure",
        /// No connection can be made, or it breaks.
        ConnectionFailed = "connection_failed",
        /// The proxy does not let the request through.
        ProxyError = "proxy_error",
        /// No answer in time.
        Timeout = "timeout",
        /// It could not be told.
        Inconclusive = "inconclusive",
    }
}

named_enum! {
    /// Who can do something about it.
    pub enum Side {
        /// Whoever configured the key.
        Caller = "caller",
        /// Whoever owns the account.
        Account = "account",
        /// HeyGen.
        Heygen = "heygen",
        /// Whoever runs the network in between.
        Network = "network",
    }
}

named_enum! {
    /// The short form of a diagnosis.
    pub enum Verdict {
        /// The key works.
        Healthy = "healthy",
        /// The key works, with limits.
        Limited = "limited",
        /// The key would work; something holds it back for now.
        Blocked = "blocked",
        /// Works at times, or in part.
        Degraded = "degraded",
        /// Does not work.
        Broken = "broken",
        /// Could not be told.
        Inconclusive = "inconclusive",
    }
}
