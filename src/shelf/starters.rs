//! The trees that ship with the program, and how newer ones come in without a loss to authors.

use super::publish::{publish_at, put_draft};
use super::{Error, Result, Shelf, drafts, store};
use crate::audit::By;
use crate::db::Write;
use crate::tree::model::Tree;

/// The words that a version published from a shipped file gets as its summary of change.
const SUMMARY: &str = "Shipped with Fixpath";

/// A tree as it ships.
#[derive(Debug, Clone, PartialEq)]
pub struct Starter {
    /// A digest of the file; a different one means a newer file.
    pub digest: String,
    /// What the file holds.
    pub tree: Tree,
}

/// What became of a starter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loaded {
    /// The file is the one that was loaded before.
    Unchanged,
    /// It is a new version.
    Published,
    /// It is the tree's draft, for an author to look at: one has edited the tree, or the checks found something.
    Offered,
    /// An author's draft is in its place; it is tried again at the next start.
    Held,
}

/// Loads one starter. `passes` says that the checks and all cases of the tree pass.
///
/// # Errors
/// [`Error::JumpNotPublished`] if another starter must come first: then the transaction must be given up.
pub(super) async fn load(write: &mut Write, shelf: &Shelf, starter: &Starter, passes: bool, now: i64) -> Result<Loaded> {
    let before = store::find_tree(write, &starter.tree.slug).await?;
    let mut edited = false;
    if let Some(row) = &before {
        if row.starter_digest.as_deref() == Some(starter.digest.as_str()) {
            return Ok(Loaded::Unchanged);
        }
        edited = row.is_edited();
        if edited && store::draft(write, row.id).await?.is_some() {
            return Ok(Loaded::Held);
        }
    }
    let by = By::program();
    let draft = put_draft(write, shelf, starter.tree.clone(), &by, now).await?;
    store::set_starter_digest(write, draft.tree_id, &starter.digest).await?;
    if edited || !passes {
        drafts::store::set_offered(write, draft.tree_id, draft.revision).await?;
        return Ok(Loaded::Offered);
    }
    publish_at(write, shelf, &starter.tree.slug, SUMMARY, &by, now).await?;
    Ok(Loaded::Published)
}

/// Whether the starter may load after another one was published.
pub(super) fn may_succeed_later(error: &Error) -> bool {
    matches!(error, Error::JumpNotPublished(_))
}
