//! The ways in which a draft changes.

use super::{Error, Present, Result, Saved, Shelf, Step, store};
use crate::audit::{self, Action, By};
use crate::db::{Write, WriteFuture};
use crate::shelf::{images, publish, read_tree, releases, store as trees};
use crate::tree::edit::{self, Conflict};
use crate::tree::model::Tree;

/// What a draft is set back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restore {
    /// An earlier revision of it.
    Revision(i64),
    /// A version, by its number.
    Version(i64),
}

impl Shelf {
    /// Stores `edited`, which was made from the tree of `base_revision`. What others changed in other parts since is kept.
    ///
    /// # Errors
    /// [`Error::NoTree`], [`Error::NoRevision`], [`Error::OtherTree`] if the address is another tree's, [`Error::NodeTwice`] and [`Error::NoTarget`] if the nodes do
    /// not hang together, [`Error::TooManyNodes`].
    pub async fn save(&self, slug: &str, base_revision: i64, edited: Tree, by: &By) -> Result<Saved> {
        let (shelf, slug, by) = (self.clone(), slug.to_owned(), by.clone());
        self.edit(move |write, now| {
            Box::pin(async move {
                let present = Present::read(write, &shelf, &slug).await?;
                let base = present.at(write, base_revision).await?;
                present.admit(write, &edited).await?;
                present.merge(write, &edit::between(&base, &edited), Step::from(base_revision), &by, now).await
            })
        })
        .await
    }

    /// Puts `tree` in the place of the whole draft. If `revision` is not the present one, nothing is stored and everything that differs is a conflict.
    ///
    /// # Errors
    /// As for [`Shelf::save`].
    pub async fn replace(&self, slug: &str, revision: i64, mut tree: Tree, by: &By) -> Result<Saved> {
        let (shelf, slug, by) = (self.clone(), slug.to_owned(), by.clone());
        let pictures = images::unpack(&mut tree).await?;
        self.edit(move |write, now| {
            Box::pin(async move {
                images::keep(write, &pictures, &by, now).await?;
                let present = Present::read(write, &shelf, &slug).await?;
                replace(write, present, revision, tree, &by, now).await
            })
        })
        .await
    }

    /// Sets the draft back to an earlier state of it, as an edit of its own. `revision` must be the present one, as for [`Shelf::replace`].
    ///
    /// # Errors
    /// [`Error::NoTree`]; [`Error::NoRevision`] or [`Error::NoVersion`] if there was no such state.
    pub async fn restore(&self, slug: &str, revision: i64, to: Restore, by: &By) -> Result<Saved> {
        let (shelf, slug, by) = (self.clone(), slug.to_owned(), by.clone());
        self.edit(move |write, now| {
            Box::pin(async move {
                let present = Present::read(write, &shelf, &slug).await?;
                let tree = match to {
                    Restore::Revision(earlier) => Tree::clone(&*present.at(write, earlier).await?),
                    Restore::Version(number) => releases::numbered(write, present.row.id, number).await?,
                };
                replace(write, present, revision, tree, &by, now).await
            })
        })
        .await
    }

    /// Gives the draft up for the newest version, as an edit that can be undone. A tree that was never published is gone after it.
    ///
    /// # Errors
    /// [`Error::NoTree`], or [`Error::Stale`] if `revision` is not the present one.
    pub async fn discard(&self, slug: &str, revision: i64, by: &By) -> Result<()> {
        let (shelf, slug, by, now) = (self.clone(), slug.to_owned(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| Box::pin(async move { discard(write, &shelf, &slug, revision, &by, now).await })).await
    }

    /// Makes a new tree.
    ///
    /// # Errors
    /// [`Error::SlugTaken`] if a tree has or had its address; otherwise as for [`Shelf::save`].
    pub async fn create(&self, tree: Tree, by: &By) -> Result<super::Draft> {
        self.create_like(tree, None, by).await
    }

    /// Makes a new tree, with the pictures of the tree `model` besides its own.
    async fn create_like(&self, mut tree: Tree, model: Option<i64>, by: &By) -> Result<super::Draft> {
        let by = by.clone();
        let pictures = images::unpack(&mut tree).await?;
        let saved = self.edit(move |write, now| {
            Box::pin(async move {
                images::keep(write, &pictures, &by, now).await?;
                match trees::find_tree(write, &tree.slug).await? {
                    Some(_) => Err(Error::SlugTaken(tree.slug)),
                    None => {
                        let saved = publish::create(write, tree, &by, now).await?;
                        if let Some(model) = model {
                            images::store::add_all_of(write, model, saved.draft().tree_id).await?;
                        }
                        Ok(saved)
                    }
                }
            })
        });
        Ok(saved.await?.draft().clone())
    }

    /// Makes a new tree that is like the draft of the one at `slug`.
    ///
    /// # Errors
    /// [`Error::NoTree`], [`Error::SlugTaken`].
    pub async fn copy(&self, slug: &str, new_slug: &str, new_title: &str, by: &By) -> Result<super::Draft> {
        let draft = self.open_draft(slug).await?;
        let tree = Tree { slug: new_slug.to_owned(), title: new_title.to_owned(), ..Tree::clone(&draft.tree) };
        self.create_like(tree, Some(draft.tree_id), by).await
    }

    /// Runs a change of a draft in a transaction of its own.
    pub(super) async fn edit<F>(&self, work: F) -> Result<Saved>
    where
        F: for<'w> FnOnce(&'w mut Write, i64) -> WriteFuture<'w, Saved, Error> + Send + 'static,
    {
        let now = self.0.clock.now_ms();
        let saved = self.change(move |write| work(write, now)).await?;
        self.remember(saved.draft());
        Ok(saved)
    }
}

/// Puts `tree` in the place of what is there, if `revision` is the present one.
async fn replace(write: &mut Write, present: Present, revision: i64, tree: Tree, by: &By, now: i64) -> Result<Saved> {
    present.admit(write, &tree).await?;
    let changes = edit::between(&present.tree, &tree).changes;
    if revision == present.row.draft_revision || changes.is_empty() {
        return present.become_tree(write, tree, Step::from(revision), by, now).await;
    }
    let base = present.at(write, revision).await?;
    let differs = |change: edit::Change| Conflict { base: edit::value(&base, &change.part), part: change.part, mine: change.after, theirs: change.before };
    let conflicts = changes.into_iter().map(differs).collect();
    Ok(Saved::Conflict { draft: present.draft(write).await?, conflicts })
}

async fn discard(write: &mut Write, shelf: &Shelf, slug: &str, revision: i64, by: &By, now: i64) -> Result<()> {
    let present = Present::read(write, shelf, slug).await?;
    if revision != present.row.draft_revision {
        return Err(Error::Stale { present: present.row.draft_revision });
    }
    let Some(newest) = &present.newest else {
        audit::note(write, now, by, Action::Edit, &present.row.slug, "Deleted the tree, which was never published").await?;
        store::delete_tree(write, present.row.id).await?;
        return Ok(());
    };
    let (_, tree) = read_tree::tree(write, newest.id).await?.ok_or(Error::NoVersion(newest.id))?;
    present.become_tree(write, tree, Step::from(revision), by, now).await?;
    Ok(())
}
