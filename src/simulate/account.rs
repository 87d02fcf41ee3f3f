//! HeyGen's record of the key: identity, scopes, expiry, billing.
//!
//! Shapes: developers.heygen.com/reference/get-current-api-key and heygen-cli `gen/user.go`
//! (2026-07); scopes and their implication (`write` implies `read`) from the same reference page.

use chrono::{Duration, SecondsFormat};
use serde::Deserialize;
use serde_json::{Value, json};

use super::clock;
use super::terms::Place;

/// HeyGen's record of the key.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Account {
    /// The key that HeyGen issued, where it differs from the configured one.
    key: Option<String>,
    /// HeyGen knows that key.
    pub(super) known: bool,
    /// Further keys that HeyGen knows.
    pub(super) other_keys: Vec<String>,
    /// The only header in which the key is accepted.
    pub(super) takes: Place,
    /// The server has `/v3/api_keys/self` (new in September 2026).
    pub(super) self_endpoint: bool,
    key_id: String,
    key_name: String,
    status: String,
    scope_mode: String,
    scopes: Vec<String>,
    created: String,
    expires_in_s: Option<i64>,
    billing: Billing,
    /// The rest in the wallet, in `currency`.
    pub(super) balance: f64,
    currency: String,
    auto_reload: bool,
    plan: String,
    premium_credits: i64,
}

/// The payer: `billing_type` of `/v3/users/me`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Billing {
    Wallet,
    Subscription,
    UsageBased,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            key: None,
            known: true,
            other_keys: Vec::new(),
            takes: Place::ApiKey,
            self_endpoint: true,
            key_id: "ak_example_0001".to_owned(),
            key_name: "synthetic".to_owned(),
            status: "active".to_owned(),
            scope_mode: "full".to_owned(),
            scopes: vec!["*:*".to_owned()],
            created: "2026-09-15T08:00:00Z".to_owned(),
            expires_in_s: None,
            billing: Billing::Wallet,
            balance: 120.0,
            currency: "usd".to_owned(),
            auto_reload: false,
            plan: "creator".to_owned(),
            premium_credits: 200,
        }
    }
}

impl Account {
    /// The key that HeyGen issued, which need not be the one that was configured.
    pub(super) fn issued<'a>(&'a self, given: Option<&'a str>) -> Option<&'a str> {
        self.key.as_deref().or(given)
    }

    /// True if the key's scopes cover an action on a resource.
    pub(super) fn permits(&self, resource: &str, action: &str) -> bool {
        self.scopes.iter().any(|scope| {
            let (on, may) = scope.split_once(':').unwrap_or((scope, ""));
            let covers = may == "*" || may == action || (may == "write" && action == "read");
            (on == "*" || on == resource) && covers
        })
    }

    /// The data of `GET /v3/api_keys/self`.
    pub(super) fn key_data(&self) -> Value {
        let expires_at = self.expires_in_s.map(|seconds| {
            let moment = clock::now() + Duration::seconds(seconds);
            moment.to_rfc3339_opts(SecondsFormat::Secs, true)
        });
        json!({
            "key_id": self.key_id,
            "key_name": self.key_name,
            "status": self.status,
            "scope_mode": self.scope_mode,
            "scopes": self.scopes,
            "created_at": self.created,
            "updated_at": self.created,
            "expires_at": expires_at,
            "expires_in_seconds": self.expires_in_s,
        })
    }

    /// The data of `GET /v3/users/me`: only the block that `billing_type` names is set.
    pub(super) fn user_data(&self) -> Value {
        let reload = self
            .auto_reload
            .then(|| json!({"enabled": true, "threshold_usd": 5, "amount_usd": 20}));
        let (name, wallet, subscription, usage) = match self.billing {
            Billing::Wallet => (
                "wallet",
                json!({
                    "currency": self.currency,
                    "remaining_balance": self.balance,
                    "auto_reload": reload,
                }),
                Value::Null,
                Value::Null,
            ),
            Billing::Subscription => ("subscription", Value::Null, self.plan_data(), Value::Null),
            Billing::UsageBased => (
                "usage_based",
                Value::Null,
                Value::Null,
                json!({
                    "spending_current_usd": 12.5,
                    "spending_cap_usd": 100,
                    "included_credits": 0,
                    "remaining_credits": self.balance,
                }),
            ),
        };
        json!({
            "username": "synthetic",
            "email": "someone@example.com",
            "first_name": "Some",
            "last_name": "One",
            "billing_type": name,
            "wallet": wallet,
            "subscription": subscription,
            "usage_based": usage,
        })
    }

    fn plan_data(&self) -> Value {
        json!({
            "plan": self.plan,
            "credits": {
                "premium_credits": {
                    "remaining": self.premium_credits,
                    "resets_at": "2026-12-01T00:00:00Z",
                },
                "add_on_credits": {"remaining": 0, "resets_at": null},
            },
        })
    }

    /// The data of `GET /v2/user/remaining_quota`: 60 units are one US dollar.
    pub(super) fn quota_data(&self) -> Value {
        #[expect(clippy::cast_possible_truncation, reason = "a balance of a scenario is small")]
        let units = (self.balance * 60.0) as i64;
        json!({
            "remaining_quota": units,
            "details": {"api": units, "plan_credit": 0, "generative_credit": 0, "seat": 0},
        })
    }
}
