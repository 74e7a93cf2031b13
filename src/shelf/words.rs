//! Enums and lists as the text that tables hold: the words and JSON of the file format.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::db;

/// The word that the file format writes for one of an enum's values.
pub(super) fn word<T: Serialize>(value: T) -> db::Result<String> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        other => Err(db::Error::Unreadable(format!("{other:?} is not a word"))),
    }
}

/// Reads [`word`] back.
pub(super) fn from_word<T: DeserializeOwned>(word: String) -> db::Result<T> {
    serde_json::from_value(Value::String(word)).map_err(|error| db::Error::Unreadable(error.to_string()))
}

/// The JSON of `value`.
pub(super) fn json<T: Serialize>(value: &T) -> db::Result<String> {
    serde_json::to_string(value).map_err(|error| db::Error::Unreadable(error.to_string()))
}

/// Reads [`json`] back.
pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> db::Result<T> {
    serde_json::from_str(text).map_err(|error| db::Error::Unreadable(format!("{error} in {text}")))
}
