//! A tree taken apart and put together again.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use super::Part;
use crate::tree::model::{Case, Node, Tree};

/// What stands in a list of the tree and is known by a key.
pub(super) trait Keyed: Clone + PartialEq + Serialize + DeserializeOwned {
    /// The part that is the list's order.
    const ORDER: Part;

    fn key(&self) -> &str;

    fn part(key: &str) -> Part;

    /// The key, if `part` is one of these.
    fn key_of(part: &Part) -> Option<&str>;
}

impl Keyed for Node {
    const ORDER: Part = Part::Order;

    fn key(&self) -> &str {
        &self.key
    }

    fn part(key: &str) -> Part {
        Part::Node(key.to_owned())
    }

    fn key_of(part: &Part) -> Option<&str> {
        if let Part::Node(key) = part { Some(key) } else { None }
    }
}

impl Keyed for Case {
    const ORDER: Part = Part::CaseOrder;

    fn key(&self) -> &str {
        &self.name
    }

    fn part(key: &str) -> Part {
        Part::Case(key.to_owned())
    }

    fn key_of(part: &Part) -> Option<&str> {
        if let Part::Case(name) = part { Some(name) } else { None }
    }
}

/// The nodes or cases of a tree by key. Only a tree that does not pass its checks has several with one key; none of them is lost.
pub(super) struct Items<'a, T> {
    order: Vec<&'a str>,
    by_key: BTreeMap<&'a str, Vec<&'a T>>,
}

impl<'a, T: Keyed> Items<'a, T> {
    pub(super) fn new(list: &'a [T]) -> Self {
        let mut by_key: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
        for item in list {
            by_key.entry(item.key()).or_default().push(item);
        }
        Self { order: list.iter().map(Keyed::key).collect(), by_key }
    }

    pub(super) fn order(&self) -> &[&'a str] {
        &self.order
    }

    pub(super) fn order_json(&self) -> Json {
        self.order.iter().copied().collect()
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.by_key.keys().copied()
    }

    /// What has `key`.
    pub(super) fn of(&self, key: &str) -> &[&'a T] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// The same as JSON.
    pub(super) fn json(&self, key: &str) -> Option<Json> {
        match self.of(key) {
            [] => None,
            [item] => Some(json(item)),
            several => Some(several.iter().map(json).collect()),
        }
    }
}

/// Reads what [`Items::json`] wrote; `None` if it does not fit the model.
pub(super) fn items<T: Keyed>(json: Option<&Json>) -> Option<Vec<T>> {
    match json {
        None => Some(Vec::new()),
        Some(Json::Array(several)) => several.iter().map(|item| T::deserialize(item).ok()).collect(),
        Some(item) => Some(vec![T::deserialize(item).ok()?]),
    }
}

/// Reads what [`Items::order_json`] wrote.
pub(super) fn keys(json: Option<&Json>) -> Vec<&str> {
    json.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect()
}

/// Everything of the tree but its nodes and cases.
pub(super) fn head(tree: &Tree) -> Json {
    json(&bare(tree))
}

/// The tree whose head is `head`, with these nodes and cases; `None` if it does not fit the model.
pub(super) fn with_head(head: &Json, nodes: Vec<Node>, cases: Vec<Case>) -> Option<Tree> {
    let mut fields: Map<String, Json> = head.as_object()?.clone();
    fields.insert("nodes".to_owned(), Json::Array(Vec::new()));
    let tree: Tree = serde_json::from_value(Json::Object(fields)).ok()?;
    Some(Tree { nodes, cases, ..tree })
}

/// The tree without nodes and cases.
pub(super) fn bare(tree: &Tree) -> Tree {
    Tree {
        format: tree.format.clone(),
        slug: tree.slug.clone(),
        title: tree.title.clone(),
        summary: tree.summary.clone(),
        products: tree.products.clone(),
        applies_to: tree.applies_to.clone(),
        ladder: tree.ladder.clone(),
        owner: tree.owner.clone(),
        reviewed: tree.reviewed.clone(),
        review_by: tree.review_by.clone(),
        symptoms: tree.symptoms.clone(),
        start: tree.start.clone(),
        nodes: Vec::new(),
        cases: Vec::new(),
        pictures: BTreeMap::new(),
    }
}

/// The JSON of a part of the model. What the model can hold, JSON can: it has no maps with other keys than texts.
fn json(value: &impl Serialize) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}
