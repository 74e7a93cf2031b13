//! Trees as files: written, and taken in again.

mod export;
mod import;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use super::Editor;
use crate::web::urls;

/// Most bytes of a request with a tree file: twice what a file may have, and the encoding of a form around it.
const IMPORT_LIMIT: usize = 16 * 1024 * 1024;

/// The pages of this part.
pub fn router() -> Router<Editor> {
    Router::new()
        .route(urls::EDITOR_EXPORT, get(export::show))
        .route(urls::EDITOR_IMPORT, get(import::show).post(import::take).layer(DefaultBodyLimit::max(IMPORT_LIMIT)))
}
