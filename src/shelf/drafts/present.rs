//! A draft inside one transaction: read, and changed.

use std::sync::Arc;

use super::store::{self, NewEdit, Newest};
use super::{Draft, Error, Result, Saved, Shelf, rows, undo};
use crate::audit::{self, Action, By};
use crate::db::{Error as DbError, Read, Write};
use crate::shelf::store::TreeRow;
use crate::shelf::words::{from_json, json};
use crate::shelf::{images, read_tree, releases, store as trees, write_tree};
use crate::tree::difference;
use crate::tree::edit::{self, Edit};
use crate::tree::file::MAX_NODES;
use crate::tree::model::Tree;

/// The state of a tree that can be edited.
pub(in crate::shelf) struct Present {
    pub row: TreeRow,
    /// The version id and digest of the draft.
    pub draft: Option<(i64, String)>,
    pub newest: Option<Newest>,
    pub tree: Arc<Tree>,
}

/// Where an edit comes from.
#[derive(Debug, Clone, Copy)]
pub(in crate::shelf) struct Step {
    /// The revision that its author saw.
    pub base_revision: i64,
    /// The edit that it takes back.
    pub undoes: Option<i64>,
    /// The undoing that it takes back.
    pub redoes: Option<i64>,
}

impl Step {
    /// An edit that was made from `base_revision`.
    pub(in crate::shelf) fn from(base_revision: i64) -> Self {
        Self { base_revision, undoes: None, redoes: None }
    }
}

impl Present {
    /// Reads it. Edits of others wait if this is a writing transaction that has noted its change.
    pub(in crate::shelf) async fn read(read: &mut Read, shelf: &Shelf, slug: &str) -> Result<Self> {
        let no_tree = || Error::NoTree(slug.to_owned());
        let row = trees::find_tree(read, slug).await?.ok_or_else(no_tree)?;
        let draft = store::draft_row(read, row.id).await?;
        let newest = store::newest_version(read, row.id).await?;
        let version = draft.as_ref().map(|(id, _)| *id).or(newest.as_ref().map(|newest| newest.id)).ok_or_else(no_tree)?;
        let tree = match shelf.0.drafts.get(&(row.id, row.draft_revision)) {
            Some(tree) => tree,
            None => Arc::new(read_tree::tree(read, version).await?.ok_or_else(no_tree)?.1),
        };
        Ok(Self { row, draft, newest, tree })
    }

    /// Whether it differs from the newest version.
    pub(in crate::shelf) fn has_changes(&self) -> bool {
        match (&self.draft, &self.newest) {
            (Some((_, digest)), Some(newest)) => *digest != newest.digest,
            (draft, _) => draft.is_some(),
        }
    }

    /// It with everything that is known about it.
    pub(in crate::shelf) async fn draft(&self, read: &mut Read) -> Result<Draft> {
        let id = self.row.id;
        let open = store::open_edits(read, id, &json(&Edit::default())?).await?;
        let last = store::last_edit(read, id).await?;
        let (undoable, redoable) = undo::stacks(&open);
        Ok(Draft {
            tree_id: id,
            slug: self.row.slug.clone(),
            revision: self.row.draft_revision,
            tree: Arc::clone(&self.tree),
            number: trees::next_number(read, id).await?,
            live: store::live_number(read, id).await?,
            has_changes: self.has_changes(),
            edits: i64::try_from(open.len()).unwrap_or(i64::MAX),
            saved_at: last.as_ref().map(|(at, _)| *at),
            saved_by: last.map(|(_, name)| name),
            can_undo: !undoable.is_empty(),
            can_redo: !redoable.is_empty(),
            review: releases::store::review(read, id).await?,
            schedule: releases::store::schedule(read, id, self.row.draft_revision).await?,
            offered_by_starter: self.has_changes() && self.row.offered_revision == Some(self.row.draft_revision),
            four_eyes: self.row.needs_four_eyes(),
        })
    }

