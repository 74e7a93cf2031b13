//! Who said what, and which statement holds.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{FactKey, Value};

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
    /// The line of the paste or file that it was read from; for a list one line for each element, empty for an element that has none.
    pub line: Option<String>,
}

/// The statement that holds for one fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The value, or `None` for "I don't know".
    pub value: Option<Value>,
    /// Who said it: the strongest source where several add up.
    pub source: Source,
    /// The line it was read from, as in a [`Statement`].
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
    /// The lines that the elements of a list were read from, one for each, empty for an element that has none. `None` where they are not known one by one,
    /// and for what is no list.
    #[must_use]
    pub fn lines(&self) -> Option<Vec<&str>> {
        let elements = match self.value.as_ref()? {
            Value::Messages(messages) => messages.len(),
            Value::Events(events) => events.len(),
            Value::Codes(codes) => codes.len(),
            Value::Rows(rows) => rows.rows.len(),
            _ => return None,
        };
        let lines: Vec<&str> = self.line.as_ref()?.split('\n').collect();
        (lines.len() == elements).then_some(lines)
    }

    /// The line of the element at `place` of a list.
    fn line_of(&self, place: usize) -> String {
        match (self.lines(), &self.line) {
            (Some(lines), _) => lines.get(place).map(|line| (*line).to_owned()).unwrap_or_default(),
            // Not known one by one: each element was read from somewhere in all of it.
            (None, Some(all)) => all.replace('\n', " "),
            (None, None) => String::new(),
        }
    }

    fn adds_up(&self, other: &Self) -> bool {
        matches!(
            (&self.value, &other.value),
            (Some(Value::Messages(_)), Some(Value::Messages(_)))
                | (Some(Value::Events(_)), Some(Value::Events(_)))
                | (Some(Value::Codes(_)), Some(Value::Codes(_)))
        )
    }

    /// Appends what `other` adds, each element with its line; a message, event or code that is there already is not repeated.
    fn add(&mut self, other: Self) {
        let before = self.clone();
        let (lines, more_lines) = (|place| before.line_of(place), |place| other.line_of(place));
        let lines = match (&mut self.value, &other.value) {
            (Some(Value::Messages(here)), Some(Value::Messages(more))) => append_new(here, more, lines, more_lines),
            (Some(Value::Events(here)), Some(Value::Events(more))) => append_new(here, more, lines, more_lines),
            (Some(Value::Codes(here)), Some(Value::Codes(more))) => append_new(here, more, lines, more_lines),
            _ => return,
        };
        self.line = lines.iter().any(|line| !line.is_empty()).then(|| lines.join("\n"));
        if other.source.weight() < self.source.weight() {
            self.source = other.source;
        }
    }
}

/// Appends what is new of `more`; answers the lines of all elements.
fn append_new<T: PartialEq + Clone>(here: &mut Vec<T>, more: &[T], line: impl Fn(usize) -> String, line_of_more: impl Fn(usize) -> String) -> Vec<String> {
    let mut lines: Vec<String> = (0..here.len()).map(line).collect();
    for (place, item) in more.iter().enumerate() {
        if !here.contains(item) {
            here.push(item.clone());
            lines.push(line_of_more(place));
        }
    }
    lines
}
