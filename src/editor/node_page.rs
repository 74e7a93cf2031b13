//! Takes the form of a node.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::desk::{self, Again};
use super::form::{Reshape, Targets, Typed};
use super::save::{self, Attempt, saved};
use super::structure::change;
use super::{Editor, node};
use crate::tree::model::Tree;
use crate::web::{Failure, FieldErrors, Form, Path, Viewer};

/// Saves a node, or shows its form again with a row more or less.
pub async fn post(State(editor): State<Editor>, viewer: Viewer, Path((slug, key)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let mut typed = Typed::of(&fields);
    // The tree as it was when the form was opened: a node that somebody deleted meanwhile is still in it.
    let (revision, base) = save::base(&editor, &slug, &fields).await.map_err(|failure| failure.keeping(&fields))?;
    let before = base.node(&key).ok_or(Failure::NotFound)?;
    if let Some(change) = fields.all("do").find_map(Reshape::parse) {
        typed.reshape(change);
        let again = Again { base, revision, key: Some(key), typed, errors: FieldErrors::default() };
        return Ok(desk::again(&editor, &viewer, &slug, again).await?.into_response());
    }
    let former = editor.node_keys(&slug).await?;
    let mut targets = Targets::new(&base, &former);
    let mut errors = FieldErrors::default();
    let Some(node) = node::read(&typed, before, &mut targets, &mut errors) else {
        let again = Again { base, revision, key: Some(key), typed, errors };
        return Ok(desk::refused(&editor, &viewer, &slug, again).await?.into_response());
    };
    let made = targets.into_made();
    let mut tree = Tree::clone(&base);
    if let Some(place) = change::node_mut(&mut tree, &key) {
        *place = node;
    }
    change::insert_after(&mut tree, &key, made);
    let next = editor.site.urls().editor_node(&slug, &key);
    saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await.map_err(|failure| failure.keeping(&fields))
}
