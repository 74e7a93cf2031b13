//! The authors' pages: all trees, and for each one a desk with its outline, its map and the form of the selected node.
//!
//! Every form carries the revision of the draft that it was made from, and every handler that saves ends in [`saved`], which keeps
//! what others changed meanwhile. The room shows drafts: `app` lets nobody to its router without the role of an author. It never decides what is
//! wrong with a tree: that is the core's to say.

mod cases;
mod checks;
pub mod condition;
mod conflict;
mod desk;
mod feedback;
mod files;
mod form;
mod frame;
mod head;
mod home;
mod ladders;
mod new_tree;
mod node;
mod node_page;
mod outline;
mod panel;
mod pictures;
mod release;
mod replace;
mod reports;
mod save;
mod sign_off;
mod state;
mod structure;
mod tree_map;
mod trial;
mod undo;
mod unfinished;
mod wording;
mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

pub use frame::{Bar, Tally};
pub use reports::Reports;
pub use save::{Attempt, refusal, saved};
pub use state::Editor;

use crate::audit::By;
use crate::tree::file::MAX_BYTES;
use crate::web::{Viewer, urls};

/// The pages of this room. Whoever mounts them lets authors in and nobody else.
pub fn router(editor: Editor) -> Router {
    Router::new()
        .route(urls::EDITOR, get(home::show))
        .route(urls::EDITOR_NEW_TREE, get(new_tree::show).post(new_tree::post))
        .route(urls::EDITOR_TREE, get(desk::show))
        .merge(condition::router())
        .merge(wording::router())
        .route(urls::EDITOR_ADDRESS, get(new_tree::show_address).post(new_tree::post_address))
        .route(urls::EDITOR_COPY, get(new_tree::show_copy).post(new_tree::post_copy))
        .route(urls::EDITOR_HEAD, post(head::post))
        .route(urls::EDITOR_NODE, post(node_page::post))
        .route(urls::EDITOR_NODE_PREVIEW, post(node_page::preview))
        .route(urls::EDITOR_CONFLICT, post(conflict::post))
        .route(urls::EDITOR_UNDO, post(undo::undo))
        .route(urls::EDITOR_REDO, post(undo::redo))
        .route(urls::EDITOR_CHECKS, get(checks::show))
        .route(urls::EDITOR_MEANT, post(checks::meant))
        .route(urls::EDITOR_SIGN_OFF, get(sign_off::show))
        .merge(structure::router())
        .merge(trial::router())
        .merge(cases::router())
        .merge(release::router())
        .merge(files::router())
        .merge(pictures::router())
        .merge(replace::router())
        .merge(ladders::router())
        // A conflict carries both versions of what was changed, which can be all of a tree.
        .layer(DefaultBodyLimit::max(2 * MAX_BYTES))
        .with_state(editor)
}

/// Whoever is signed in, as edits and the audit log name them.
#[must_use]
pub fn by(viewer: &Viewer) -> By {
    By { name: viewer.name.clone(), address: viewer.address.clone() }
}
