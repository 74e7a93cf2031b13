//! The cases of a draft: how each goes, what it covers, and what no case touches.

mod edit;
mod list;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use super::Editor;
use crate::tree::file::MAX_BYTES;
use crate::web::urls;

/// The pages of this part of the room.
pub fn router() -> Router<Editor> {
    Router::new()
        .route(urls::EDITOR_CASES, get(list::show).post(list::change))
        .route(urls::EDITOR_CASE, get(edit::show).post(edit::save))
        .layer(DefaultBodyLimit::max(MAX_BYTES))
}
