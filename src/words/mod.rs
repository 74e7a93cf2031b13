//! A walk in words: facts and their sources, reasons, and an outcome with its procedures, as pages show them.
//!
//! The visitor's pages and an author who tries a draft read the same. Nothing here knows a diagnosis or a draft: it is told from the tree, what is known
//! and the walk. The templates are in `templates/words/`.

pub mod ends;
mod known;
mod outcome;
mod reasons;
mod source;
mod value;
mod written;

pub use known::{FactLine, Known, Links};
pub use outcome::{OutcomeWords, ProcedureWords, StepWords};
pub use reasons::{Reason, Walked};
pub use source::{EVENT_VIEWER, LINK, lines, source};
pub use value::{RowWords, ValueWords, short, value};
pub use written::written;

use crate::tree::closure::{Closure, NodeRef};
use crate::tree::condition::Condition;
use crate::tree::fact::{Event, FactKey, Row};
use crate::tree::model::Ask;
use crate::tree::resolution::label_of;
use crate::tree::wording::listed;

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
