//! A diagnosis as programs read it. It follows from tree and statements alone: the same answers give the same bytes.

use serde::Serialize;
use utoipa::ToSchema;

use super::outcome::Outcome;
use super::schema::{self, FactValue};
use crate::secret::Secret;
use crate::tree::closure::{Closure, NodeRef};
use crate::tree::fact::{FactKey, Held, Sheet, Source, Value};
use crate::tree::model::{self, Ask, NodeKind, Verdict};
use crate::tree::walk::{End, How, Stop, Taken};
use crate::visit::Visit;

/// A diagnosis. Keys of nodes and facts are bare in the tree that it started in and `slug.key` in trees that it jumped to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Diagnosis)]
pub struct Document {
    /// Its unguessable id.
    id: String,
    /// What opens and changes it, as a bearer token. Only the answer to its creation has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String)]
    owner_token: Option<String>,
    /// The slug of the tree that it started in.
    tree: String,
    /// The tree's version, which it is pinned to.
    version: i64,
    /// Where it stands.
    state: State,
    /// What is asked next; present in the state `question`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Question)]
    question: Option<Question>,
    /// What it came to; present in the state `outcome`, and in the state `handover` if the author wrote one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Outcome)]
    outcome: Option<Outcome>,
    /// The nodes that were passed, in order.
    path: Vec<PathStop>,
    /// What holds, in order of the whole keys.
    facts: Vec<Fact>,
}

/// Where a diagnosis stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = DiagnosisState)]
enum State {
    /// A question must be answered.
    Question,
    /// There is something to do.
    Outcome,
    /// Nothing is left to try.
    Handover,
}

/// A question.
#[derive(Debug, Serialize, ToSchema)]
pub struct Question {
    /// What an answer is put at.
    key: String,
    /// How it is asked, which decides what an answer looks like.
    #[schema(schema_with = schema::ask)]
    ask: Ask,
    /// The question itself.
    prompt: String,
    /// The options of `choice` and `choices`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<AnswerOption>,
    /// What was pasted about it without deciding it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = FactValue)]
    prefill: Option<FactValue>,
}

/// An option of a question.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerOption {
    /// What an answer says.
    key: String,
    /// What people read.
    label: String,
}

/// A node that the walk passed.
#[derive(Debug, Serialize, ToSchema)]
struct PathStop {
    /// Its key.
    node: String,
    /// What it does.
    #[schema(schema_with = schema::node_kind)]
    kind: &'static str,
    /// Its short name.
    title: String,
    /// For a question what is known, null being "don't know"; for an outcome `no` or `worse`. Absent for routes and jumps.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = FactValue)]
    answer: Option<FactValue>,
    /// Where the fact of a question came from that was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = schema::source, required = false)]
    known_from: Option<Source>,
    /// The key of the node that the walk went on to; null where it waits for another question, and at that question, which leads back.
    taken: Option<String>,
}

/// A fact that holds. Each message, event and code is one by itself, with the line it was read from; a list of machines is one.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fact {
    /// The fact.
    key: String,
    /// Its value; null is "don't know".
    value: FactValue,
    /// Who said it.
    #[schema(schema_with = schema::source)]
    source: Source,
    /// The line it was read from; for a list of machines one line for each.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String)]
    line: Option<String>,
}

impl Document {
    /// The document of `visit`.
    pub fn new(visit: &Visit) -> Self {
        let (question, at) = match &visit.walk.end {
            End::Question { node, prefill } => (asked(visit, node, prefill.as_ref()), None),
            End::Outcome { node, .. } => (None, Some(node.clone())),
            End::HandOver => (None, visit.hand_over()),
        };
        let outcome = at.and_then(|node| Outcome::new(visit, &node));
        let state = match (&visit.walk.end, &outcome) {
            (End::Question { .. }, _) => State::Question,
            (End::Outcome { .. }, Some(outcome)) if outcome.verdict != Verdict::HandOver => State::Outcome,
            _ => State::Handover,
        };
        Self {
            id: visit.diagnosis.id.to_string(),
            owner_token: None,
            tree: visit.slug().to_owned(),
            version: visit.version.number,
            state,
            question,
            outcome,
            path: visit.walk.path.iter().filter_map(|stop| path_stop(visit, stop)).collect(),
            facts: Fact::all(&visit.sheet, visit.slug()),
        }
    }

