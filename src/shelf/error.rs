//! What the shelf refuses, and why.

use crate::db;
use crate::tree::file::MAX_NODES;
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
    /// The draft is as the newest version, and pinned to the same.
    #[error("the draft of \"{0}\" has no changes: there is nothing to publish")]
    NothingToPublish(String),
    /// The draft has been edited since.
    #[error("the draft has been edited meanwhile and is now at revision {present}: look at it and try again")]
    Stale {
        /// The revision that it is at.
        present: i64,
    },
    /// The draft never had that revision.
    #[error("the draft of \"{slug}\" has no revision {revision}")]
    NoRevision {
        /// The tree's present address.
        slug: String,
        /// What was asked for.
        revision: i64,
    },
    /// What was to be saved is another tree.
    #[error("this is the tree \"{other}\", not \"{slug}\": a tree keeps its address while it is edited")]
    OtherTree {
        /// The address of the tree that was to be changed.
        slug: String,
        /// The address that the new text names.
        other: String,
    },
    /// A ladder without levels that trees speak of.
    #[error("levels of the ladder are in use, such as {}", .0.first().map_or_else(String::new, ToString::to_string))]
    LevelsInUse(Vec<super::LevelInUse>),
    /// Together with what others added meanwhile the tree would be too large.
    #[error("the guide would have {0} nodes, and {MAX_NODES} is the limit. Split it and join the parts by jumps")]
    TooManyNodes(usize),
    /// Publishing needs words for what changed.
    #[error("the summary is empty: say in a sentence what changed")]
    NoSummary,
    /// Withdrawing needs a reason.
    #[error("the reason is empty: whoever reads the guide is told why it was withdrawn")]
    NoReason,
    /// The tree is published by somebody else than its author only.
    #[error("{0} wrote this draft or asked for its review: somebody else must publish it")]
    FourEyes(String),
    /// No version can be withdrawn.
    #[error("no version of \"{0}\" is published")]
    NotPublished(String),
    /// No version has, or had, that outcome, or it is not withdrawn.
    #[error("\"{slug}\" has no such outcome: \"{node}\"")]
    NoOutcome {
        /// The tree's present address.
        slug: String,
        /// The node's key.
        node: String,
    },
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
    /// An uploaded file is not taken as a picture.
    #[error("{0}")]
    Picture(super::PictureRefused),
    /// A picture that came with a tree file is not taken.
    #[error("{}", .0.trim_end_matches('.'))]
    PictureInFile(String),
    /// A tree would have more pictures than its file may carry.
    #[error("the pictures of this guide would have more than {} KiB together: remove one that no text shows, or upload a smaller one", crate::tree::picture::MAX_TOTAL / 4 * 3 / 1024)]
    TooManyPictures,
    /// A picture that a text of the draft shows cannot be removed.
    #[error("a text of the draft shows the picture: take it out of the text first")]
    PictureInUse,
    /// The checks and the proof broke off.
    #[error("the draft could not be examined: {0}")]
    Examination(String),
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
