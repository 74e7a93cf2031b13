//! Values of facts in words.

use std::collections::BTreeSet;

use crate::tree::fact::{Event, Held, Row, Value};
use crate::tree::model::Question;
use crate::tree::resolution::label_of;

/// A value, ready to be shown.
#[derive(Debug, Clone, Default)]
pub struct ValueWords {
    /// Lines of text.
    pub lines: Vec<String>,
    /// Machines, for lists of them.
    pub rows: Vec<RowWords>,
}

/// One machine of a list.
#[derive(Debug, Clone)]
pub struct RowWords {
    /// Its name.
    pub name: String,
    /// Version and service pack.
    pub level: String,
    /// Everything else that is known.
    pub rest: String,
}

/// What `held` says, in words; `question` gives the labels of options.
pub fn value(held: &Held, question: Option<&Question>) -> ValueWords {
    let Some(value) = &held.value else { return ValueWords { lines: vec!["not known".to_owned()], rows: Vec::new() } };
    let lines = match value {
        Value::Messages(messages) if messages.is_empty() => vec!["no message is shown".to_owned()],
        Value::Messages(messages) => messages.clone(),
        Value::Events(events) if events.is_empty() => vec!["no such event is logged".to_owned()],
        Value::Events(events) => events.iter().map(event).collect(),
        Value::Codes(codes) => codes.iter().map(ToString::to_string).collect(),
        Value::Rows(rows) => {
            let mut lines = Vec::new();
            if rows.more {
                lines.push("and more servers that are not listed".to_owned());
            }
            return ValueWords { lines, rows: rows.rows.iter().map(row).collect() };
        }
        Value::Subject(subject) => {
            let words = row(subject);
            vec![[words.name, words.level, words.rest].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")]
        }
        Value::Choice(key) => vec![option(question, key)],
        Value::Choices(keys) if keys.is_empty() => vec!["none of them".to_owned()],
        Value::Choices(keys) => chosen(question, keys),
        Value::YesNo(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        Value::Number(number) => vec![number_words(*number, question)],
        Value::Code(code) => vec![code.to_string()],
        Value::Text(text) => vec![text.clone()],
    };
    ValueWords { lines, rows: Vec::new() }
}

/// The chosen options in the order of the question.
fn chosen(question: Option<&Question>, keys: &BTreeSet<String>) -> Vec<String> {
    match question {
        Some(question) => question.options.iter().filter(|option| keys.contains(&option.key)).map(|option| option.label.clone()).collect(),
        None => keys.iter().cloned().collect(),
    }
}

fn option(question: Option<&Question>, key: &str) -> String {
    question.and_then(|question| label_of(&question.options, key)).unwrap_or_else(|| key.to_owned())
}

fn number_words(number: f64, question: Option<&Question>) -> String {
    let unit = question.and_then(|question| question.number.as_ref()).and_then(|limits| limits.unit.as_deref());
    unit.map_or_else(|| number.to_string(), |unit| format!("{number} {unit}"))
}

fn event(event: &Event) -> String {
    let id = event.id.map_or_else(|| "event".to_owned(), |id| id.to_string());
    let source = event.source.as_deref().unwrap_or_default();
    let head = format!("{id} {source}").trim().to_owned();
    match &event.text {
        Some(text) => format!("{head}\n{text}"),
        None => head,
    }
}

fn row(row: &Row) -> RowWords {
    let mut rest = Vec::new();
    rest.extend(row.os.clone());
    rest.extend(row.site.as_ref().map(|site| format!("site {site}")));
    rest.extend(row.build.as_ref().map(|build| format!("build {build}")));
    rest.extend([&row.platform, &row.edition, &row.language].into_iter().flatten().cloned());
    for marks in [&row.roles, &row.hotfixes, &row.history] {
        rest.extend(marks.stated.iter().cloned());
    }
    RowWords {
        name: row.name.clone().unwrap_or_default(),
        level: row.level.clone().unwrap_or_else(|| if row.build.is_some() { String::new() } else { "version not known".to_owned() }),
        rest: rest.join(", "),
    }
}

/// A few words on an answer, for the map: at most about a dozen letters.
pub fn short(held: &Held, question: &Question) -> Option<String> {
    let Some(value) = &held.value else { return Some("don't know".to_owned()) };
    let text = match value {
        Value::Events(events) => events.iter().filter_map(|event| event.id).map(|id| id.to_string()).next()?,
        Value::Rows(rows) => match rows.rows.len() {
            1 => "1 server".to_owned(),
            count => format!("{count} servers"),
        },
        Value::Subject(subject) => subject.level.clone()?,
        Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number_words(*number, Some(question)),
        Value::Code(code) => code.to_string(),
        Value::Codes(codes) => codes.first()?.to_string(),
        Value::Choice(key) => option(Some(question), key),
        Value::Messages(_) | Value::Choices(_) | Value::Text(_) => return None,
    };
    (text.chars().count() <= 14).then_some(text)
}
