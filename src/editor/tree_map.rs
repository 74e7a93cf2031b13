//! The map on the desk: the whole guide, or of a very large one what lies around the selected node.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::outline::Status;
use crate::map::{self, LayeredMap};
use crate::tree::closure::Closure;
use crate::tree::model::{Node, Tree};
use crate::tree::walk::Walk;

/// The most nodes that are drawn at once: more are no help to the eye, and much for the browser.
const MOST_NODES: usize = 250;
/// How many nodes around the selected one are drawn of a larger guide.
const AROUND: usize = 60;

/// The drawing with what the template needs beside it.
pub struct TreeMap {
    /// The drawing.
    pub drawing: LayeredMap,
    /// The same in words.
    pub words: String,
    /// The nodes with a finding, and whether that is an error.
    pub flags: BTreeMap<String, bool>,
    /// Whether only a part is drawn.
    pub is_part: bool,
}

/// Draws the guide of `closure`; `walk` is that of a trial under way.
pub fn draw(closure: &Closure, selected: &str, statuses: &BTreeMap<&str, Status>, walk: Option<&Walk>) -> TreeMap {
    let is_part = closure.tree.nodes.len() > MOST_NODES;
    let part = if is_part { Some(around(closure, selected)) } else { None };
    let shown = part.as_ref().unwrap_or(closure);
    let found = statuses.iter().filter(|(_, status)| matches!(status, Status::Warning | Status::Error));
    let flags = found.map(|(key, status)| ((*key).to_owned(), matches!(status, Status::Error))).collect();
    TreeMap { drawing: map::layered(shown, walk), words: map::whole_in_words(shown, None, &|_| None), flags, is_part }
}

/// The guide with the nodes that are nearest to `selected`, in either direction, alone.
fn around(closure: &Closure, selected: &str) -> Closure {
    let tree = &closure.tree;
    let mut neighbours: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for node in &tree.nodes {
        for target in node.kind.fork().into_iter().flat_map(|fork| fork.targets()) {
            neighbours.entry(node.key.as_str()).or_default().push(target);
            neighbours.entry(target).or_default().push(&node.key);
        }
    }
    let first = tree.node(selected).map_or(tree.start.as_str(), |node| node.key.as_str());
    let mut near: BTreeSet<&str> = [first].into();
    let mut open = std::collections::VecDeque::from([first]);
    while let Some(key) = open.pop_front() {
        for next in neighbours.get(key).into_iter().flatten() {
            if near.len() < AROUND && near.insert(next) {
                open.push_back(next);
            }
        }
    }
    let nodes: Vec<Node> = tree.nodes.iter().filter(|node| near.contains(node.key.as_str())).cloned().collect();
    let start = if near.contains(tree.start.as_str()) { tree.start.clone() } else { first.to_owned() };
    let head = Tree { nodes: Vec::new(), cases: Vec::new(), ..Tree::clone(tree) };
    Closure {
        tree: Arc::new(Tree { start, nodes, ..head }),
        ladders: Arc::clone(&closure.ladders),
        jumps: closure.jumps.clone(),
        pictures: closure.pictures.clone(),
    }
}
