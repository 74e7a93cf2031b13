//! Forms that ask for facts: what was typed, what it is read as, and what is wrong with it.
//!
//! A question is a form for one fact, with the card "How do I find out?"; what was pasted is a form for several. The visitor's pages and an author who
//! tries a draft show the same ones. What was typed is kept as it was typed, so that a form that comes back loses nothing. The templates are in
//! `templates/form/`. Nothing is stored here.

mod card;
mod cells;
mod facts;
mod level_cell;
mod lists;
mod origin;
mod paste;
mod simple;
mod table;

pub use card::{Card, CardState};
pub use cells::Cells;
pub use facts::{Entry, FactForm, Summary, carried_over};
pub use level_cell::LevelCell;
pub use lists::{EventFields, EventList, MessageList};
pub use origin::{Origin, place, shortened};
pub use paste::{PASTE, ReadBack, takes_paste};
pub use simple::{Choosing, Line};
pub use table::{CellKind, Table};

use crate::tree::answer::{Kind, check_rows, check_subject};
use crate::tree::closure::Closure;
use crate::tree::fact::{BUILT_IN, Value};
use crate::tree::model::{Ask, Question};
use crate::web::{Failure, FieldErrors, Fields};
use crate::words::capitalised;

/// What stands in the form of a question.
#[derive(Debug, Clone)]
pub enum Typed {
    /// Messages: the built-in fact `text`.
    Messages(MessageList),
    /// Events.
    Events(EventList),
    /// Servers, clients or one machine.
    Table(Box<Table>),
    /// One of the options, or yes and no.
    Choice(Choosing),
    /// Any number of options.
    Choices(Choosing),
    /// A number, a code, or free text of the tree's own.
    Line(Line),
}

/// What the visitor pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// The answer is as typed.
    Continue,
    /// "I don't know", where a card says how to find out: it is to open, and nothing is answered yet.
    FindOut,
    /// What was pasted into the card is to be read into the form; nothing is answered.
    ReadPaste,
    /// "I don't know", after all.
    DontKnow,
    /// The answer is taken back.
    TakeBack,
    /// The form is to come back with more or fewer rows; nothing is answered.
    Reshape,
}

impl Typed {
    /// An empty form for `question` of the tree `part`, or one that shows `value`.
    pub fn new(part: &Closure, question: &Question, value: Option<&Value>) -> Self {
        match question.ask {
            Ask::Text if question.fact == "text" => Self::Messages(MessageList::new(value)),
            Ask::Event => Self::Events(EventList::new(value)),
            Ask::Servers => Self::Table(Box::new(Table::new(part, question, value))),
            Ask::Choice | Ask::YesNo => Self::Choice(Choosing::new(question, value)),
            Ask::Choices => Self::Choices(Choosing::new(question, value)),
            Ask::Text | Ask::Code | Ask::Number => Self::Line(Line::new(value)),
        }
    }

    /// What was typed into the form of `question`, and what was pressed.
    ///
    /// # Errors
    /// A field that the form does not have, or has once and was sent twice.
    pub fn sent(part: &Closure, question: &Question, fields: &Fields) -> Result<(Self, Pressed), Failure> {
        let pressed = match fields.get("do")? {
            Some("find-out") => Pressed::FindOut,
            Some("read") => Pressed::ReadPaste,
            Some("unknown") => Pressed::DontKnow,
            Some("take-back") => Pressed::TakeBack,
            Some(_) => Pressed::Reshape,
            None if fields.iter().any(|(name, _)| name == "remove") => Pressed::Reshape,
            None => Pressed::Continue,
        };
        let typed = match question.ask {
            Ask::Text if question.fact == "text" => Self::Messages(MessageList::sent(fields)?),
            Ask::Event => Self::Events(EventList::sent(fields)?),
            Ask::Servers => Self::Table(Box::new(Table::sent(part, question, fields)?)),
            Ask::Choice | Ask::YesNo => Self::Choice(Choosing::sent(question, fields)?),
            Ask::Choices => Self::Choices(Choosing::sent(question, fields)?),
            Ask::Text | Ask::Code | Ask::Number => Self::Line(Line::sent(fields)?),
        };
        Ok((typed, pressed))
    }

    /// The value, or what is wrong, at the id of the control that must change.
    pub fn read(&self, part: &Closure, question: &Question) -> Result<Value, FieldErrors> {
        let kind = Kind::of(&part.tree, &question.fact);
        match self {
            Self::Messages(list) => list.read(),
            Self::Events(list) => list.read(),
            Self::Choice(choosing) => choosing.read_one(question),
            Self::Choices(choosing) => Ok(choosing.read_many()),
            Self::Line(line) => line.read(kind),
            Self::Table(table) => {
                let rows = table.read()?;
                let read = if kind == Some(Kind::Rows) {
                    check_rows(rows, &part.ladders, &part.tree.ladder).map(Value::Rows)
                } else {
                    let subject = rows.rows.into_iter().next().unwrap_or_default();
                    check_subject(subject, &part.ladders, &part.tree.ladder).map(|row| Value::Subject(Box::new(row)))
                };
                read.map_err(|problems| table.errors(problems))
            }
        }
    }
}

/// Whether the question asks for one machine rather than a list of them.
pub fn asks_for_one_machine(question: &Question) -> bool {
    question.ask == Ask::Servers && (question.fact == "admin" || !BUILT_IN.contains(&question.fact.as_str()))
}

/// How high a text's field is: as its lines, within bounds.
pub fn rows_for(text: &str) -> usize {
    text.lines().count().clamp(2, 10)
}

/// One message about the control `field`.
pub fn one_error(field: &str, message: String) -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.add(field, message);
    errors
}
