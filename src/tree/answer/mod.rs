//! Reading values: what an answer, a fact in a request or a case must look like, and what is wrong with it if it does not.

mod rows;

pub use rows::{check_rows, check_subject};

use std::collections::{BTreeMap, BTreeSet};

use serde::de::{DeserializeOwned, Error};
use serde_json::Value as Json;

use rows::{row_from, rows_from};

use super::closure::Closure;
use super::code::Code;
use super::fact::{Event, FactKey, Value};
use super::ladder::Ladders;
use super::model::{Ask, Choice, NumberLimits, Tree};

/// The longest text of one fact, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
/// The most rows of one list.
pub const MAX_ROWS: usize = 500;
/// The most messages, events or codes of one fact.
pub const MAX_ITEMS: usize = 1_000;
/// The longest name, site, level or other cell, in characters.
pub const MAX_CELL: usize = 255;

/// What a value of a fact looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind<'a> {
    /// Messages.
    Messages,
    /// Event log records.
    Events,
    /// Error codes.
    Codes,
    /// A list of machines.
    Rows,
    /// One machine.
    Subject,
    /// One option.
    Choice(&'a [Choice]),
    /// Any number of options.
    Choices(&'a [Choice]),
    /// Yes or no.
    YesNo,
    /// A number.
    Number(Option<&'a NumberLimits>),
    /// One error code.
    Code,
    /// Free text.
    Text,
}

impl<'a> Kind<'a> {
    /// The kind of the fact written `fact` in `tree`; `None` if no question sets it.
    #[must_use]
    pub fn of(tree: &'a Tree, fact: &str) -> Option<Self> {
        if let Some(kind) = Self::built_in(fact) {
            return Some(kind);
        }
        let bare = fact.strip_prefix(&tree.slug).and_then(|rest| rest.strip_prefix('.')).unwrap_or(fact);
        let (_, question) = tree.question_for(bare)?;
        Some(match question.ask {
            Ask::Text => Self::Text,
            Ask::Event => Self::Events,
            Ask::Servers => Self::Subject,
            Ask::Choice => Self::Choice(&question.options),
            Ask::Choices => Self::Choices(&question.options),
            Ask::YesNo => Self::YesNo,
            Ask::Code => Self::Code,
            Ask::Number => Self::Number(question.number.as_ref()),
        })
    }

    /// The kind of a fact that every tree shares; `None` for any other.
    #[must_use]
    pub fn built_in(fact: &str) -> Option<Self> {
        match fact {
            "text" => Some(Self::Messages),
            "events" => Some(Self::Events),
            "codes" => Some(Self::Codes),
            "servers" | "clients" => Some(Self::Rows),
            "admin" => Some(Self::Subject),
            _ => None,
        }
    }
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The row (from 0) and the name of the cell, for tables; `None` for the value as a whole.
    pub cell: Option<(usize, &'static str)>,
    /// What happened and what to do.
    pub message: String,
}

impl Problem {
    fn whole(message: impl Into<String>) -> Self {
        Self { cell: None, message: message.into() }
    }

    fn cell(row: usize, name: &'static str, message: impl Into<String>) -> Self {
        Self { cell: Some((row, name)), message: message.into() }
    }
}

/// Reads a value from JSON, as the API and cases give it.
///
/// # Errors
/// Everything that is wrong with it, cell by cell.
pub fn read(kind: Kind<'_>, json: &Json, ladders: &Ladders, ladder: &str) -> Result<Value, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    match kind {
        Kind::Messages => messages(json).map(Value::Messages).map_err(one),
        Kind::Events => events(json).map(Value::Events).map_err(one),
        Kind::Codes => codes(json).map(Value::Codes).map_err(one),
        Kind::Rows => rows_from(json).map_err(one).and_then(|rows| check_rows(rows, ladders, ladder)).map(Value::Rows),
        Kind::Subject => row_from(json).map_err(one).and_then(|row| check_subject(row, ladders, ladder)).map(|row| Value::Subject(Box::new(row))),
        Kind::Choice(options) => text_of(json, "the key of an option").and_then(|key| choice(&key, options)).map(Value::Choice).map_err(one),
        Kind::Choices(options) => choices(json, options).map(Value::Choices).map_err(one),
        Kind::YesNo => yes_no(json).map(Value::YesNo).map_err(one),
        Kind::Number(limits) => number(json, limits).map(Value::Number).map_err(one),
        Kind::Code => text_of(json, "an error code").and_then(|text| code(&text)).map(Value::Code).map_err(one),
        Kind::Text => text_of(json, "a text").and_then(checked_text).map(Value::Text).map_err(one),
    }
}

/// Cases are written by hand, where `yes` and `no` are what conditions say too.
fn yes_no(json: &Json) -> Result<bool, Problem> {
    match json {
        Json::Bool(yes) => Ok(*yes),
        Json::String(word) if word == "yes" => Ok(true),
        Json::String(word) if word == "no" => Ok(false),
        _ => Err(Problem::whole("Give true or false, or null for \"don't know\".")),
    }
}

/// Reads the key of an option.
///
/// # Errors
/// The option does not exist.
pub fn choice(key: &str, options: &[Choice]) -> Result<String, Problem> {
    if options.iter().any(|option| option.key == key) {
        return Ok(key.to_owned());
    }
    let keys: Vec<&str> = options.iter().map(|option| option.key.as_str()).collect();
    Err(Problem::whole(format!("\"{}\" is not one of the options: {}.", shortened(key), keys.join(", "))))
}

/// Reads an error code in any notation.
///
/// # Errors
/// The text is no number.
pub fn code(text: &str) -> Result<Code, Problem> {
    Code::parse(text.trim()).map_err(|message| Problem::whole(format!("{message} Write it as you see it, such as 0xC1030AD1, c1030ad1 or -528.")))
}

/// Reads a number and holds it against its limits.
///
/// # Errors
/// It is no number, or outside the limits.
pub fn limited(number: f64, limits: Option<&NumberLimits>) -> Result<f64, Problem> {
    let limits = limits.cloned().unwrap_or_default();
    let unit = limits.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    if !number.is_finite() {
        return Err(Problem::whole("Give a number."));
    }
    if limits.min.is_some_and(|min| number < min) {
        return Err(Problem::whole(format!("Give a number of at least {}{unit}.", limits.min.unwrap_or_default())));
    }
    if limits.max.is_some_and(|max| number > max) {
        return Err(Problem::whole(format!("Give a number of at most {}{unit}.", limits.max.unwrap_or_default())));
    }
    Ok(number)
}

/// Checks the length of a text and that it says something.
///
/// # Errors
/// It is empty or longer than [`MAX_TEXT`].
pub fn checked_text(text: String) -> Result<String, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::whole("Paste or type the text, or choose \"I don't know\"."));
    }
    if text.len() > MAX_TEXT {
        return Err(Problem::whole(format!(
            "The text has {} KiB; {} KiB is the limit. Keep the part that shows the error.",
            text.len().div_ceil(1024),
            MAX_TEXT / 1024
        )));
    }
    Ok(text)
}