    /// The tree as it was at `revision`: the edits since are taken back, the newest first.
    pub(in crate::shelf) async fn at(&self, read: &mut Read, revision: i64) -> Result<Arc<Tree>> {
        let present = self.row.draft_revision;
        if revision == present {
            return Ok(Arc::clone(&self.tree));
        }
        if !(0..present).contains(&revision) {
            return Err(Error::NoRevision { slug: self.row.slug.clone(), revision });
        }
        let mut tree = Tree::clone(&self.tree);
        for (number, edit) in store::edits_after(read, self.row.id, revision).await? {
            let edit: Edit = from_json(&edit)?;
            let lost = |_| DbError::Unreadable(format!("revision {number} of the draft of \"{}\" does not fit the one after it", self.row.slug));
            tree = edit.inverse().apply(&tree).map_err(lost)?;
        }
        Ok(Arc::new(tree))
    }

    /// Refuses a tree that cannot be a state of this one: of another address, or one that does not hang together.
    pub(in crate::shelf) async fn admit(&self, read: &mut Read, tree: &Tree) -> Result<()> {
        if tree.slug != self.tree.slug && trees::find_tree(read, &tree.slug).await?.is_none_or(|row| row.id != self.row.id) {
            return Err(Error::OtherTree { slug: self.row.slug.clone(), other: tree.slug.clone() });
        }
        write_tree::check_edges(tree)
    }

    /// Makes `edit` in it, whatever others changed since it was made from another revision.
    pub(in crate::shelf) async fn merge(self, write: &mut Write, edit: &Edit, step: Step, by: &By, now: i64) -> Result<Saved> {
        match edit.apply(&self.tree) {
            Err(conflicts) => Ok(Saved::Conflict { draft: self.draft(write).await?, conflicts }),
            Ok(merged) => self.become_tree(write, merged, step, by, now).await,
        }
    }

    /// Replaces what it holds by `after` and keeps the edit that this is.
    pub(in crate::shelf) async fn become_tree(mut self, write: &mut Write, after: Tree, step: Step, by: &By, now: i64) -> Result<Saved> {
        let edit = edit::between(&self.tree, &after);
        if edit.is_empty() {
            return Ok(Saved::Unchanged(self.draft(write).await?));
        }
        // Whoever made the edit may have had room that others have taken since.
        if after.nodes.len() > MAX_NODES.max(self.tree.nodes.len()) {
            return Err(Error::TooManyNodes(after.nodes.len()));
        }
        let digest = write_tree::digest(&after)?;
        self.draft = match (self.draft.take(), &self.newest) {
            // What equals the newest version is no draft.
            (draft, Some(newest)) if newest.digest == digest => {
                if draft.is_some() {
                    trees::delete_draft(write, self.row.id).await?;
                }
                None
            }
            (Some((version, _)), _) => {
                rows::rewrite(write, version, &self.tree, &after, &digest).await?;
                Some((version, digest))
            }
            (None, _) => {
                let version = trees::next_id(write, "version").await?;
                write_tree::insert_draft(write, version, self.row.id, &after, now).await?;
                Some((version, digest))
            }
        };
        images::add_shown(write, self.row.id, &after, by, now).await?;
        let sentences = difference::sentences(&self.tree, &after).into_iter().map(|sentence| sentence.text).collect::<Vec<_>>();
        self.note(write, &edit, &sentences, step, by, now).await?;
        self.tree = Arc::new(after);
        Ok(Saved::Stored(self.draft(write).await?))
    }

    /// Keeps the edit as the next revision, with its entry in the log.
    pub(in crate::shelf) async fn note(&mut self, write: &mut Write, edit: &Edit, sentences: &[String], step: Step, by: &By, now: i64) -> Result<()> {
        let revision = self.row.draft_revision + 1;
        if !store::raise_revision(write, self.row.id, self.row.draft_revision).await? {
            return Err(Error::Stale { present: revision });
        }
        let (tree, at) = (self.row.id, now);
        let (edit, words) = (json(edit)?, json(&sentences)?);
        let new = NewEdit { tree, revision, at, by, base_revision: step.base_revision, edit, sentences: words, undoes: step.undoes, redoes: step.redoes };
        store::insert_edit(write, &new).await?;
        if *by != By::program() {
            trees::mark_edited(write, tree).await?;
        }
        let count = sentences.len();
        let detail = format!("Revision {revision} of the draft: {count} {}", if count == 1 { "change" } else { "changes" });
        audit::note(write, now, by, Action::Edit, &self.row.slug, &detail).await?;
        self.row.draft_revision = revision;
        Ok(())
    }
}
