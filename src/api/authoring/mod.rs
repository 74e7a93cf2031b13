//! Drafts for programs, so that a tree can live in git and be published from a build: put and read a draft, read its checks, publish it.
//!
//! Whatever changes a draft names the revision that it replaces. A program that names another one gets the present revision and the difference.

pub(super) mod checks;
pub(super) mod draft;

use serde_json::{Value as Json, json};

use super::{Api, access};
use crate::audit::By;
use crate::shelf::{self, Draft};
use crate::tree::difference;
use crate::tree::model::Tree;
use crate::web::{Failure, Viewer};

/// Whoever the token belongs to, as edits and the audit log name them.
fn by(viewer: &Viewer) -> By {
    By { name: viewer.name.clone(), address: viewer.address.clone() }
}

/// The draft of the tree at `slug`.
async fn open(api: &Api, slug: &str) -> Result<Draft, Failure> {
    api.visits.shelf.open_draft(slug).await.map_err(refused)
}

/// What the shelf refuses, as a program is told.
fn refused(error: shelf::Error) -> Failure {
    match error {
        shelf::Error::NoTree(_) => Failure::NotFound,
        shelf::Error::Database(error) => access::unavailable(error),
        error => Failure::bad_input(format!("Nothing was stored: {error}.")),
    }
}

/// The conflict about a revision that is not the present one. With the tree that was sent, it says what that tree would change in the present draft.
fn stale(draft: &Draft, sent: Option<&Tree>) -> Failure {
    let sentences = |tree: &Tree| difference::sentences(&draft.tree, tree).into_iter().map(|sentence| Json::String(sentence.text)).collect();
    let difference: Vec<Json> = sent.map_or_else(Vec::new, sentences);
    Failure::Stale {
        what: format!(
            "The draft is at revision {}. Nothing was stored. Read the draft, take over what you want to keep, and name that revision.",
            draft.revision
        ),
        current: json!({"slug": draft.slug, "revision": draft.revision, "difference": difference}),
    }
}
