//! What of a guide its author has still to write.

use std::collections::BTreeSet;

use super::outline;
use crate::tree::check;
use crate::tree::ladder::Ladders;
use crate::tree::model::{Meant, Node, Tree};

/// The unfinished node that follows the node `after` in the outline, or else the first one before it. None if every other node is finished.
///
/// A node is unfinished if the checks find an error in it, or if it is a question or a route without a branch whose author has not said that this is meant.
pub fn next<'t>(tree: &'t Tree, ladders: &Ladders, after: &str) -> Option<&'t Node> {
    let findings = check::check(tree, ladders);
    let wrong: BTreeSet<&str> = findings.iter().filter(|finding| finding.is_error()).filter_map(|finding| finding.node.as_deref()).collect();
    let nodes = outline::order(tree);
    let here = nodes.iter().position(|node| node.key == after).unwrap_or_default();
    let (before, behind) = nodes.split_at_checked(here)?;
    behind.iter().skip(1).chain(before).copied().find(|node| wrong.contains(node.key.as_str()) || is_begun(node))
}

/// Whether it is a fork at which every walk goes the same way, and not because its author wants that.
fn is_begun(node: &Node) -> bool {
    node.kind.fork().is_some_and(|fork| fork.branches.is_empty() && !fork.meant.contains(&Meant::Otherwise))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::condition::testing::World;
    use crate::tree::file;
    use crate::tree::model::{NodeKind, Question};

    fn question(tree: &mut Tree) -> &mut Question {
        let start = tree.start.clone();
        let Some(NodeKind::Question(question)) = tree.nodes.iter_mut().find(|node| node.key == start).map(|node| &mut node.kind) else {
            panic!("the guide starts with a question")
        };
        question
    }

    #[test]
    fn the_next_one_follows_in_the_outline_and_comes_round() {
        let mut tree = file::read(include_str!("../../trees/extension-not-loaded.yaml")).unwrap();
        let world = World::new();
        let key = |tree: &Tree, after: &str| next(tree, world.ladders(), after).map(|node| node.key.clone());
        let order: Vec<String> = outline::order(&tree).iter().map(|node| node.key.clone()).collect();
        let (start, second) = (order[0].clone(), order[1].clone());
        assert_eq!(key(&tree, &start), None, "every node is finished");
        question(&mut tree).prompt.clear();
        assert_eq!(key(&tree, &second), Some(start.clone()));
        assert_eq!(key(&tree, &start), None, "it is not its own next");
    }

    #[test]
    fn a_question_without_a_branch_is_unfinished_unless_that_is_meant() {
        let mut tree = file::read(include_str!("../../trees/extension-not-loaded.yaml")).unwrap();
        question(&mut tree).fork.branches.clear();
        let start = tree.start.clone();
        assert!(is_begun(tree.node(&start).unwrap()));
        question(&mut tree).fork.meant.push(Meant::Otherwise);
        assert!(!is_begun(tree.node(&start).unwrap()));
    }
}
