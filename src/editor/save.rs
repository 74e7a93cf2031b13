//! Saving: what every form of this room ends in.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Editor, by, conflict};
use crate::shelf::{self, Draft, Saved};
use crate::tree::edit;
use crate::tree::model::Tree;
use crate::web::{Failure, Fields, Link, Viewer};

/// What somebody wants to save.
pub struct Attempt {
    /// The tree's address.
    pub slug: String,
    /// The revision that the form was made from.
    pub revision: i64,
    /// That revision with the changes of the form.
    pub tree: Tree,
    /// The page that is shown when it is saved.
    pub next: String,
}

/// Saves, and goes on to the next page. What others changed meanwhile is kept: in other fields as it is, and where somebody changed the same field, the page that shows
/// both is the answer, and nothing is stored yet.
///
/// # Errors
/// What the shelf refuses, as [`refusal`] says it.
pub async fn saved(editor: &Editor, viewer: &Viewer, attempt: Attempt) -> Result<Response, Failure> {
    let Attempt { slug, mut revision, mut tree, next } = attempt;
    // Comes round again only if somebody else has saved since.
    loop {
        match editor.shelf.save(&slug, revision, tree.clone(), &by(viewer)).await.map_err(refusal)? {
            Saved::Stored(_) | Saved::Unchanged(_) => return Ok(Redirect::to(&next).into_response()),
            Saved::Conflict { draft, conflicts } => {
                let base = editor.draft_at(&slug, revision).await?;
                let mine = edit::between(&base, &tree);
                let Some(merged) = conflict::settled(mine.clone(), &draft.tree, &conflicts) else {
                    let page = conflict::page(editor, viewer, &draft, &mine, conflicts, next)?;
                    return Ok((StatusCode::CONFLICT, page).into_response());
                };
                (revision, tree) = (draft.revision, merged);
            }
        }
    }
}

/// The revision that a form carries.
///
/// # Errors
/// If it carries none, which no form of ours does.
pub fn revision(fields: &Fields) -> Result<i64, Failure> {
    let written = fields.get("revision")?.and_then(|revision| revision.parse().ok());
    written.ok_or_else(|| Failure::bad_input("The form does not say which revision it was made from. Open the page again and send it from there."))
}

/// The tree that a form was made from.
///
/// # Errors
/// As for [`revision`], or if there is no such tree or revision.
pub async fn base(editor: &Editor, slug: &str, fields: &Fields) -> Result<(i64, Arc<Tree>), Failure> {
    let revision = revision(fields)?;
    Ok((revision, editor.draft_at(slug, revision).await?))
}

impl Editor {
    /// The draft of the tree at `slug`, or its newest version where it has none.
    ///
    /// # Errors
    /// [`Failure::NotFound`] if there is no such tree.
    pub async fn open_draft(&self, slug: &str) -> Result<Draft, Failure> {
        self.shelf.open_draft(slug).await.map_err(refusal)
    }

    /// The tree as it was at an earlier revision of its draft.
    ///
    /// # Errors
    /// [`Failure::NotFound`] if there is no such tree or revision.
    pub async fn draft_at(&self, slug: &str, revision: i64) -> Result<Arc<Tree>, Failure> {
        self.shelf.draft_at(slug, revision).await.map_err(refusal)
    }

    /// Every key that a node of the tree has or had.
    ///
    /// # Errors
    /// [`Failure::NotFound`] if there is no such tree.
    pub async fn node_keys(&self, slug: &str) -> Result<BTreeSet<String>, Failure> {
        self.shelf.node_keys(slug).await.map_err(refusal)
    }
}

/// What an author reads when the shelf refuses.
pub fn refusal(error: shelf::Error) -> Failure {
    use shelf::Error;
    match error {
        Error::NoTree(_) | Error::NoRevision { .. } | Error::NoVersion(_) => Failure::NotFound,
        Error::Database(error) => Failure::unavailable(error),
        Error::Ladder { .. } => Failure::internal(error),
        error => Failure::Conflict { what: format!("Nothing was stored: {error}."), ways_on: Vec::<Link>::new(), typed: None },
    }
}
