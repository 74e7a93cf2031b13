//! What a value is made of: events, machines, and sets of which only some elements may be known.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One record of an event log. A part that is `None` is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The event's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// The program that logged it; compared by letters and digits only, see [`crate::tree::event_source`].
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
        if rows.more { Self::More { rows: rows.rows, more: true } } else { Self::Complete(rows.rows) }
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
