//! The tree itself: nodes, branches, outcomes, procedures, cases, as an author wrote them.
//!
//! The structs are the file format `fixpath/1` field by field (see `trees/README.md`), so that one description serves the
//! file, the tables and the walk.

mod card;
mod case;
mod facts;
mod layout;
mod outcome;
mod question;

pub use card::Lookup;
pub use case::{Case, Given, Helped};
pub(super) use layout::WRAP;
pub use outcome::{Command, Outcome, Per, Procedure, Reference, Risk, Shell, Step, Verdict};
pub use question::{Ask, Choice, Column, NumberLimits, Question};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use question::QuestionFields;

use super::condition::Condition;

/// One decision tree for one problem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// Always [`FORMAT`].
    pub format: String,
    /// The address of the guide: lower-case letters, digits and `-`.
    pub slug: String,
    /// What visitors call the problem.
    pub title: String,
    /// One or two sentences for the list of guides.
    #[serde(serialize_with = "layout::text")]
    pub summary: String,
    /// The products it is about; the home page groups by them.
    #[serde(serialize_with = "layout::short")]
    pub products: Vec<String>,
    /// Short words on the versions it is about.
    pub applies_to: String,
    /// The ladder that levels in this tree belong to. Operating systems always use `windows`.
    pub ladder: String,
    /// Who keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The day it was last reviewed, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<String>,
    /// The day the next review is due, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_by: Option<String>,
    /// What the list of guides shows and the paste box searches.
    #[serde(default, skip_serializing_if = "Symptoms::is_empty")]
    pub symptoms: Symptoms,
    /// The key of the first node.
    pub start: String,
    /// The nodes, in the author's order.
    pub nodes: Vec<Node>,
    /// The tests kept with the tree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<Case>,
    /// The files of its pictures in base64, by digest, while the tree travels as a file. The shelf keeps them by themselves: a stored tree carries none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pictures: BTreeMap<String, String>,
}

/// The name of the format and of the condition language that this program reads.
pub const FORMAT: &str = "fixpath/1";

/// What everybody who needs the tree sees first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Symptoms {
    /// Error texts, or beginnings of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<String>,
    /// Events by source and number.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "layout::list")]
    pub events: Vec<SymptomEvent>,
}

impl Symptoms {
    fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.events.is_empty()
    }
}

/// An event that leads to the tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SymptomEvent {
    /// The program that logs it.
    pub source: String,
    /// Its number.
    pub id: u32,
}

/// One node of a tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "NodeFields", into = "NodeFields")]
pub struct Node {
    /// Stable, never reused.
    pub key: String,
    /// The short name on maps and in "What we know".
    pub title: String,
    /// What the node does.
    pub kind: NodeKind,
}

/// What a node does.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Asks for one fact, then branches.
    Question(Box<Question>),
    /// Asks nothing and branches on what is known.
    Route(Fork),
    /// Ends the walk.
    Outcome(Box<Outcome>),
    /// Goes on in another tree and does not return.
    Jump(Jump),
}

impl NodeKind {
    /// `question`, `route`, `outcome` or `jump`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Question(_) => "question",
            Self::Route(_) => "route",
            Self::Outcome(_) => "outcome",
            Self::Jump(_) => "jump",
        }
    }

    /// The branches of a question or route.
    #[must_use]
    pub fn fork(&self) -> Option<&Fork> {
        match self {
            Self::Question(question) => Some(&question.fork),
            Self::Route(fork) => Some(fork),
            Self::Outcome(_) | Self::Jump(_) => None,
        }
    }
}

/// The node as its file writes it: exactly one of the four parts.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NodeFields {
    key: String,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<Box<QuestionFields>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    route: Option<Fork>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outcome: Option<Box<Outcome>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    jump: Option<Jump>,
}

impl TryFrom<NodeFields> for Node {
    type Error = String;

