//! Conditions, built in a form by authors who are not programmers.
//!
//! [`form`] is the form without its page: an outline of lines that is made from a condition, read from fields, changed by buttons, and turned into
//! a condition again. Every condition of the language has such an outline, and the outline means that condition.

pub mod form;
mod matches;
mod opened;
pub mod outline;
mod page;
pub mod sentence;
mod typed;
pub mod view;

pub use opened::NEW;

use axum::Router;
use axum::routing::{get, post};

use super::Editor;
use crate::web::urls;

/// The pages of branches.
pub fn router() -> Router<Editor> {
    Router::new().route(urls::EDITOR_BRANCH, get(page::show).post(page::post)).route(urls::EDITOR_BRANCH_PREVIEW, post(page::preview))
}
