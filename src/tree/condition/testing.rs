//! Facts for tests, written as JSON.

use std::sync::Arc;

use serde_json::{Value as Json, from_value, json};

use super::{Condition, Facts, Truth};
use crate::tree::fact::{FactKey, Rows, Sheet, Source, Statement, Value};
use crate::tree::ladder::Ladders;
use crate::tree::ladder::tests::{exchange, windows};

/// The slug of the tree that tests write conditions for.
pub(crate) const SLUG: &str = "tree";

/// What a visitor stated.
#[derive(Clone)]
pub(crate) struct World {
    statements: Vec<Statement>,
    ladders: Ladders,
}

impl World {
    /// Nobody stated anything.
    pub(crate) fn new() -> Self {
        Self { statements: Vec::new(), ladders: Ladders::new([Arc::new(exchange()), Arc::new(windows())]) }
    }

    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        self.state(name, Some(value));
        self
    }

    /// Somebody answered "I don't know".
    pub(crate) fn not_known(mut self, name: &str) -> Self {
        self.state(name, None);
        self
    }

    fn state(&mut self, name: &str, value: Option<Value>) {
        self.statements.push(Statement { key: FactKey::within(SLUG, name), value, source: Source::Asked, line: None });
    }

    /// A complete list of machines.
    pub(crate) fn rows(self, name: &str, rows: Json) -> Self {
        self.with(name, Value::Rows(Rows { rows: from_value(rows).unwrap(), more: false }))
    }

    /// Servers EX01, EX02 ... with these levels.
    pub(crate) fn servers(self, levels: &[&str]) -> Self {
        self.rows("servers", named(levels))
    }

    /// The same, and there are more.
    pub(crate) fn servers_and_more(self, levels: &[&str]) -> Self {
        self.with("servers", Value::Rows(Rows { rows: from_value(named(levels)).unwrap(), more: true }))
    }

    pub(crate) fn subject(self, name: &str, row: Json) -> Self {
        self.with(name, Value::Subject(Box::new(from_value(row).unwrap())))
    }

    pub(crate) fn texts(self, texts: &[&str]) -> Self {
        self.with("text", Value::Messages(texts.iter().map(|&text| text.to_owned()).collect()))
    }

    pub(crate) fn events(self, events: Json) -> Self {
        self.with("events", Value::Events(from_value(events).unwrap()))
    }

    pub(crate) fn choice(self, name: &str, option: &str) -> Self {
        self.with(name, Value::Choice(option.to_owned()))
    }

    /// Runs `look` with the facts.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Facts<'_>) -> T) -> T {
        let sheet = Sheet::resolve(&self.statements);
        look(&Facts::new(SLUG, &sheet, &self.ladders, "exchange"))
    }

    pub(crate) fn truth(&self, condition: &str) -> Truth {
        let condition = Condition::parse(condition).unwrap_or_else(|error| panic!("{condition}: {error}"));
        self.look(|facts| condition.truth(facts))
    }

    pub(crate) fn ladders(&self) -> &Ladders {
        &self.ladders
    }
}

/// Rows with these levels; an empty level is unknown.
fn named(levels: &[&str]) -> Json {
    levels
        .iter()
        .enumerate()
        .map(
            |(at, level)| {
                if level.is_empty() { json!({"name": format!("EX0{}", at + 1)}) } else { json!({"name": format!("EX0{}", at + 1), "version": level}) }
            },
        )
        .collect()
}
