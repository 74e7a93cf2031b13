//! Facts: what a visitor's system is like, who said so, and which statement holds.
//!
//! A [`Statement`] gives a fact a value (or "I don't know") with a [`Source`]. Several statements may speak of one
//! fact; [`Sheet::resolve`] decides which one holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

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
        if BUILT_IN.contains(&name) || name.contains('.') {
            Self(name.to_owned())
        } else {
            Self(format!("{slug}.{name}"))
        }
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

/// One record of an event log. A part that is `None` is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The event's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// The program that logged it; compared by letters and digits only, see [`super::event_source`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A list of machines.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "RowsJson", into = "RowsJson")]
pub struct Rows {
    /// The machines, in the visitor's order.
    pub rows: Vec<Row>,
    /// Whether the visitor says that there are more than these.
    pub more: bool,
}

/// A plain list where the list is complete, `{rows, more}` where it is not.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum RowsJson {
    Complete(Vec<Row>),
    More { rows: Vec<Row>, more: bool },
}

impl From<RowsJson> for Rows {
    fn from(json: RowsJson) -> Self {
        match json {
            RowsJson::Complete(rows) => Self { rows, more: false },
            RowsJson::More { rows, more } => Self { rows, more },
        }
    }
}

impl From<Rows> for RowsJson {
    fn from(rows: Rows) -> Self {
        if rows.more {
            Self::More { rows: rows.rows, more: true }
        } else {
            Self::Complete(rows.rows)
        }
    }
}

/// One machine. Every part may be unknown (`None`, or an empty set that offered nothing).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Row {
    /// The machine's name; `None` for a subject that was not named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Family and level on the tree's ladder, such as `5.0 SP2`, in the ladder's own words.
    #[serde(skip_serializing_if = "Option::is_none", alias = "version")]
    pub level: Option<String>,
    /// The product's build, such as `5.5.2653.23`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build: Option<String>,
    /// The site (or organisation unit) it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// What it does in its site.
    #[serde(skip_serializing_if = "Marks::is_silent")]
    pub roles: Marks,
    /// A level of the ladder `windows`, such as `NT 4.0 SP4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os: Option<String>,
    /// The processor platform, such as `Alpha`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// The product's edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The product's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Files and their versions.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
    /// Hotfixes by article number.
    #[serde(skip_serializing_if = "Marks::is_silent")]
    pub hotfixes: Marks,
    /// Components and their levels on the tree's ladder.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub components: BTreeMap<String, String>,
    /// What was done to the machine, in the condition language's words for actions.
    #[serde(skip_serializing_if = "Marks::is_silent")]
    pub history: Marks,
}

/// A set of which only some elements may be known: an element is true if stated, false if it was offered and left out,
/// else unknown.
///
/// JSON: a plain list (stated in order of time, nothing offered) or `{stated, offered, in_order}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "MarksJson", into = "MarksJson")]
pub struct Marks {
    /// The elements that were stated.
    pub stated: Vec<String>,
    /// The elements that a form or question offered, stated or not.
    pub offered: Vec<String>,
    /// Whether `stated` is in order of time; matters for history alone.
    pub in_order: bool,
}

impl Marks {
    /// Whether nothing was stated and nothing offered: the whole set is unknown.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.stated.is_empty() && self.offered.is_empty()
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum MarksJson {
    Stated(Vec<String>),
    Offered {
        stated: Vec<String>,
        #[serde(default)]
        offered: Vec<String>,
        #[serde(default)]
        in_order: bool,
    },
}

impl From<MarksJson> for Marks {
    fn from(json: MarksJson) -> Self {
        match json {
            MarksJson::Stated(stated) => Self { stated, offered: Vec::new(), in_order: true },
            MarksJson::Offered { stated, offered, in_order } => Self { stated, offered, in_order },
        }
    }
}

impl From<Marks> for MarksJson {
    fn from(marks: Marks) -> Self {
        if marks.offered.is_empty() && marks.in_order {
            Self::Stated(marks.stated)
        } else {
            Self::Offered { stated: marks.stated, offered: marks.offered, in_order: marks.in_order }
        }
    }
}

/// Who gave a fact its value. The order is the order of precedence, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The visitor answered the question.
    Asked,
    /// The visitor confirmed what was read from a paste.
    Confirmed,
    /// Read from pasted text.
    Pasted,
    /// Read from an uploaded file.
    Uploaded,
    /// Filled in by a start link.
    Linked,
    /// Carried over from another diagnosis.
    Carried,
}

