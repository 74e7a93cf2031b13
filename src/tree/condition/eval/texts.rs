//! Tests of messages and event records: all of one test is about the same message or record.

use super::super::ast::TextExpr;
use super::super::facts::Facts;
use super::super::truth::Truth;
use crate::tree::event_source;
use crate::tree::fact::{Event, Value};
use crate::tree::message::Message;

/// Whether some message of `fact` fulfils the test.
pub(super) fn messages(fact: &str, test: &TextExpr, facts: &Facts<'_>) -> Truth {
    let Some(texts) = facts.texts(fact) else { return Truth::Unknown };
    let nothing_else = Event::default();
    Truth::any(texts.iter().map(|text| holds(test, &nothing_else, text.as_ref())))
}

/// Whether some event record fulfils the test.
pub(super) fn records(test: &TextExpr, facts: &Facts<'_>) -> Truth {
    let (Some(Value::Events(records)), Some(texts)) = (facts.value("events"), facts.texts("events")) else {
        return Truth::Unknown;
    };
    Truth::any(records.iter().zip(texts.iter()).map(|(record, text)| holds(test, record, text.as_ref())))
}

/// Decides a test of one record, or of a message. A part that the record does not have is unknown.
pub(in super::super) fn holds(test: &TextExpr, record: &Event, text: Option<&Message>) -> Truth {
    let of_text = |test: &dyn Fn(&Message) -> bool| Truth::from(text.map(test));
    match test {
        TextExpr::All(parts) => Truth::all(parts.iter().map(|part| holds(part, record, text))),
        TextExpr::Any(parts) => Truth::any(parts.iter().map(|part| holds(part, record, text))),
        TextExpr::Not(part) => !holds(part, record, text),
        TextExpr::Contains(phrase) => of_text(&|text| text.contains(phrase)),
        TextExpr::Words(phrase) => of_text(&|text| text.has_words(phrase)),
        TextExpr::Like(glob) => of_text(&|text| glob.matches(text)),
        TextExpr::Matches(pattern) => of_text(&|text| pattern.matches(text.normal())),
        TextExpr::Code(code) => of_text(&|text| text.has_code(code)),
        TextExpr::Source(source) => record.source.as_ref().map(|stated| event_source::same(stated, source)).into(),
        TextExpr::Id(id) => record.id.map(|stated| stated == *id).into(),
    }
}
