//! The proof: what a tree does for all facts there can be, and not only for those of its cases.
//!
//! For each node the proof looks for branches that nothing takes, for branches whose order decides, and for what falls to `otherwise`; over the whole tree for nodes that
//! no walk comes to and for `did_not_help` edges that lead to nothing new. Facts vary over a finite space, and walks are searched with what must hold along
//! them (`walks`). A finding is made only with facts for which the real walk shows it, or where everything was looked through; where there is too much to look
//! at the finding says that nothing is proven.

mod atoms;
mod ends;
mod formula;
mod given;
mod holes;
mod nodes;
mod plain;
mod point;
mod rest;
mod same;
mod space;
mod walks;
mod witness;
mod words;

pub use same::{Same, same_choice};

use std::collections::HashSet;

use super::case;
use super::check::{Finding, fact_kind};
use super::closure::{Closure, NodeRef};
use super::condition::Scope;
use super::model::Fork;
use super::walk::{End, Taken, Walk};

use walks::{NodeId, Walks};

/// What the proof finds in the tree of `closure`, in the order of its nodes. Nodes whose conditions speak of what does not exist are left to the checks.
#[must_use]
pub fn prove(closure: &Closure) -> Vec<Finding> {
    let tree = &closure.tree;
    let walks = Walks::new(closure);
    let cases = Cases::of(closure);
    let (reached, mut findings) = ends::unreached(&walks, &cases);
    findings.extend(ends::nothing_new(&walks, &reached, &cases));
    // What a walk was seen to take is not dead.
    let found: HashSet<(NodeId, usize)> =
        reached.iter().flatten().flat_map(|state| &state.path).filter_map(|(node, way)| way.branch().map(|at| (*node, at))).collect();
    for (at, node) in tree.nodes.iter().enumerate() {
        let Some(fork) = node.kind.fork().filter(|fork| is_sound(closure, fork)) else { continue };
        let is_taken = |branch: usize| found.contains(&(at, branch)) || cases.takes(&node.key, Taken::Branch(branch));
        let taken: Vec<bool> = (0..fork.branches.len()).map(is_taken).collect();
        findings.extend(nodes::check(&walks, at, node, fork, &taken));
    }
    findings
}

/// What the cases of a tree show, so that it needs no other proof.
struct Cases {
    walks: Vec<Walk>,
}

impl Cases {
    fn of(closure: &Closure) -> Self {
        Self { walks: closure.tree.cases.iter().filter_map(|case| case::run(closure, case).ok()).map(|ran| ran.walk).collect() }
    }

    /// Whether a case comes to the node.
    fn comes_to(&self, node: &NodeRef) -> bool {
        self.walks.iter().any(|walk| walk.has(node))
    }

    /// Whether a case goes on from the node this way.
    fn takes(&self, node: &str, taken: Taken) -> bool {
        self.walks.iter().any(|walk| walk.path.iter().any(|stop| stop.node.key == node && stop.taken == taken))
    }

    /// Whether a case comes from the outcome, which did not help, to an outcome that was not tried.
    fn leads_on(&self, outcome: &str) -> bool {
        let is_shown = |walk: &&Walk| matches!(&walk.end, End::Outcome { solved: false, .. });
        self.walks.iter().filter(is_shown).any(|walk| walk.path.iter().any(|stop| stop.node.key == outcome && stop.taken == Taken::DidNotHelp))
    }
}

/// Whether the conditions of the fork mean something.
fn is_sound(closure: &Closure, fork: &Fork) -> bool {
    let kinds = |fact: &str| fact_kind(&closure.tree, fact);
    let scope = Scope { slug: &closure.tree.slug, ladders: &closure.ladders, ladder: &closure.tree.ladder, kind: &kinds };
    fork.branches.iter().all(|branch| branch.when.problems(&scope).is_empty())
}

#[cfg(test)]
mod tests;
