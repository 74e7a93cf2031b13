//! What the shelf refuses, and why.

use crate::db;
use crate::tree::ladder::LadderError;

/// The result of what the shelf does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of the shelf.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The database failed or refused.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// No tree has that slug.
    #[error("there is no tree \"{0}\"")]
    NoTree(String),
    /// The tree has nothing to publish.
    #[error("the tree \"{0}\" has no draft: load one first")]
    NoDraft(String),
    /// No published version has that id.
    #[error("there is no published version {0}")]
    NoVersion(i64),
    /// Another tree has, or had, the address.
    #[error("the address \"{0}\" belongs to another tree: choose one that no tree has or had")]
    SlugTaken(String),
    /// A jump leads to a tree without a published version.
    #[error("the jump to \"{0}\" cannot be published: publish the tree \"{0}\" first")]
    JumpNotPublished(String),
    /// A jump leads to its own tree.
    #[error("the jump to \"{0}\" leads into its own tree: use a branch")]
    JumpToItself(String),
    /// The tree names a ladder that is not loaded.
    #[error("there is no ladder \"{0}\": load its table first, or name one that is there")]
    NoLadder(String),
    /// The stored ladder cannot be read.
    #[error("the ladder \"{key}\" cannot be read: {error}")]
    Ladder {
        /// The ladder's key.
        key: String,
        /// What is wrong.
        error: LadderError,
    },
    /// Two nodes have one key.
    #[error("two nodes have the key \"{0}\": give one of them another")]
    NodeTwice(String),
    /// An edge leads to a node that is not there.
    #[error("node \"{node}\" leads to \"{target}\", which is not there")]
    NoTarget {
        /// The node that the edge leaves.
        node: String,
        /// The key it names.
        target: String,
    },
}
