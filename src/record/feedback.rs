//! What visitors said of the outcomes of a tree, for its authors.

use std::collections::BTreeMap;

use super::{Records, store};
use crate::db;
use crate::tree::closure::NodeRef;
use crate::tree::model::Helped;

/// Notes that are read of one tree; authors see the newest.
const NOTES: i64 = 200;

/// What visitors said of one outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feedback {
    /// How many it has helped.
    pub yes: i64,
    /// How many it has not.
    pub no: i64,
    /// For how many it made things worse.
    pub worse: i64,
    /// What they wrote, the newest first.
    pub notes: Vec<Note>,
}

/// What one visitor wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Milliseconds since 1970.
    pub at: i64,
    /// The words.
    pub text: String,
}

impl Records {
    /// What was said of the tree's outcomes in diagnoses that began in any version of it, by node: also of outcomes in trees that it jumps to.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn feedback_of(&self, tree_id: i64) -> Result<BTreeMap<NodeRef, Feedback>, db::Error> {
        let mut read = self.db().read().await?;
        let mut found: BTreeMap<NodeRef, Feedback> = BTreeMap::new();
        for (node, helped, count) in store::feedback_counts(&mut read, tree_id).await? {
            let of = found.entry(NodeRef::parse(&node, "")).or_default();
            match Helped::parse(&helped) {
                Some(Helped::Yes) => of.yes = count,
                Some(Helped::No) => of.no = count,
                Some(Helped::Worse) => of.worse = count,
                None => {}
            }
        }
        for (node, at, text) in store::feedback_notes(&mut read, tree_id, NOTES).await? {
            found.entry(NodeRef::parse(&node, "")).or_default().notes.push(Note { at, text });
        }
        Ok(found)
    }
}
