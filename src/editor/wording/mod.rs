//! The texts of a node as visitors read them, and selections (`{servers: is 5.0 below SP2}`) that are built in a form and put into them.

mod page;
pub mod passages;
mod selecting;

use axum::Router;
use axum::routing::{get, post};

use super::Editor;
use crate::web::urls;

/// The page of a node's texts.
pub fn router() -> Router<Editor> {
    Router::new().route(urls::EDITOR_WORDS, get(page::show).post(page::post)).route(urls::EDITOR_WORDS_PREVIEW, post(page::preview))
}
