//! The addresses of accounts.

use super::{Urls, encoded};

/// Route pattern of the page that signs in.
pub const SIGN_IN: &str = "/sign-in";
/// Route pattern that signing out is posted to.
pub const SIGN_OUT: &str = "/sign-out";
/// Route pattern of a link that sets a password, once.
pub const SET_UP: &str = "/set-up/{token}";
/// Route pattern of the page about one's own account.
pub const ACCOUNT: &str = "/account";
/// Route pattern that a new password is posted to.
pub const ACCOUNT_PASSWORD: &str = "/account/password";
/// Route pattern that the end of sessions is posted to.
pub const ACCOUNT_SESSIONS: &str = "/account/sessions";
/// Route pattern of one's own API tokens.
pub const ACCOUNT_TOKENS: &str = "/account/tokens";
/// Route pattern that the end of a token is posted to.
pub const ACCOUNT_TOKENS_REVOKE: &str = "/account/tokens/revoke";
/// Route pattern of everybody's accounts, for administrators.
pub const ACCOUNT_USERS: &str = "/account/users";
/// Route pattern that changes of an account are posted to.
pub const ACCOUNT_USERS_CHANGE: &str = "/account/users/change";
/// Route pattern of the audit log.
pub const ACCOUNT_AUDIT: &str = "/account/audit";

impl Urls {
    /// The page that signs in.
    #[must_use]
    pub fn sign_in(&self) -> String {
        format!("{}{SIGN_IN}", self.base)
    }

    /// The same, going on at `address` afterwards.
    #[must_use]
    pub fn sign_in_to(&self, address: &str) -> String {
        format!("{}{SIGN_IN}?next={}", self.base, encoded(address))
    }

    /// Where signing out is posted to.
    #[must_use]
    pub fn sign_out(&self) -> String {
        format!("{}{SIGN_OUT}", self.base)
    }

    /// A link that sets a password, once.
    #[must_use]
    pub fn set_up(&self, token: &str) -> String {
        self.filled(SET_UP, &[token])
    }

    /// The page about one's own account.
    #[must_use]
    pub fn account(&self) -> String {
        format!("{}{ACCOUNT}", self.base)
    }

    /// Where a new password is posted to.
    #[must_use]
    pub fn account_password(&self) -> String {
        format!("{}{ACCOUNT_PASSWORD}", self.base)
    }

    /// Where the end of sessions is posted to.
    #[must_use]
    pub fn account_sessions(&self) -> String {
        format!("{}{ACCOUNT_SESSIONS}", self.base)
    }

    /// One's own API tokens.
    #[must_use]
    pub fn account_tokens(&self) -> String {
        format!("{}{ACCOUNT_TOKENS}", self.base)
    }

    /// Where the end of a token is posted to.
    #[must_use]
    pub fn account_tokens_revoke(&self) -> String {
        format!("{}{ACCOUNT_TOKENS_REVOKE}", self.base)
    }

    /// Everybody's accounts, for administrators.
    #[must_use]
    pub fn account_users(&self) -> String {
        format!("{}{ACCOUNT_USERS}", self.base)
    }

    /// Where changes of an account are posted to.
    #[must_use]
    pub fn account_users_change(&self) -> String {
        format!("{}{ACCOUNT_USERS_CHANGE}", self.base)
    }

    /// The audit log.
    #[must_use]
    pub fn account_audit(&self) -> String {
        format!("{}{ACCOUNT_AUDIT}", self.base)
    }
}
