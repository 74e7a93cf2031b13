//! What was read, in one line.

use super::FactForm;
use crate::tree::fact::{Statement, Value};
use crate::tree::wording::listed;
use crate::words;

/// The most events, codes and servers that are named.
const MOST_NAMED: usize = 4;

/// What was read, in words. The live preview and the page show the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// "1 message, event 2037 from MSExchangeSA and 3 servers (EX01 5.0 SP1, EX02 5.0 RTM, EX03 5.0 SP2)"; empty if nothing was read.
    pub read: String,
    /// How many lines were not understood.
    pub not_understood: usize,
    /// What was left out.
    pub cut: Vec<String>,
}

impl Summary {
    /// The summary of what `form` states.
    pub fn new(form: &FactForm, statements: &[Statement]) -> Self {
        let descriptions: Vec<&str> = form.events.iter().map(|event| event.typed.text.as_str()).collect();
        let parts: Vec<String> = statements.iter().filter_map(|statement| part(statement.value.as_ref()?, statement.key.as_str(), &descriptions)).collect();
        Self { read: listed(&parts), not_understood: form.unread.lines, cut: form.unread.cut.clone() }
    }
}

fn part(value: &Value, key: &str, descriptions: &[&str]) -> Option<String> {
    match value {
        // The description of an event is a message too, but not one that the visitor would count.
        Value::Messages(messages) => match messages.iter().filter(|message| !descriptions.contains(&message.as_str())).count() {
            0 => None,
            count => Some(counted(count, "message")),
        },
        Value::Events(events) => {
            let names: Vec<String> = events.iter().map(words::event_name).collect();
            Some(if names.len() <= MOST_NAMED { listed(&names) } else { format!("{} ({}, ...)", counted(names.len(), "event"), first(&names)) })
        }
        Value::Codes(codes) => {
            let names: Vec<String> = codes.iter().map(ToString::to_string).collect();
            Some(format!("error code{} {}", if names.len() == 1 { "" } else { "s" }, named(&names)))
        }
        Value::Rows(rows) => {
            let names: Vec<String> = rows.rows.iter().map(words::machine_name).collect();
            Some(format!("{} ({})", counted(names.len(), if key == "clients" { "client" } else { "server" }), named(&names)))
        }
        Value::Subject(_) => Some("the machine of the Administrator program".to_owned()),
        _ => None,
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn named(names: &[String]) -> String {
    if names.len() <= MOST_NAMED { names.join(", ") } else { format!("{}, ...", first(names)) }
}

fn first(names: &[String]) -> String {
    names.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ")
}
