//! Whether a node chooses the same in two versions of its tree.

use std::ops::ControlFlow;

use super::given::{Given, fulfil};
use super::walks::{Reach, State, Walks, Way, fork_ways};
use super::witness::Shown;
use crate::tree::answer::Kind;
use crate::tree::check::Witness;
use crate::tree::closure::Closure;
use crate::tree::model::{Fork, Node};

/// What is known of a node's choice in two versions of its tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Same {
    /// Whatever the facts, both lead to the same target.
    Always,
    /// Over these facts they lead to different targets.
    Differs(Box<Witness>),
    /// There is too much to look at, or something that cannot be decided.
    NotProven,
}

/// Whether the node `key` takes the same target before and after a change for every point of its space.
///
/// The witness of a difference is a walk of the changed tree to the node where there is one, else the facts alone. A node that branches in one version only
/// differs by any facts.
#[must_use]
pub fn same_choice(before: &Closure, after: &Closure, key: &str) -> Same {
    let fork = |closure: &'_ Closure| closure.tree.node(key).and_then(|node| node.kind.fork()).cloned();
    let walks = |other: Option<&Fork>| Walks::beside(after, other).differs(other, key);
    match (fork(before), fork(after)) {
        (None, None) => Same::Always,
        (Some(old), Some(new)) if choices(&old).eq(choices(&new)) => Same::Always,
        (Some(old), Some(_)) if !knows_facts(after, &old) => Same::NotProven,
        (old, _) => walks(old.as_ref()),
    }
}

/// What decides the choice of a fork.
fn choices(fork: &Fork) -> impl Iterator<Item = (String, &str)> {
    let edges = [("otherwise".to_owned(), fork.otherwise.as_str()), ("unknown".to_owned(), fork.unknown.as_str())];
    fork.branches.iter().map(|branch| (branch.when.to_string(), branch.to.as_str())).chain(edges)
}

/// Whether every fact that the fork asks for exists after the change too.
fn knows_facts(after: &Closure, fork: &Fork) -> bool {
    let facts = fork.branches.iter().flat_map(|branch| branch.when.facts(&after.tree.slug));
    facts.into_iter().all(|fact| Kind::of(&after.tree, fact.as_str()).is_some())
}

impl Walks<'_> {
    /// Looks for facts over which the node and the fork beside the tree go different ways.
    fn differs(&self, other: Option<&Fork>, key: &str) -> Same {
        let nodes = &self.closure.tree.nodes;
        let beside = nodes.len();
        let found = nodes.iter().enumerate().find(|(_, node)| node.key == key).and_then(|(at, node)| Some((at, node.kind.fork()?)));
        let (Some((at, fork)), Some(other)) = (found, other) else {
            let empty = State { given: Given::default(), path: Vec::new() };
            return self.facts_alone(&empty, nodes.iter().position(|node: &Node| node.key == key).unwrap_or(beside));
        };
        let mut effort = self.effort_for(10);
        let mut difference = None;
        for (old_way, old_target) in fork_ways(other) {
            for (new_way, new_target) in fork_ways(fork).filter(|(_, target)| *target != old_target) {
                let goals = self.goals(beside, old_way).into_iter().chain(self.goals(at, new_way)).collect();
                let _ = fulfil(&self.solver, &Given::default(), goals, &mut effort, &mut |given, _| {
                    difference = Some((given, new_way, format!("Goes on to \"{new_target}\" and no longer to \"{old_target}\"")));
                    ControlFlow::Break(())
                });
                if let Some((given, way, name)) = difference {
                    return self.walk_or_facts(given, at, way, &name);
                }
            }
        }
        if effort.is_open { Same::NotProven } else { Same::Always }
    }

    fn walk_or_facts(&self, given: Given, at: usize, way: Way, name: &str) -> Same {
        let state = State { given, path: Vec::new() };
        let shown = Shown { node: at, way: Some(way) };
        match self.backward(at, state.clone(), &mut self.effort(), &mut |state| self.witness(state, shown, name)) {
            Reach::Found(witness) => Same::Differs(Box::new(witness)),
            Reach::Never | Reach::Open => self.facts_alone(&state, at),
        }
    }

    /// The facts of a state, to which no walk need come.
    fn facts_alone(&self, state: &State, at: usize) -> Same {
        Same::Differs(Box::new(self.facts_at(state, at, "No walk comes to the node with these facts")))
    }
}
