//! Sessions: one row each, found by the hash of the secret in the browser's cookie.
//!
//! A session ends when nobody uses it for [`IDLE`], at the latest [`LONGEST`] after signing in, when its owner ends it, when the password
//! changes, and when the account is disabled.

mod browser;
pub mod cookie;
pub(super) mod store;

pub(super) use browser::name as browser_name;

use super::client::Client;

/// After this time without a request a session has ended, in milliseconds.
pub const IDLE: i64 = 8 * 60 * 60 * 1000;
/// After this time a session has ended in any case, in milliseconds.
pub const LONGEST: i64 = 7 * 24 * 60 * 60 * 1000;
/// That a session is used is noted at most this often, in milliseconds.
pub(super) const NOTED_EVERY: i64 = 60 * 1000;
/// Most characters that are kept of what the browser calls itself.
const BROWSER: usize = 200;

/// A session that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number, for forms.
    pub id: i64,
    /// The account that signed in.
    pub account: i64,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub created_at: i64,
    /// When it was last used, to the minute.
    pub seen_at: i64,
    /// Where from.
    pub address: String,
    /// What the browser called itself.
    pub browser: String,
}

impl Session {
    /// A session that begins now; its number and account come with the transaction that stores it.
    pub(super) fn beginning(client: &Client, now: i64) -> Self {
        Self { id: 0, account: 0, created_at: now, seen_at: now, address: client.address.0.to_string(), browser: client.browser.clone() }
    }
}

/// What is kept of a `User-Agent`.
#[must_use]
pub(super) fn browser_words(user_agent: &str) -> String {
    user_agent.chars().filter(|c| !c.is_control()).take(BROWSER).collect()
}
