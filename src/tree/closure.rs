//! A version with everything that it is pinned to: its ladders and the versions of the trees that it jumps to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::answer::Kind;
use super::condition::Facts;
use super::fact::{BUILT_IN, FactKey, Sheet};
use super::ladder::Ladders;
use super::model::{Node, NodeKind, Outcome, Question, Tree};

/// What a diagnosis is pinned to. Pins point to older versions only, so closures are finite.
#[derive(Debug, Clone)]
pub struct Closure {
    /// The tree that the walk starts in.
    pub tree: Arc<Tree>,
    /// The ladders, at the revisions that the version is pinned to.
    pub ladders: Arc<Ladders>,
    /// The closures of the trees that this one jumps to, by slug.
    pub jumps: BTreeMap<String, Arc<Closure>>,
    /// The digests of the pictures that the tree shows and that are there, for the checks.
    pub pictures: BTreeSet<String>,
}

/// Names a node of a closure: the tree's slug and the node's key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeRef {
    /// The tree.
    pub slug: String,
    /// The node's key in it.
    pub key: String,
}

impl NodeRef {
    /// The node `key` of the tree `slug`.
    #[must_use]
    pub fn new(slug: &str, key: &str) -> Self {
        Self { slug: slug.to_owned(), key: key.to_owned() }
    }

    /// Reads `slug.key`, or a bare key of the tree `start`.
    #[must_use]
    pub fn parse(text: &str, start: &str) -> Self {
        let (slug, key) = text.split_once('.').unwrap_or((start, text));
        Self::new(slug, key)
    }

    /// How the node is written in a diagnosis that started in the tree `start`: bare in that tree, `slug.key` elsewhere.
    #[must_use]
    pub fn written_in(&self, start: &str) -> String {
        if self.slug == start { self.key.clone() } else { self.to_string() }
    }
}

impl fmt::Display for NodeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.slug, self.key)
    }
}

impl Closure {
    /// A tree that jumps nowhere.
    #[must_use]
    pub fn single(tree: Arc<Tree>, ladders: Arc<Ladders>) -> Self {
        Self { tree, ladders, jumps: BTreeMap::new(), pictures: BTreeSet::new() }
    }

    /// The closure of the tree `slug`, if the walk can come to it.
    #[must_use]
    pub fn part(&self, slug: &str) -> Option<&Self> {
        if self.tree.slug == slug {
            return Some(self);
        }
        self.jumps.values().find_map(|closure| closure.part(slug))
    }

    /// The node that `node` names, with the tree it stands in.
    #[must_use]
    pub fn node(&self, node: &NodeRef) -> Option<(&Self, &Node)> {
        let part = self.part(&node.slug)?;
        Some((part, part.tree.node(&node.key)?))
    }

    /// The question that `node` names, with the tree it stands in.
    #[must_use]
    pub fn question(&self, node: &NodeRef) -> Option<(&Self, &Question)> {
        let (part, node) = self.node(node)?;
        match &node.kind {
            NodeKind::Question(question) => Some((part, question)),
            _ => None,
        }
    }

    /// The outcome that `node` names, with the tree it stands in.
    #[must_use]
    pub fn outcome(&self, node: &NodeRef) -> Option<(&Self, &Outcome)> {
        let (part, node) = self.node(node)?;
        match &node.kind {
            NodeKind::Outcome(outcome) => Some((part, outcome)),
            _ => None,
        }
    }

    /// The tree that knows the fact `written`: bare in this tree, `slug.key` in this one or in one that it jumps to.
    #[must_use]
    pub fn knowing(&self, written: &str) -> Option<&Self> {
        let (part, bare) = match written.split_once('.') {
            Some((_, bare)) if BUILT_IN.contains(&bare) => return None,
            Some((slug, bare)) => (self.part(slug)?, bare),
            None => (self, written),
        };
        Kind::of(&part.tree, bare).map(|_| part)
    }

    /// The question that sets the fact `key`: in this tree first, then in those it jumps to.
    #[must_use]
    pub fn question_for(&self, key: &FactKey) -> Option<(&Self, &Node, &Question)> {
        if let Some((node, question)) = self.own_question_for(key) {
            return Some((self, node, question));
        }
        self.jumps.values().find_map(|closure| closure.question_for(key))
    }

    /// The question of this very tree that sets the fact `key`.
    #[must_use]
    pub fn own_question_for(&self, key: &FactKey) -> Option<(&Node, &Question)> {
        self.tree.nodes.iter().find_map(|node| match &node.kind {
            NodeKind::Question(question) if FactKey::within(&self.tree.slug, &question.fact) == *key => Some((node, question.as_ref())),
            _ => None,
        })
    }

    /// What conditions of this tree are evaluated over.
    #[must_use]
    pub fn facts<'a>(&'a self, sheet: &'a Sheet) -> Facts<'a> {
        Facts::new(&self.tree.slug, sheet, &self.ladders, &self.tree.ladder)
    }

    /// The outcomes that can be reached from the node `key` of this tree without a `did_not_help` edge.
    #[must_use]
    pub fn outcomes_from(&self, key: &str) -> BTreeSet<NodeRef> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![key];
        while let Some(key) = open.pop() {
            if !seen.insert(key) {
                continue;
            }
            let Some(node) = self.tree.node(key) else { continue };
            match &node.kind {
                NodeKind::Question(_) | NodeKind::Route(_) => open.extend(node.kind.fork().into_iter().flat_map(|fork| fork.targets())),
                NodeKind::Outcome(_) => {
                    found.insert(NodeRef::new(&self.tree.slug, key));
                }
                NodeKind::Jump(jump) => {
                    if let Some(closure) = self.jumps.get(&jump.tree) {
                        found.extend(closure.outcomes_from(&closure.tree.start));
                    }
                }
            }
        }
        found
    }

    /// Every outcome of this tree and of those it jumps to, in the author's order.
    #[must_use]
    pub fn outcomes(&self) -> Vec<NodeRef> {
        let own = self.tree.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Outcome(_)));
        let own = own.map(|node| NodeRef::new(&self.tree.slug, &node.key));
        own.chain(self.jumps.values().flat_map(|closure| closure.outcomes())).collect()
    }
}
