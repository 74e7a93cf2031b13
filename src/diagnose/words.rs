//! Facts, sources and reasons in words.

use std::collections::BTreeSet;

use crate::tree::closure::{Closure, NodeRef};
use crate::tree::condition::Condition;
use crate::tree::fact::{Event, FactKey, Held, Row, Source, Value};
use crate::tree::model::{Ask, Question};
use crate::tree::resolution::label_of;
use crate::tree::wording::listed;
use crate::visit::Visit;
use crate::web::time;

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

/// The day on which the version that the diagnosis is pinned to was withdrawn, if it was.
pub fn withdrawn(visit: &Visit) -> Option<String> {
    visit.version.withdrawn_at.map(time::day)
}

/// Who said it.
pub fn source(held: &Held) -> &'static str {
    let has_line = held.line.as_deref().is_some_and(|line| !line.trim().is_empty());
    match held.source {
        Source::Confirmed if super::doors::is_from_link(held) => "from the link, confirmed by you",
        Source::Asked if held.value.is_none() => "you don't know it",
        Source::Asked => "your answer",
        Source::Confirmed | Source::Pasted | Source::Carried if has_line => "known from what you pasted",
        Source::Confirmed => "confirmed by you",
        Source::Pasted => "pasted by you",
        Source::Uploaded => "read from your file",
        Source::Linked => "from the link",
        Source::Carried => "from an earlier diagnosis",
    }
}

/// Where each element of the fact was read: its line, unless that says no more than the value, or that the visitor corrected it.
pub fn lines(held: &Held) -> Vec<String> {
    let (Some(value), Some(lines)) = (&held.value, &held.line) else { return Vec::new() };
    // For each element what it is called where it has no line, and the text that its line would only repeat.
    let elements: Vec<(String, &str)> = match value {
        Value::Messages(messages) => messages.iter().map(|message| ("A message".to_owned(), message.trim_start())).collect(),
        Value::Events(events) => events.iter().map(|event| (capitalised(&event_name(event)), "")).collect(),
        Value::Codes(codes) => codes.iter().map(|code| (code.to_string(), code.as_str())).collect(),
        Value::Rows(rows) => rows.rows.iter().map(|row| (row.name.clone().unwrap_or_default(), "")).collect(),
        _ => Vec::new(),
    };
    let mut shown: Vec<String> = Vec::new();
    for ((name, repeated), line) in elements.into_iter().zip(lines.split('\n').map(str::trim).chain(std::iter::repeat(""))) {
        let words = match line {
            "" => format!("{name}: corrected or added by you"),
            line if repeated.starts_with(line) => continue,
            line => format!("\u{201c}{line}\u{201d}"),
        };
        if !shown.contains(&words) {
            shown.push(words);
        }
    }
    shown
}

/// What an event is called: "event 2037 from MSExchangeSA".
pub fn event_name(event: &Event) -> String {
    let id = event.id.map(|id| format!(" {id}")).unwrap_or_default();
    let source = event.source.as_deref().map(|source| format!(" from {source}")).unwrap_or_default();
    format!("event{id}{source}")
}

/// What a machine is called: "EX01 5.0 SP1".
pub fn machine_name(row: &Row) -> String {
    [row.name.as_deref(), row.level.as_deref().or(row.build.as_deref())].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The name of a fact: the title of the question that sets it.
pub fn fact_name(closure: &Closure, key: &FactKey) -> String {
    match closure.question_for(key) {
        Some((_, node, _)) => node.title.clone(),
        None => built_in_name(key),
    }
}

/// The name of a fact that no question sets.
pub fn built_in_name(key: &FactKey) -> String {
    match key.as_str() {
        "text" => "Error text".to_owned(),
        "events" => "Events".to_owned(),
        "codes" => "Error codes".to_owned(),
        "servers" => "Servers".to_owned(),
        "clients" => "Clients".to_owned(),
        "admin" => "Administrator program".to_owned(),
        _ => key.bare().replace('_', " "),
    }
}

/// Parts of conditions of the tree `part` as one sentence.
pub fn sentence(part: &Closure, parts: &[Condition]) -> String {
    let words = |fact: &str, option: Option<&str>| {
        let (node, question) = part.tree.question_for(fact)?;
        match option {
            None => Some(node.title.clone()),
            Some(key) if question.ask == Ask::YesNo => Some(key.to_owned()),
            Some(key) => label_of(&question.options, key),
        }
    };
    let sentences: Vec<String> = parts.iter().map(|part| part.sentence(&words)).collect();
    capitalised(&listed(&sentences))
}

/// The title of a node.
pub fn title(closure: &Closure, node: &NodeRef) -> String {
    closure.node(node).map_or_else(|| node.to_string(), |(_, node)| node.title.clone())
}

/// The text with its first letter in upper case.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
