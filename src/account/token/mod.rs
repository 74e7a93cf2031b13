//! API tokens: what a program shows that works for an account.

pub(super) mod store;

use crate::secret::Secret;
use crate::web::{Role, Roles};

/// What every token begins with, so that people and scanners recognise one that leaked.
const PREFIX: &str = "fpt_";
/// The longest time a token may work, in days.
pub(super) const LONGEST_DAYS: i64 = 365;

/// What a token may do, at most: never more than its account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Walks guides, where visitors must sign in.
    Guides,
    /// Also puts drafts and reads their checks.
    Drafts,
    /// Also publishes.
    Publish,
}

impl Scope {
    /// Every scope, each wider than the one before.
    pub const ALL: [Self; 3] = [Self::Guides, Self::Drafts, Self::Publish];

    /// The word that tables and forms use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guides => "guides",
            Self::Drafts => "drafts",
            Self::Publish => "publish",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == word)
    }

    /// What pages say of it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Guides => "walk guides",
            Self::Drafts => "put drafts and read their checks",
            Self::Publish => "put drafts, read their checks and publish",
        }
    }

    /// The roles that a token of this scope has, out of its account's.
    #[must_use]
    pub fn within(self, roles: Roles) -> Roles {
        let reaches = |role: &Role| match role {
            Role::Author => self >= Self::Drafts && roles.allow(Role::Author),
            Role::Publisher => self >= Self::Publish && roles.allow(Role::Publisher),
            Role::Admin => false,
        };
        Role::ALL.into_iter().filter(reaches).collect()
    }
}

/// A token as its owner sees it later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its number, for forms.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: Scope,
    /// Milliseconds since 1970-01-01 UTC, like the others.
    pub created_at: i64,
    /// From when it does not work any more.
    pub expires_at: i64,
    /// When it was last used, to the minute.
    pub last_used_at: Option<i64>,
}

/// A new token as it is shown once.
#[must_use]
pub fn reveal(secret: &Secret) -> String {
    format!("{PREFIX}{}", secret.reveal())
}

/// The secret of a token as a program sends it.
#[must_use]
pub fn read(text: &str) -> Option<Secret> {
    Secret::parse(text.strip_prefix(PREFIX)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_by_its_prefix_alone() {
        let secret = Secret::new([7; 32]);
        assert_eq!(read(&reveal(&secret)).map(|read| read.hash()), Some(secret.hash()));
        assert!(read(&secret.reveal()).is_none());
    }

    #[test]
    fn a_token_never_has_more_roles_than_its_account_or_its_scope() {
        let roles = |given: &[Role]| -> Roles { given.iter().copied().collect() };
        let everything = roles(&Role::ALL);
        assert_eq!(Scope::Guides.within(everything), Roles::default());
        assert_eq!(Scope::Drafts.within(everything), roles(&[Role::Author]));
        assert_eq!(Scope::Publish.within(everything), roles(&[Role::Author, Role::Publisher]));
        assert_eq!(Scope::Publish.within(roles(&[Role::Author])), roles(&[Role::Author]));
        assert_eq!(Scope::Drafts.within(roles(&[Role::Publisher])), roles(&[Role::Author]), "a publisher may edit drafts");
        assert_eq!(Scope::Publish.within(roles(&[Role::Admin])), Roles::default());
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.as_str()), Some(scope));
        }
    }
}
