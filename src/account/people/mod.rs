//! Accounts as they are stored.

mod name;
pub(super) mod store;

pub use name::{folded, read_name};

use crate::web::Roles;

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number; never used again.
    pub id: i64,
    /// The name, as its owner writes it.
    pub name: String,
    /// What it may do beyond walking the guides.
    pub roles: Roles,
    /// Whether a password is set; before, only a link opens it.
    pub has_password: bool,
    /// Milliseconds since 1970-01-01 UTC.
    pub created_at: i64,
    /// When it was disabled, in milliseconds since 1970-01-01 UTC; none while it may sign in.
    pub disabled_at: Option<i64>,
}
