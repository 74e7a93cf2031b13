//! Puts an edit into a tree that others may have changed since.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::parts::{self, Items, Keyed};
use super::{Change, Conflict, Edit, Part, order, value};
use crate::tree::model::{Node, NodeKind, Tree};

/// See [`Edit::apply`].
pub(super) fn apply(edit: &Edit, tree: &Tree) -> Result<Tree, Vec<Conflict>> {
    let mut conflicts = Vec::new();
    let nodes = merged_list(edit, &tree.nodes, &mut conflicts);
    let cases = merged_list(edit, &tree.cases, &mut conflicts);
    let present = parts::head(tree);
    let head = edit.change(&Part::Head);
    let merged = match head {
        Some(change) => settled(change, Some(present.clone()), &mut conflicts).and_then(|head| parts::with_head(&head, nodes, cases)),
        None => Some(Tree { nodes, cases, ..parts::bare(tree) }),
    };
    match &merged {
        Some(merged) => severed(edit, tree, merged, &mut conflicts),
        // A head that this program cannot read: it is shown rather than lost.
        None => conflicts.extend(head.map(|change| conflict(change, Some(present)))),
    }
    merged.filter(|_| conflicts.is_empty()).ok_or(conflicts)
}

fn conflict(change: &Change, present: Option<Json>) -> Conflict {
    Conflict { part: change.part.clone(), base: change.before.clone(), mine: change.after.clone(), theirs: present }
}

/// What a part becomes that is `present` now.
fn settled(change: &Change, present: Option<Json>, conflicts: &mut Vec<Conflict>) -> Option<Json> {
    if present == change.before || present == change.after {
        return change.after.clone();
    }
    conflicts.push(conflict(change, present.clone()));
    present
}

/// The nodes, or the cases, with the edit's changes.
fn merged_list<T: Keyed>(edit: &Edit, present: &[T], conflicts: &mut Vec<Conflict>) -> Vec<T> {
    let items = Items::new(present);
    let mut by_key: BTreeMap<&str, Vec<T>> = items.keys().map(|key| (key, items.of(key).iter().map(|item| (*item).clone()).collect())).collect();
    for change in &edit.changes {
        let Some(key) = T::key_of(&change.part) else { continue };
        let after = settled(change, items.json(key), conflicts);
        match parts::items(after.as_ref()) {
            Some(several) => drop(by_key.insert(key, several)),
            // What this program cannot read is shown rather than lost.
            None => conflicts.push(conflict(change, items.json(key))),
        }
    }
    let order = merged_order::<T>(edit, &items, conflicts);
    in_order(by_key, &order)
}

/// The keys in their new order.
fn merged_order<T: Keyed>(edit: &Edit, present: &Items<'_, T>, conflicts: &mut Vec<Conflict>) -> Vec<String> {
    let now: Vec<String> = present.order().iter().map(|key| (*key).to_owned()).collect();
    let Some(change) = edit.change(&T::ORDER) else { return now };
    let (before, after) = (parts::keys(change.before.as_ref()), parts::keys(change.after.as_ref()));
    match order::merge(&before, &after, present.order()) {
        Some(merged) => merged.into_iter().map(str::to_owned).collect(),
        None => {
            conflicts.push(conflict(change, Some(present.order_json())));
            now
        }
    }
}

/// The items as `order` names them; what it does not name comes last, since nothing is lost for want of a place.
fn in_order<T>(mut by_key: BTreeMap<&str, Vec<T>>, order: &[String]) -> Vec<T> {
    by_key.values_mut().for_each(|several| several.reverse());
    let mut list: Vec<T> = order.iter().filter_map(|key| by_key.get_mut(key.as_str())?.pop()).collect();
    list.extend(by_key.into_values().flat_map(|several| several.into_iter().rev()));
    list
}

/// Edges of the merged tree that lead to a node which one side has deleted while the other let something lead to it.
fn severed(edit: &Edit, present: &Tree, merged: &Tree, conflicts: &mut Vec<Conflict>) {
    let there: BTreeSet<&str> = present.nodes.iter().map(|node| node.key.as_str()).collect();
    let left: BTreeSet<&str> = merged.nodes.iter().map(|node| node.key.as_str()).collect();
    let edges = merged.nodes.iter().flat_map(|node| targets(node).map(|target| (Part::Node(node.key.clone()), target)));
    let begins = std::iter::once((Part::Head, merged.start.as_str()));
    for (holder, target) in edges.chain(begins).filter(|(_, target)| !left.contains(target)) {
        let gone = Part::Node(target.to_owned());
        let part = match edit.change(&holder) {
            // Its own edge into the void, or one that leads to what others have deleted.
            Some(_) if !there.contains(target) && edit.change(&gone).is_none() => holder,
            _ if there.contains(target) => gone,
            _ => continue,
        };
        if let Some(change) = edit.change(&part).filter(|_| !conflicts.iter().any(|conflict| conflict.part == part)) {
            conflicts.push(conflict(change, value(present, &part)));
        }
    }
}

/// Every node that `node` leads to.
fn targets(node: &Node) -> impl Iterator<Item = &str> {
    let helped = match &node.kind {
        NodeKind::Outcome(outcome) => outcome.did_not_help.as_deref(),
        _ => None,
    };
    node.kind.fork().into_iter().flat_map(|fork| fork.targets()).chain(helped)
}
