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
}
