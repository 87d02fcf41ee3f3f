//! Where most codes are known from.

/// The table of the current version.
pub(super) const V3_TABLE: &str = "developers.heygen.com/docs/error-codes";

/// The table of the retired versions.
pub(super) const LEGACY_TABLE: &str = "docs.heygen.com/reference/errors";

/// The rest of that table, where only the names are certain.
pub(super) const TRANSCRIBED: &str = "docs.heygen.com/reference/errors, transcribed by API clients; HeyGen's wording was not captured";

/// An older state of that table.
pub(super) const TABLE_OF_2024: &str =
    "teamduality/heygen-typescript-sdk httpClient.ts, after HeyGen's error table of 2024";

/// HeyGen's own command line.
pub(super) const HEYGEN_CLI: &str = "heygen-com/heygen-cli internal/errors/errors.go";
