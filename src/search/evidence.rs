//! What the finder looks at.

use crate::tree::code::Code;
use crate::tree::fact::{Event, Row, Statement, Value};

/// What a visitor brought: the text as it is, and what was read from it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The text that is searched for events, codes, phrases and words.
    pub text: String,
    /// Event records that were read or typed.
    pub events: Vec<Event>,
    /// Error codes that were read or typed.
    pub codes: Vec<Code>,
    /// Levels of the servers, such as `5.5 SP3`, in the words of a ladder.
    pub levels: Vec<String>,
}

impl Evidence {
    /// The evidence of a paste and of the facts read from it. `text` is the paste as it is; where it is empty (after a link, or after the visitor
    /// corrected what was read), the messages and the events' descriptions among the facts stand for it.
    #[must_use]
    pub fn new(text: &str, statements: &[Statement]) -> Self {
        let mut evidence = Self { text: text.to_owned(), ..Self::default() };
        let mut messages: Vec<&str> = Vec::new();
        for value in statements.iter().filter_map(|statement| statement.value.as_ref()) {
            match value {
                Value::Messages(texts) => messages.extend(texts.iter().map(String::as_str)),
                Value::Events(events) => {
                    messages.extend(events.iter().filter_map(|event| event.text.as_deref()));
                    evidence.events.extend(events.iter().cloned());
                }
                Value::Codes(codes) => evidence.codes.extend(codes.iter().cloned()),
                Value::Rows(rows) => evidence.levels.extend(rows.rows.iter().filter_map(level)),
                _ => {}
            }
        }
        if text.trim().is_empty() {
            evidence.text = messages.join("\n");
        }
        evidence
    }
}

fn level(row: &Row) -> Option<String> {
    row.level.clone()
}
