//! Changes of how a tree hangs together, as functions on the tree alone.

use std::collections::BTreeSet;

use super::super::form::targets::{free_key, key_from};
use crate::tree::fact::BUILT_IN;
use crate::tree::model::{Fork, Node, NodeKind, Tree};

/// One of the edges that lead to a node, and where it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The key of the node that it leaves.
    pub from: String,
    /// Which of its edges it is.
    pub way: Way,
}

/// The ways that lead out of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The branch at this position, from 0.
    Branch(usize),
    /// Every branch is false.
    Otherwise,
    /// A branch cannot be decided.
    Unknown,
    /// An outcome that did not help.
    DidNotHelp,
}

/// What becomes of an edge whose node is deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It leads to the node with this key instead.
    LeadTo(String),
    /// It goes too: for branches, and for the way on from an outcome that did not help.
    Remove,
}

/// The edges that lead to the node `key`, in the order of the nodes. Its own are not among them.
pub fn edges_to(tree: &Tree, key: &str) -> Vec<Edge> {
    let mut edges = Vec::new();
    for node in tree.nodes.iter().filter(|node| node.key != key) {
        let mut add = |way| edges.push(Edge { from: node.key.clone(), way });
        if let Some(fork) = node.kind.fork() {
            fork.branches.iter().enumerate().filter(|(_, branch)| branch.to == key).for_each(|(index, _)| add(Way::Branch(index)));
            if fork.otherwise == key {
                add(Way::Otherwise);
            }
            if fork.unknown == key {
                add(Way::Unknown);
            }
        }
        if matches!(&node.kind, NodeKind::Outcome(outcome) if outcome.did_not_help.as_deref() == Some(key)) {
            add(Way::DidNotHelp);
        }
    }
    edges
}

/// Deletes the node `key`; `fates` says what becomes of each of [`edges_to`], in their order.
pub fn delete(tree: &mut Tree, key: &str, fates: &[Fate]) {
    let edges = edges_to(tree, key);
    // From the last to the first, so that a branch that goes does not move one that is still to be led elsewhere.
    for (edge, fate) in edges.iter().zip(fates).rev() {
        let Some(node) = node_mut(tree, &edge.from) else { continue };
        match (&mut node.kind, edge.way, fate) {
            (NodeKind::Outcome(outcome), Way::DidNotHelp, Fate::LeadTo(to)) => outcome.did_not_help = Some(to.clone()),
            (NodeKind::Outcome(outcome), Way::DidNotHelp, Fate::Remove) => outcome.did_not_help = None,
            (kind, way, fate) => {
                if let Some(fork) = fork_mut(kind) {
                    change_edge(fork, way, fate);
                }
            }
        }
    }
    tree.nodes.retain(|node| node.key != key);
}

fn change_edge(fork: &mut Fork, way: Way, fate: &Fate) {
    match (way, fate) {
        (Way::Branch(index), Fate::LeadTo(to)) => {
            if let Some(branch) = fork.branches.get_mut(index) {
                branch.to.clone_from(to);
            }
        }
        (Way::Branch(index), Fate::Remove) if index < fork.branches.len() => {
            fork.branches.remove(index);
        }
        (Way::Otherwise, Fate::LeadTo(to)) => fork.otherwise.clone_from(to),
        (Way::Unknown, Fate::LeadTo(to)) => fork.unknown.clone_from(to),
        _ => {}
    }
}

/// Puts `nodes` behind the node `key`, or at the end.
pub fn insert_after(tree: &mut Tree, key: &str, nodes: Vec<Node>) {
    let at = tree.nodes.iter().position(|node| node.key == key).map_or(tree.nodes.len(), |at| at + 1);
    tree.nodes.splice(at..at, nodes);
}

/// Puts a copy of the node `key` behind it and answers the copy's key; `former` are keys that nodes once had.
pub fn duplicate(tree: &mut Tree, key: &str, former: &BTreeSet<String>) -> Option<String> {
    let mut copy = tree.node(key)?.clone();
    copy.title = format!("{} (copy)", copy.title);
    let taken = tree.nodes.iter().map(|node| node.key.clone()).chain(former.iter().cloned()).collect();
    copy.key = free_key(&key_from(&copy.title), &taken);
    // Each fact is set by one question, so the copy of one that sets a fact of the tree sets another.
    if let NodeKind::Question(question) = &mut copy.kind
        && !BUILT_IN.contains(&question.fact.as_str())
    {
        question.fact.clone_from(&copy.key);
    }
    let made = copy.key.clone();
    insert_after(tree, key, vec![copy]);
    Some(made)
}

/// Moves the node `key` to a position from 0; beyond the end is the end.
pub fn place(tree: &mut Tree, key: &str, position: usize) {
    if let Some(at) = tree.nodes.iter().position(|node| node.key == key) {
        let node = tree.nodes.remove(at);
        let position = position.min(tree.nodes.len());
        tree.nodes.insert(position, node);
    }
}

