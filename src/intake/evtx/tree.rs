//! The JSON of a record as a tree that keeps the order of its members, which is the order of the event's values.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A value, as the record's XML has it: attributes are the member `#attributes`, the text beside them is `#text`.
#[derive(Debug, PartialEq)]
pub(super) enum Tree {
    /// Text, a number or a truth value; nothing is the empty text.
    Leaf(String),
    /// An element's members, in order.
    Members(Vec<(String, Tree)>),
    /// Elements of one name.
    List(Vec<Tree>),
}

impl Tree {
    /// The member that the names lead to.
    pub(super) fn at(&self, names: &[&str]) -> Option<&Tree> {
        names.iter().try_fold(self, |tree, name| match tree {
            Self::Members(members) => members.iter().find_map(|(member, tree)| (member == name).then_some(tree)),
            Self::Leaf(_) | Self::List(_) => None,
        })
    }

    /// The text of an element, with or without attributes; `None` if there is none.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Leaf(text) => Some(text.as_str()).filter(|text| !text.is_empty()),
            Self::Members(_) => self.at(&["#text"]).and_then(Self::text),
            Self::List(_) => None,
        }
    }

    /// Every text below this element in order, without attributes and without the bytes that programs attach for themselves.
    pub(super) fn texts<'a>(&'a self, texts: &mut Vec<&'a str>) {
        match self {
            Self::Leaf(text) => texts.push(text),
            Self::List(list) => list.iter().for_each(|tree| tree.texts(texts)),
            Self::Members(members) => {
                members.iter().filter(|(name, _)| name != "#attributes" && name != "Binary").for_each(|(_, tree)| tree.texts(texts));
            }
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Tree, E> {
        Ok(Tree::Leaf(String::new()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut trees = Vec::new();
        while let Some(tree) = list.next_element()? {
            trees.push(tree);
        }
        Ok(Tree::List(trees))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Tree::Members(members))
    }
}
