//! "Try it": an author walks the draft, beside the editor.
//!
//! A trial is a case that has no name yet: facts, what is not known, and which outcomes were tried, kept for each tree and account. It is replayed on the
//! present draft each time a page is shown, so that an edit shows at once. What the draft does not understand any more is shown and kept.

mod beside;
mod keep;
mod outcome;
mod paste;
mod question;
mod renamed;
mod standing;
mod start;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

pub use keep::LONGEST_NAME;
pub use standing::{Standing, begun};

use super::Editor;
use crate::web::urls;

/// Most bytes of a form of facts: each travels with the lines that it was read from.
const FACTS_LIMIT: usize = 2 * 1024 * 1024;

/// The pages of this part of the room.
pub fn router() -> Router<Editor> {
    Router::new()
        .route(urls::EDITOR_TRY, get(start::show).post(start::start))
        .route(urls::EDITOR_TRY_QUESTION, get(question::show).post(question::answer))
        .route(urls::EDITOR_TRY_OUTCOME, post(outcome::helped))
        .route(urls::EDITOR_TRY_REMOVE, post(question::remove))
        .route(urls::EDITOR_TRY_PASTE, post(paste::read))
        .route(urls::EDITOR_TRY_FACTS, post(paste::take))
        .route(urls::EDITOR_TRY_KEEP, post(keep::keep))
        .layer(DefaultBodyLimit::max(FACTS_LIMIT))
}
