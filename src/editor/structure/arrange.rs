//! Moves a node among the others, copies it, and moves its branches to other nodes.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::super::form::targets::too_many;
use super::super::form::{Reader, Typed};
use super::super::save::{self, Attempt, saved};
use super::super::{Bar, Editor, words};
use super::change;
use crate::tree::file::MAX_NODES;
use crate::tree::model::Tree;
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Path, Viewer};

/// The page that moves and copies a node.
#[derive(Template, WebTemplate)]
#[template(path = "editor/arrange.html")]
pub struct ArrangePage {
    page: Page,
    bar: Bar,
    title: String,
    action: String,
    back: String,
    revision: i64,
    typed: Typed,
    errors: FieldErrors,
    /// Counted from 1.
    position: usize,
    count: usize,
    before: Option<String>,
    after: Option<String>,
    /// Number and sentence of each branch.
    branches: Vec<(usize, String)>,
    /// Key and title of the other nodes that have branches.
    forks: Vec<(String, String)>,
}

/// Shows the page.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path((slug, key)): Path<(String, String)>) -> Result<ArrangePage, Failure> {
    page(&editor, &viewer, &slug, &key, None).await
}

/// What comes back: the revision it was made from, what was typed, what must change.
type Again = (i64, Typed, FieldErrors);

async fn page(editor: &Editor, viewer: &Viewer, slug: &str, key: &str, again: Option<Again>) -> Result<ArrangePage, Failure> {
    let draft = editor.open_draft(slug).await?;
    let urls = editor.site.urls();
    let nodes = &draft.tree.nodes;
    let index = nodes.iter().position(|node| node.key == key).ok_or(Failure::NotFound)?;
    let node = nodes.get(index).ok_or(Failure::NotFound)?;
    let title_at = |index: Option<usize>| index.and_then(|index| nodes.get(index)).map(|node| node.title.clone());
    let fork = node.kind.fork();
    let branches = fork.into_iter().flat_map(|fork| fork.branches.iter().enumerate());
    let forks = nodes.iter().filter(|other| other.key != key && other.kind.fork().is_some());
    let (revision, typed, errors) = again.unwrap_or_else(|| (draft.revision, Typed::default(), FieldErrors::default()));
    let page = editor.site.page(format!("Move or copy: {}", node.title)).at(Nav::Editor).seen_by(viewer).hidden();
    Ok(ArrangePage {
        page: if errors.is_empty() { page } else { page.with_error() },
        bar: Bar::of(urls, viewer, &draft, key, None),
        title: node.title.clone(),
        action: urls.editor_arrange(slug, key),
        back: urls.editor_node(slug, key),
        revision,
        typed,
        errors,
        position: index + 1,
        count: nodes.len(),
        before: title_at(index.checked_sub(1)),
        after: title_at(Some(index + 1)),
        branches: branches.map(|(index, branch)| (index + 1, words::sentence(&draft.tree, &branch.when))).collect(),
        forks: forks.map(|node| (node.key.clone(), node.title.clone())).collect(),
    })
}

/// Does what the pressed button says.
pub async fn post(State(editor): State<Editor>, viewer: Viewer, Path((slug, key)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let typed = Typed::of(&fields);
    let (revision, base) = save::base(&editor, &slug, &fields).await.map_err(|failure| failure.keeping(&fields))?;
    let former = editor.node_keys(&slug).await?;
    let position = base.nodes.iter().position(|node| node.key == key).ok_or(Failure::NotFound)?;
    let mut tree = Tree::clone(&base);
    let mut errors = FieldErrors::default();
    let mut reader = Reader::new(&typed, &mut errors);
    let mut shown = key.clone();
    match reader.line("do").as_str() {
        "up" => change::place(&mut tree, &key, position.saturating_sub(1)),
        "down" => change::place(&mut tree, &key, position + 1),
        "copy" if tree.nodes.len() >= MAX_NODES => reader.refuse("copy", too_many()),
        "copy" => shown = change::duplicate(&mut tree, &key, &former).unwrap_or(shown),
        "branch" => {
            let index = reader.line("branch").parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            if index.is_none_or(|index| !change::move_branch(&mut tree, &key, index, &reader.line("to"))) {
                reader.refuse("to", "Choose a branch and the node that it moves to.");
            }
        }
        _ => match reader.number::<usize>("position", "Write a position, such as 3.").and_then(|position| position.checked_sub(1)) {
            Some(position) => change::place(&mut tree, &key, position),
            None if errors.is_empty() => errors.add("position", "Write a position from 1, such as 3."),
            None => {}
        },
    }
    if !errors.is_empty() {
        let page = page(&editor, &viewer, &slug, &key, Some((revision, typed, errors))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let next = editor.site.urls().editor_node(&slug, &shown);
    saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await.map_err(|failure| failure.keeping(&fields))
}
