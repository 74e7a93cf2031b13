//! Why a walk ended where it did, and why not elsewhere.

use std::collections::BTreeSet;

use super::closure::{Closure, NodeRef};
use super::condition::{Condition, Truth};
use super::fact::{FactKey, Sheet};
use super::model::{Fork, Helped};
use super::walk::{How, Taken, Walk};

/// One step that led here: the smallest part of the branch's condition that is true.
#[derive(Debug, Clone, PartialEq)]
pub struct Because {
    /// The question or route whose branch was taken.
    pub node: NodeRef,
    /// The parts that are true; each is a condition of its own.
    pub parts: Vec<Condition>,
    /// The facts behind them.
    pub facts: Vec<FactKey>,
}

/// An outcome that the walk did not come to.
#[derive(Debug, Clone, PartialEq)]
pub struct RuledOut {
    /// The outcome.
    pub outcome: NodeRef,
    /// What ruled it out.
    pub by: RuledOutBy,
}

/// What ruled an outcome out.
#[derive(Debug, Clone, PartialEq)]
pub enum RuledOutBy {
    /// The branch towards it is false; these parts make it so.
    False {
        /// The question or route.
        at: NodeRef,
        /// The smallest part of the condition that is false.
        parts: Vec<Condition>,
    },
    /// An earlier branch was taken, so nobody asked.
    Earlier {
        /// The question or route.
        at: NodeRef,
        /// The taken branch's index.
        branch: usize,
    },
    /// The branch towards it could not be decided.
    Undecided {
        /// The question or route.
        at: NodeRef,
    },
    /// It was tried.
    Tried(Helped),
}

/// The branches that the walk took, each with what made it true.
#[must_use]
pub fn why(closure: &Closure, sheet: &Sheet, walk: &Walk) -> Vec<Because> {
    walk.path
        .iter()
        .filter_map(|stop| {
            let Taken::Branch(index) = stop.taken else { return None };
            let (part, node) = closure.node(&stop.node)?;
            let branch = node.kind.fork()?.branches.get(index)?;
            let parts = branch.when.reason(&part.facts(sheet), Truth::True);
            let mut facts: Vec<FactKey> = Vec::new();
            for key in parts.iter().flat_map(|condition| condition.facts(&part.tree.slug)) {
                if !facts.contains(&key) && sheet.get(&key).is_some() {
                    facts.push(key);
                }
            }
            Some(Because { node: stop.node.clone(), parts, facts })
        })
        .collect()
}

/// The outcomes that cannot be reached any more without "it did not help", in the order of the tree, each with what ruled it out.
///
/// An outcome is ruled out at the last step that lost it; steps before it were made good by a `did_not_help` edge.
#[must_use]
pub fn why_not(closure: &Closure, sheet: &Sheet, walk: &Walk) -> Vec<RuledOut> {
    // A node whose condition waits for another question still has all its ways open.
    let waiting = walk.path.iter().filter(|stop| stop.taken == Taken::Waits).map(|stop| &stop.node);
    let from = walk.end.node().into_iter().chain(waiting);
    let open: BTreeSet<NodeRef> = from.filter_map(|node| Some(closure.part(&node.slug)?.outcomes_from(&node.key))).flatten().collect();
    closure
        .outcomes()
        .into_iter()
        .filter(|outcome| !open.contains(outcome))
        .filter_map(|outcome| {
            let by = tried(walk, &outcome).or_else(|| walk.path.iter().rev().find_map(|stop| lost_at(closure, sheet, stop, &outcome)))?;
            Some(RuledOut { outcome, by })
        })
        .collect()
}

fn tried(walk: &Walk, outcome: &NodeRef) -> Option<RuledOutBy> {
    walk.path.iter().find_map(|stop| match &stop.how {
        How::Tried(helped) if stop.node == *outcome => Some(RuledOutBy::Tried(*helped)),
        _ => None,
    })
}

/// What ruled `outcome` out at `stop`, if it could be reached before this stop's choice and not after it.
fn lost_at(closure: &Closure, sheet: &Sheet, stop: &super::walk::Stop, outcome: &NodeRef) -> Option<RuledOutBy> {
    let (part, node) = closure.node(&stop.node)?;
    let fork = node.kind.fork()?;
    let leads = |target: &str| part.outcomes_from(target).contains(outcome);
    let at = stop.node.clone();
    match stop.taken {
        Taken::Branch(index) => {
            let target = &fork.branches.get(index)?.to;
            if leads(target) || !fork.targets().any(leads) {
                return None;
            }
            Some(false_before(part, sheet, fork, index, &leads, &at).unwrap_or(RuledOutBy::Earlier { at, branch: index }))
        }
        Taken::Otherwise => {
            if leads(&fork.otherwise) {
                return None;
            }
            false_before(part, sheet, fork, fork.branches.len(), &leads, &at).or_else(|| leads(&fork.unknown).then_some(RuledOutBy::Undecided { at }))
        }
        Taken::Unknown(index) => {
            if leads(&fork.unknown) || !fork.targets().any(leads) {
                return None;
            }
            Some(false_before(part, sheet, fork, index, &leads, &at).unwrap_or(RuledOutBy::Undecided { at }))
        }
        Taken::Back | Taken::DidNotHelp | Taken::Jump | Taken::Waits => None,
    }
}

/// The first of the passed-over branches towards the outcome, with the part of it that is false.
fn false_before(part: &Closure, sheet: &Sheet, fork: &Fork, before: usize, leads: &dyn Fn(&str) -> bool, at: &NodeRef) -> Option<RuledOutBy> {
    let branch = fork.branches.iter().take(before).find(|branch| leads(&branch.to))?;
    Some(RuledOutBy::False { at: at.clone(), parts: branch.when.reason(&part.facts(sheet), Truth::False) })
}