    fn try_from(fields: NodeFields) -> Result<Self, Self::Error> {
        let key = fields.key;
        let kind = match (fields.question, fields.route, fields.outcome, fields.jump) {
            (Some(question), None, None, None) => NodeKind::Question(Box::new((*question).into())),
            (None, Some(route), None, None) => NodeKind::Route(route),
            (None, None, Some(outcome), None) => NodeKind::Outcome(outcome),
            (None, None, None, Some(jump)) => NodeKind::Jump(jump),
            _ => return Err(format!("node \"{key}\" must have exactly one of question, route, outcome and jump")),
        };
        Ok(Self { key, title: fields.title, kind })
    }
}

impl From<Node> for NodeFields {
    fn from(node: Node) -> Self {
        let mut fields = Self { key: node.key, title: node.title, question: None, route: None, outcome: None, jump: None };
        match node.kind {
            NodeKind::Question(question) => fields.question = Some(Box::new((*question).into())),
            NodeKind::Route(route) => fields.route = Some(route),
            NodeKind::Outcome(outcome) => fields.outcome = Some(outcome),
            NodeKind::Jump(jump) => fields.jump = Some(jump),
        }
        fields
    }
}

/// Where a question or route leads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fork {
    /// Scanned in order; the first true one is taken.
    pub branches: Vec<Branch>,
    /// The node to go to when every branch is false.
    pub otherwise: String,
    /// The node to go to when a branch cannot be decided and no question can help.
    pub unknown: String,
    /// Findings of the proof that the author has seen and means.
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "layout::short")]
    pub meant: Vec<Meant>,
}

impl Fork {
    /// Every node that this leads to, in order: the branches', `otherwise`, `unknown`.
    pub fn targets(&self) -> impl Iterator<Item = &str> {
        self.branches.iter().map(|branch| branch.to.as_str()).chain([self.otherwise.as_str(), self.unknown.as_str()])
    }
}

/// A finding of the proof that an author can mark as meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meant {
    /// The order of two overlapping branches decides.
    Order,
    /// Falling to `otherwise`.
    Otherwise,
}

/// A condition and the node it leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The condition.
    pub when: Condition,
    /// A short answer for the map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The target's key.
    pub to: String,
}

/// Goes on in another tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jump {
    /// The other tree's slug.
    pub tree: String,
}

impl Tree {
    /// The node with `key`.
    #[must_use]
    pub fn node(&self, key: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.key == key)
    }

    /// The question that sets the fact written `fact` in this tree.
    #[must_use]
    pub fn question_for(&self, fact: &str) -> Option<(&Node, &Question)> {
        self.nodes.iter().find_map(|node| match &node.kind {
            NodeKind::Question(question) if question.fact == fact => Some((node, question.as_ref())),
            _ => None,
        })
    }

    /// Where walks end that nothing else is left for: of the outcomes with the verdict "hand over" the one that most edges fall back to, the last of equals. The
    /// others hand over too, but for a cause that is known.
    #[must_use]
    pub fn hand_over(&self) -> Option<&Node> {
        let hands_over = |node: &&Node| matches!(&node.kind, NodeKind::Outcome(outcome) if outcome.verdict == Verdict::HandOver);
        self.nodes.iter().filter(hands_over).max_by_key(|node| self.falls_back_to(&node.key))
    }

    /// How many edges `otherwise` and `unknown` lead to the node with `key`.
    #[must_use]
    pub fn falls_back_to(&self, key: &str) -> usize {
        let forks = self.nodes.iter().filter_map(|node| node.kind.fork());
        forks.flat_map(|fork| [&fork.otherwise, &fork.unknown]).filter(|target| *target == key).count()
    }

    /// What pages call a declared fact, or one of its options; `None` if no question of this tree sets it.
    #[must_use]
    pub fn words(&self, fact: &str, option: Option<&str>) -> Option<String> {
        let (node, question) = self.question_for(fact)?;
        match option {
            None => Some(node.title.clone()),
            Some(key) if question.ask == Ask::YesNo => Some(key.to_owned()),
            Some(key) => question.options.iter().find(|option| option.key == key).map(|option| option.label.clone()),
        }
    }
}
