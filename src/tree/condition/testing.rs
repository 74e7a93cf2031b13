//! Facts for tests, written as JSON.

use std::sync::Arc;

use serde_json::{Value as Json, from_value, json};

use super::{Condition, Facts, Truth};
use crate::tree::fact::{FactKey, Rows, Sheet, Source, Statement, Value};
use crate::tree::ladder::Ladders;
use crate::tree::ladder::tests::{exchange, windows};

/// The slug of the tree that tests write conditions for.
pub(crate) const SLUG: &str = "tree";

/// One condition or more for each test of the language, in canonical form.
pub(crate) const CANONICAL: [&str; 40] = [
    "some server is 5.0 SP2",
    "every server where site = a.site and role has bridgehead: is 5.0",
    "no server is 5.5",
    "count(server is 5.5) >= 2",
    "some server a (is 5.0 SP2 and did(add to site) and every server in others(a) is 5.0 below SP2)",
    "some server (is 5.0 SP2 and every other server is 5.0 below SP2)",
    "admin is 5.5 at least SP1 or admin is 5.5 at most SP3 or admin is 5.5 above SP3",
    "admin older than 5.5 and admin older than 5.0 SP2 and admin newer than 5.0",
    "some server os is \"NT 4.0\" below SP4",
    "some server os older than 2000",
    "sender.level != receiver.level",
    "some server a (some client (level < a.level and os = a.os and site != a.site))",
    "some server (name = \"EX01\" and platform = \"Alpha\" and edition != \"Enterprise\" and language = \"German\")",
    "some server a (some other server (build >= 5.5.2650 and build < a.build))",
    "some server file(\"Store.exe\") >= 5.5.2651.32",
    "some server file(\"Store.exe\") < file(\"Mdbmsg.dll\")",
    "restored.file(\"Store.exe\") < original.file(\"Store.exe\")",
    "some server not has file \"Imcadmin.dll\"",
    "admin has file \"Imcadmin.dll\"",
    "some server hotfix(Q254805)",
    "some server role has \"directory bridgehead\"",
    "some server component(\"Calendar Connector\") is 5.5 at least SP4",
    "some server did(upgrade from 5.0 to 5.5)",
    "some server doing(apply 5.5 SP3)",
    "some server before(apply 4.0 SP2, apply 4.0 SP5)",
    "text(contains \"file replication\" and not code c10312c6)",
    "event(source MSExchangeSA and id 2037 and like \"*\\\\add-ins\\\\smtp*\")",
    "event((source \"MSExchangeIS Private\" or id 9) and matches \"\\\\d+\")",
    "code(-528)",
    "share = missing and share != there",
    "signs has network_path",
    "groupshield = yes and queue >= 100 and ndr = 0x80040000",
    "note(words \"a b\") and mail-queue.share = missing and mail-queue.sender is 5.5",
    "not (share = missing and (groupshield = yes or groupshield = no)) and not not share = there",
    "some server is 2000 \"post-SP3 Sep03\"",
    "some server is behind and every server where is 2019: not is on an ended line",
    "some server a (a is behind and admin is on an ended line and a.os is behind)",
    "no server newer than known",
    "admin is in an ended family and some server os is behind",
    "some server is \"behind\" or some server newer than \"known\"",
];

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