impl Source {
    /// Whether the visitor said it: an answer, a correction, or a confirmation.
    #[must_use]
    pub fn is_visitors(self) -> bool {
        matches!(self, Self::Asked | Self::Confirmed)
    }

    /// The word that is stored and that the JSON API shows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Confirmed => "confirmed",
            Self::Pasted => "pasted",
            Self::Uploaded => "uploaded",
            Self::Linked => "linked",
            Self::Carried => "carried",
        }
    }

    /// Pasted and uploaded text have the same weight; so have answers and confirmations.
    fn weight(self) -> u8 {
        match self {
            Self::Asked | Self::Confirmed => 0,
            Self::Pasted | Self::Uploaded => 1,
            Self::Linked => 2,
            Self::Carried => 3,
        }
    }
}

impl FromStr for Source {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        [Self::Asked, Self::Confirmed, Self::Pasted, Self::Uploaded, Self::Linked, Self::Carried]
            .into_iter()
            .find(|source| source.as_str() == word)
            .ok_or_else(|| format!("\"{word}\" is not a source of facts"))
    }
}

/// Somebody's word on one fact. `value` is `None` for "I don't know".
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The fact it speaks of.
    pub key: FactKey,
    /// The value, or `None` for "I don't know".
    pub value: Option<Value>,
    /// Who said it.
    pub source: Source,
    /// The line of the paste or file that it was read from.
    pub line: Option<String>,
}

/// The statement that holds for one fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The value, or `None` for "I don't know".
    pub value: Option<Value>,
    /// Who said it: the strongest source where several add up.
    pub source: Source,
    /// The line it was read from.
    pub line: Option<String>,
}

/// What holds, by fact.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    held: BTreeMap<FactKey, Held>,
}

impl Sheet {
    /// Decides which statement holds for each fact. `statements` are in the order in which they were made.
    ///
    /// The visitor's last statement holds, before pasted or uploaded, before linked, before carried over; of equals the
    /// last. `text`, `events` and `codes` add up over their sources until the visitor edits the list.
    #[must_use]
    pub fn resolve(statements: &[Statement]) -> Self {
        let mut held: BTreeMap<FactKey, Held> = BTreeMap::new();
        for statement in statements {
            let next = Held { value: statement.value.clone(), source: statement.source, line: statement.line.clone() };
            match held.get_mut(&statement.key) {
                None => {
                    held.insert(statement.key.clone(), next);
                }
                Some(before) if !before.source.is_visitors() && !next.source.is_visitors() && before.adds_up(&next) => before.add(next),
                Some(before) if next.source.weight() <= before.source.weight() => *before = next,
                Some(_) => {}
            }
        }
        Self { held }
    }

    /// What holds for `key`; `None` if nobody stated anything.
    #[must_use]
    pub fn get(&self, key: &FactKey) -> Option<&Held> {
        self.held.get(key)
    }

    /// The same without the facts in `hidden`.
    #[must_use]
    pub fn without(&self, hidden: &BTreeSet<FactKey>) -> Self {
        Self { held: self.held.iter().filter(|(key, _)| !hidden.contains(*key)).map(|(key, held)| (key.clone(), held.clone())).collect() }
    }

    /// Every fact that was stated, in order of its key.
    pub fn iter(&self) -> impl Iterator<Item = (&FactKey, &Held)> {
        self.held.iter()
    }
}

impl Held {
    fn adds_up(&self, other: &Self) -> bool {
        matches!(
            (&self.value, &other.value),
            (Some(Value::Messages(_)), Some(Value::Messages(_))) | (Some(Value::Events(_)), Some(Value::Events(_))) | (Some(Value::Codes(_)), Some(Value::Codes(_)))
        )
    }

    /// Appends what `other` adds; a message, event or code that is there already is not repeated.
    fn add(&mut self, other: Self) {
        if other.source.weight() < self.source.weight() {
            self.source = other.source;
            self.line = other.line;
        }
        match (&mut self.value, other.value) {
            (Some(Value::Messages(here)), Some(Value::Messages(more))) => append_new(here, more),
            (Some(Value::Events(here)), Some(Value::Events(more))) => append_new(here, more),
            (Some(Value::Codes(here)), Some(Value::Codes(more))) => append_new(here, more),
            _ => {}
        }
    }
}

fn append_new<T: PartialEq>(here: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !here.contains(&item) {
            here.push(item);
        }
    }
}
