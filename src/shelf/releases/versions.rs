//! The versions of a tree, and how the next one is published.

use std::sync::Arc;

use super::{Error, Result, Shelf, review, store};
use crate::audit::By;
use crate::db::{Read, Write};
use crate::shelf::drafts::Present;
use crate::shelf::publish::{self, Published};
use crate::shelf::{read_tree, store as trees};
use crate::tree::closure::Closure;
use crate::tree::model::{NodeKind, Tree};
use crate::tree::picture;

/// One version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// Counts the tree's versions from 1.
    pub number: i64,
    /// What diagnoses are pinned to.
    pub id: i64,
    /// Milliseconds since 1970.
    pub published_at: i64,
    /// When it was withdrawn, in the same unit.
    pub withdrawn_at: Option<i64>,
    /// Who published it; `None` for versions from before this was kept.
    pub by: Option<String>,
    /// What changed, in the publisher's words.
    pub summary: String,
    /// The revision of the draft that it was.
    pub revision: Option<i64>,
}

impl Shelf {
    /// Every version of the tree at `slug`, the newest first.
    ///
    /// # Errors
    /// [`Error::NoTree`].
    pub async fn versions(&self, slug: &str) -> Result<Vec<VersionRow>> {
        let mut read = self.0.db.snapshot().await?;
        let tree = find(&mut read, slug).await?;
        Ok(store::versions(&mut read, tree.id).await?)
    }

    /// The tree as its version `number` has it, withdrawn or not.
    ///
    /// # Errors
    /// [`Error::NoTree`], or [`Error::NoVersion`] if there is none with that number.
    pub async fn version_tree(&self, slug: &str, number: i64) -> Result<Arc<Tree>> {
        let mut read = self.0.db.snapshot().await?;
        let tree = find(&mut read, slug).await?;
        Ok(Arc::new(numbered(&mut read, tree.id, number).await?))
    }

    /// Publishes the draft as it is at `revision`. The caller has checked it.
    ///
    /// # Errors
    /// [`Error::Stale`] if it has been edited since, [`Error::NoSummary`], [`Error::FourEyes`], [`Error::NothingToPublish`]; as for [`Shelf::publish`].
    pub async fn publish_draft(&self, slug: &str, revision: i64, summary: &str, by: &By) -> Result<Published> {
        let (shelf, slug, summary, by, now) = (self.clone(), slug.to_owned(), summary.trim().to_owned(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let present = Present::read(write, &shelf, &slug).await?;
                publish_revision(write, present, revision, &summary, &by, now).await
            })
        })
        .await
    }

    /// A draft as walks take it: with the newest ladders and the newest published versions of the trees that it jumps to. A jump to a tree
    /// without one is left out.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn closure_of(&self, tree: &Tree) -> Result<Closure> {
        let mut closure = Closure::single(Arc::new(tree.clone()), self.ladders().await?);
        let there = self.image_sizes();
        closure.pictures = picture::shown(tree).into_iter().map(|shown| shown.digest).filter(|digest| there.contains_key(digest)).collect();
        for node in &tree.nodes {
            if let NodeKind::Jump(jump) = &node.kind {
                let slug = self.slug_moved(&jump.tree).unwrap_or_else(|| jump.tree.clone());
                if let Some(version) = self.current(&slug) {
                    closure.jumps.insert(jump.tree.clone(), Arc::clone(&version.closure));
                }
            }
        }
        Ok(closure)
    }
}

/// The tree at `slug`, present or former.
pub(super) async fn find(read: &mut Read, slug: &str) -> Result<trees::TreeRow> {
    trees::find_tree(read, slug).await?.ok_or_else(|| Error::NoTree(slug.to_owned()))
}

/// The tree of the version `number`.
pub(in crate::shelf) async fn numbered(read: &mut Read, tree: i64, number: i64) -> Result<Tree> {
    let id = store::version_id(read, tree, number).await?.ok_or(Error::NoVersion(number))?;
    let (_, tree) = read_tree::tree(read, id).await?.ok_or(Error::NoVersion(number))?;
    Ok(tree)
}

/// Publishes what is present if it still is `revision`.
pub(super) async fn publish_revision(write: &mut Write, present: Present, revision: i64, summary: &str, by: &By, now: i64) -> Result<Published> {
    if summary.is_empty() {
        return Err(Error::NoSummary);
    }
    if present.row.draft_revision != revision {
        return Err(Error::Stale { present: present.row.draft_revision });
    }
    review::require_other_eyes(write, &present.row, by).await?;
    let is_withdrawn = present.newest.as_ref().is_some_and(|newest| newest.state == "withdrawn");
    if !present.has_changes() && !is_withdrawn && publish::is_pinned_alike(write, &present).await? {
        return Err(Error::NothingToPublish(present.row.slug.clone()));
    }
    publish::publish(write, &present, summary, by, now).await
}