/// Checks an event: at least one part, and texts of a bearable length.
///
/// # Errors
/// It is empty or too long.
pub fn checked_event(event: Event) -> Result<Event, Problem> {
    let source = event.source.map(|source| source.trim().to_owned()).filter(|source| !source.is_empty());
    let text = event.text.filter(|text| !text.trim().is_empty()).map(checked_text).transpose()?;
    if source.as_ref().is_some_and(|source| source.chars().count() > MAX_CELL) {
        return Err(Problem::whole(format!("The source has more than {MAX_CELL} characters. Give the name of the program that logged the event.")));
    }
    if event.id.is_none() && source.is_none() && text.is_none() {
        return Err(Problem::whole("Give the event's number, its source or its text, or choose \"I don't know\"."));
    }
    Ok(Event { id: event.id, source, text })
}

fn messages(json: &Json) -> Result<Vec<String>, Problem> {
    let items = match json {
        Json::String(text) => vec![checked_text(text.clone())?],
        Json::Array(items) => items.iter().map(|item| text_of(item, "a text").and_then(checked_text)).collect::<Result<_, _>>()?,
        _ => return Err(Problem::whole("Give a text, or a list of texts.")),
    };
    within_limit(items)
}

/// Reads a record from a map. A list would fill the fields by their order, which nobody means.
fn record_from<T: DeserializeOwned>(json: &Json) -> Result<T, serde_json::Error> {
    if json.is_array() {
        return Err(serde_json::Error::custom("a list stands where a record belongs"));
    }
    serde_json::from_value(json.clone())
}

