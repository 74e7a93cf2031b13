//! Changes of diagnoses, and how many of them are stored at a time.

use super::diagnosis::{Diagnosis, Ended, Tick};
use super::id::DiagnosisId;
use super::live::Live;
use super::store;
use crate::db::{Gather, Result, Write};
use crate::tree::closure::NodeRef;
use crate::tree::fact::{FactKey, Source, Statement};
use crate::tree::model::Helped;

/// One change of a diagnosis.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The visitor states a fact, or that he does not know it; his earlier statement is replaced.
    State(Statement),
    /// Everything that was stated about the fact is taken back.
    Unsay(FactKey),
    /// Only the visitor's own statement is taken back; what was pasted holds again.
    UnsayAnswer(FactKey),
    /// "Did this fix it?" is answered, or the answer taken back.
    Tried(NodeRef, Option<Helped>),
    /// The ticks of one procedure are set to exactly these steps.
    Ticks {
        /// The outcome.
        node: NodeRef,
        /// The procedure's key.
        procedure: String,
        /// The steps that are done.
        steps: Vec<u32>,
    },
    /// What the walk came to is recorded.
    Ended(Option<Ended>),
}

impl Change {
    /// Applies the change in memory as the database does on disk.
    pub fn apply(&self, diagnosis: &mut Diagnosis) {
        match self {
            Self::State(statement) => {
                diagnosis.statements.retain(|other| other.key != statement.key || other.source != statement.source);
                diagnosis.statements.push(statement.clone());
            }
            Self::Unsay(key) => diagnosis.statements.retain(|statement| statement.key != *key),
            Self::UnsayAnswer(key) => diagnosis.statements.retain(|statement| statement.key != *key || statement.source != Source::Asked),
            Self::Tried(node, Some(helped)) => {
                diagnosis.tried.insert(node.clone(), *helped);
            }
            Self::Tried(node, None) => {
                diagnosis.tried.remove(node);
            }
            Self::Ticks { node, procedure, steps } => {
                diagnosis.ticks.retain(|tick| tick.node != *node || tick.procedure != *procedure);
                diagnosis.ticks.extend(steps.iter().map(|step| Tick { node: node.clone(), procedure: procedure.clone(), step: *step }));
            }
            Self::Ended(ended) => diagnosis.ended.clone_from(ended),
        }
    }
}

/// A job of the writer: changes of one diagnosis, or its end.
#[derive(Debug)]
pub struct Save {
    /// The diagnosis after the change; its revision is one above the one that is expected in the database.
    pub(super) after: Diagnosis,
    /// What to do on disk.
    pub(super) what: What,
    /// Where the writer keeps live diagnoses true, if this process may.
    pub(super) live: Live,
}

/// What a [`Save`] does on disk.
#[derive(Debug)]
pub enum What {
    /// Stores a new diagnosis.
    Create,
    /// Stores changes of one that exists.
    Change(Vec<Change>),
    /// Notes when it was opened.
    Opened,
    /// Deletes it with everything that belongs to it.
    Delete,
}

impl Gather for Save {
    /// Whether the revision was still the expected one.
    type Reply = bool;

    fn key(&self) -> &[u8] {
        self.after.id.as_str().as_bytes()
    }

    async fn run(batch: &[Self], write: &mut Write) -> Result<Vec<bool>> {
        let deleted: Vec<&DiagnosisId> = batch.iter().filter(|save| matches!(save.what, What::Delete)).map(|save| &save.after.id).collect();
        store::delete(write, &deleted).await?;
        let created: Vec<&Diagnosis> = batch.iter().filter(|save| matches!(save.what, What::Create)).map(|save| &save.after).collect();
        store::create(write, &created).await?;
        let changed: Vec<&Diagnosis> = batch.iter().filter(|save| matches!(save.what, What::Change(_))).map(|save| &save.after).collect();
        for save in batch.iter().filter(|save| matches!(save.what, What::Opened)) {
            store::note_opening(write, &save.after).await?;
        }
        let raised = store::raise_revisions(write, &changed).await?;
        let stored = |save: &&Self| raised.contains(save.after.id.as_str());
        let rows: Vec<(&Diagnosis, &Change)> = batch
            .iter()
            .filter(stored)
            .flat_map(|save| match &save.what {
                What::Change(changes) => changes.iter().map(|change| (&save.after, change)).collect(),
                What::Create | What::Opened | What::Delete => Vec::new(),
            })
            .collect();
        store::change(write, &rows).await?;
        Ok(batch.iter().map(|save| !matches!(save.what, What::Change(_)) || raised.contains(save.after.id.as_str())).collect())
    }

    fn committed(self, stored: &bool) {
        if *stored {
            match self.what {
                What::Create | What::Change(_) | What::Opened => self.live.keep(self.after),
                What::Delete => self.live.forget(&self.after.id),
            }
        }
    }
}
