//! A second pair of eyes: an author asks, another one publishes.

use super::versions::find;
use super::{Error, Result, Shelf, store};
use crate::audit::{self, Action, By};
use crate::db::Read;
use crate::shelf::store::TreeRow;

/// Somebody asks for the draft to be looked at and published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// When it was asked for, in milliseconds since 1970.
    pub at: i64,
    /// Who asked.
    pub by: String,
    /// What to look at.
    pub note: String,
    /// The revision of the draft that it was asked for.
    pub revision: i64,
}

impl Shelf {
    /// Asks for somebody else to look at the draft; a new request replaces an older one.
    ///
    /// # Errors
    /// [`Error::NoTree`], or [`Error::Stale`] if `revision` is not the present one.
    pub async fn ask_review(&self, slug: &str, revision: i64, note: &str, by: &By) -> Result<()> {
        let (slug, note, by, now) = (slug.to_owned(), note.trim().to_owned(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let tree = find(write, &slug).await?;
                if tree.draft_revision != revision {
                    return Err(Error::Stale { present: tree.draft_revision });
                }
                store::put_review(write, tree.id, revision, now, &by, &note).await?;
                audit::note(write, now, &by, Action::Publish, &tree.slug, &format!("Asked for a review of revision {revision}")).await?;
                Ok(())
            })
        })
        .await
    }

    /// Takes the request back, if there is one.
    ///
    /// # Errors
    /// [`Error::NoTree`].
    pub async fn take_back_review(&self, slug: &str, by: &By) -> Result<()> {
        let (slug, by, now) = (slug.to_owned(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let tree = find(write, &slug).await?;
                if store::delete_review(write, tree.id).await? > 0 {
                    audit::note(write, now, &by, Action::Publish, &tree.slug, "Took the request for a review back").await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Sets whether the tree is published only by somebody who wrote nothing of the draft and did not ask for its review.
    ///
    /// # Errors
    /// [`Error::NoTree`].
    pub async fn set_four_eyes(&self, slug: &str, needed: bool, by: &By) -> Result<()> {
        let (slug, by, now) = (slug.to_owned(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let tree = find(write, &slug).await?;
                store::set_four_eyes(write, tree.id, needed).await?;
                let detail = if needed { "From now on, whoever wrote a draft does not publish it" } else { "From now on, authors may publish what they wrote" };
                audit::note(write, now, &by, Action::Publish, &tree.slug, detail).await?;
                Ok(())
            })
        })
        .await
    }
}

/// Refuses whoever wrote the draft or asked for its review, where that matters.
pub(super) async fn require_other_eyes(read: &mut Read, tree: &TreeRow, by: &By) -> Result<()> {
    if !tree.needs_four_eyes() {
        return Ok(());
    }
    let asked = store::review(read, tree.id).await?.is_some_and(|review| review.by == by.name);
    if asked || store::has_edited(read, tree.id, &by.name).await? { Err(Error::FourEyes(by.name.clone())) } else { Ok(()) }
}
