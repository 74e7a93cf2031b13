//! What was read from a paste or a file: proposed facts, each with the lines it came from.

use std::ops::Range;

use crate::tree::code::Code;
use crate::tree::fact::{Event, FactKey, Row, Rows, Source, Statement, Value};

/// One thing that was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// The text of a dialog or of a line of a log, with its line ends.
    Message(String),
    /// A record of an event log. Its description counts as a message too, see [`Reading::statements`].
    Event(Event),
    /// An error code as it is written, together with nothing else of its line.
    Code(Code),
    /// A server; its level and build are those of a product's ladder, its `os` one of the ladder of Windows.
    Server(Box<Row>),
}

/// A fact that the visitor may confirm, correct or remove.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// What was read.
    pub item: Item,
    /// The lines that it was read from: positions in [`Reading::lines`].
    pub lines: Range<usize>,
    /// What the visitor should know of how it was read, in sentences: a guess, a contradiction, a part that was left out.
    pub remarks: Vec<String>,
}

/// Everything that was read from one paste or file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The evidence, line by line, without line ends.
    pub lines: Vec<String>,
    /// What was read, in order of the first line of each.
    pub proposals: Vec<Proposal>,
    /// Runs of lines from which nothing was read, without blank lines at their ends, in order.
    pub not_understood: Vec<Range<usize>>,
    /// What was left out because the evidence is larger than anything that an admin would read, in sentences.
    pub cut: Vec<String>,
}

impl Reading {
    /// The lines that a proposal was read from, joined by line ends.
    #[must_use]
    pub fn source_of(&self, proposal: &Proposal) -> String {
        self.lines.get(proposal.lines.clone()).unwrap_or_default().join("\n")
    }

    /// The first line that a proposal was read from.
    fn first_line(&self, proposal: &Proposal) -> &str {
        self.lines.get(proposal.lines.start).map_or("", |line| line.trim())
    }

    /// The proposals as statements, at most one for each of `text`, `events`, `codes` and `servers`. The `line` of a statement has one line for
    /// each element of its list: the first one that the element was read from.
    ///
    /// The description of an event is a message too, as `text` asks for what a dialog *or a log entry* says.
    #[must_use]
    pub fn statements(&self, source: Source) -> Vec<Statement> {
        let mut messages = Collected::default();
        let mut events = Collected::default();
        let mut codes = Collected::default();
        let mut servers = Collected::default();
        for proposal in &self.proposals {
            let line = self.first_line(proposal);
            match &proposal.item {
                Item::Message(message) => messages.add(message.clone(), line),
                Item::Event(event) => {
                    if let Some(text) = event.text.as_ref().filter(|text| !text.trim().is_empty()) {
                        messages.add(text.clone(), line);
                    }
                    events.add(event.clone(), line);
                }
                Item::Code(code) => codes.add(code.clone(), line),
                Item::Server(row) => servers.add((**row).clone(), line),
            }
        }
        [
            messages.statement("text", source, Value::Messages),
            events.statement("events", source, Value::Events),
            codes.statement("codes", source, Value::Codes),
            servers.statement("servers", source, |rows| Value::Rows(Rows { rows, more: false })),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The elements of one fact, each with its line. What is there already is not repeated.
struct Collected<T> {
    elements: Vec<T>,
    lines: Vec<String>,
}

impl<T> Default for Collected<T> {
    fn default() -> Self {
        Self { elements: Vec::new(), lines: Vec::new() }
    }
}

impl<T: PartialEq> Collected<T> {
    fn add(&mut self, element: T, line: &str) {
        if !self.elements.contains(&element) {
            self.elements.push(element);
            self.lines.push(line.to_owned());
        }
    }

    fn statement(self, key: &str, source: Source, value: impl FnOnce(Vec<T>) -> Value) -> Option<Statement> {
        let line = Some(self.lines.join("\n"));
        (!self.elements.is_empty()).then(|| Statement { key: FactKey::within("", key), value: Some(value(self.elements)), source, line })
    }
}
