//! Withdrawing a whole tree, or one outcome that proved wrong.

use std::collections::BTreeMap;

use super::versions::find;
use super::{Error, Result, Shelf, store};
use crate::audit::{self, Action, By};

/// That an outcome was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// By whom.
    pub by: String,
    /// Why, for whoever reads the outcome.
    pub reason: String,
}

impl Shelf {
    /// Withdraws every published version of the tree: visitors no longer find it, and older diagnoses say so. Publishing its draft brings it back.
    ///
    /// # Errors
    /// [`Error::NoTree`], [`Error::NoReason`], or [`Error::NotPublished`] if there is nothing to withdraw.
    pub async fn withdraw_tree(&self, slug: &str, reason: &str, by: &By) -> Result<()> {
        let (slug, reason, by, now) = (slug.to_owned(), reason.trim().to_owned(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let tree = find(write, &slug).await?;
                if reason.is_empty() {
                    return Err(Error::NoReason);
                }
                if store::withdraw_all(write, tree.id, &reason, now).await? == 0 {
                    return Err(Error::NotPublished(tree.slug));
                }
                audit::note(write, now, &by, Action::Withdraw, &tree.slug, &format!("Withdrew the guide: {reason}")).await?;
                Ok(())
            })
        })
        .await
    }

    /// Withdraws the outcome `node` of every version: pages that show it say so.
    ///
    /// # Errors
    /// [`Error::NoTree`], [`Error::NoReason`], or [`Error::NoOutcome`] if no version has it.
    pub async fn withdraw_outcome(&self, slug: &str, node: &str, reason: &str, by: &By) -> Result<()> {
        let (slug, node, reason, by, now) = (slug.to_owned(), node.to_owned(), reason.trim().to_owned(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let tree = find(write, &slug).await?;
                if reason.is_empty() {
                    return Err(Error::NoReason);
                }
                if !store::had_outcome(write, tree.id, &node).await? {
                    return Err(Error::NoOutcome { slug: tree.slug, node });
                }
                let withdrawn = Withdrawn { at: now, by: by.name.clone(), reason };
                store::put_withdrawn(write, tree.id, &node, &withdrawn).await?;
                let detail = format!("Withdrew the outcome \"{node}\": {}", withdrawn.reason);
                audit::note(write, now, &by, Action::Withdraw, &tree.slug, &detail).await?;
                Ok(())
            })
        })
        .await
    }

    /// Takes the withdrawing of an outcome back.
    ///
    /// # Errors
    /// [`Error::NoTree`], or [`Error::NoOutcome`] if it is not withdrawn.
    pub async fn reinstate_outcome(&self, slug: &str, node: &str, by: &By) -> Result<()> {
        let (slug, node, by, now) = (slug.to_owned(), node.to_owned(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let tree = find(write, &slug).await?;
                if store::delete_withdrawn(write, tree.id, &node).await? == 0 {
                    return Err(Error::NoOutcome { slug: tree.slug, node });
                }
                audit::note(write, now, &by, Action::Withdraw, &tree.slug, &format!("Reinstated the outcome \"{node}\"")).await?;
                Ok(())
            })
        })
        .await
    }

    /// The withdrawn outcomes of the tree at `slug`, by the keys of their nodes.
    ///
    /// # Errors
    /// [`Error::NoTree`].
    pub async fn withdrawn_outcomes(&self, slug: &str) -> Result<BTreeMap<String, Withdrawn>> {
        let mut read = self.0.db.snapshot().await?;
        let tree = find(&mut read, slug).await?;
        Ok(store::withdrawn(&mut read, tree.id).await?)
    }
}
