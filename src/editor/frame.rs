//! The bar above every page of one tree. A page extends `editor/frame.html`, which reads it from a field named `bar`.

use crate::shelf::Draft;
use crate::web::{Role, Urls, Viewer, time};

/// What the bar shows: which draft this is, how far it is from what visitors see, and where its other pages are.
#[derive(Debug, Clone)]
pub struct Bar {
    /// The tree's title.
    pub title: String,
    /// The tree's address.
    pub slug: String,
    /// Where the desk is.
    pub href: String,
    /// The number of the version that the draft will become.
    pub number: i64,
    /// The draft's revision.
    pub revision: i64,
    /// How the draft stands to the published version: "3 changes since version 14".
    pub since: String,
    /// When it was saved last: "saved 13:38 UTC by Ada".
    pub saved: Option<String>,
    /// What the checks say; none on pages that do not show it.
    pub tally: Option<Tally>,
    /// Where the last change is taken back, and the key of the node that is shown then.
    pub undo: Option<String>,
    /// Where it is made again.
    pub redo: Option<String>,
    /// The key of the node that is shown, or empty.
    pub node: String,
    /// Whether the viewer may publish.
    pub may_publish: bool,
    /// The page about the newer shipped tree that waits as this draft.
    pub offered: Option<String>,
    /// Why the draft was not published at the time that was set for it.
    pub not_published: Option<String>,
}

/// What the checks say of a draft, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Statements that hold of the whole tree.
    pub passed: usize,
    /// Findings that the author should look at.
    pub warnings: usize,
    /// Findings that keep the draft from being published.
    pub errors: usize,
}

impl Bar {
    /// The bar of `draft` on a page that shows the node with the key `node`, or none if that is empty.
    #[must_use]
    pub fn of(urls: &Urls, viewer: &Viewer, draft: &Draft, node: &str, tally: Option<Tally>) -> Self {
        Self {
            title: draft.tree.title.clone(),
            slug: draft.slug.clone(),
            href: urls.editor_tree(&draft.slug),
            number: draft.number,
            revision: draft.revision,
            since: since(draft),
            saved: Self::saved(draft),
            tally,
            undo: draft.can_undo.then(|| urls.editor_undo(&draft.slug)),
            redo: draft.can_redo.then(|| urls.editor_redo(&draft.slug)),
            node: node.to_owned(),
            may_publish: viewer.roles.allow(Role::Publisher),
            offered: draft.offered_by_starter.then(|| urls.editor_offered(&draft.slug)),
            not_published: draft.schedule.as_ref().and_then(|schedule| schedule.failed.clone()),
        }
    }

    /// When and by whom the draft was saved last: "saved 22 Nov 2026, 13:38 UTC by Ada".
    #[must_use]
    pub fn saved(draft: &Draft) -> Option<String> {
        let at = time::moment(draft.saved_at?);
        Some(draft.saved_by.as_ref().map_or_else(|| format!("saved {at}"), |name| format!("saved {at} by {name}")))
    }
}

fn since(draft: &Draft) -> String {
    let edits = match draft.edits {
        0 => "No changes".to_owned(),
        1 => "1 change".to_owned(),
        edits => format!("{edits} changes"),
    };
    draft.live.map_or_else(|| format!("{edits}, never published"), |live| format!("{edits} since version {live}"))
}
