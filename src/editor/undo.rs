//! Takes the last change of a draft back, or makes it again.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Editor, by, save};
use crate::shelf::Saved;
use crate::web::{Failure, Fields, Form, Link, Path, Viewer};

/// Takes the last change back.
pub async fn undo(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let saved = editor.shelf.undo(&slug, save::revision(&fields)?, &by(&viewer)).await.map_err(save::refusal)?;
    shown(&editor, &slug, saved, &fields)
}

/// Makes the change again that was taken back last.
pub async fn redo(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let saved = editor.shelf.redo(&slug, save::revision(&fields)?, &by(&viewer)).await.map_err(save::refusal)?;
    shown(&editor, &slug, saved, &fields)
}

fn shown(editor: &Editor, slug: &str, saved: Saved, fields: &Fields) -> Result<Response, Failure> {
    let urls = editor.site.urls();
    match saved {
        Saved::Stored(draft) | Saved::Unchanged(draft) => {
            // The node that was shown may be what came or went.
            let node = fields.get("node")?.filter(|key| draft.tree.node(key).is_some());
            let href = node.map_or_else(|| urls.editor_tree(&draft.slug), |key| urls.editor_node(&draft.slug, key));
            Ok(Redirect::to(&href).into_response())
        }
        Saved::Conflict { .. } => Err(Failure::Conflict {
            what: "Somebody saved meanwhile, so the last change is not the one that you saw. Nothing was taken back.".to_owned(),
            ways_on: vec![Link { href: urls.editor_tree(slug), text: "See how the draft stands".to_owned() }],
            typed: None,
        }),
    }
}
