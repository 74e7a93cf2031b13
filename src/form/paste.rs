//! What visitors paste into the card of a question, read into its form. Nothing is stored by that: the form is sent when they have checked it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Typed;
use super::table::Noun;
use crate::evidence::{self, Item, Reading, read_server_list};
use crate::tree::closure::Closure;
use crate::tree::code::Code;
use crate::tree::fact::{Event, Row};
use crate::tree::model::{Ask, Question};

/// The id and name of the box.
pub const PASTE: &str = "paste";

const MESSAGE: Noun = Noun { one: "message", many: "messages" };
const EVENT: Noun = Noun { one: "event", many: "events" };
const CODE: Noun = Noun { one: "code", many: "codes" };

/// What became of a paste.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadBack {
    /// How much was read, in sentences.
    pub said: String,
    /// What to know of how single entries were read.
    pub remarks: Vec<String>,
    /// Lines that were not understood, say something else than the question asks, or found no room in the form.
    pub left_out: Vec<String>,
}

/// Whether a form for `question` can be filled from a paste.
pub fn takes_paste(question: &Question) -> bool {
    match question.ask {
        Ask::Servers | Ask::Event | Ask::Code => true,
        Ask::Text => question.fact == "text",
        Ask::Choice | Ask::Choices | Ask::YesNo | Ask::Number => false,
    }
}

impl Typed {
    /// Reads `text` into the form: servers, events, messages or codes, as the question of the tree `part` asks for. What stood in the form stays,
    /// but a server that the paste names again is replaced.
    ///
    /// # Errors
    /// Why nothing was found, for the message beside the box.
    pub fn take_paste(&mut self, part: &Closure, question: &Question, text: &str) -> Result<ReadBack, String> {
        let reading = evidence::read(text, &part.ladders);
        let read = match self {
            Self::Messages(list) => Found::new(&reading, message).put_into(&MESSAGE, |texts| list.take(texts)),
            Self::Events(list) => Found::new(&reading, event).put_into(&EVENT, |events| list.take(&events)),
            Self::Table(table) => {
                let found = Found::new(&reading, server);
                let found = if found.entries.is_empty() { Found::in_list(text) } else { found.with_listed() };
                found.put_into(table.noun, |rows| table.take(&rows))
            }
            Self::Line(line) => Found::new(&reading, code).put_into(&CODE, |codes| line.take(&codes, question.fact == "codes")),
            Self::Choice(_) | Self::Choices(_) => None,
        };
        let read = read.map(|read| ReadBack { remarks: reading.cut.iter().cloned().chain(read.remarks).collect(), ..read });
        read.ok_or_else(|| nothing_found(self))
    }
}

fn nothing_found(typed: &Typed) -> String {
    let (one, hint) = match typed {
        Typed::Table(table) => (table.noun.one, "Paste all of the output, or write one a line: name, version, service pack."),
        Typed::Events(_) => (EVENT.one, "Paste all of the entry, with its source and number, or fill in the form above."),
        Typed::Line(_) => (CODE.one, "Paste the line with the number, or fill in the form above."),
        Typed::Messages(_) | Typed::Choice(_) | Typed::Choices(_) => (MESSAGE.one, "Paste all of the text, or fill in the form above."),
    };
    format!("No {one} was found in this. {hint}")
}

fn message(item: &Item) -> Option<String> {
    match item {
        Item::Message(text) => Some(text.clone()),
        Item::Event(event) => event.text.clone(),
        Item::Code(_) | Item::Server(_) => None,
    }
}

fn event(item: &Item) -> Option<Event> {
    if let Item::Event(event) = item { Some(event.clone()) } else { None }
}

fn server(item: &Item) -> Option<Row> {
    if let Item::Server(row) = item { Some((**row).clone()) } else { None }
}

fn code(item: &Item) -> Option<Code> {
    if let Item::Code(code) = item { Some(code.clone()) } else { None }
}

/// What a paste says about one question.
struct Found<T> {
    entries: Vec<Entry<T>>,
    /// Lines that say nothing about it.
    left_out: Vec<String>,
}

struct Entry<T> {
    value: T,
    source: String,
    remarks: Vec<String>,
}

