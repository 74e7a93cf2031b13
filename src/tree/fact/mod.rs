//! Facts: what a visitor's system is like, who said so, and which statement holds.
//!
//! A [`Statement`] gives a fact a value (or "I don't know") with a [`Source`]. Several statements may speak of one
//! fact; [`Sheet::resolve`] decides which one holds.

mod row;
mod statement;

pub use row::{Event, Marks, Row, Rows};
pub use statement::{Held, Sheet, Source, Statement};

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::code::Code;

/// The built-in facts, which every tree shares.
pub const BUILT_IN: [&str; 6] = ["text", "events", "codes", "servers", "clients", "admin"];

/// Names a fact: a built-in one (`servers`) or one that a tree declares (`extension-not-loaded.share`).
///
/// Inside one tree's file a declared fact is written by its bare key; [`FactKey::within`] qualifies it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FactKey(String);

impl FactKey {
    /// Qualifies `name` as written in the tree `slug`: built-in and already qualified names stay as they are.
    #[must_use]
    pub fn within(slug: &str, name: &str) -> Self {
        if BUILT_IN.contains(&name) || name.contains('.') { Self(name.to_owned()) } else { Self(format!("{slug}.{name}")) }
    }

    /// The whole key, as stored and as the JSON API shows it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is one of the facts that every tree shares.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        BUILT_IN.contains(&self.0.as_str())
    }

    /// The key without its tree's slug.
    #[must_use]
    pub fn bare(&self) -> &str {
        self.0.rsplit_once('.').map_or(self.0.as_str(), |(_, bare)| bare)
    }
}

impl fmt::Display for FactKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The value of a fact. Its JSON is untagged: the question's kind decides how it is read (see [`super::answer`]).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// One message: the text of a dialog or a log line, with its line ends.
    Messages(Vec<String>),
    /// Event log records.
    Events(Vec<Event>),
    /// Error codes, as they were written.
    Codes(Vec<Code>),
    /// Servers or clients.
    Rows(Rows),
    /// One machine: `admin` or a subject that the tree names.
    Subject(Box<Row>),
    /// The key of the chosen option.
    Choice(String),
    /// The keys of the chosen options; every other option of the question was left out.
    Choices(BTreeSet<String>),
    /// Yes or no.
    YesNo(bool),
    /// A number, in the unit that its question names.
    Number(f64),
    /// One error code.
    Code(Code),
    /// Free text, a fact that a tree declares.
    Text(String),
}

impl Value {
    /// The word that says how stored JSON of this value is read back; see [`Value::from_stored`].
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Messages(_) => "messages",
            Self::Events(_) => "events",
            Self::Codes(_) => "codes",
            Self::Rows(_) => "rows",
            Self::Subject(_) => "subject",
            Self::Choice(_) => "choice",
            Self::Choices(_) => "choices",
            Self::YesNo(_) => "yes_no",
            Self::Number(_) => "number",
            Self::Code(_) => "code",
            Self::Text(_) => "text",
        }
    }

    /// Reads back what was stored as JSON with its [`Value::kind`].
    ///
    /// # Errors
    /// The JSON does not fit the kind.
    pub fn from_stored(kind: &str, json: serde_json::Value) -> Result<Self, serde_json::Error> {
        Ok(match kind {
            "messages" => Self::Messages(serde_json::from_value(json)?),
            "events" => Self::Events(serde_json::from_value(json)?),
            "codes" => Self::Codes(serde_json::from_value(json)?),
            "rows" => Self::Rows(serde_json::from_value(json)?),
            "subject" => Self::Subject(serde_json::from_value(json)?),
            "choice" => Self::Choice(serde_json::from_value(json)?),
            "choices" => Self::Choices(serde_json::from_value(json)?),
            "yes_no" => Self::YesNo(serde_json::from_value(json)?),
            "number" => Self::Number(serde_json::from_value(json)?),
            "code" => Self::Code(serde_json::from_value(json)?),
            "text" => Self::Text(serde_json::from_value(json)?),
            other => return Err(serde::de::Error::custom(format!("\"{other}\" is no kind of value"))),
        })
    }
}

#[cfg(test)]
mod tests;
