//! What was done to a draft, edit by edit.

use super::{Error, Result, Shelf, store};
use crate::shelf::store as trees;
use crate::shelf::words::from_json;

/// One edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditRow {
    /// The revision that it made.
    pub revision: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// By whom.
    pub by: String,
    /// The revision that its author saw; an older one than the revision before it means that it was merged.
    pub base_revision: i64,
    /// What it did.
    pub sentences: Vec<String>,
    /// The edit that it took back.
    pub undoes: Option<i64>,
    /// The undoing that it took back.
    pub redoes: Option<i64>,
    /// The number of the version that it went into.
    pub version: Option<i64>,
}

impl Shelf {
    /// At most `limit` edits older than the revision `before` (or the newest), newest first.
    ///
    /// # Errors
    /// [`Error::NoTree`], or if the database cannot be read.
    pub async fn history(&self, slug: &str, before: Option<i64>, limit: i64) -> Result<Vec<EditRow>> {
        let mut read = self.0.db.snapshot().await?;
        let tree = trees::find_tree(&mut read, slug).await?.ok_or_else(|| Error::NoTree(slug.to_owned()))?;
        let rows = store::history(&mut read, tree.id, before.unwrap_or(i64::MAX), limit).await?;
        rows.into_iter()
            .map(|row| {
                Ok(EditRow {
                    revision: row.revision,
                    at: row.at,
                    by: row.name,
                    base_revision: row.base_revision,
                    sentences: from_json(&row.sentences)?,
                    undoes: row.undoes,
                    redoes: row.redoes,
                    version: row.version,
                })
            })
            .collect()
    }
}