impl<T> Found<T> {
    /// What `wanted` takes of `reading`.
    fn new(reading: &Reading, wanted: impl Fn(&Item) -> Option<T>) -> Self {
        let mut entries = Vec::new();
        let (mut used, mut unused) = (BTreeSet::new(), BTreeSet::new());
        for proposal in &reading.proposals {
            match wanted(&proposal.item) {
                Some(value) => {
                    used.extend(proposal.lines.clone());
                    entries.push(Entry { value, source: reading.source_of(proposal), remarks: proposal.remarks.clone() });
                }
                None => unused.extend(proposal.lines.clone()),
            }
        }
        unused.extend(reading.not_understood.iter().cloned().flat_map(Range::into_iter));
        let lines = unused.difference(&used).filter_map(|line| reading.lines.get(*line)).filter(|line| !line.trim().is_empty());
        Self { entries, left_out: lines.cloned().collect() }
    }

    /// Puts the entries into a form. `fill` says under which name each of them stands there, or that there is no room for it.
    fn put_into(self, noun: &Noun, fill: impl FnOnce(Vec<T>) -> Vec<Option<String>>) -> Option<ReadBack> {
        let mut values = Vec::new();
        let mut origins = Vec::new();
        for entry in self.entries {
            values.push(entry.value);
            origins.push((entry.source, entry.remarks));
        }
        let count = values.len();
        let mut said = match count {
            0 => return None,
            1 => format!("1 {} was read.", noun.one),
            _ => format!("{count} {} were read.", noun.many),
        };
        let (mut remarks, mut left_out) = (Vec::new(), Vec::new());
        for (name, (source, about)) in fill(values).into_iter().zip(origins) {
            match name {
                Some(name) => remarks.extend(about.into_iter().map(|remark| format!("{name}: {remark}"))),
                None => left_out.push(source),
            }
        }
        match left_out.len() {
            0 => {}
            1 => said.push_str(" 1 of them found no room here."),
            no_room => said.push_str(&format!(" {no_room} of them found no room here.")),
        }
        said.push_str(" Check what stands in the form, then press Continue.");
        left_out.extend(self.left_out);
        Some(ReadBack { said, remarks, left_out })
    }
}

impl Found<Row> {
    /// The servers of a plain list, one a line, whether or not their versions exist.
    fn in_list(text: &str) -> Self {
        let list = read_server_list(text);
        let entries = list.rows.into_iter().map(|(source, value)| Entry { value, source, remarks: Vec::new() });
        Self { entries: entries.collect(), left_out: list.not_understood }
    }

    /// Takes also those lines that stand in a list with a name and a version that is not known, or a name with a blank in it: the form says at the
    /// cell what is wrong.
    fn with_listed(mut self) -> Self {
        let is_listed = |line: &String| {
            let version = line.split(['\t', ';', ',']).nth(1).map(str::trim);
            version.is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit() || c == '?'))
        };
        let (listed, rest): (Vec<String>, Vec<String>) = self.left_out.into_iter().partition(is_listed);
        let listed = Self::in_list(&listed.join("\n"));
        self.entries.extend(listed.entries);
        self.left_out = [rest, listed.left_out].concat();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Proposal;

    fn reading() -> Reading {
        let proposal = |item, lines, remark: &str| Proposal { item, lines, remarks: vec![remark.to_owned()] };
        let event = Event { id: Some(7), source: None, text: Some("it broke".to_owned()) };
        Reading {
            lines: ["hello", "Event 7", "it broke", "", "c1030ad1"].map(str::to_owned).to_vec(),
            proposals: vec![
                proposal(Item::Event(event), 1..3, "no source"),
                proposal(Item::Code(Code::parse("c1030ad1").unwrap()), 4..5, "the error of a file replication"),
            ],
            not_understood: std::iter::once(0..1).collect(),
            cut: Vec::new(),
        }
    }

    #[test]
    fn each_question_takes_what_it_asks_for_and_shows_the_rest() {
        let named = |names: &[&str]| names.iter().map(|name| Some((*name).to_owned())).collect::<Vec<_>>();
        let events = Found::new(&reading(), event).put_into(&EVENT, |events| named(&["Event 7"]).into_iter().take(events.len()).collect()).unwrap();
        assert_eq!((events.remarks, events.left_out), (vec!["Event 7: no source".to_owned()], vec!["hello".to_owned(), "c1030ad1".to_owned()]));
        let codes = Found::new(&reading(), code).put_into(&CODE, |_| vec![None]).unwrap();
        assert_eq!(codes.said, "1 code was read. 1 of them found no room here. Check what stands in the form, then press Continue.");
        assert_eq!(codes.left_out, ["c1030ad1", "hello", "Event 7", "it broke"]);
        assert_eq!(Found::new(&reading(), message).entries.len(), 1, "the description of an event is a message too");
        assert!(Found::new(&reading(), server).put_into(&EVENT, |_| Vec::new()).is_none());
    }
}
