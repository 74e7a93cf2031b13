//! Two trees compared: in sentences that an author understands, and side by side.

mod branches;
mod fields;
mod head;
mod node;
mod outcome;
mod side_by_side;

use std::collections::BTreeMap;

use super::edit::{self, Edit};
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
    let titles = Titles::of(before.nodes.iter().chain(&after.nodes));
    let mut said = Said::default();
    said.all(None, head::sentences(&edit::value(before, &edit::Part::Head), &edit::value(after, &edit::Part::Head), &titles));
    let old: BTreeMap<&str, &Node> = before.nodes.iter().map(|node| (node.key.as_str(), node)).collect();
    let new: BTreeMap<&str, &Node> = after.nodes.iter().map(|node| (node.key.as_str(), node)).collect();
    let removed = before.nodes.iter().filter(|node| !new.contains_key(node.key.as_str()));
    for node in after.nodes.iter().chain(removed) {
        let key = node.key.as_str();
        said.all(Some(key), node::sentences(old.get(key).copied(), new.get(key).copied(), &titles));
    }
    if moved(before.nodes.iter().map(|node| &node.key), after.nodes.iter().map(|node| &node.key)) {
        said.all(None, vec![NODES_MOVED.to_owned()]);
    }
    let old: BTreeMap<&str, &Case> = before.cases.iter().map(|case| (case.name.as_str(), case)).collect();
    let new: BTreeMap<&str, &Case> = after.cases.iter().map(|case| (case.name.as_str(), case)).collect();
    let removed = before.cases.iter().filter(|case| !new.contains_key(case.name.as_str()));
    for case in after.cases.iter().chain(removed) {
        let name = case.name.as_str();
        said.all(None, case_sentences(old.get(name).copied(), new.get(name).copied(), &titles));
    }
    if moved(before.cases.iter().map(|case| &case.name), after.cases.iter().map(|case| &case.name)) {
        said.all(None, vec![CASES_MOVED.to_owned()]);
    }
    said.0
}

const NODES_MOVED: &str = "Changed the order of the nodes";
const CASES_MOVED: &str = "Changed the order of the cases";

/// What an edit does; nodes that it does not change go by their keys.
pub(super) fn of_edit(edit: &Edit) -> Vec<Sentence> {
    let nodes: Vec<(Option<Node>, Option<Node>)> = edit.nodes();
    let titles = Titles::of(nodes.iter().flat_map(|(before, after)| before.iter().chain(after)));
    let mut said = Said::default();
    for change in edit.changes.iter().filter(|change| change.part == edit::Part::Head) {
        said.all(None, head::sentences(&change.before, &change.after, &titles));
    }
    for (before, after) in &nodes {
        let key = after.as_ref().or(before.as_ref()).map(|node| node.key.as_str());
        said.all(key, node::sentences(before.as_ref(), after.as_ref(), &titles));
    }
    for (before, after) in edit.cases() {
        said.all(None, case_sentences(before.as_ref(), after.as_ref(), &titles));
    }
    for (part, words) in [(edit::Part::Order, NODES_MOVED), (edit::Part::CaseOrder, CASES_MOVED)] {
        let (before, after) = edit.orders(&part);
        if moved(before.iter(), after.iter()) {
            said.all(None, vec![words.to_owned()]);
        }
    }
    said.0
}

/// Whether what both lists have stands in another order.
fn moved<'a, K: Ord + ?Sized + 'a>(before: impl Iterator<Item = &'a K> + Clone, after: impl Iterator<Item = &'a K> + Clone) -> bool {
    let old: std::collections::BTreeSet<&K> = before.clone().collect();
    let new: std::collections::BTreeSet<&K> = after.clone().collect();
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
