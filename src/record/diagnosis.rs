//! One diagnosis in memory.

use std::collections::BTreeSet;

use super::id::DiagnosisId;
use crate::secret::SecretHash;
use crate::tree::closure::NodeRef;
use crate::tree::fact::{FactKey, Sheet, Source, Statement};
use crate::tree::walk::Tried;

/// One visitor's walk: pinned to a version, made of statements and answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// Its unguessable name.
    pub id: DiagnosisId,
    /// The hash of the secret that owns it.
    pub owner: SecretHash,
    /// The version that it is pinned to, with that version's closure and ladders.
    pub version_id: i64,
    /// How often it was changed; every change compares and raises it.
    pub revision: i64,
    /// When it was begun, in milliseconds since 1970.
    pub created_at: i64,
    /// When it was last changed.
    pub changed_at: i64,
    /// When it was last opened, to the day: it is kept for so long after.
    pub opened_at: i64,
    /// What was stated, oldest first.
    pub statements: Vec<Statement>,
    /// What "Did this fix it?" was answered, by outcome.
    pub tried: Tried,
    /// The steps that are ticked.
    pub ticks: BTreeSet<Tick>,
    /// What the walk came to when it first ended, if it did.
    pub ended: Option<Ended>,
}

/// A step that was done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tick {
    /// The outcome.
    pub node: NodeRef,
    /// The procedure's key.
    pub procedure: String,
    /// The step, from 0.
    pub step: u32,
}

/// What a walk came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// SHA-256 of the walk's trace.
    pub digest: String,
    /// The outcome, or `None` for hand-over.
    pub outcome: Option<NodeRef>,
}

impl Diagnosis {
    /// What holds.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        Sheet::resolve(&self.statements)
    }

    /// A short text that changes if and only if what the visitor said about `key` changes. Forms carry it, so that an answer to a question
    /// whose statement changed meanwhile is noticed, and one to a question that did not change is stored.
    #[must_use]
    pub fn mark(&self, key: &FactKey) -> String {
        let said: Vec<&Statement> = self.statements.iter().filter(|statement| statement.key == *key).collect();
        if said.is_empty() { "unsaid".to_owned() } else { short_digest(&format!("{said:?}")) }
    }

    /// The same for an outcome's answer.
    #[must_use]
    pub fn mark_of_outcome(&self, node: &NodeRef) -> String {
        self.tried.get(node).map_or("unsaid", |helped| helped.as_str()).to_owned()
    }

    /// The visitor's own statement on `key`.
    #[must_use]
    pub fn own_statement(&self, key: &FactKey) -> Option<&Statement> {
        self.statements.iter().rev().find(|statement| statement.key == *key && statement.source == Source::Asked)
    }

    /// About how many bytes it takes in memory.
    #[must_use]
    pub fn weight(&self) -> u32 {
        let statements: usize = self.statements.iter().map(|statement| 256 + statement.value.as_ref().map_or(0, approximate_size)).sum();
        u32::try_from(512 + statements + self.ticks.len() * 96 + self.tried.len() * 96).unwrap_or(u32::MAX)
    }
}

fn approximate_size(value: &crate::tree::fact::Value) -> usize {
    use crate::tree::fact::Value;
    match value {
        Value::Messages(messages) => messages.iter().map(|message| message.len() + 32).sum(),
        Value::Events(events) => events.iter().map(|event| event.text.as_ref().map_or(0, String::len) + 128).sum(),
        Value::Codes(codes) => codes.len() * 64,
        Value::Rows(rows) => rows.rows.len() * 640,
        Value::Subject(_) => 640,
        Value::Text(text) => text.len(),
        Value::Choices(keys) => keys.len() * 48,
        Value::Choice(_) | Value::YesNo(_) | Value::Number(_) | Value::Code(_) => 64,
    }
}

/// The first 80 bits of a SHA-256, in base 32.
fn short_digest(text: &str) -> String {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(text.as_bytes());
    data_encoding::BASE32_NOPAD.encode(digest.get(..10).unwrap_or_default()).to_ascii_lowercase()
}
