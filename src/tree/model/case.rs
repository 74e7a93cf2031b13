//! Cases: tests kept with a tree.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{facts, layout};

/// A test kept with the tree: facts in, expected outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// The facts as the JSON API takes them, by key as written in the file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", serialize_with = "layout::facts", deserialize_with = "facts::read")]
    pub facts: BTreeMap<String, serde_json::Value>,
    /// Facts answered "I don't know".
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "layout::short")]
    pub unknown: Vec<String>,
    /// Outcomes that were tried already.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", serialize_with = "layout::short")]
    pub answers: BTreeMap<String, Helped>,
    /// The key of the outcome, or `hand_over`.
    pub expect: String,
}

/// What a case starts from: everything of it but its name and what it expects.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// As [`Case::facts`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", serialize_with = "layout::facts", deserialize_with = "facts::read")]
    pub facts: BTreeMap<String, serde_json::Value>,
    /// As [`Case::unknown`].
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "layout::short")]
    pub unknown: Vec<String>,
    /// As [`Case::answers`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", serialize_with = "layout::short")]
    pub answers: BTreeMap<String, Helped>,
}

impl Given {
    /// What `case` starts from.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        Self { facts: case.facts.clone(), unknown: case.unknown.clone(), answers: case.answers.clone() }
    }

    /// The case that starts from it.
    #[must_use]
    pub fn case(self, name: &str, expect: &str) -> Case {
        Case { name: name.to_owned(), facts: self.facts, unknown: self.unknown, answers: self.answers, expect: expect.to_owned() }
    }
}

/// The answer to "Did this fix it?".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Helped {
    /// It did.
    Yes,
    /// It did not.
    No,
    /// It made things worse.
    Worse,
}

impl Helped {
    /// The word that tables, forms and the JSON API use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Worse => "worse",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Yes, Self::No, Self::Worse].into_iter().find(|helped| helped.as_str() == word)
    }
}
