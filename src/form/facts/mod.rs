//! The form of facts: what was read from a paste, or what a link or another diagnosis says, to be checked, corrected and turned into statements.
//!
//! The form keeps everything in its own fields, so that nothing is stored before a diagnosis begins.

mod carried;
mod sent;
mod summary;

pub use summary::Summary;

use serde::{Deserialize, Serialize};

use super::{Cells, EventFields, Origin, Table, place, shortened};
use crate::evidence::{Item, Reading};
use crate::tree::event_source;
use crate::tree::fact::{Event, FactKey, Held, Source, Statement, Value};
use crate::tree::ladder::Ladders;

/// The most messages, events and codes each that are shown as fields; more of them are sent along unseen.
const MOST_SHOWN: usize = 20;
/// The most messages, events and codes each that are kept at all.
const MOST_KEPT: usize = 200;
/// The most runs of lines that were not understood which are quoted, and of each the most lines.
const MOST_QUOTES: usize = 12;
const MOST_QUOTED_LINES: usize = 8;

/// Facts as fields.
#[derive(Debug, Clone)]
pub struct FactForm {
    /// Messages.
    pub messages: Vec<Entry<String>>,
    /// Events.
    pub events: Vec<Entry<EventFields>>,
    /// Error codes.
    pub codes: Vec<Entry<String>>,
    /// Servers; without a row the table is not shown.
    pub servers: Table,
    /// Who says what stands in the fields, once they are sent.
    pub source: Source,
    /// What was left over.
    pub unread: Unread,
    /// Facts that have no fields: clients and the Administrator program.
    others: Vec<Statement>,
}

/// One fact and where it was read.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    /// What stands in its fields.
    pub typed: T,
    /// Where it was read.
    pub origin: Origin,
}

/// What was not understood, and what was left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Unread {
    /// Runs of lines that say nothing we know.
    pub quotes: Vec<Quote>,
    /// How many lines that are, also those that are not quoted.
    pub lines: usize,
    /// What was left out, in sentences.
    pub cut: Vec<String>,
}

/// A run of lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// Which lines.
    pub place: String,
    /// The lines, or the first of them.
    pub lines: Vec<String>,
}

impl FactForm {
    /// A form without facts.
    pub fn empty(source: Source, ladders: &Ladders) -> Self {
        Self {
            messages: Vec::new(),
            events: Vec::new(),
            codes: Vec::new(),
            servers: Table::of_servers(ladders),
            source,
            unread: Unread::default(),
            others: Vec::new(),
        }
    }

    /// The form of what was read from a paste and files; each reading comes with the name of its file. What is there twice is shown once.
    pub fn of_readings(readings: &[(Option<String>, Reading)], ladders: &Ladders) -> Self {
        let mut form = Self::empty(Source::Confirmed, ladders);
        let mut seen: Vec<&Item> = Vec::new();
        for (file, reading) in readings {
            for proposal in &reading.proposals {
                if !seen.contains(&&proposal.item) {
                    seen.push(&proposal.item);
                    form.push(&proposal.item, Origin::new(reading, proposal, file.as_deref()));
                }
            }
            form.unread.add(reading, file.as_deref());
        }
        form.limit();
        form
    }

    /// The form of what was stated before, by a link or in another diagnosis.
    pub fn of_statements(statements: &[Statement], source: Source, ladders: &Ladders) -> Self {
        let mut form = Self::empty(source, ladders);
        for statement in statements {
            form.add(statement);
        }
        form.limit();
        form
    }

    /// Adds a statement: lists as fields, with a line for each element, anything else unseen.
    fn add(&mut self, statement: &Statement) {
        let items: Vec<Item> = match &statement.value {
            Some(Value::Messages(messages)) => messages.iter().cloned().map(Item::Message).collect(),
            Some(Value::Events(events)) => events.iter().cloned().map(Item::Event).collect(),
            Some(Value::Codes(codes)) => codes.iter().cloned().map(Item::Code).collect(),
            Some(Value::Rows(rows)) if statement.key.as_str() == "servers" => {
                self.servers.more |= rows.more;
                rows.rows.iter().map(|row| Item::Server(Box::new(row.clone()))).collect()
            }
            Some(_) => return self.others.push(statement.clone()),
            None => return,
        };
        let mut lines = statement.line.as_deref().unwrap_or_default().split('\n');
        for item in items {
            let origin = Origin::of_line(&item, lines.next().unwrap_or_default());
            self.push(&item, origin);
        }
    }

    /// Adds an event that was typed beside the paste, unless the paste says as much.
    pub fn add_event(&mut self, event: Event) {
        let typed = EventFields::new(&event);
        let says_as_much = |other: &EventFields| {
            let same_id = typed.id.is_empty() || typed.id == other.id;
            let same_source = event.source.as_deref().is_none_or(|source| event_source::same(source, &other.source));
            same_id && same_source
        };
        if !self.events.iter().any(|event| says_as_much(&event.typed)) {
            self.events.push(Entry { typed, origin: Origin::default() });
        }
    }

