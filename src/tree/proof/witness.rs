//! Witnesses: what the search found as a case, confirmed by the real walk.

use std::collections::BTreeMap;

use super::point::Values;
use super::walks::{NodeId, State, Walks, Way};
use super::words;
use crate::tree::case::{self, HAND_OVER, Ran};
use crate::tree::check::Witness;
use crate::tree::closure::NodeRef;
use crate::tree::fact::FactKey;
use crate::tree::model::{Case, Helped, NodeKind};
use crate::tree::walk::{End, Taken};

/// Most questions that are answered with "I don't know" so that a witness comes to an end.
const MOST_ANSWERS: usize = 100;

/// What a witness must show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    pub(super) node: NodeId,
    /// The way that the walk goes on from the node; `None` if it is enough to come there.
    pub(super) way: Option<Way>,
}

impl Walks<'_> {
    /// The case of a state; every question on its path is answered.
    pub(super) fn case(&self, state: &State) -> Case {
        let tree = &self.closure.tree;
        let mut case = Case { name: String::new(), facts: BTreeMap::new(), unknown: Vec::new(), answers: BTreeMap::new(), expect: HAND_OVER.to_owned() };
        state_values(&mut case, &tree.slug, &state.given.values());
        for (node, way) in &state.path {
            let Some(node) = self.node(*node) else { continue };
            match &node.kind {
                NodeKind::Question(question) => dont_know(&mut case, &question.fact),
                NodeKind::Outcome(_) => {
                    case.answers.insert(node.key.clone(), Helped::No);
                }
                NodeKind::Route(_) | NodeKind::Jump(_) => {}
            }
            // What is not known stays so, or the walk would stop to ask.
            let undecided = if let Way::Unknown(at) = way { node.kind.fork().and_then(|fork| fork.branches.get(*at)) } else { None };
            for fact in undecided.into_iter().flat_map(|branch| branch.when.facts(&tree.slug)) {
                dont_know(&mut case, written(&fact, &tree.slug));
            }
        }
        case
    }

    /// Whether the real walk shows it.
    pub(super) fn is_shown(&self, ran: &Ran, shown: Shown) -> bool {
        let Some(node) = self.node(shown.node) else { return false };
        let named = NodeRef::new(&self.closure.tree.slug, &node.key);
        match shown.way {
            None => ran.walk.has(&named),
            Some(way) => ran.walk.path.iter().any(|stop| stop.node == named && is_taken(stop.taken, way)),
        }
    }

    /// The state as a witness, if the real walk shows what is claimed. Its walk goes on to an end.
    pub(super) fn witness(&self, state: &State, shown: Shown, name: &str) -> Option<Witness> {
        let state = &State { given: state.given.plain(&self.solver), path: state.path.clone() };
        let mut case = self.case(state);
        let mut ran = case::run(self.closure, &case).ok()?;
        if let Some(own) = self.own_fact(shown.node) {
            dont_know(&mut case, &own);
        }
        for _ in 0..MOST_ANSWERS {
            let End::Question { node, .. } = &ran.walk.end else { break };
            let Some((_, asked)) = self.closure.node(node).filter(|_| node.slug == self.closure.tree.slug) else { break };
            let NodeKind::Question(question) = &asked.kind else { break };
            dont_know(&mut case, &question.fact);
            ran = case::run(self.closure, &case).ok()?;
        }
        if !self.is_shown(&ran, shown) {
            return None;
        }
        name.clone_into(&mut case.name);
        case.expect = ran.got;
        let words = words::of_case(self, &case, shown.node, state);
        Some(Witness { case, words })
    }

    /// The facts of a state as a witness that no walk has to confirm; it expects what they really come to.
    pub(super) fn facts_at(&self, state: &State, node: NodeId, name: &str) -> Witness {
        let mut case = self.case(state);
        name.clone_into(&mut case.name);
        if let Ok(ran) = case::run(self.closure, &case) {
            case.expect = ran.got;
        }
        let words = words::of_case(self, &case, node, state);
        Witness { case, words }
    }

    fn own_fact(&self, node: NodeId) -> Option<String> {
        match &self.node(node)?.kind {
            NodeKind::Question(question) => Some(question.fact.clone()),
            _ => None,
        }
    }
}

/// Writes values into a case.
fn state_values(case: &mut Case, slug: &str, values: &Values) {
    for (key, value) in values {
        let name = written(key, slug).to_owned();
        match value.as_ref().map(serde_json::to_value) {
            Some(Ok(json)) => {
                case.facts.insert(name, json);
            }
            _ => dont_know(case, &name),
        }
    }
}

/// Answers a fact that nothing is said of with "I don't know".
fn dont_know(case: &mut Case, fact: &str) {
    if !case.facts.contains_key(fact) && !case.unknown.iter().any(|other| other == fact) {
        case.unknown.push(fact.to_owned());
    }
}

/// The fact as the tree's file writes it.
pub(super) fn written<'k>(key: &'k FactKey, slug: &str) -> &'k str {
    let text = key.as_str();
    text.strip_prefix(slug).and_then(|rest| rest.strip_prefix('.')).unwrap_or(text)
}

fn is_taken(taken: Taken, way: Way) -> bool {
    match way {
        Way::Branch(at) => taken == Taken::Branch(at),
        Way::Otherwise => taken == Taken::Otherwise,
        Way::Unknown(at) => taken == Taken::Unknown(at),
        Way::DidNotHelp => taken == Taken::DidNotHelp,
    }
}
