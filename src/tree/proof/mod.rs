//! The proof: what a tree does for all facts there can be, and not only for those of its cases.
//!
//! For each node the proof looks for branches that nothing takes, for branches whose order decides, and for what falls to `otherwise`; over the whole tree for nodes that
//! no walk comes to and for `did_not_help` edges that lead to nothing new. Facts vary over a finite [space], and walks are searched with what must hold along
//! them ([`walks`]). A finding is made only with facts for which the real walk shows it, or where everything was looked through; where there is too much to look
//! at the finding says that nothing is proven.

mod atoms;
mod ends;
mod formula;
mod given;
mod holes;
mod nodes;
mod plain;
mod point;
mod same;
mod space;
mod walks;
mod witness;
mod words;

pub use same::{Same, same_choice};

use super::check::{Finding, fact_kind};
use super::closure::Closure;
use super::condition::Scope;
use super::model::Fork;

use walks::{Walks, Way};

/// What the proof finds in the tree of `closure`, in the order of its nodes. Nodes whose conditions speak of what does not exist are left to the checks.
#[must_use]
pub fn prove(closure: &Closure) -> Vec<Finding> {
    let tree = &closure.tree;
    let walks = Walks::new(closure);
    let (reached, mut findings) = ends::unreached(&walks);
    findings.extend(ends::nothing_new(&walks, &reached));
    let states = || reached.iter().flatten();
    for (at, node) in tree.nodes.iter().enumerate() {
        let Some(fork) = node.kind.fork().filter(|fork| is_sound(closure, fork)) else { continue };
        // What a walk was seen to take is not dead.
        let is_taken = |branch: usize| states().any(|state| state.path.contains(&(at, Way::Branch(branch))));
        let taken: Vec<bool> = (0..fork.branches.len()).map(is_taken).collect();
        findings.extend(nodes::check(&walks, at, node, fork, &taken));
    }
    findings
}

/// Whether the conditions of the fork mean something.
fn is_sound(closure: &Closure, fork: &Fork) -> bool {
    let kinds = |fact: &str| fact_kind(&closure.tree, fact);
    let scope = Scope { slug: &closure.tree.slug, ladders: &closure.ladders, ladder: &closure.tree.ladder, kind: &kinds };
    fork.branches.iter().all(|branch| branch.when.problems(&scope).is_empty())
}

#[cfg(test)]
mod tests;
