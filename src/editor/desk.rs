//! A tree's desk: its outline, its map, and the form of the selected node.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;

use super::{Bar, Editor};
use crate::shelf;
use crate::web::{Failure, Nav, Page, Path, Viewer};

/// A tree's desk.
#[derive(Template, WebTemplate)]
#[template(path = "editor/desk.html")]
pub struct DeskPage {
    page: Page,
    bar: Bar,
    nodes: Vec<(String, String)>,
}

/// A tree's desk.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>) -> Result<DeskPage, Failure> {
    let live = editor.shelf.current(&slug);
    let draft = editor.shelf.draft(&slug).await.map_err(|error| match error {
        shelf::Error::NoTree(_) => Failure::NotFound,
        error => Failure::unavailable(error),
    })?;
    let tree = match (&draft, &live) {
        (Some(tree), _) => tree,
        (None, Some(live)) => live.closure.tree.as_ref(),
        (None, None) => return Err(Failure::NotFound),
    };
    let urls = editor.site.urls();
    let bar = Bar::new(urls, &slug, &tree.title, live.as_ref().map(|live| live.number));
    let page = editor.site.page(format!("{}, editing", tree.title)).at(Nav::Editor).seen_by(&viewer).hidden();
    let nodes = tree.nodes.iter().map(|node| (urls.editor_node(&slug, &node.key), node.title.clone())).collect();
    Ok(DeskPage { page, bar, nodes })
}
