//! The outline: every node once, below the node that first leads to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::check::{Finding, Severity};
use crate::tree::model::{Node, NodeKind, Tree};

/// How deep the outline is indented; what lies deeper stands at this depth.
const DEEPEST: usize = 3;

/// How a node stands: the worst that is to be said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing is found in it, and visitors see it so.
    Checked,
    /// Nothing is found in it, and visitors see another text or no such node.
    Changed,
    /// The author should look.
    Warning,
    /// It keeps the draft from being published.
    Error,
}

impl Status {
    /// The class in the stylesheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Checked => "",
            Self::Changed => " new",
            Self::Warning => " warn",
            Self::Error => " bad",
        }
    }

    /// What the mark means, for those who hear it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Changed => "changed",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A line of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineLine {
    /// The node's key.
    pub key: String,
    /// The node's title.
    pub title: String,
    /// `question`, `route`, `outcome` or `jump`.
    pub kind: &'static str,
    /// How it stands.
    pub status: Status,
    /// Whether it is the selected one.
    pub selected: bool,
    /// Whether a list begins below the line.
    pub opens: bool,
    /// How many lists end behind the line.
    pub closes: usize,
}

/// The word for the kind of a node.
pub fn kind(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Question(_) => "question",
        NodeKind::Route(_) => "route",
        NodeKind::Outcome(_) => "outcome",
        NodeKind::Jump(_) => "jump",
    }
}

/// How each node of `draft` stands, by key. `live` is what visitors see, if it was published.
pub fn statuses<'a>(draft: &'a Tree, live: Option<&Tree>, findings: &[Finding]) -> BTreeMap<&'a str, Status> {
    let published: Option<BTreeMap<&str, &Node>> = live.map(|live| live.nodes.iter().map(|node| (node.key.as_str(), node)).collect());
    let mut worst: BTreeMap<&str, Severity> = BTreeMap::new();
    for finding in findings {
        let Some(key) = finding.node.as_deref() else { continue };
        let severity = worst.entry(key).or_insert(finding.severity);
        // Errors come first in their order.
        *severity = finding.severity.min(*severity);
    }
    let status = |node: &Node| match worst.get(node.key.as_str()) {
        Some(Severity::Error) => Status::Error,
        Some(Severity::Warning) => Status::Warning,
        None if published.as_ref().is_some_and(|published| published.get(node.key.as_str()) == Some(&node)) => Status::Checked,
        None => Status::Changed,
    };
    draft.nodes.iter().map(|node| (node.key.as_str(), status(node))).collect()
}

/// The outline of `tree`: from its start along the branches, then what nothing leads to, in the author's order.
pub fn outline(tree: &Tree, selected: Option<&str>, statuses: &BTreeMap<&str, Status>) -> Vec<OutlineLine> {
    let placed = placed(tree);
    let depth_after = |index: usize| placed.get(index + 1).map_or(0, |(_, depth)| *depth);
    let line = |(index, (node, depth)): (usize, &(&Node, usize))| OutlineLine {
        key: node.key.clone(),
        title: node.title.clone(),
        kind: kind(node),
        status: statuses.get(node.key.as_str()).copied().unwrap_or(Status::Checked),
        selected: selected == Some(node.key.as_str()),
        opens: depth_after(index) > *depth,
        closes: depth.saturating_sub(depth_after(index)),
    };
    placed.iter().enumerate().map(line).collect()
}

/// The nodes in the outline's order.
pub fn order(tree: &Tree) -> Vec<&Node> {
    placed(tree).into_iter().map(|(node, _)| node).collect()
}

/// The nodes in the outline's order, each with its depth. A depth is at most one more than the one before it.
fn placed(tree: &Tree) -> Vec<(&Node, usize)> {
    let by_key: BTreeMap<&str, &Node> = tree.nodes.iter().map(|node| (node.key.as_str(), node)).collect();
    let mut seen = BTreeSet::new();
    let mut placed: Vec<(&Node, usize)> = Vec::new();
    let strays = tree.nodes.iter().map(|node| node.key.as_str());
    for root in std::iter::once(tree.start.as_str()).chain(strays) {
        let mut open = vec![(root, 0)];
        while let Some((key, depth)) = open.pop() {
            let Some(node) = by_key.get(key).filter(|_| seen.insert(key.to_owned())) else { continue };
            // Children of a node that was moved up stand no deeper than one below the line before them.
            let depth = depth.min(placed.last().map_or(0, |(_, last)| last + 1));
            placed.push((node, depth));
            let mut next: Vec<&str> = Vec::new();
            for target in ways_on(node) {
                if !seen.contains(target) && !next.contains(&target) {
                    next.push(target);
                }
            }
            // A chain is no hierarchy: what alone follows stands beside its predecessor.
            let below = if next.len() > 1 { (depth + 1).min(DEEPEST) } else { depth };
            open.extend(next.into_iter().rev().map(|target| (target, below)));
        }
    }
    placed
}

fn ways_on(node: &Node) -> impl Iterator<Item = &str> {
    let did_not_help = match &node.kind {
        NodeKind::Outcome(outcome) => outcome.did_not_help.as_deref(),
        _ => None,
    };
    node.kind.fork().into_iter().flat_map(|fork| fork.targets()).chain(did_not_help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::file;

    fn starter() -> Tree {
        file::read(include_str!("../../trees/extension-not-loaded.yaml")).unwrap()
    }

    #[test]
    fn every_node_stands_in_it_once_and_every_list_that_opens_is_closed() {
        let tree = starter();
        let lines = outline(&tree, Some("hand_over"), &statuses(&tree, Some(&tree), &[]));
        let keys: BTreeSet<&str> = lines.iter().map(|line| line.key.as_str()).collect();
        assert_eq!((lines.len(), keys.len()), (tree.nodes.len(), tree.nodes.len()));
        assert_eq!(lines[0].key, tree.start);
        let mut depth = 0_usize;
        for line in &lines {
            depth += usize::from(line.opens);
            depth -= line.closes;
            assert!(depth <= DEEPEST);
        }
        assert_eq!(depth, 0);
        assert_eq!(lines.iter().filter(|line| line.selected).map(|line| line.key.as_str()).collect::<Vec<_>>(), ["hand_over"]);
    }

    #[test]
    fn a_node_is_changed_if_visitors_see_another() {
        let live = starter();
        let mut draft = live.clone();
        draft.nodes[0].title = "Another title".to_owned();
        let found = statuses(&draft, Some(&live), &[]);
        assert_eq!(found.values().filter(|status| **status == Status::Changed).count(), 1);
        assert_eq!(found[draft.nodes[0].key.as_str()], Status::Changed);
        assert!(statuses(&draft, None, &[]).values().all(|status| *status == Status::Changed));
    }
}
