//! Whoever is signed in, as pages need to know. The account layer puts it into each request; this room only hands it on.

use std::convert::Infallible;
use std::future::Future;

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};

use super::Failure;

/// What a person may do beyond walking the guides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Edits drafts.
    Author,
    /// Publishes and withdraws, and edits drafts.
    Publisher,
    /// Keeps accounts and settings.
    Admin,
}

impl Role {
    /// Every role, in the order pages show them.
    pub const ALL: [Self; 3] = [Self::Author, Self::Publisher, Self::Admin];

    /// The word that tables, forms and the command line use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Publisher => "publisher",
            Self::Admin => "admin",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// What somebody without the role reads.
    fn refusal(self) -> &'static str {
        match self {
            Self::Author => "Your account may not edit guides. Ask an administrator of this site for the role \"author\".",
            Self::Publisher => {
                "Your account may not publish or withdraw. Ask an administrator of this site for the role \"publisher\", or a publisher to do it."
            }
            Self::Admin => "Your account may not manage accounts and settings. Ask an administrator of this site.",
        }
    }
}

/// The roles of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles {
    author: bool,
    publisher: bool,
    admin: bool,
}

impl Roles {
    /// Whether these roles allow what `role` is for. A publisher may do what an author may.
    #[must_use]
    pub fn allow(self, role: Role) -> bool {
        match role {
            Role::Author => self.author || self.publisher,
            Role::Publisher => self.publisher,
            Role::Admin => self.admin,
        }
    }

    /// Whether the role itself was given.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        match role {
            Role::Author => self.author,
            Role::Publisher => self.publisher,
            Role::Admin => self.admin,
        }
    }

    /// The roles that were given, in the order of [`Role::ALL`].
    pub fn given(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(given: I) -> Self {
        let mut roles = Self::default();
        for role in given {
            match role {
                Role::Author => roles.author = true,
                Role::Publisher => roles.publisher = true,
                Role::Admin => roles.admin = true,
            }
        }
        roles
    }
}

/// A person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The account.
    pub account: i64,
    /// The name that edits and the audit log carry.
    pub name: String,
    /// What the account may do.
    pub roles: Roles,
    /// Where the request came from.
    pub address: String,
}

tokio::task_local! {
    /// Whoever is signed in, while a request is answered. Every page shows the name in its frame, whatever its handler is about.
    static PRESENT: Viewer;
}

impl Viewer {
    /// Answers a request as this person: the pages made in `answer` show the name.
    pub async fn answering<A: Future>(self, answer: A) -> A::Output {
        PRESENT.scope(self, answer).await
    }

    /// Whoever the request belongs to that is being answered; `None` outside of [`Viewer::answering`], as for everybody who is not signed in.
    #[must_use]
    pub fn present() -> Option<Self> {
        PRESENT.try_with(Self::clone).ok()
    }

    /// Goes on only if the account has the role.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] with whom to ask.
    pub fn require(&self, role: Role) -> Result<(), Failure> {
        if self.roles.allow(role) { Ok(()) } else { Err(Failure::Forbidden(role.refusal())) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Viewer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or(Failure::Forbidden("Sign in first."))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Viewer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publisher_edits_and_an_administrator_by_that_alone_does_not() {
        let publisher: Roles = [Role::Publisher].into_iter().collect();
        assert!(publisher.allow(Role::Author) && publisher.allow(Role::Publisher) && !publisher.allow(Role::Admin));
        let admin: Roles = [Role::Admin].into_iter().collect();
        assert!(!admin.allow(Role::Author) && !admin.allow(Role::Publisher) && admin.allow(Role::Admin));
        let author: Roles = [Role::Author].into_iter().collect();
        assert!(author.allow(Role::Author) && !author.allow(Role::Publisher));
        assert_eq!(publisher.given().collect::<Vec<_>>(), [Role::Publisher]);
    }

    #[test]
    fn the_word_of_a_role_reads_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        assert_eq!(Role::parse("root"), None);
    }
}
