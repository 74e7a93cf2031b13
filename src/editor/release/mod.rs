//! From a draft to a version and back: the gate, versions, comparing, withdrawing, and the history of edits.

mod compare;
mod history;
mod moment;
mod offered;
mod publish;
mod state;
mod versions;
mod withdraw;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::save::refusal;
use super::{Bar, Editor};
use crate::shelf::Draft;
use crate::web::{Failure, Nav, Page, Viewer, urls};

pub use state::State as TreeState;

/// The pages of this part.
pub fn router() -> Router<Editor> {
    Router::new()
        .route(urls::EDITOR_PUBLISH, get(publish::show).post(publish::act))
        .route(urls::EDITOR_VERSIONS, get(versions::show).post(versions::restore))
        .route(urls::EDITOR_COMPARE, get(compare::show))
        .route(urls::EDITOR_WITHDRAW, get(withdraw::show).post(withdraw::act))
        .route(urls::EDITOR_HISTORY, get(history::show).post(history::restore))
        .route(urls::EDITOR_OFFERED, get(offered::show).post(offered::act))
}

/// The draft of the tree at `slug`.
pub async fn open(editor: &Editor, slug: &str) -> Result<Draft, Failure> {
    editor.shelf.open_draft(slug).await.map_err(refusal)
}

/// The frame of a page about this draft.
pub fn frame(editor: &Editor, viewer: &Viewer, draft: &Draft, what: &str) -> (Page, Bar) {
    let page = editor.site.page(format!("{what}: {}", draft.tree.title)).at(Nav::Editor).seen_by(viewer).hidden();
    (page, Bar::of(editor.site.urls(), viewer, draft, "", None))
}

/// A page that came back with messages.
pub fn with_status(status: StatusCode, page: impl IntoResponse) -> Response {
    (status, page).into_response()
}