    fn push(&mut self, item: &Item, origin: Origin) {
        match item {
            Item::Message(message) => self.messages.push(Entry { typed: message.clone(), origin }),
            Item::Event(event) => self.events.push(Entry { typed: EventFields::new(event), origin }),
            Item::Code(code) => self.codes.push(Entry { typed: code.to_string(), origin }),
            Item::Server(row) => {
                let mut cells = Cells::new(row, &self.servers.columns);
                cells.origin = origin;
                self.servers.rows.push(cells);
            }
        }
    }

    /// The description of an event is a message by itself, not a second time.
    fn drop_descriptions(&mut self) {
        let events = &self.events;
        self.messages.retain(|message| message.typed.is_empty() || !events.iter().any(|event| event.typed.text == message.typed));
    }

    /// Leaves out what no form can hold.
    fn limit(&mut self) {
        self.drop_descriptions();
        let mut cut = Vec::new();
        limit(&mut self.messages, "messages", &mut cut);
        limit(&mut self.events, "events", &mut cut);
        limit(&mut self.codes, "error codes", &mut cut);
        self.unread.cut.append(&mut cut);
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.events.is_empty() && self.codes.is_empty() && self.servers.rows.is_empty() && self.others.is_empty()
    }

    /// The messages that are shown as fields.
    pub fn shown_messages(&self) -> impl Iterator<Item = &Entry<String>> {
        self.messages.iter().take(MOST_SHOWN)
    }

    /// The events that are shown as fields.
    pub fn shown_events(&self) -> impl Iterator<Item = &Entry<EventFields>> {
        self.events.iter().take(MOST_SHOWN)
    }

    /// The codes that are shown as fields.
    pub fn shown_codes(&self) -> impl Iterator<Item = &Entry<String>> {
        self.codes.iter().take(MOST_SHOWN)
    }

    /// The facts that are not shown as fields, for the hidden field `facts`.
    pub fn unseen(&self) -> String {
        let mut rest = Self { messages: after(&self.messages), events: after(&self.events), codes: after(&self.codes), others: Vec::new(), ..self.clone() };
        rest.servers.rows.clear();
        // Whatever is beyond the fields was read from evidence or statements, so it has no mistakes.
        let statements = rest.list_statements().unwrap_or_default();
        carried::written(statements.iter().chain(&self.others))
    }

    /// How many facts are sent along unseen.
    pub fn unseen_count(&self) -> usize {
        [self.messages.len(), self.events.len(), self.codes.len()].into_iter().map(|count| count.saturating_sub(MOST_SHOWN)).sum::<usize>() + self.others.len()
    }

    /// What was left over, for the hidden field `unread`.
    pub fn unread_written(&self) -> String {
        serde_json::to_string(&self.unread).unwrap_or_default()
    }
}

/// The facts of a diagnosis that every tree understands, as the hidden field `facts` of a form that looks for another guide.
pub fn carried_over<'a>(held: impl Iterator<Item = (&'a FactKey, &'a Held)>) -> String {
    let statements: Vec<Statement> =
        held.map(|(key, held)| Statement { key: key.clone(), value: held.value.clone(), source: Source::Carried, line: held.line.clone() }).collect();
    carried::written(&statements)
}

fn after<T: Clone>(entries: &[Entry<T>]) -> Vec<Entry<T>> {
    entries.iter().skip(MOST_SHOWN).cloned().collect()
}

fn limit<T>(entries: &mut Vec<Entry<T>>, what: &str, cut: &mut Vec<String>) {
    if entries.len() > MOST_KEPT {
        cut.push(format!("{} {what} were read; the first {MOST_KEPT} are used.", entries.len()));
        entries.truncate(MOST_KEPT);
    }
}

impl Unread {
    fn add(&mut self, reading: &Reading, file: Option<&str>) {
        for range in &reading.not_understood {
            self.lines += range.len();
            if self.quotes.len() < MOST_QUOTES {
                let lines = reading.lines.get(range.clone()).unwrap_or_default();
                let lines = lines.iter().take(MOST_QUOTED_LINES).map(|line| shortened(line)).collect();
                self.quotes.push(Quote { place: place(range.start, range.len(), file), lines });
            }
        }
        let named = |cut: &String| file.map_or_else(|| cut.clone(), |file| format!("{file}: {cut}"));
        self.cut.extend(reading.cut.iter().map(named));
    }

    /// How many lines are not quoted.
    pub fn unquoted(&self) -> usize {
        self.lines.saturating_sub(self.quotes.iter().map(|quote| quote.lines.len()).sum())
    }
}

#[cfg(test)]
mod tests;
