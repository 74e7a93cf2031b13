//! The walk: a pure function from a version and what is known to the path so far and what comes next.
//!
//! Nothing of a walk is stored but statements and answers, so Back, reload, two tabs, a colleague and a link next year all
//! see the same. The rules are those of three-valued replay: branches are scanned in order; a false one is passed, a true
//! one is taken, and at an unknown one the scan stops and asks the question that could decide it.

use std::collections::{BTreeMap, BTreeSet};

use super::closure::{Closure, NodeRef};
use super::condition::{Condition, Facts, Truth};
use super::fact::{FactKey, Held, Sheet, Source};
use super::model::{Fork, Helped, Node, NodeKind, Outcome, Question};

/// Answers to "Did this fix it?", by outcome.
pub type Tried = BTreeMap<NodeRef, Helped>;

/// The path so far and what comes next.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk {
    /// The nodes that were passed, in order.
    pub path: Vec<Stop>,
    /// What comes next.
    pub end: End,
}

/// A node that the walk passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// The node.
    pub node: NodeRef,
    /// How it was passed.
    pub how: How,
    /// Which way the walk went on from it.
    pub taken: Taken,
}

/// How a node was passed.
#[derive(Debug, Clone, PartialEq)]
pub enum How {
    /// The visitor answered the question.
    Answered,
    /// The visitor answered "I don't know".
    DontKnow,
    /// The question was not asked, since its fact was known and decided it.
    Known {
        /// Where the fact came from.
        source: Source,
        /// The line it was read from.
        line: Option<String>,
    },
    /// A route branched on what is known.
    Routed,
    /// The outcome was tried, and did not help.
    Tried(Helped),
    /// The walk went on in another tree.
    Jumped,
}

/// Which way the walk went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The branch with this index.
    Branch(usize),
    /// Every branch was false.
    Otherwise,
    /// The branch with this index could not be decided.
    Unknown(usize),
    /// The question was asked for another node's condition; that node's scan starts again.
    Back,
    /// An outcome's `did_not_help`.
    DidNotHelp,
    /// To the start of another tree.
    Jump,
    /// The walk stands here: a question whose condition waits for another question.
    Waits,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// Ask this question.
    Question {
        /// The question's node.
        node: NodeRef,
        /// What a paste or link says about it without deciding it; the form starts with this.
        prefill: Option<Held>,
    },
    /// Show this outcome.
    Outcome {
        /// The outcome's node.
        node: NodeRef,
        /// Whether the visitor said that it helped.
        solved: bool,
    },
    /// Nothing is left to try.
    HandOver,
}

impl Walk {
    /// Whether `node` is on the path or is what comes next, so that an answer to it has a place.
    #[must_use]
    pub fn has(&self, node: &NodeRef) -> bool {
        self.path.iter().any(|stop| stop.node == *node) || self.end.node() == Some(node)
    }

    /// A text that is equal for two walks if and only if they pass the same nodes by the same ways and come to the same: how a fact became
    /// known and whether an outcome helped make no difference. It is recorded (hashed) when a walk ends, so that a later replay that differs is
    /// noticed.
    #[must_use]
    pub fn trace(&self) -> String {
        let mut trace = String::new();
        for stop in &self.path {
            trace.push_str(&format!("{} {:?}\n", stop.node, stop.taken));
        }
        match &self.end {
            End::Question { node, .. } => trace.push_str(&format!("question {node}")),
            End::Outcome { node, .. } => trace.push_str(&format!("outcome {node}")),
            End::HandOver => trace.push_str("hand over"),
        }
        trace
    }
}

impl End {
    /// The question or outcome that comes next.
    #[must_use]
    pub fn node(&self) -> Option<&NodeRef> {
        match self {
            Self::Question { node, .. } | Self::Outcome { node, .. } => Some(node),
            Self::HandOver => None,
        }
    }
}

/// Walks `closure` with what is known.
///
/// Every walk of a checked tree ends. A tree that was not checked may hold a circle that uses up no outcome; such a walk ends in
/// hand-over when it comes to a node a second time.
#[must_use]
pub fn walk(closure: &Closure, sheet: &Sheet, tried: &Tried) -> Walk {
    let mut walker = Walker { sheet, tried, path: Vec::new(), used: BTreeSet::new(), since_outcome: BTreeSet::new(), shown: BTreeSet::new() };
    let end = walker.run(closure);
    Walk { path: walker.path, end }
}

