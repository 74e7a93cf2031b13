//! Drafts as the shelf has them today: no history, the last one who saves wins.

use std::sync::Arc;

use super::Editor;
use super::save::refusal;
use crate::audit::By;
use crate::tree::edit::Conflict;
use crate::tree::model::Tree;
use crate::web::Failure;

#[derive(Debug, Clone)]
pub struct Draft {
    pub slug: String,
    pub revision: i64,
    pub tree: Arc<Tree>,
    pub number: i64,
    pub live: Option<i64>,
    pub edits: i64,
    pub saved_at: Option<i64>,
    pub saved_by: Option<String>,
    pub can_undo: bool,
    pub can_redo: bool,
}

pub enum Saved {
    Stored(Draft),
    Unchanged(Draft),
    Conflict { draft: Draft, conflicts: Vec<Conflict> },
}

impl Editor {
    pub async fn open_draft(&self, slug: &str) -> Result<Draft, Failure> {
        let live = self.shelf.current(slug);
        let draft = self.shelf.draft(slug).await.map_err(refusal)?.map(Arc::new);
        let tree = draft.or_else(|| live.as_ref().map(|live| Arc::clone(&live.closure.tree))).ok_or(Failure::NotFound)?;
        let number = live.as_ref().map(|live| live.number);
        Ok(Draft {
            slug: slug.to_owned(),
            revision: 1,
            tree,
            number: number.unwrap_or(0) + 1,
            live: number,
            edits: 0,
            saved_at: None,
            saved_by: None,
            can_undo: false,
            can_redo: false,
        })
    }

    pub async fn draft_at(&self, slug: &str, _revision: i64) -> Result<Arc<Tree>, Failure> {
        Ok(self.open_draft(slug).await?.tree)
    }

    pub async fn save_draft(&self, slug: &str, _revision: i64, edited: Tree, _by: &By) -> Result<Saved, Failure> {
        self.shelf.load_draft(edited).await.map_err(refusal)?;
        Ok(Saved::Stored(self.open_draft(slug).await?))
    }

    pub async fn undo_draft(&self, slug: &str, _revision: i64, _by: &By) -> Result<Saved, Failure> {
        Ok(Saved::Unchanged(self.open_draft(slug).await?))
    }

    pub async fn redo_draft(&self, slug: &str, _revision: i64, _by: &By) -> Result<Saved, Failure> {
        Ok(Saved::Unchanged(self.open_draft(slug).await?))
    }

    pub async fn former_keys(&self, _slug: &str) -> Result<std::collections::BTreeSet<String>, Failure> {
        Ok(std::collections::BTreeSet::new())
    }
}
