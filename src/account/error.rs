//! Why a change of accounts is refused.

use super::password::HashError;
use crate::db;
use crate::web::Failure;

/// What this room's functions answer.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a change of accounts is refused; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another account has the name, perhaps written otherwise.
    #[error("there is an account with this name already: choose another name")]
    NameTaken,
    /// There is no account with this name or number.
    #[error("there is no such account: `fixpath user list` shows those there are")]
    NoAccount,
    /// The change would leave nobody who can manage accounts.
    #[error("this is the last administrator: give another account the role \"admin\" first")]
    LastAdmin,
    /// A set-up link that never was, is too old, was used, or was replaced by a newer one.
    #[error("the link was used, has expired, or was replaced by a newer one")]
    LinkSpent,
    /// A password cannot be hashed now.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NameTaken | Error::LastAdmin => Self::Conflict { what: sentence(&error), ways_on: Vec::new(), typed: None },
            Error::NoAccount => Self::NotFound,
            Error::LinkSpent => Self::Gone {
                what:
                    "This link was used, has expired, or was replaced by a newer one. Ask an administrator of this site for another. Where there is no account \
                       yet, start the program again: it prints a new link."
                        .to_owned(),
            },
            Error::Db(error) if !error.is_unavailable() => Self::internal(error),
            Error::Db(_) | Error::Hash(_) => Self::unavailable(error),
        }
    }
}

/// The error as a sentence of a page.
pub(super) fn sentence(error: &Error) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}
