//! Two trees side by side: what differs, field by field, with the words that differ.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use similar::{ChangeTag, TextDiff};

use super::fields::{self, Fields};
use crate::tree::model::Tree;

/// A node, a case, or the head of the tree, as far as it differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeDiff {
    /// The node's key; `None` for the head and for cases.
    pub key: Option<String>,
    /// What it is called: the newer title, or the name of the case.
    pub title: String,
    /// The fields that differ, in the order of the form.
    pub fields: Vec<FieldDiff>,
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDiff {
    /// What authors call it.
    pub name: String,
    /// What stood there; empty if there was nothing.
    pub before: Vec<Piece>,
    /// What stands there now; empty if there is nothing.
    pub after: Vec<Piece>,
}

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether the other side does not have it.
    pub changed: bool,
}

/// Everything that differs: the head first, then the nodes in the order of `after` and those that are gone, then the cases.
#[must_use]
pub fn side_by_side(before: &Tree, after: &Tree) -> Vec<NodeDiff> {
    let mut found = Vec::new();
    found.extend(compared(None, "The guide", &fields::of_head(before), &fields::of_head(after)));
    let nodes = |tree: &Tree| tree.nodes.iter().map(|node| (node.key.clone(), node.title.clone(), fields::of_node(node))).collect();
    found.extend(lists(nodes(before), nodes(after)).into_iter().filter_map(|(key, title, old, new)| compared(Some(key), &title, &old, &new)));
    let cases = |tree: &Tree| tree.cases.iter().map(|case| (case.name.clone(), case.name.clone(), fields::of_case(case))).collect();
    found.extend(lists(cases(before), cases(after)).into_iter().filter_map(|(_, name, old, new)| compared(None, &format!("Case “{name}”"), &old, &new)));
    found
}

/// What has a key, its title and its fields.
type Entry = (String, String, Fields);

/// Both lists as one: key, title, fields before, fields now. Of several entries with one key the first is compared with the first.
fn lists(before: Vec<Entry>, after: Vec<Entry>) -> Vec<(String, String, Fields, Fields)> {
    let mut old: BTreeMap<String, VecDeque<Fields>> = BTreeMap::new();
    for (key, _, fields) in &before {
        old.entry(key.clone()).or_default().push_back(fields.clone());
    }
    let mut next_old = |key: &str| old.get_mut(key).and_then(VecDeque::pop_front);
    let mut joined = Vec::new();
    for (key, title, fields) in after {
        let was = next_old(&key).unwrap_or_default();
        joined.push((key, title, was, fields));
    }
    joined.extend(before.into_iter().filter_map(|(key, title, _)| next_old(&key).map(|fields| (key, title, fields, Fields::new()))));
    joined
}

fn compared(key: Option<String>, title: &str, before: &Fields, after: &Fields) -> Option<NodeDiff> {
    let text = |fields: &Fields, name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone()).unwrap_or_default();
    let mut seen = BTreeSet::new();
    let names = after.iter().chain(before).map(|(name, _)| name).filter(|name| seen.insert(name.as_str()));
    let fields: Vec<FieldDiff> = names
        .filter_map(|name| {
            let (old, new) = (text(before, name), text(after, name));
            (old != new).then(|| field(name, &old, &new))
        })
        .collect();
    (!fields.is_empty()).then(|| NodeDiff { key, title: title.to_owned(), fields })
}

fn field(name: &str, before: &str, after: &str) -> FieldDiff {
    let diff = TextDiff::from_words(before, after);
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => {
                push(&mut old, change.value(), false);
                push(&mut new, change.value(), false);
            }
            ChangeTag::Delete => push(&mut old, change.value(), true),
            ChangeTag::Insert => push(&mut new, change.value(), true),
        }
    }
    FieldDiff { name: name.to_owned(), before: old, after: new }
}

/// Appends a word; words of one kind are one piece.
fn push(pieces: &mut Vec<Piece>, text: &str, changed: bool) {
    match pieces.last_mut().filter(|last| last.changed == changed) {
        Some(last) => last.text.push_str(text),
        None => pieces.push(Piece { text: text.to_owned(), changed }),
    }
}
