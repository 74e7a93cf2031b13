//! All trees at a glance, for those who keep them.

use std::collections::BTreeMap;

use super::{Result, Schedule, Shelf, store};
use crate::shelf::releases;
use crate::shelf::words::from_json;

/// One tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeRow {
    /// Its present address.
    pub slug: String,
    /// The title of its draft, or of its newest version where there is none; so are the fields below as far as they stand in the tree.
    pub title: String,
    /// The products it is about.
    pub products: Vec<String>,
    /// The number of the version that visitors walk now.
    pub live: Option<i64>,
    /// Whether it has a draft that differs from the newest version.
    pub has_draft: bool,
    /// Who keeps it.
    pub owner: Option<String>,
    /// The day of the last review, `YYYY-MM-DD`.
    pub reviewed: Option<String>,
    /// The day on which the next review is due, `YYYY-MM-DD`.
    pub review_by: Option<String>,
    /// When the draft was last edited, in milliseconds since 1970; `None` if it was not since the newest version.
    pub saved_at: Option<i64>,
    /// By whom.
    pub saved_by: Option<String>,
    /// Who has asked for somebody else to look at it.
    pub review_asked: Option<String>,
    /// It is to be published at a time.
    pub schedule: Option<Schedule>,
}

impl Shelf {
    /// Every tree, by title.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn trees_overview(&self) -> Result<Vec<TreeRow>> {
        let mut read = self.0.db.snapshot().await?;
        let mut edits: BTreeMap<i64, (i64, String)> = store::last_edits(&mut read).await?.into_iter().map(|(tree, at, name)| (tree, (at, name))).collect();
        let mut reviews: BTreeMap<i64, String> = releases::store::reviews(&mut read).await?.into_iter().collect();
        let mut schedules = releases::store::schedules(&mut read).await?;
        let mut trees = Vec::new();
        for row in store::overview(&mut read).await? {
            let (saved_at, saved_by) = edits.remove(&row.tree_id).unzip();
            let has_draft = row.state == "draft" && row.newest_digest.as_ref() != Some(&row.digest);
            trees.push(TreeRow {
                slug: row.slug,
                title: row.title,
                products: from_json(&row.products)?,
                live: row.live,
                has_draft,
                owner: row.owner,
                reviewed: row.reviewed,
                review_by: row.review_by,
                saved_at,
                saved_by,
                review_asked: reviews.remove(&row.tree_id),
                schedule: schedules.remove(&row.tree_id),
            });
        }
        Ok(trees)
    }
}
