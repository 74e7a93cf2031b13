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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Random;
    use crate::record::Change;
    use crate::secret::Secret;
    use crate::tree::fact::Value;
    use crate::tree::model::Helped;

    fn said(key: &str, value: Option<bool>, source: Source) -> Statement {
        Statement { key: FactKey::within("t", key), value: value.map(Value::YesNo), source, line: None }
    }

    fn diagnosis() -> Diagnosis {
        Diagnosis {
            id: DiagnosisId::new(&Random::seeded(1)),
            owner: Secret::new([7; 32]).hash(),
            version_id: 1,
            revision: 0,
            created_at: 0,
            changed_at: 0,
            opened_at: 0,
            statements: vec![said("wet", Some(true), Source::Pasted)],
            tried: Default::default(),
            ticks: Default::default(),
            ended: None,
        }
    }

    #[test]
    fn a_mark_changes_with_what_was_said_about_its_fact_and_with_nothing_else() {
        let (wet, cold) = (FactKey::within("t", "wet"), FactKey::within("t", "cold"));
        let mut diagnosis = diagnosis();
        let (mark, unsaid) = (diagnosis.mark(&wet), diagnosis.mark(&cold));
        assert_eq!(unsaid, "unsaid");
        Change::State(said("cold", None, Source::Asked)).apply(&mut diagnosis);
        assert_eq!(diagnosis.mark(&wet), mark);
        assert_ne!(diagnosis.mark(&cold), unsaid, "\"I don't know\" was said");
        Change::State(said("wet", Some(true), Source::Asked)).apply(&mut diagnosis);
        assert_ne!(diagnosis.mark(&wet), mark, "the visitor confirmed it");
        Change::UnsayAnswer(wet.clone()).apply(&mut diagnosis);
        assert_eq!(diagnosis.mark(&wet), mark, "changed back");
    }

    #[test]
    fn taking_an_answer_back_lets_what_was_pasted_hold_again() {
        let wet = FactKey::within("t", "wet");
        let mut diagnosis = diagnosis();
        Change::State(said("wet", Some(false), Source::Asked)).apply(&mut diagnosis);
        assert_eq!(diagnosis.sheet().get(&wet).unwrap().value, Some(Value::YesNo(false)));
        Change::UnsayAnswer(wet.clone()).apply(&mut diagnosis);
        assert_eq!(diagnosis.sheet().get(&wet).unwrap().value, Some(Value::YesNo(true)));
        assert!(diagnosis.own_statement(&wet).is_none());
        Change::Unsay(wet.clone()).apply(&mut diagnosis);
        assert!(diagnosis.sheet().get(&wet).is_none());
    }

    #[test]
    fn outcomes_have_marks_and_ticks_replace_those_of_their_procedure_alone() {
        let node = NodeRef::new("t", "dry_it");
        let mut diagnosis = diagnosis();
        assert_eq!(diagnosis.mark_of_outcome(&node), "unsaid");
        Change::Tried(node.clone(), Some(Helped::Worse)).apply(&mut diagnosis);
        assert_eq!(diagnosis.mark_of_outcome(&node), "worse");
        Change::Tried(node.clone(), None).apply(&mut diagnosis);
        assert_eq!(diagnosis.mark_of_outcome(&node), "unsaid");
        let ticks = |procedure: &str, steps: &[u32]| Change::Ticks { node: node.clone(), procedure: procedure.to_owned(), steps: steps.to_vec() };
        for change in [ticks("a", &[0, 1]), ticks("b", &[2]), ticks("a", &[1])] {
            change.apply(&mut diagnosis);
        }
        let kept: Vec<(&str, u32)> = diagnosis.ticks.iter().map(|tick| (tick.procedure.as_str(), tick.step)).collect();
        assert_eq!(kept, [("a", 1), ("b", 2)]);
    }
}
