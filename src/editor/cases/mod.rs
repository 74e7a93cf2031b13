//! The cases of a draft: how each goes, what it covers, and what no case touches.

mod edit;
mod list;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use super::Editor;
use crate::tree::case::HAND_OVER;
use crate::tree::closure::{Closure, NodeRef};
use crate::tree::file::MAX_BYTES;
use crate::web::urls;
use crate::words::title;

/// The pages of this part of the room.
pub fn router() -> Router<Editor> {
    Router::new()
        .route(urls::EDITOR_CASES, get(list::show).post(list::change))
        .route(urls::EDITOR_CASE, get(edit::show).post(edit::save))
        .layer(DefaultBodyLimit::max(MAX_BYTES))
}

/// What a case expects or comes to, in words: the title of an outcome, or that nothing is left to try. What is neither stays as it is written.
fn end_words(closure: &Closure, written: &str) -> String {
    if written == HAND_OVER && closure.tree.node(HAND_OVER).is_none() {
        return "Nothing is left to try".to_owned();
    }
    let node = NodeRef::parse(written, &closure.tree.slug);
    if closure.outcome(&node).is_some() { title(closure, &node) } else { written.to_owned() }
}

/// The ends that a case can expect: key and words.
fn ends(closure: &Closure) -> Vec<(String, String)> {
    let outcomes = closure.outcomes();
    let mut ends: Vec<(String, String)> =
        outcomes.iter().map(|node| node.written_in(&closure.tree.slug)).map(|written| (written.clone(), end_words(closure, &written))).collect();
    if !ends.iter().any(|(written, _)| written == HAND_OVER) {
        ends.push((HAND_OVER.to_owned(), end_words(closure, HAND_OVER)));
    }
    ends
}
