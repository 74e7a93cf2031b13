//! Running the cases that are kept with a tree.

use serde_json::Value as Json;

use super::answer;
use super::closure::{Closure, NodeRef};
use super::fact::{FactKey, Sheet, Source, Statement, Value};
use super::model::Case;
use super::walk::{End, Tried, Walk, walk};

/// What a case expects when the walk is to end with nothing left to try.
pub const HAND_OVER: &str = "hand_over";

/// How a case went.
#[derive(Debug, Clone, PartialEq)]
pub struct Ran {
    /// The case's name.
    pub name: String,
    /// The walk it made.
    pub walk: Walk,
    /// What it ended on: an outcome's key, `hand_over`, or the question that it would ask next.
    pub got: String,
    /// Whether that is what the case expects.
    pub passed: bool,
}

/// Walks `case` over `closure`.
///
/// # Errors
/// A fact of the case cannot be read; the message names it.
pub fn run(closure: &Closure, case: &Case) -> Result<Ran, String> {
    let statements = statements(closure, case)?;
    let slug = &closure.tree.slug;
    let tried: Tried = case.answers.iter().map(|(key, helped)| (NodeRef::parse(key, slug), *helped)).collect();
    let walk = walk(closure, &Sheet::resolve(&statements), &tried);
    let got = match &walk.end {
        End::Outcome { node, .. } => node.written_in(slug),
        End::HandOver => HAND_OVER.to_owned(),
        End::Question { node, .. } => format!("the question {}", node.written_in(slug)),
    };
    let passed = got == case.expect;
    Ok(Ran { name: case.name.clone(), walk, got, passed })
}

/// What `case` comes to, in a sentence, if that is not what it expects. Facts that cannot be read are for the checks to name.
#[must_use]
pub fn failure(closure: &Closure, case: &Case) -> Option<String> {
    let ran = run(closure, case).ok().filter(|ran| !ran.passed)?;
    Some(format!("Case \"{}\" expects {} and comes to {}: correct the tree, or the case if it is outdated.", ran.name, case.expect, ran.got))
}

/// The facts of a case as statements, as if the visitor had answered every question.
///
/// # Errors
/// A fact of the case cannot be read; the message names it.
pub fn statements(closure: &Closure, case: &Case) -> Result<Vec<Statement>, String> {
    let facts = answer::read_facts_within(closure, &case.facts)
        .map_err(|problems| problems.iter().map(|(fact, problem)| format!("{fact}: {}", problem.message)).collect::<Vec<_>>().join(" "))?;
    if let Some(fact) = case.unknown.iter().find(|fact| closure.knowing(fact).is_none()) {
        return Err(format!("No question sets \"{fact}\"."));
    }
    let unknown = case.unknown.iter().map(|fact| (FactKey::within(&closure.tree.slug, fact), None));
    let stated = facts.into_iter().chain(unknown);
    Ok(stated.map(|(key, value)| Statement { key, value, source: Source::Asked, line: None }).collect())
}

impl Case {
    /// States a fact in a case of the tree `slug`, or that it is not known, instead of what the case said of it.
    pub fn say(&mut self, slug: &str, key: &FactKey, value: Option<&Value>) {
        self.unsay(slug, key);
        let written = written_key(slug, key);
        match value {
            Some(value) => {
                self.facts.insert(written, written_value(value));
            }
            None => self.unknown.push(written),
        }
    }

    /// Takes back what the case says of a fact.
    pub fn unsay(&mut self, slug: &str, key: &FactKey) {
        self.facts.retain(|written, _| FactKey::within(slug, written) != *key);
        self.unknown.retain(|written| FactKey::within(slug, written) != *key);
    }
}

/// How a fact is written in a case of the tree `slug`: bare in that tree, `slug.key` elsewhere.
fn written_key(slug: &str, key: &FactKey) -> String {
    let own = key.as_str().strip_prefix(slug).and_then(|rest| rest.strip_prefix('.'));
    own.unwrap_or(key.as_str()).to_owned()
}

/// A value as authors write it: the level of a machine is its `version`, and a whole number has no decimals.
fn written_value(value: &Value) -> Json {
    // What a form has read can always be written.
    let mut json = serde_json::to_value(value).unwrap_or_default();
    match (&mut json, value) {
        (json, Value::Number(number)) => {
            if let Ok(whole) = number.to_string().parse::<i64>() {
                *json = whole.into();
            }
        }
        (Json::Array(rows), Value::Rows(_)) => rows.iter_mut().for_each(name_version),
        (Json::Object(fields), Value::Rows(_)) => {
            if let Some(Json::Array(rows)) = fields.get_mut("rows") {
                rows.iter_mut().for_each(name_version);
            }
        }
        (row, Value::Subject(_)) => name_version(row),
        _ => {}
    }
    json
}

fn name_version(row: &mut Json) {
    if let Json::Object(fields) = row
        && let Some(level) = fields.remove("level")
    {
        fields.insert("version".to_owned(), level);
    }
}

#[cfg(test)]
mod tests;
