//! Adds a node.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::super::form::targets::{KINDS, too_many};
use super::super::form::{Reader, Targets, Typed};
use super::super::save::{self, Attempt, saved};
use super::super::{Bar, Editor};
use super::change;
use crate::shelf::Draft;
use crate::tree::model::Tree;
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Path, Viewer};

/// The form of a new node.
#[derive(Template, WebTemplate)]
#[template(path = "editor/add.html")]
pub struct AddPage {
    page: Page,
    bar: Bar,
    action: String,
    revision: i64,
    typed: Typed,
    errors: FieldErrors,
    kinds: [(&'static str, &'static str); 4],
    /// Key and title of each node that it can stand behind.
    nodes: Vec<(String, String)>,
}

/// Shows the form.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>) -> Result<AddPage, Failure> {
    let draft = editor.open_draft(&slug).await?;
    let last = draft.tree.nodes.last().map(|node| node.key.clone()).unwrap_or_default();
    let typed = Typed::default().with("kind", "question").with("after", last);
    Ok(page(&editor, &viewer, &draft, draft.revision, typed, FieldErrors::default()))
}

fn page(editor: &Editor, viewer: &Viewer, draft: &Draft, revision: i64, typed: Typed, errors: FieldErrors) -> AddPage {
    let urls = editor.site.urls();
    let page = editor.site.page("Add a node").at(Nav::Editor).seen_by(viewer).hidden();
    AddPage {
        page: if errors.is_empty() { page } else { page.with_error() },
        bar: Bar::of(urls, viewer, draft, "", None),
        action: urls.editor_add(&draft.slug),
        revision,
        typed,
        errors,
        kinds: KINDS,
        nodes: draft.tree.nodes.iter().map(|node| (node.key.clone(), node.title.clone())).collect(),
    }
}

/// Adds the node and goes on to its form.
pub async fn post(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let typed = Typed::of(&fields);
    let (revision, base) = save::base(&editor, &slug, &fields).await.map_err(|failure| failure.keeping(&fields))?;
    let former = editor.node_keys(&slug).await?;
    let mut errors = FieldErrors::default();
    let mut reader = Reader::new(&typed, &mut errors);
    let title = reader.line("title");
    if title.is_empty() {
        reader.refuse("title", "Write a title: the map and the outline show it.");
    }
    let mut targets = Targets::new(&base, &former);
    if targets.is_full() {
        reader.refuse("title", too_many());
    }
    let made = targets.make(&reader.line("kind"), &title);
    if made.is_none() {
        reader.refuse("kind", "Choose what the node does.");
    }
    let after = reader.line("after");
    let Some(key) = made.filter(|_| errors.is_empty()) else {
        let draft = editor.open_draft(&slug).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&editor, &viewer, &draft, revision, typed, errors)).into_response());
    };
    let mut tree = Tree::clone(&base);
    change::insert_after(&mut tree, &after, targets.into_made());
    let next = editor.site.urls().editor_node(&slug, &key);
    saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await.map_err(|failure| failure.keeping(&fields))
}