/// Moves the branch at `index` of the node `from` to the end of the branches of the node `to`; `false` if there is no such branch or no fork.
pub fn move_branch(tree: &mut Tree, from: &str, index: usize, to: &str) -> bool {
    if node_mut(tree, to).is_none_or(|node| fork_mut(&mut node.kind).is_none()) {
        return false;
    }
    let taken =
        node_mut(tree, from).and_then(|node| fork_mut(&mut node.kind)).filter(|fork| index < fork.branches.len()).map(|fork| fork.branches.remove(index));
    let Some(branch) = taken else { return false };
    if let Some(fork) = node_mut(tree, to).and_then(|node| fork_mut(&mut node.kind)) {
        fork.branches.push(branch);
    }
    true
}

/// The node with `key`, to be changed.
pub fn node_mut<'a>(tree: &'a mut Tree, key: &str) -> Option<&'a mut Node> {
    tree.nodes.iter_mut().find(|node| node.key == key)
}

/// The branches of a question or route, to be changed.
pub fn fork_mut(kind: &mut NodeKind) -> Option<&mut Fork> {
    match kind {
        NodeKind::Question(question) => Some(&mut question.fork),
        NodeKind::Route(fork) => Some(fork),
        NodeKind::Outcome(_) | NodeKind::Jump(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::file;

    const TREE: &str = "format: fixpath/1\nslug: t\ntitle: T\nsummary: S\nproducts: [P]\napplies_to: all\nladder: exchange\nstart: q\nnodes:\n\
        \x20 - {key: q, title: Q, question: {fact: mine, ask: yes_no, prompt: Well?, branches: [{when: mine = yes, to: gone}, {when: mine = no, to: o}, \
        {when: not mine = no, to: gone}], otherwise: gone, unknown: o}}\n\
        \x20 - {key: r, title: R, route: {branches: [], otherwise: o, unknown: gone}}\n\
        \x20 - {key: gone, title: Gone, question: {fact: text, ask: text, prompt: What?, branches: [], otherwise: gone, unknown: o}}\n\
        \x20 - {key: o, title: O, outcome: {verdict: hand_over, headline: H, cause: C, did_not_help: gone}}\n";

    fn tree() -> Tree {
        file::read(TREE).unwrap()
    }

    fn targets(tree: &Tree, key: &str) -> Vec<String> {
        tree.node(key).and_then(|node| node.kind.fork()).map(|fork| fork.targets().map(str::to_owned).collect()).unwrap_or_default()
    }

    #[test]
    fn each_edge_of_a_deleted_node_goes_where_it_was_told_to() {
        let mut tree = tree();
        let edges = edges_to(&tree, "gone");
        let ways: Vec<(&str, Way)> = edges.iter().map(|edge| (edge.from.as_str(), edge.way)).collect();
        assert_eq!(ways, [("q", Way::Branch(0)), ("q", Way::Branch(2)), ("q", Way::Otherwise), ("r", Way::Unknown), ("o", Way::DidNotHelp)]);
        let to = |key: &str| Fate::LeadTo(key.to_owned());
        delete(&mut tree, "gone", &[Fate::Remove, to("r"), to("o"), to("q"), Fate::Remove]);
        assert_eq!(targets(&tree, "q"), ["o", "r", "o", "o"]);
        assert_eq!(targets(&tree, "r"), ["o", "q"]);
        assert_eq!((edges_to(&tree, "gone"), tree.node("gone")), (Vec::new(), None));
    }

    #[test]
    fn a_copy_stands_behind_its_original_with_a_key_and_a_fact_of_its_own() {
        let mut tree = tree();
        assert_eq!(duplicate(&mut tree, "q", &["q_copy".to_owned()].into()), Some("q_copy_2".to_owned()));
        let order: Vec<&str> = tree.nodes.iter().map(|node| node.key.as_str()).collect();
        assert_eq!(order, ["q", "q_copy_2", "r", "gone", "o"]);
        assert!(matches!(&tree.nodes[1].kind, NodeKind::Question(question) if question.fact == "q_copy_2"));
        duplicate(&mut tree, "gone", &BTreeSet::new());
        assert!(matches!(&tree.node("gone_copy").unwrap().kind, NodeKind::Question(question) if question.fact == "text"));
        assert_eq!(duplicate(&mut tree, "nowhere", &BTreeSet::new()), None);
    }

    #[test]
    fn nodes_and_branches_move() {
        let mut tree = tree();
        place(&mut tree, "o", 0);
        place(&mut tree, "q", 99);
        let order: Vec<&str> = tree.nodes.iter().map(|node| node.key.as_str()).collect();
        assert_eq!(order, ["o", "r", "gone", "q"]);
        assert!(move_branch(&mut tree, "q", 1, "r"));
        assert_eq!(
            (targets(&tree, "q"), targets(&tree, "r")),
            (["gone", "gone", "gone", "o"].map(str::to_owned).to_vec(), ["o", "o", "gone"].map(str::to_owned).to_vec())
        );
        for (from, index, to) in [("q", 9, "r"), ("q", 0, "o"), ("o", 0, "r"), ("q", 0, "nowhere")] {
            let before = tree.clone();
            assert!(!move_branch(&mut tree, from, index, to), "{from} {index} {to}");
            assert_eq!(tree, before);
        }
    }
}
