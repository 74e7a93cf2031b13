//! What visitors said of an outcome, for the form of its node.

use super::Editor;
use crate::shelf::Draft;
use crate::tree::closure::NodeRef;
use crate::tree::model::NodeKind;
use crate::web::{Failure, time};

/// What visitors said who came to an outcome from the guide's beginning, whatever its version.
pub struct Said {
    /// How many it has helped.
    pub yes: i64,
    /// How many it has not.
    pub no: i64,
    /// For how many it made things worse.
    pub worse: i64,
    /// What they wrote, the newest first, with the day.
    pub notes: Vec<(String, String)>,
}

impl Said {
    /// What was said of the node `key`; `None` if it is no outcome, or nobody has said anything.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn of(editor: &Editor, draft: &Draft, key: &str) -> Result<Option<Self>, Failure> {
        if !draft.tree.node(key).is_some_and(|node| matches!(node.kind, NodeKind::Outcome(_))) {
            return Ok(None);
        }
        let mut said = editor.records.feedback_of(draft.tree_id).await.map_err(Failure::unavailable)?;
        Ok(said.remove(&NodeRef::new(&draft.slug, key)).map(|said| {
            let notes = said.notes.into_iter().map(|note| (time::day(note.at), note.text)).collect();
            Self { yes: said.yes, no: said.no, worse: said.worse, notes }
        }))
    }
}