struct Walker<'a> {
    sheet: &'a Sheet,
    tried: &'a Tried,
    path: Vec<Stop>,
    /// Outcomes whose `did_not_help` edge was used.
    used: BTreeSet<NodeRef>,
    /// Nodes passed since the last such edge; coming to one again means a circle.
    since_outcome: BTreeSet<NodeRef>,
    /// Facts whose question is on the path already.
    shown: BTreeSet<FactKey>,
}

/// Where a node's scan leads.
enum Next<'a> {
    /// To this node of the same tree.
    Node(&'a str),
    /// To the start of this tree.
    Tree(&'a Closure),
    /// The walk stops here.
    End(End),
}

/// How a fork's scan ended.
enum Scan {
    Found(usize),
    NoneTrue,
    Stopped(usize),
}

impl<'a> Walker<'a> {
    fn run(&mut self, closure: &'a Closure) -> End {
        let mut here = closure;
        let mut key = here.tree.start.as_str();
        loop {
            let node_ref = NodeRef::new(&here.tree.slug, key);
            let Some(node) = here.tree.node(key) else { return End::HandOver };
            if !self.since_outcome.insert(node_ref.clone()) {
                return End::HandOver;
            }
            let next = match &node.kind {
                NodeKind::Question(question) => self.at_question(here, node, question),
                NodeKind::Route(fork) => self.at_fork(here, node, fork, How::Routed, true),
                NodeKind::Outcome(outcome) => self.at_outcome(node_ref, outcome),
                NodeKind::Jump(jump) => match here.jumps.get(&jump.tree) {
                    Some(other) => {
                        self.pass(node_ref, How::Jumped, Taken::Jump);
                        Next::Tree(other)
                    }
                    None => Next::End(End::HandOver),
                },
            };
            match next {
                Next::Node(next) => key = next,
                Next::Tree(other) => {
                    here = other;
                    key = other.tree.start.as_str();
                }
                Next::End(end) => return end,
            }
        }
    }

    fn pass(&mut self, node: NodeRef, how: How, taken: Taken) {
        self.path.push(Stop { node, how, taken });
    }

    fn at_question(&mut self, here: &'a Closure, node: &'a Node, question: &'a Question) -> Next<'a> {
        let key = FactKey::within(&here.tree.slug, &question.fact);
        let node_ref = NodeRef::new(&here.tree.slug, &node.key);
        let Some(held) = self.sheet.get(&key) else {
            return Next::End(End::Question { node: node_ref, prefill: None });
        };
        self.shown.insert(key);
        let how = match (&held.value, held.source) {
            (None, _) => How::DontKnow,
            (Some(_), source) if source.is_visitors() => How::Answered,
            (Some(_), source) => How::Known { source, line: held.line.clone() },
        };
        let said = !matches!(how, How::Known { .. });
        self.at_fork(here, node, &question.fork, how, said)
    }

    /// Scans the branches of a question or route. `said` is false for a question whose fact the visitor did not state himself: only a true
    /// branch passes it then.
    fn at_fork(&mut self, here: &'a Closure, node: &'a Node, fork: &'a Fork, how: How, said: bool) -> Next<'a> {
        let node_ref = NodeRef::new(&here.tree.slug, &node.key);
        let facts = here.facts(self.sheet);
        let scan = scan(fork, &facts);
        let (taken, target) = match scan {
            Scan::Found(index) => (Taken::Branch(index), fork.branches.get(index).map(|branch| branch.to.as_str())),
            Scan::NoneTrue => (Taken::Otherwise, Some(fork.otherwise.as_str())),
            Scan::Stopped(index) => {
                let condition = fork.branches.get(index).map(|branch| &branch.when);
                if let Some(question) = condition.and_then(|condition| first_question(here, condition, &facts)) {
                    self.pass(node_ref, how, Taken::Waits);
                    self.show_pulled_in(here, fork, &scan);
                    return Next::End(End::Question { node: question, prefill: None });
                }
                (Taken::Unknown(index), Some(fork.unknown.as_str()))
            }
        };
        let decided = said || matches!(taken, Taken::Branch(_));
        if decided {
            self.pass(node_ref.clone(), how, taken);
        }
        self.show_pulled_in(here, fork, &scan);
        if !decided {
            let prefill = own_fact(here, node).and_then(|key| self.sheet.get(&key).cloned());
            return Next::End(End::Question { node: node_ref, prefill });
        }
        target.map_or(Next::End(End::HandOver), Next::Node)
    }

    /// Puts the questions that were asked for this fork's conditions on the path after it, in the order in which a visitor who starts from nothing would
    /// have been asked them.
    ///
    /// The decision itself is made over everything that is known; only what is shown is replayed, by hiding the answers whose question is
    /// not on the path yet and revealing them one by one.
    fn show_pulled_in(&mut self, here: &'a Closure, fork: &'a Fork, scan: &Scan) {
        let scanned = match scan {
            Scan::Found(index) | Scan::Stopped(index) => index + 1,
            Scan::NoneTrue => fork.branches.len(),
        };
        for branch in fork.branches.iter().take(scanned) {
            let mut hidden: BTreeSet<FactKey> = branch.when.facts(&here.tree.slug).into_iter().filter(|key| self.was_answered_elsewhere(here, key)).collect();
            while !hidden.is_empty() {
                let visible = self.sheet.without(&hidden);
                let facts = here.facts(&visible);
                if branch.when.truth(&facts) != Truth::Unknown {
                    break;
                }
                let Some(key) = branch.when.undecided(&facts).into_iter().find(|key| hidden.contains(key)) else { break };
                hidden.remove(&key);
                self.show_answer(here, key);
            }
        }
    }

    /// Whether the visitor answered the question for `key`, and it is not on the path yet.
    fn was_answered_elsewhere(&self, here: &Closure, key: &FactKey) -> bool {
        let answered = self.sheet.get(key).is_some_and(|held| held.source == Source::Asked);
        answered && !self.shown.contains(key) && here.own_question_for(key).is_some()
    }

    fn show_answer(&mut self, here: &Closure, key: FactKey) {
        if let Some((node, _)) = here.own_question_for(&key) {
            let how = if self.sheet.get(&key).is_some_and(|held| held.value.is_none()) { How::DontKnow } else { How::Answered };
            self.pass(NodeRef::new(&here.tree.slug, &node.key), how, Taken::Back);
        }
        self.shown.insert(key);
    }

    fn at_outcome(&mut self, node: NodeRef, outcome: &'a Outcome) -> Next<'a> {
        match self.tried.get(&node) {
            None => Next::End(End::Outcome { node, solved: false }),
            Some(Helped::Yes) => Next::End(End::Outcome { node, solved: true }),
            Some(helped @ (Helped::No | Helped::Worse)) => match &outcome.did_not_help {
                Some(target) if self.used.insert(node.clone()) => {
                    self.pass(node, How::Tried(*helped), Taken::DidNotHelp);
                    self.since_outcome.clear();
                    Next::Node(target)
                }
                _ => {
                    if !self.path.iter().any(|stop| stop.node == node) {
                        self.pass(node, How::Tried(*helped), Taken::Waits);
                    }
                    Next::End(End::HandOver)
                }
            },
        }
    }
}

fn scan(fork: &Fork, facts: &Facts<'_>) -> Scan {
    for (index, branch) in fork.branches.iter().enumerate() {
        match branch.when.truth(facts) {
            Truth::False => {}
            Truth::True => return Scan::Found(index),
            Truth::Unknown => return Scan::Stopped(index),
        }
    }
    Scan::NoneTrue
}

/// The question for the first unstated fact, in reading order, whose value could still change `condition`.
fn first_question(here: &Closure, condition: &Condition, facts: &Facts<'_>) -> Option<NodeRef> {
    condition.undecided(facts).iter().find_map(|key| here.own_question_for(key)).map(|(node, _)| NodeRef::new(&here.tree.slug, &node.key))
}

fn own_fact(here: &Closure, node: &Node) -> Option<FactKey> {
    match &node.kind {
        NodeKind::Question(question) => Some(FactKey::within(&here.tree.slug, &question.fact)),
        _ => None,
    }
}

#[cfg(test)]
pub(in crate::tree) mod tests;
