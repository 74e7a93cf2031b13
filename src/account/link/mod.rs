//! Links that set a password, once and for a day: an account's own, or the one by which the first account is made.

pub(super) mod store;

/// How long a link works, in milliseconds.
pub(super) const LIFETIME: i64 = 24 * 60 * 60 * 1000;
