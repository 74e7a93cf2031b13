//! What stands in one line of a tree file: small records and lists. JSON, which has no such choice, is the same with and without.

use std::collections::BTreeMap;

use serde::ser::{Error, Serialize, Serializer};
use serde_json::Value as Json;
use serde_saphyr::{FlowMap, FlowSeq, LitStr};

/// The longest record or list that stands in one line, in bytes of its JSON.
const ONE_LINE: usize = 110;
/// Where a longer text is wrapped, in characters without its indentation.
pub(in crate::tree) const WRAP: usize = 120;

/// A text. The writer wraps long ones, but quotes those that hold its own signs; such a text stands in a block as it is.
pub(super) fn text<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let has_signs = text.contains(": ") || text.contains(" #") || !text.starts_with(char::is_alphanumeric) || text.ends_with(':');
    let in_block = has_signs && text.chars().count() > WRAP && text.trim() == text && !text.contains(char::is_control);
    if in_block { LitStr(text).serialize(serializer) } else { text.serialize(serializer) }
}

/// The same where there may be none.
pub(super) fn optional_text<S: Serializer>(words: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    match words {
        Some(words) => text(words, serializer),
        None => serializer.serialize_none(),
    }
}

/// A list or record, in one line if it is short.
pub(super) fn short<T: Serialize, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let json = serde_json::to_value(value).map_err(S::Error::custom)?;
    match json {
        Json::Array(_) if is_short(&json) => FlowSeq(value).serialize(serializer),
        Json::Object(_) if is_short(&json) => FlowMap(value).serialize(serializer),
        _ => value.serialize(serializer),
    }
}

/// A list of records, each in one line if it is short.
pub(super) fn list<T: Serialize, S: Serializer>(records: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(records.iter().map(Short))
}

/// A map of lists, each in one line if it is short.
pub(super) fn map<K: Serialize, V: Serialize, S: Serializer>(lists: &BTreeMap<K, V>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(lists.iter().map(|(key, list)| (key, Short(list))))
}

/// The facts of a case: at every depth, what is short stands in one line.
pub(super) fn facts<S: Serializer>(facts: &BTreeMap<String, Json>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(facts.iter().map(|(key, value)| (key, Fact(value))))
}

struct Short<'a, T>(&'a T);

impl<T: Serialize> Serialize for Short<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        short(self.0, serializer)
    }
}

struct Fact<'a>(&'a Json);

impl Serialize for Fact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            value if is_short(value) => short(value, serializer),
            Json::Array(items) => serializer.collect_seq(items.iter().map(Fact)),
            Json::Object(fields) => serializer.collect_map(fields.iter().map(|(key, value)| (key, Fact(value)))),
            value => value.serialize(serializer),
        }
    }
}

/// Whether the value fits a line; a text of several lines never does.
fn is_short(json: &Json) -> bool {
    let text = json.to_string();
    text.len() <= ONE_LINE && !text.contains("\\n")
}
