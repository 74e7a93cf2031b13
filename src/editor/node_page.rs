//! Takes the form of a node.

use std::time::Instant;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::desk::{self, Again};
use super::form::{Reshape, Targets, Typed};
use super::save::{self, Attempt, saved};
use super::structure::change;
use super::wording::passages::{self, Text};
use super::{Editor, node, outline, unfinished};
use crate::tree::model::{Node, Tree};
use crate::web::{ClientAddress, Failure, FieldErrors, Form, Path, Viewer};

/// The texts of the form as visitors would read them.
#[derive(Template, WebTemplate)]
#[template(path = "editor/wording/texts.html")]
pub struct TextsPreview {
    texts: Vec<Text>,
}

/// What was typed into the form of `node`, as visitors would read it.
fn texts(editor: &Editor, node: &Node, typed: &Typed) -> Vec<Text> {
    let pictures = editor.pictures();
    let passages = passages::of(outline::kind(node), typed);
    passages.into_iter().filter(|passage| !passage.text.trim().is_empty()).map(|passage| passage.rendered(&pictures)).collect()
}

/// Shows the texts of the form as it stands. Nothing is stored.
pub async fn preview(
    State(editor): State<Editor>,
    address: ClientAddress,
    Path((slug, key)): Path<(String, String)>,
    Form(fields): Form,
) -> Result<TextsPreview, Failure> {
    editor.previews.take(address, Instant::now())?;
    let (_, base) = save::base(&editor, &slug, &fields).await?;
    Ok(TextsPreview { texts: texts(&editor, base.node(&key).ok_or(Failure::NotFound)?, &Typed::of(&fields)) })
}

/// Saves a node, or shows its form again with a row more or less.
pub async fn post(State(editor): State<Editor>, viewer: Viewer, Path((slug, key)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let mut typed = Typed::of(&fields);
    // The tree as it was when the form was opened: a node that somebody deleted meanwhile is still in it.
    let (revision, base) = save::base(&editor, &slug, &fields).await.map_err(|failure| failure.keeping(&fields))?;
    let before = base.node(&key).ok_or(Failure::NotFound)?;
    if let Some(change) = fields.all("do").find_map(Reshape::parse) {
        typed.reshape(change);
        if change == Reshape::Add("procedure") {
            typed.fill_last("procedure", node::empty_procedure());
        }
        let again = Again { base, revision, key: Some(key), typed, errors: FieldErrors::default(), texts: Vec::new() };
        return Ok(desk::again(&editor, &viewer, &slug, again).await?.into_response());
    }
    if fields.get("do")? == Some("preview") {
        let texts = texts(&editor, before, &typed);
        let again = Again { base, revision, key: Some(key), typed, errors: FieldErrors::default(), texts };
        return Ok(desk::again(&editor, &viewer, &slug, again).await?.into_response());
    }
    let former = editor.node_keys(&slug).await?;
    let mut targets = Targets::new(&base, &former);
    let mut errors = FieldErrors::default();
    let ladders = editor.shelf.ladders().await.map_err(Failure::unavailable)?;
    let Some(node) = node::read(&typed, before, &mut targets, &ladders, &mut errors) else {
        let again = Again { base, revision, key: Some(key), typed, errors, texts: Vec::new() };
        return Ok(desk::refused(&editor, &viewer, &slug, again).await?.into_response());
    };
    let made = targets.into_made();
    let mut tree = Tree::clone(&base);
    if let Some(place) = change::node_mut(&mut tree, &key) {
        *place = node;
    }
    let first_made = made.first().map(|node| node.key.clone());
    change::insert_after(&mut tree, &key, made);
    let goes_on = fields.get("do")? == Some("next");
    let next = || first_made.or_else(|| unfinished::next(&tree, &ladders, &key).map(|node| node.key.clone()));
    let shown = if goes_on { next() } else { None }.unwrap_or_else(|| key.clone());
    let next = editor.site.urls().editor_node_saved(&slug, &shown, &key);
    saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await.map_err(|failure| failure.keeping(&fields))
}
