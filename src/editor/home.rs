//! All trees.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;

use super::Editor;
use crate::web::{Failure, Nav, Page, Viewer};

/// The list of all trees.
#[derive(Template, WebTemplate)]
#[template(path = "editor/home.html")]
pub struct HomePage {
    page: Page,
    trees: Vec<TreeLine>,
}

/// A tree of the list.
struct TreeLine {
    title: String,
    href: String,
    live: Option<i64>,
    has_draft: bool,
}

/// The list of all trees.
pub async fn show(State(editor): State<Editor>, viewer: Viewer) -> Result<HomePage, Failure> {
    let urls = editor.site.urls();
    let trees = editor.shelf.list().await.map_err(Failure::unavailable)?;
    let trees = trees.into_iter();
    let trees = trees.map(|tree| TreeLine { href: urls.editor_tree(&tree.slug), title: tree.title, live: tree.version, has_draft: tree.has_draft });
    Ok(HomePage { page: editor.site.page("Editor").at(Nav::Editor).seen_by(&viewer).hidden(), trees: trees.collect() })
}
