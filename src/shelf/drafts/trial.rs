//! The walk with which somebody tries a draft.

use super::{Result, Shelf, store};
use crate::shelf::words::{from_json, json};
use crate::tree::model::Case;

impl Shelf {
    /// What the account has told in its trial of the tree; `None` if it has begun none.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn trial(&self, tree_id: i64, account: i64) -> Result<Option<Case>> {
        let value = store::trial(&mut self.0.db.read().await?, tree_id, account).await?;
        Ok(value.as_deref().map(from_json).transpose()?)
    }

    /// Keeps what the account has told in its trial, in the place of what it had; `None` ends the trial.
    ///
    /// # Errors
    /// If the database cannot store it.
    pub async fn put_trial(&self, tree_id: i64, account: i64, told: Option<Case>) -> Result<()> {
        let value = told.as_ref().map(json).transpose()?;
        let now = self.0.clock.now_ms();
        // No guide and no draft changes by it, so nobody has to look again.
        let work = self.0.db.in_background(move |write| {
            Box::pin(async move {
                store::delete_trial(write, tree_id, account).await?;
                if let Some(value) = value {
                    store::insert_trial(write, tree_id, account, &value, now).await?;
                }
                Ok(())
            })
        });
        work.await
    }
}
