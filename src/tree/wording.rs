//! Texts with selections: `{servers: is 5.0 below SP2}` prints the visitor's own server names.

use super::condition::{Facts, ParseError, Scope, Selected, Selection};
use super::fact::Value;

/// A text that an author wrote, cut at its selections.
#[derive(Debug, Clone, PartialEq)]
pub struct Wording {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    Selection(Box<Selection>),
}

/// A piece of a filled text.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// The author's words.
    Text(String),
    /// What a selection stands for.
    Filled(Filled),
}

/// What a selection stands for in one diagnosis.
#[derive(Debug, Clone, PartialEq)]
pub enum Filled {
    /// Names of machines. `maybe` are those of which it is not known whether they belong.
    Names {
        /// Those that belong.
        names: Vec<String>,
        /// Those that may belong.
        maybe: Vec<String>,
    },
    /// The answer to a declared fact, as the visitor reads it.
    Answer(String),
    /// Nothing is known; the text says what belongs here.
    Blank(String),
}

impl Wording {
    /// Cuts `text` at its selections. `{{` and `}}` are braces.
    ///
    /// # Errors
    /// A selection that does not parse, or a brace that is not closed; line and column are those of `text`.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            plain.push_str(before);
            if let Some(after) = from.strip_prefix("{{") {
                plain.push('{');
                rest = after;
            } else if let Some(after) = from.strip_prefix("}}") {
                plain.push('}');
                rest = after;
            } else if let Some(inner) = from.strip_prefix('{') {
                let offset = text.len() - inner.len();
                let Some(end) = inner.find('}') else {
                    return Err(error_at(text, offset - 1, "this brace is not closed", "Close the selection with \"}\", or write \"{{\" for a brace."));
                };
                let (selection, after) = inner.split_at(end);
                let selection = Selection::parse(selection).map_err(|error| shifted(text, offset, error))?;
                if !plain.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                }
                parts.push(Part::Selection(Box::new(selection)));
                rest = after.strip_prefix('}').unwrap_or(after);
            } else {
                let offset = text.len() - from.len();
                return Err(error_at(text, offset, "this brace was not opened", "Write \"}}\" for a brace."));
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self { parts })
    }

    /// Whether a selection stands in it.
    #[must_use]
    pub fn has_selections(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Selection(_)))
    }

    /// What is wrong with the selections: facts that nobody sets, levels that no ladder has.
    #[must_use]
    pub fn problems(&self, scope: &Scope<'_>) -> Vec<String> {
        self.selections().flat_map(|selection| selection.problems(scope)).collect()
    }

    /// Fills the selections. `label` gives the words for the option `key` of the fact written as its first argument.
    #[must_use]
    pub fn fill(&self, facts: &Facts<'_>, label: &dyn Fn(&str, &str) -> Option<String>) -> Vec<Piece> {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => Piece::Text(text.clone()),
                Part::Selection(selection) => Piece::Filled(filled(selection, facts, label)),
            })
            .collect()
    }

    fn selections(&self) -> impl Iterator<Item = &Selection> {
        self.parts.iter().filter_map(|part| match part {
            Part::Selection(selection) => Some(selection.as_ref()),
            Part::Text(_) => None,
        })
    }
}

fn filled(selection: &Selection, facts: &Facts<'_>, label: &dyn Fn(&str, &str) -> Option<String>) -> Filled {
    let blank = || Filled::Blank(selection.to_string());
    match selection.select(facts) {
        Selected::Rows { known: false, .. } | Selected::Subject(None) | Selected::Value(None) => blank(),
        Selected::Rows { names, maybe, .. } if names.is_empty() && maybe.is_empty() => Filled::Names { names: Vec::new(), maybe: Vec::new() },
        Selected::Rows { names, maybe, .. } => Filled::Names { names, maybe },
        Selected::Subject(Some(name)) => Filled::Names { names: vec![name], maybe: Vec::new() },
        Selected::Value(Some(Value::Choice(key))) => Filled::Answer(label(selection.fact(), &key).unwrap_or(key)),
        Selected::Value(Some(Value::YesNo(yes))) => Filled::Answer(if yes { "yes" } else { "no" }.to_owned()),
        Selected::Value(Some(Value::Number(number))) => Filled::Answer(number.to_string()),
        Selected::Value(Some(Value::Code(code))) => Filled::Answer(code.to_string()),
        Selected::Value(Some(Value::Text(text))) => Filled::Answer(text),
        Selected::Value(Some(Value::Choices(keys))) => {
            let labels: Vec<String> = keys.into_iter().map(|key| label(selection.fact(), &key).unwrap_or(key)).collect();
            Filled::Answer(listed(&labels))
        }
        Selected::Value(Some(_)) => blank(),
    }
}

/// Names in a sentence: "EX01", "EX01 and EX02", "EX01, EX02 and EX03".
#[must_use]
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Whether `name` may be filled into a command: letters, digits, `.`, `-` and `_`, at most 63 of them, not starting with `-`.
#[must_use]
pub fn is_safe_in_command(name: &str) -> bool {
    (1..=63).contains(&name.len()) && !name.starts_with('-') && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn error_at(text: &str, offset: usize, message: &str, help: &str) -> ParseError {
    let (line, column) = position(text, offset);
    ParseError { line, column, message: message.to_owned(), help: Some(help.to_owned()) }
}

fn shifted(text: &str, offset: usize, error: ParseError) -> ParseError {
    let (line, column) = position(text, offset);
    let column = if error.line == 1 { column + error.column - 1 } else { error.column };
    ParseError { line: line + error.line - 1, column, ..error }
}

/// Line and column (both from 1, in characters) of the byte `offset`.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests;
