//! The states of a tree that pages and addresses name: its draft, a version, or its draft as of an older revision.

use std::fmt;
use std::sync::Arc;

use super::Editor;
use crate::editor::save::refusal;
use crate::shelf::Draft;
use crate::tree::model::Tree;
use crate::web::Failure;

/// One state of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The draft as it is now; written `draft`.
    Draft,
    /// The version with this number; written `14`.
    Version(i64),
    /// The draft as it was at this revision; written `r52`.
    Revision(i64),
}

impl State {
    /// Reads what stands in an address.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        if written == "draft" {
            return Some(Self::Draft);
        }
        match written.strip_prefix('r') {
            Some(revision) => revision.parse().ok().map(Self::Revision),
            None => written.parse().ok().map(Self::Version),
        }
    }

    /// What pages call it.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Draft => "the draft".to_owned(),
            Self::Version(number) => format!("version {number}"),
            Self::Revision(revision) => format!("the draft at edit {revision}"),
        }
    }

    /// The tree in this state.
    ///
    /// # Errors
    /// [`Failure::NotFound`] if it never was in it.
    pub async fn tree(self, editor: &Editor, draft: &Draft) -> Result<Arc<Tree>, Failure> {
        match self {
            Self::Draft => Ok(Arc::clone(&draft.tree)),
            Self::Version(number) => editor.shelf.version_tree(&draft.slug, number).await.map_err(refusal),
            Self::Revision(revision) => editor.shelf.draft_at(&draft.slug, revision).await.map_err(refusal),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft => f.write_str("draft"),
            Self::Version(number) => write!(f, "{number}"),
            Self::Revision(revision) => write!(f, "r{revision}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_names_reads_back() {
        for state in [State::Draft, State::Version(14), State::Revision(52)] {
            assert_eq!(State::parse(&state.to_string()), Some(state));
        }
        for wrong in ["", "r", "x", "14a", "draft "] {
            assert_eq!(State::parse(wrong), None, "{wrong}");
        }
    }
}
