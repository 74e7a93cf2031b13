//! Reads the facts of a case. Their values are JSON, but a file's scalars are read by what they stand for, not by what they look like:
//! the level `5.0` is a text and not a number.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

/// Reads a map of facts.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, Json>, D::Error> {
    match deserializer.deserialize_any(Shape::Facts)? {
        Json::Object(facts) => Ok(facts.into_iter().collect()),
        _ => Err(D::Error::custom("the facts of a case are a map of fact and value")),
    }
}

/// What is written in a place. What does not fit its place is kept as it looks, so that the checks can say what is wrong with it.
#[derive(Debug, Clone, Copy)]
enum Shape {
    /// Every fact, by key.
    Facts,
    /// A text, whatever it looks like.
    Text,
    /// Texts by name, or a list of them.
    Texts,
    /// An event, or a list of events.
    Events,
    /// One machine, a list of machines, or the options of a declared fact.
    Rows,
    /// A set: a list of texts, or `stated`, `offered` and `in_order`.
    Marks,
    /// A value that is what it looks like.
    Plain,
}

impl Shape {
    /// What stands below `key`.
    fn field(self, key: &str) -> Self {
        match (self, key) {
            (Self::Facts, "text" | "codes") => Self::Texts,
            (Self::Facts, "events") => Self::Events,
            (Self::Facts, _) => Self::Rows,
            (Self::Events, "source" | "text") => Self::Text,
            (Self::Rows, "rows") => Self::Rows,
            (Self::Rows, "roles" | "hotfixes" | "history") => Self::Marks,
            (Self::Rows, "files" | "components") => Self::Texts,
            (Self::Rows, "more") | (Self::Marks, "in_order") => Self::Plain,
            (Self::Marks, _) => Self::Texts,
            (Self::Rows | Self::Text | Self::Texts, _) => Self::Text,
            (Self::Events | Self::Plain, _) => Self::Plain,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Shape {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        match self {
            Self::Text => Ok(Option::<String>::deserialize(deserializer)?.map_or(Json::Null, Json::String)),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Shape {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a fact")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            let value = access.next_value_seed(self.field(&key))?;
            if fields.insert(key.clone(), value).is_some() {
                return Err(A::Error::custom(format!("\"{key}\" is given twice")));
            }
        }
        Ok(Json::Object(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let element = if matches!(self, Self::Texts | Self::Marks) { Self::Text } else { self };
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(element)? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        self.deserialize(deserializer)
    }
}
