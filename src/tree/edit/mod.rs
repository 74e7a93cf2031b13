//! A change to a tree as data: kept, shown, undone, and merged with what others changed meanwhile.
//!
//! A tree falls into parts, and an [`Edit`] says of each part that it changes what stood there and what stands there now. Two edits to different
//! parts never disturb each other; two different edits to one part are a [`Conflict`], which shows both.

mod apply;
mod order;
mod parts;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::difference;
use super::model::{Case, Node, Tree};
use parts::{Items, Keyed};

/// What is edited, and can conflict, as one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Everything of the tree but its nodes and cases: an object of the file's fields.
    Head,
    /// The order of the nodes: the list of their keys.
    Order,
    /// The node with this key, as the file writes it.
    Node(String),
    /// The case with this name, as the file writes it; a list of them where several have the name.
    Case(String),
    /// The order of the cases: the list of their names.
    CaseOrder,
}

/// The change of one part. `None` stands for a part that is not there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Which part.
    pub part: Part,
    /// What it was.
    pub before: Option<Json>,
    /// What it is now.
    pub after: Option<Json>,
}

/// What somebody changed at once.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// At most one for each part, in the order of [`Part`]s.
    pub changes: Vec<Change>,
}

/// A part that both sides changed, each in another way.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Which part.
    pub part: Part,
    /// What it was before either changed it.
    pub base: Option<Json>,
    /// What the edit that is being made wants it to be.
    pub mine: Option<Json>,
    /// What it is at present.
    pub theirs: Option<Json>,
}

/// What makes `after` out of `before`.
#[must_use]
pub fn between(before: &Tree, after: &Tree) -> Edit {
    let mut changes = Vec::new();
    let (head_before, head_after) = (parts::head(before), parts::head(after));
    if head_before != head_after {
        changes.push(Change { part: Part::Head, before: Some(head_before), after: Some(head_after) });
    }
    push_items::<Node>(&mut changes, &before.nodes, &after.nodes);
    push_items::<Case>(&mut changes, &before.cases, &after.cases);
    changes.sort_by(|one, other| one.part.cmp(&other.part));
    Edit { changes }
}

/// What happened to the nodes, or to the cases.
fn push_items<T: Keyed>(changes: &mut Vec<Change>, before: &[T], after: &[T]) {
    let (old, new) = (Items::new(before), Items::new(after));
    if old.order() != new.order() {
        changes.push(Change { part: T::ORDER, before: Some(old.order_json()), after: Some(new.order_json()) });
    }
    let keys: BTreeSet<&str> = old.keys().chain(new.keys()).collect();
    for key in keys.into_iter().filter(|key| old.of(key) != new.of(key)) {
        changes.push(Change { part: T::part(key), before: old.json(key), after: new.json(key) });
    }
}

impl Edit {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Makes the change in `tree`, which may not be the tree that the edit was made from: whatever else has changed in it stays.
    ///
    /// # Errors
    /// Every part that has become something else than the edit started from, and parts whose edges would lead to a node that is gone.
    pub fn apply(&self, tree: &Tree) -> Result<Tree, Vec<Conflict>> {
        apply::apply(self, tree)
    }

    /// The edit that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let swap = |change: &Change| Change { part: change.part.clone(), before: change.after.clone(), after: change.before.clone() };
        Self { changes: self.changes.iter().map(swap).collect() }
    }

    /// What it does, in sentences that an author understands. Nodes that the edit does not change go by their keys, since it does not know their titles.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        difference::of_edit(self).into_iter().map(|sentence| sentence.text).collect()
    }

    /// The nodes that it changes, before and after, as far as this program can read them.
    pub(super) fn nodes(&self) -> Vec<(Option<Node>, Option<Node>)> {
        self.items()
    }

    /// The cases that it changes, before and after.
    pub(super) fn cases(&self) -> Vec<(Option<Case>, Option<Case>)> {
        self.items()
    }

    fn items<T: Keyed>(&self) -> Vec<(Option<T>, Option<T>)> {
        let changes = self.changes.iter().filter(|change| T::key_of(&change.part).is_some());
        let read = |json: Option<&Json>| parts::items(json).unwrap_or_default().into_iter();
        let states = changes.map(|change| (read(change.before.as_ref()), read(change.after.as_ref())));
        states
            .flat_map(|(mut before, mut after)| std::iter::from_fn(move || Some((before.next(), after.next())).filter(|pair| *pair != (None, None))))
            .collect()
    }

    /// The keys in their order before and after, if it changes the order that `part` is.
    pub(super) fn orders(&self, part: &Part) -> (Vec<&str>, Vec<&str>) {
        self.change(part).map(|change| (parts::keys(change.before.as_ref()), parts::keys(change.after.as_ref()))).unwrap_or_default()
    }

    /// The change of `part`, if it makes one.
    fn change(&self, part: &Part) -> Option<&Change> {
        self.changes.iter().find(|change| change.part == *part)
    }
}

/// What `part` is in `tree`; `None` if it is not there.
#[must_use]
pub fn value(tree: &Tree, part: &Part) -> Option<Json> {
    match part {
        Part::Head => Some(parts::head(tree)),
        Part::Order => Some(Items::new(&tree.nodes).order_json()),
        Part::CaseOrder => Some(Items::new(&tree.cases).order_json()),
        Part::Node(key) => Items::new(&tree.nodes).json(key),
        Part::Case(name) => Items::new(&tree.cases).json(name),
    }
}

#[cfg(test)]
mod tests;
