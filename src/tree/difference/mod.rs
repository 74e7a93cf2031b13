//! Two trees compared: in sentences that an author understands, and side by side.

mod branches;
mod fields;
mod head;
mod node;
mod outcome;
mod side_by_side;

use std::collections::{BTreeMap, BTreeSet};

use super::edit::{self, Edit, Part};
use super::model::{Case, Node, Tree};

pub use side_by_side::{FieldDiff, NodeDiff, Piece, side_by_side};

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The key of the node that it is about; `None` where it is about the tree or its cases.
    pub node: Option<String>,
    /// The sentence.
    pub text: String,
}

/// What was done to `before` so that it became `after`: the tree first, then its nodes in the order of `after`, then its cases.
#[must_use]
pub fn sentences(before: &Tree, after: &Tree) -> Vec<Sentence> {
    let edit = edit::between(before, after);
    let places: BTreeMap<&str, usize> = after.nodes.iter().enumerate().map(|(at, node)| (node.key.as_str(), at)).collect();
    let mut nodes = edit.nodes();
    nodes.sort_by_key(|(_, now)| now.as_ref().and_then(|node| places.get(node.key.as_str())).copied().unwrap_or(usize::MAX));
    in_sentences(&edit, &nodes, &Titles::of(before.nodes.iter().chain(&after.nodes)))
}

/// What an edit does; nodes that it does not change go by their keys.
pub(super) fn of_edit(edit: &Edit) -> Vec<Sentence> {
    let nodes = edit.nodes();
    in_sentences(edit, &nodes, &Titles::of(nodes.iter().flat_map(|(before, after)| before.iter().chain(after))))
}

fn in_sentences(edit: &Edit, nodes: &[(Option<Node>, Option<Node>)], titles: &Titles<'_>) -> Vec<Sentence> {
    let mut said = Said::default();
    for change in edit.changes.iter().filter(|change| change.part == Part::Head) {
        said.all(None, head::sentences(change.before.as_ref(), change.after.as_ref(), titles));
    }
    for (before, after) in nodes {
        let key = after.as_ref().or(before.as_ref()).map(|node| node.key.as_str());
        said.all(key, node::sentences(before.as_ref(), after.as_ref(), titles));
    }
    if was_moved(edit, &Part::Order) {
        said.all(None, vec!["Changed the order of the nodes".to_owned()]);
    }
    for (before, after) in edit.cases() {
        said.all(None, case_sentences(before.as_ref(), after.as_ref(), titles));
    }
    if was_moved(edit, &Part::CaseOrder) {
        said.all(None, vec!["Changed the order of the cases".to_owned()]);
    }
    said.0
}

fn was_moved(edit: &Edit, part: &Part) -> bool {
    let (before, after) = edit.orders(part);
    moved(before.iter(), after.iter())
}

/// Whether what both lists have stands in another order.
fn moved<'a, K: Ord + ?Sized + 'a>(before: impl Iterator<Item = &'a K> + Clone, after: impl Iterator<Item = &'a K> + Clone) -> bool {
    let old: BTreeSet<&K> = before.clone().collect();
    let new: BTreeSet<&K> = after.clone().collect();
    !before.filter(|key| new.contains(key)).eq(after.filter(|key| old.contains(key)))
}

fn case_sentences(before: Option<&Case>, after: Option<&Case>, titles: &Titles<'_>) -> Vec<String> {
    match (before, after) {
        (None, Some(case)) => vec![format!("Added the case “{}”", case.name)],
        (Some(case), None) => vec![format!("Removed the case “{}”", case.name)],
        (Some(before), Some(after)) if before.expect != after.expect => {
            vec![format!("The case “{}” now expects {} instead of {}", after.name, titles.of_target(&after.expect), titles.of_target(&before.expect))]
        }
        (Some(before), Some(after)) if before != after => vec![format!("Changed the case “{}”", after.name)],
        _ => Vec::new(),
    }
}

/// The sentences so far.
#[derive(Default)]
struct Said(Vec<Sentence>);

impl Said {
    fn all(&mut self, node: Option<&str>, texts: Vec<String>) {
        self.0.extend(texts.into_iter().map(|text| Sentence { node: node.map(str::to_owned), text }));
    }
}

/// What nodes are called; the newest title counts.
struct Titles<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Titles<'a> {
    fn of(nodes: impl Iterator<Item = &'a Node>) -> Self {
        Self(nodes.map(|node| (node.key.as_str(), node.title.as_str())).collect())
    }

    /// The node in quotation marks: its title, or its key where the title is not known.
    fn of_target(&self, key: &str) -> String {
        match self.0.get(key) {
            Some(title) => format!("“{title}”"),
            None if key == super::case::HAND_OVER => "the hand-over".to_owned(),
            None => format!("“{key}”"),
        }
    }
}
