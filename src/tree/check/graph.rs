//! Checks of how the nodes hang together: everything is reached, everything ends.

use std::collections::BTreeSet;

use super::{Finding, Place, What};
use crate::tree::model::{NodeKind, Tree};

/// Unreachable nodes, circles that use up no outcome, dead ends, and `did_not_help` edges that lead nowhere new.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    if tree.node(&tree.start).is_none() {
        let message = format!("The tree starts at \"{}\", which does not exist.", tree.start);
        findings.push(Finding::error(None, What::MissingTarget, message).at(Place::Field("start")));
        return findings;
    }
    let reached = reachable(tree, [tree.start.as_str()], true);
    for node in &tree.nodes {
        if !reached.contains(node.key.as_str()) && !is_pulled_in(tree, &reached, &node.kind) {
            findings.push(Finding::error(Some(&node.key), What::Unreachable, "No way leads here from the start: lead a branch here, or delete the node."));
        }
        if on_circle(tree, &node.key) {
            findings.push(Finding::error(
                Some(&node.key),
                What::Circle,
                "A walk could come back here without having tried an outcome, and never end: only \"did_not_help\" may lead back.",
            ));
        }
        if !reachable(tree, [node.key.as_str()], true).iter().any(|key| ends(tree, key)) {
            findings.push(Finding::error(Some(&node.key), What::DeadEnd, "No outcome can be reached from here: lead a branch to one."));
        }
        if let NodeKind::Outcome(outcome) = &node.kind
            && let Some(target) = &outcome.did_not_help
            && tree.node(target).is_some()
        {
            let ahead = reachable(tree, [target.as_str()], false);
            if !ahead.iter().any(|key| ends(tree, key) && *key != node.key) {
                let message = format!("\"did_not_help\" leads to \"{target}\", from where only this outcome can be reached again.");
                findings.push(Finding::error(Some(&node.key), What::DidNotHelp, message).at(Place::Field("did_not_help")));
            }
        }
    }
    findings
}

/// The keys that can be reached from `from`, itself included; over `did_not_help` edges too if `helped` says so.
fn reachable<'a>(tree: &'a Tree, from: impl IntoIterator<Item = &'a str>, did_not_help: bool) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = from.into_iter().collect();
    while let Some(key) = open.pop() {
        if seen.insert(key) {
            open.extend(targets(tree, key, did_not_help));
        }
    }
    seen
}

fn targets<'a>(tree: &'a Tree, key: &str, did_not_help: bool) -> Vec<&'a str> {
    match tree.node(key).map(|node| &node.kind) {
        Some(NodeKind::Outcome(outcome)) if did_not_help => outcome.did_not_help.iter().map(String::as_str).collect(),
        Some(kind) => kind.fork().into_iter().flat_map(|fork| fork.targets()).collect(),
        None => Vec::new(),
    }
}

fn on_circle(tree: &Tree, key: &str) -> bool {
    reachable(tree, targets(tree, key, false), false).contains(key)
}

fn ends(tree: &Tree, key: &str) -> bool {
    tree.node(key).is_some_and(|node| matches!(node.kind, NodeKind::Outcome(_) | NodeKind::Jump(_)))
}

/// Whether a question that no branch leads to is asked for the sake of a condition of one of the nodes that are `reached`.
fn is_pulled_in(tree: &Tree, reached: &BTreeSet<&str>, kind: &NodeKind) -> bool {
    let NodeKind::Question(question) = kind else { return false };
    let key = crate::tree::fact::FactKey::within(&tree.slug, &question.fact);
    let forks = tree.nodes.iter().filter(|node| reached.contains(node.key.as_str())).filter_map(|node| node.kind.fork());
    forks.flat_map(|fork| &fork.branches).any(|branch| branch.when.facts(&tree.slug).contains(&key))
}
