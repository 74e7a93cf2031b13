//! How the nodes hang together: adding, copying, moving and deleting them.

mod add;
mod arrange;
pub mod change;
mod delete;

use axum::Router;
use axum::routing::get;

use super::Editor;
use crate::web::urls;

/// The pages of this part.
pub fn router() -> Router<Editor> {
    Router::new()
        .route(urls::EDITOR_ADD, get(add::show).post(add::post))
        .route(urls::EDITOR_ARRANGE, get(arrange::show).post(arrange::post))
        .route(urls::EDITOR_DELETE, get(delete::show).post(delete::post))
}
