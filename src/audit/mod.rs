//! Who changed what, when, and from where.
//!
//! An entry is written in the transaction of its change, so that there is never one without the other. Entries are never changed; they name
//! people by the name they had, and stay when an account is deleted. They hold no secret and no text of a guide: edits have a history of their own.

mod store;

use crate::db::{self, Read, Write};

/// Who acts, for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// The account's name; for the command line and for what the program does by itself, a word in brackets such as `(command line)`.
    pub name: String,
    /// The client's address; empty where there is none.
    pub address: String,
}

impl By {
    /// A person at the server's own command line.
    #[must_use]
    pub fn command_line() -> Self {
        Self { name: "(command line)".to_owned(), address: String::new() }
    }

    /// The program itself, such as when it publishes at a time that was set.
    #[must_use]
    pub fn program() -> Self {
        Self { name: "(Fixpath)".to_owned(), address: String::new() }
    }
}

/// What was done. The words are stored, so they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// An account was made, changed or deleted.
    Account,
    /// Somebody signed in, failed to, or signed out.
    SignIn,
    /// An API token was made or revoked.
    Token,
    /// A draft was edited; its own history says how.
    Edit,
    /// A draft was published, or its publishing was set for later or called off.
    Publish,
    /// A tree or an outcome was withdrawn or taken back.
    Withdraw,
    /// A ladder was changed.
    Ladder,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 7] = [Self::Account, Self::SignIn, Self::Token, Self::Edit, Self::Publish, Self::Withdraw, Self::Ladder];

    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::SignIn => "sign_in",
            Self::Token => "token",
            Self::Edit => "edit",
            Self::Publish => "publish",
            Self::Withdraw => "withdraw",
            Self::Ladder => "ladder",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == word)
    }
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Counts entries from 1.
    pub id: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Who.
    pub by: By,
    /// What.
    pub action: Action,
    /// What it was done to: a tree's address, an account's name, a ladder's key.
    pub subject: String,
    /// How, in a sentence.
    pub detail: String,
}

/// Writes an entry in the transaction of the change that it is about. `now` is in milliseconds since 1970.
///
/// # Errors
/// If the database cannot store it.
pub async fn note(write: &mut Write, now: i64, by: &By, action: Action, subject: &str, detail: &str) -> db::Result<()> {
    store::insert(write, now, by, action, subject, detail).await
}

/// Which entries are asked for; an empty field asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whose: the whole name.
    pub name: String,
    /// About what: the whole subject.
    pub subject: String,
}

/// At most `limit` entries older than the entry `before` (or the newest) that the filter lets through, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn entries(read: &mut Read, filter: &Filter, before: Option<i64>, limit: i64) -> db::Result<Vec<Entry>> {
    store::entries(read, filter, before.unwrap_or(i64::MAX), limit).await
}