    /// The same with the token that opens it.
    pub fn with_token(self, token: &Secret) -> Self {
        Self { owner_token: Some(token.reveal()), ..self }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Fact {
    /// Everything that holds, in order of the whole keys, as a diagnosis that started in the tree `start` writes it.
    pub fn all(sheet: &Sheet, start: &str) -> Vec<Self> {
        sheet.iter().flat_map(|(key, held)| Self::parts(&written(key, start), held)).collect()
    }

    fn parts(key: &str, held: &Held) -> Vec<Self> {
        let lines = held.lines();
        let parts: Vec<Value> = match &held.value {
            Some(Value::Messages(messages)) => messages.iter().map(|message| Value::Messages(vec![message.clone()])).collect(),
            Some(Value::Events(events)) => events.iter().map(|event| Value::Events(vec![event.clone()])).collect(),
            Some(Value::Codes(codes)) => codes.iter().map(|code| Value::Codes(vec![code.clone()])).collect(),
            _ => Vec::new(),
        };
        let entry = |value: Option<&Value>, line: Option<String>| Self { key: key.to_owned(), value: FactValue::new(value), source: held.source, line };
        if parts.len() < 2 {
            return vec![entry(held.value.as_ref(), held.line.clone())];
        }
        let line_of = |place: usize| match &lines {
            Some(lines) => lines.get(place).filter(|line| !line.is_empty()).map(|line| (*line).to_owned()),
            None => held.line.clone(),
        };
        parts.iter().enumerate().map(|(place, value)| entry(Some(value), line_of(place))).collect()
    }
}

impl Question {
    /// The question of the node `key`, as it is written in a diagnosis.
    pub fn new(key: String, question: &model::Question) -> Self {
        let option = |option: &model::Choice| AnswerOption { key: option.key.clone(), label: option.label.clone() };
        Self { key, ask: question.ask, prompt: question.prompt.clone(), options: question.options.iter().map(option).collect(), prefill: None }
    }
}

/// How a fact is written in a diagnosis that started in the tree `start`: bare in that tree, `slug.key` elsewhere.
pub fn written(key: &FactKey, start: &str) -> String {
    let own = key.as_str().strip_prefix(start).and_then(|rest| rest.strip_prefix('.'));
    own.unwrap_or(key.as_str()).to_owned()
}

fn asked(visit: &Visit, node: &NodeRef, prefill: Option<&Held>) -> Option<Question> {
    let (_, question) = visit.question(node)?;
    let prefill = prefill.map(|held| FactValue::new(held.value.as_ref()));
    Some(Question { prefill, ..Question::new(node.written_in(visit.slug()), question) })
}

fn path_stop(visit: &Visit, stop: &Stop) -> Option<PathStop> {
    let (part, node) = visit.closure().node(&stop.node)?;
    let answer = match (&stop.how, &node.kind) {
        (How::Tried(helped), _) => Some(FactValue(helped.as_str().into())),
        (_, NodeKind::Question(question)) => {
            let held = visit.sheet.get(&FactKey::within(&part.tree.slug, &question.fact));
            held.map(|held| FactValue::new(held.value.as_ref()))
        }
        _ => None,
    };
    let known_from = match &stop.how {
        How::Known { source, .. } => Some(*source),
        _ => None,
    };
    Some(PathStop {
        node: stop.node.written_in(visit.slug()),
        kind: node.kind.name(),
        title: node.title.clone(),
        answer,
        known_from,
        taken: target(part, &node.kind, stop.taken).map(|node| node.written_in(visit.slug())),
    })
}

/// The node that the walk went on to from a node of `part`.
fn target(part: &Closure, kind: &NodeKind, taken: Taken) -> Option<NodeRef> {
    let key = match (taken, kind) {
        (Taken::Branch(index), _) => &kind.fork()?.branches.get(index)?.to,
        (Taken::Otherwise, _) => &kind.fork()?.otherwise,
        (Taken::Unknown(_), _) => &kind.fork()?.unknown,
        (Taken::DidNotHelp, NodeKind::Outcome(outcome)) => outcome.did_not_help.as_ref()?,
        (Taken::Jump, NodeKind::Jump(jump)) => {
            let other = part.jumps.get(&jump.tree)?;
            return Some(NodeRef::new(&other.tree.slug, &other.tree.start));
        }
        _ => return None,
    };
    Some(NodeRef::new(&part.tree.slug, key))
}
