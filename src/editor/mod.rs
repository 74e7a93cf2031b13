//! The authors' pages: all trees, and for each one a desk with its outline, its map and the form of the selected node.
//!
//! Every form carries the revision of the draft that it was made from, and every handler that saves ends in [`saved`], which keeps
//! what others changed meanwhile. The room shows drafts, so nobody gets past its router without the role of an author. It never decides what is
//! wrong with a tree: that is the core's to say.

mod checks_list;
pub mod condition;
mod conflict;
mod desk;
mod form;
mod frame;
mod head;
mod home;
mod interim;
mod node;
mod node_page;
mod outline;
mod panel;
mod save;
mod state;
mod structure;
mod tree_map;
mod undo;
mod words;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};

pub use frame::{Bar, Tally};
pub use save::{Attempt, refusal, saved};
pub use state::Editor;

use crate::audit::By;
use crate::tree::file::MAX_BYTES;
use crate::web::{Failure, Role, Viewer, urls};

/// The pages of this room, for authors only.
pub fn router(editor: Editor) -> Router {
    Router::new()
        .route(urls::EDITOR, get(home::show))
        .route(urls::EDITOR_TREE, get(desk::show))
        .merge(condition::router())
        .route(urls::EDITOR_HEAD, post(head::post))
        .route(urls::EDITOR_NODE, post(node_page::post))
        .route(urls::EDITOR_CONFLICT, post(conflict::post))
        .route(urls::EDITOR_UNDO, post(undo::undo))
        .route(urls::EDITOR_REDO, post(undo::redo))
        .merge(structure::router())
        // A conflict carries both versions of what was changed, which can be all of a tree.
        .layer(DefaultBodyLimit::max(2 * MAX_BYTES))
        .route_layer(middleware::from_fn(authors_only))
        .with_state(editor)
}

/// Whoever is signed in, as edits and the audit log name them.
#[must_use]
pub fn by(viewer: &Viewer) -> By {
    By { name: viewer.name.clone(), address: viewer.address.clone() }
}

/// Lets nobody to a draft who may not edit it.
async fn authors_only(viewer: Viewer, request: Request, next: Next) -> Result<Response, Failure> {
    viewer.require(Role::Author)?;
    Ok(next.run(request).await)
}