fn events(json: &Json) -> Result<Vec<Event>, Problem> {
    let one = |item: &Json| {
        let event: Event = record_from(item)
            .map_err(|error| Problem::whole(format!("An event looks like {{\"id\": 2037, \"source\": \"MSExchangeSA\", \"text\": \"...\"}}: {error}.")))?;
        checked_event(event)
    };
    let items = match json {
        Json::Array(items) => items.iter().map(one).collect::<Result<_, _>>()?,
        item => vec![one(item)?],
    };
    within_limit(items)
}

fn codes(json: &Json) -> Result<Vec<Code>, Problem> {
    let one = |item: &Json| text_of(item, "an error code").and_then(|text| code(&text));
    let items = match json {
        Json::Array(items) => items.iter().map(one).collect::<Result<_, _>>()?,
        item => vec![one(item)?],
    };
    within_limit(items)
}

fn within_limit<T>(items: Vec<T>) -> Result<Vec<T>, Problem> {
    if items.len() > MAX_ITEMS {
        return Err(Problem::whole(format!("The list has {} entries; {MAX_ITEMS} is the limit.", items.len())));
    }
    Ok(items)
}

fn choices(json: &Json, options: &[Choice]) -> Result<BTreeSet<String>, Problem> {
    let Json::Array(items) = json else { return Err(Problem::whole("Give a list of option keys; an empty list means none of them.")) };
    items.iter().map(|item| text_of(item, "the key of an option").and_then(|key| choice(&key, options))).collect()
}

fn number(json: &Json, limits: Option<&NumberLimits>) -> Result<f64, Problem> {
    let number = json.as_f64().ok_or_else(|| Problem::whole("Give a number."))?;
    limited(number, limits)
}

fn text_of(json: &Json, what: &str) -> Result<String, Problem> {
    match json {
        Json::String(text) => Ok(text.clone()),
        Json::Number(number) => Ok(number.to_string()),
        _ => Err(Problem::whole(format!("Give {what} in quotes."))),
    }
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("{short}...") } else { short }
}

/// Values by fact; `None` is "I don't know".
pub type Stated = Vec<(FactKey, Option<Value>)>;

/// Reads the facts map of a request or case: built-in and declared keys, each by its kind.
///
/// # Errors
/// The key, as written, and what is wrong with its value; a key that no question of the tree sets.
pub fn read_facts(tree: &Tree, facts: &BTreeMap<String, Json>, ladders: &Ladders) -> Result<Stated, Vec<(String, Problem)>> {
    read_all(facts, |written, json| read_fact(tree, written, json, ladders))
}

/// The same for facts of the tree of `closure` and of those that it jumps to, which are written `slug.key`.
///
/// # Errors
/// As for [`read_facts`].
pub fn read_facts_within(closure: &Closure, facts: &BTreeMap<String, Json>) -> Result<Stated, Vec<(String, Problem)>> {
    read_all(facts, |written, json| {
        let part = closure.knowing(written).unwrap_or(closure);
        read_fact(&part.tree, written, json, &part.ladders)
    })
}

fn read_all(
    facts: &BTreeMap<String, Json>,
    read: impl Fn(&str, &Json) -> Result<(FactKey, Option<Value>), Vec<Problem>>,
) -> Result<Stated, Vec<(String, Problem)>> {
    let mut values = Vec::new();
    let mut problems = Vec::new();
    for (written, json) in facts {
        match read(written, json) {
            Ok(stated) => values.push(stated),
            Err(found) => problems.extend(found.into_iter().map(|problem| (written.clone(), problem))),
        }
    }
    if problems.is_empty() { Ok(values) } else { Err(problems) }
}

fn read_fact(tree: &Tree, written: &str, json: &Json, ladders: &Ladders) -> Result<(FactKey, Option<Value>), Vec<Problem>> {
    let Some(kind) = Kind::of(tree, written) else {
        return Err(vec![Problem::whole(format!("No question of this guide sets \"{}\".", shortened(written)))]);
    };
    let key = FactKey::within(&tree.slug, written);
    if json.is_null() {
        return Ok((key, None));
    }
    read(kind, json, ladders, &tree.ladder).map(|value| (key, Some(value)))
}

#[cfg(test)]
mod tests;
