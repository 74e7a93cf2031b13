//! Drafts: what authors edit, with every edit kept.
//!
//! A tree always has a state that can be edited: its draft, or, where there is none, its newest version. Each edit makes the next revision of it out
//! of the one before, and the edits are kept, so that every earlier revision can be read again. Revisions count on through versions: publishing
//! changes nothing of what is there.

mod former;
mod history;
mod overview;
mod present;
mod rows;
mod save;
pub(super) mod store;
mod trial;
mod undo;

use std::sync::Arc;

use super::{Error, Result, Shelf, releases};
use crate::tree::edit::Conflict;
use crate::tree::model::Tree;

pub use history::EditRow;
pub use overview::TreeRow;
pub(super) use present::{Present, Step};
pub use releases::{Review, Schedule};
pub use save::Restore;

/// The draft of a tree as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The tree through all its versions.
    pub tree_id: i64,
    /// The tree's present address.
    pub slug: String,
    /// Counts the edits of the tree for ever.
    pub revision: i64,
    /// What it holds.
    pub tree: Arc<Tree>,
    /// The number of the version that it will become.
    pub number: i64,
    /// The number of the version that visitors walk now.
    pub live: Option<i64>,
    /// Whether it differs from the newest version.
    pub has_changes: bool,
    /// The edits since the newest version.
    pub edits: i64,
    /// When the newest of them was made, in milliseconds since 1970; `None` if there is none.
    pub saved_at: Option<i64>,
    /// By whom.
    pub saved_by: Option<String>,
    /// Whether there is an edit since the newest version that can be undone.
    pub can_undo: bool,
    /// Whether there is an undone one that can be made again.
    pub can_redo: bool,
    /// Somebody was asked to look at it.
    pub review: Option<Review>,
    /// It is to be published at a time.
    pub schedule: Option<Schedule>,
    /// Whether it is a shipped tree as it came, for authors to look at.
    pub offered_by_starter: bool,
    /// Whether nobody publishes what they wrote themselves.
    pub four_eyes: bool,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq)]
pub enum Saved {
    /// It is stored; this is the draft with it.
    Stored(Draft),
    /// There was nothing to change.
    Unchanged(Draft),
    /// Nothing is stored, since others changed the same meanwhile.
    Conflict {
        /// The draft as it is without the save.
        draft: Draft,
        /// What both sides changed.
        conflicts: Vec<Conflict>,
    },
}

impl Saved {
    /// The draft as it is now.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        match self {
            Self::Stored(draft) | Self::Unchanged(draft) | Self::Conflict { draft, .. } => draft,
        }
    }
}

impl Shelf {
    /// The draft of the tree at `slug`, present or former; of a tree without one, its newest version.
    ///
    /// # Errors
    /// [`Error::NoTree`]; or if the database cannot be read.
    pub async fn open_draft(&self, slug: &str) -> Result<Draft> {
        let mut read = self.0.db.snapshot().await?;
        let present = Present::read(&mut read, self, slug).await?;
        let draft = present.draft(&mut read).await?;
        self.remember(&draft);
        Ok(draft)
    }

    /// The tree as it was at an earlier revision.
    ///
    /// # Errors
    /// [`Error::NoTree`], or [`Error::NoRevision`] if the draft never had it.
    pub async fn draft_at(&self, slug: &str, revision: i64) -> Result<Arc<Tree>> {
        let mut read = self.0.db.snapshot().await?;
        let present = Present::read(&mut read, self, slug).await?;
        present.at(&mut read, revision).await
    }

    /// Keeps the tree of a revision in memory; it is the same for ever. Only for what is committed.
    fn remember(&self, draft: &Draft) {
        self.0.drafts.insert((draft.tree_id, draft.revision), Arc::clone(&draft.tree));
    }
}
