//! Deletes a node, after asking what becomes of the edges that lead to it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::super::form::{Targets, Typed};
use super::super::panel::Picker;
use super::super::save::{self, Attempt, saved};
use super::super::{Bar, Editor, words};
use super::change::{self, Edge, Fate, Way};
use crate::tree::model::Tree;
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Path, Viewer};

/// What takes an edge away, among the nodes that it could lead to.
const REMOVE: &str = "-";

/// The page that asks.
#[derive(Template, WebTemplate)]
#[template(path = "editor/delete.html")]
pub struct DeletePage {
    page: Page,
    bar: Bar,
    title: String,
    action: String,
    back: String,
    head: String,
    revision: i64,
    typed: Typed,
    errors: FieldErrors,
    is_start: bool,
    edges: Vec<EdgeLine>,
    picker: Picker,
}

/// An edge that leads to the node.
struct EdgeLine {
    from: String,
    way: String,
    can_go: bool,
}

/// Shows the page.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path((slug, key)): Path<(String, String)>) -> Result<DeletePage, Failure> {
    let draft = editor.open_draft(&slug).await?;
    let tree = Tree::clone(&draft.tree);
    page(&editor, &viewer, (&slug, &key), (draft.revision, &tree), Typed::default(), FieldErrors::default()).await
}

async fn page(
    editor: &Editor,
    viewer: &Viewer,
    (slug, key): (&str, &str),
    (revision, base): (i64, &Tree),
    typed: Typed,
    errors: FieldErrors,
) -> Result<DeletePage, Failure> {
    let draft = editor.open_draft(slug).await?;
    let urls = editor.site.urls();
    let node = base.node(key).ok_or(Failure::NotFound)?;
    let edges: Vec<EdgeLine> = change::edges_to(base, key).iter().map(|edge| line(base, edge)).collect();
    let mut picker = Picker::new(base, edges.len());
    picker.nodes.retain(|(other, _)| other != key);
    let page = editor.site.page(format!("Delete: {}", node.title)).at(Nav::Editor).seen_by(viewer).hidden();
    Ok(DeletePage {
        page: if errors.is_empty() { page } else { page.with_error() },
        bar: Bar::of(urls, viewer, &draft, key, None),
        title: node.title.clone(),
        action: urls.editor_delete(slug, key),
        back: urls.editor_node(slug, key),
        head: urls.editor_tree(slug),
        revision,
        typed,
        errors,
        is_start: base.start == key,
        edges,
        picker,
    })
}

fn line(tree: &Tree, edge: &Edge) -> EdgeLine {
    let node = tree.node(&edge.from);
    let branch = |index: usize| node.and_then(|node| node.kind.fork()).and_then(|fork| fork.branches.get(index));
    let way = match edge.way {
        Way::Branch(index) => branch(index).map_or_else(String::new, |branch| format!("if {}", words::sentence(tree, &branch.when))),
        Way::Otherwise => "otherwise".to_owned(),
        Way::Unknown => "if not known".to_owned(),
        Way::DidNotHelp => "if it did not help".to_owned(),
    };
    let can_go = matches!(edge.way, Way::Branch(_) | Way::DidNotHelp);
    EdgeLine { from: node.map_or_else(|| edge.from.clone(), |node| node.title.clone()), way, can_go }
}

/// Deletes it, with every edge led to where it was told to.
pub async fn post(State(editor): State<Editor>, viewer: Viewer, Path((slug, key)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let typed = Typed::of(&fields);
    let (revision, base) = save::base(&editor, &slug, &fields).await.map_err(|failure| failure.keeping(&fields))?;
    base.node(&key).ok_or(Failure::NotFound)?;
    let edges = change::edges_to(&base, &key);
    let former = editor.node_keys(&slug).await?;
    let mut errors = FieldErrors::default();
    let mut targets = Targets::new(&base, &former);
    let fates = fates(&typed, &key, &edges, &mut targets, &mut errors);
    if base.start == key {
        errors.add("start", "The guide starts here: choose another first node before you delete this one.");
    }
    if !errors.is_empty() {
        let page = page(&editor, &viewer, (&slug, &key), (revision, &base), typed, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let mut tree = Tree::clone(&base);
    change::delete(&mut tree, &key, &fates);
    tree.nodes.extend(targets.into_made());
    let next = edges.first().map_or_else(|| editor.site.urls().editor_tree(&slug), |edge| editor.site.urls().editor_node(&slug, &edge.from));
    saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await.map_err(|failure| failure.keeping(&fields))
}

fn fates(typed: &Typed, key: &str, edges: &[Edge], targets: &mut Targets<'_>, errors: &mut FieldErrors) -> Vec<Fate> {
    let mut fates = Vec::new();
    for (index, edge) in edges.iter().enumerate() {
        let (chosen, new_title) = typed.rows("edge").get(index).map_or(("", ""), |row| (row.text("to").trim(), row.text("to_title").trim()));
        if chosen == REMOVE && matches!(edge.way, Way::Branch(_) | Way::DidNotHelp) {
            fates.push(Fate::Remove);
            continue;
        }
        match targets.resolve(chosen, new_title) {
            Ok(to) if to != key => fates.push(Fate::LeadTo(to)),
            Ok(_) => errors.add(format!("edge-{}-to", index + 1), "This is the node that you delete: choose another one."),
            Err(refusal) => errors.add(format!("edge-{}-to", index + 1), refusal),
        }
    }
    fates
}
