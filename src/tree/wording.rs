//! Texts with selections: `{servers: is 5.0 below SP2}` prints the visitor's own server names.

use super::condition::{Facts, LevelLine, ParseError, Scope, Selected, Selection};
use super::fact::Value;
use super::ladder::day_in_words;
use super::markdown;

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

/// How much room a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A title or a command.
    Line,
    /// Markdown of any number of lines.
    Markdown,
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
    /// What each machine runs, behind what, and since when. In pages it is a list of its own.
    Levels(Vec<LevelLine>),
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

    /// What is wrong with the text: selections of facts that nobody sets or of levels that no ladder has, lists where there is no room for one, and in
    /// Markdown HTML and links that are not shown.
    #[must_use]
    pub fn problems(&self, scope: &Scope<'_>, room: Room) -> Vec<String> {
        let misplaced = self.parts.iter().enumerate().filter_map(|(at, part)| match part {
            Part::Selection(list) if list.is_list() && (room == Room::Line || !self.is_alone(at)) => {
                Some(format!("{{{list}}} prints a list: it stands alone on a line of a Markdown text, such as the cause."))
            }
            _ => None,
        });
        let unshown = if room == Room::Markdown { markdown::problems(&self.around_selections()) } else { Vec::new() };
        self.selections().flat_map(|selection| selection.problems(scope)).chain(misplaced).chain(unshown).collect()
    }

    /// The author's words, with a word in the place of each selection: what stands between braces is no Markdown.
    fn around_selections(&self) -> String {
        self.parts.iter().map(|part| if let Part::Text(text) = part { text.as_str() } else { "selection" }).collect()
    }

    /// Whether the part has a line of its own.
    fn is_alone(&self, at: usize) -> bool {
        let is_text = |part: Option<&Part>, test: &dyn Fn(&str) -> bool| match part {
            None => true,
            Some(Part::Text(text)) => test(text.trim_matches(' ')),
            Some(Part::Selection(_)) => false,
        };
        let before = at.checked_sub(1).and_then(|before| self.parts.get(before));
        is_text(before, &|text| text.ends_with('\n')) && is_text(self.parts.get(at + 1), &|text| text.starts_with('\n'))
    }

    /// Fills the selections. `label` gives the words for the option `key` of the fact written as its first argument.
    #[must_use]
    pub fn fill(&self, facts: &Facts<'_>, label: &dyn Fn(&str, &str) -> Option<String>) -> Vec<Piece> {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => Piece::Text(text.clone()),
                Part::Selection(selection) => filled(selection, facts, label),
            })
            .collect()
    }

    /// The text with a blank in the place of each selection, as it is before anything is known.
    #[must_use]
    pub fn blanks(&self) -> Vec<Piece> {
        let piece = |part: &Part| match part {
            Part::Text(text) => Piece::Text(text.clone()),
            Part::Selection(selection) => Piece::Filled(Filled::Blank(selection.to_string())),
        };
        self.parts.iter().map(piece).collect()
    }

    fn selections(&self) -> impl Iterator<Item = &Selection> {
        self.parts.iter().filter_map(|part| match part {
            Part::Selection(selection) => Some(selection.as_ref()),
            Part::Text(_) => None,
        })
    }
}

fn filled(selection: &Selection, facts: &Facts<'_>, label: &dyn Fn(&str, &str) -> Option<String>) -> Piece {
    let blank = || Filled::Blank(selection.to_string());
    let label = |key: String| selection.fact().and_then(|fact| label(fact, &key)).unwrap_or(key);
    Piece::Filled(match selection.select(facts) {
        // The ladder's own date is no visitor's word: it stands in the text like the author's.
        Selected::LadderDate(Some(day)) => return Piece::Text(day_in_words(&day)),
        Selected::Rows { known: false, .. } | Selected::Levels(None) | Selected::LadderDate(None) | Selected::Subject(None) | Selected::Value(None) => blank(),
        Selected::Levels(Some(lines)) => Filled::Levels(lines),
        Selected::Rows { names, maybe, .. } => Filled::Names { names, maybe },
        Selected::Subject(Some(name)) => Filled::Names { names: vec![name], maybe: Vec::new() },
        Selected::Value(Some(Value::Choice(key))) => Filled::Answer(label(key)),
        Selected::Value(Some(Value::YesNo(yes))) => Filled::Answer(if yes { "yes" } else { "no" }.to_owned()),
        Selected::Value(Some(Value::Number(number))) => Filled::Answer(number.to_string()),
        Selected::Value(Some(Value::Code(code))) => Filled::Answer(code.to_string()),
        Selected::Value(Some(Value::Text(text))) => Filled::Answer(text),
        Selected::Value(Some(Value::Choices(keys))) => {
            let labels: Vec<String> = keys.into_iter().map(label).collect();
            Filled::Answer(listed(&labels))
        }
        Selected::Value(Some(_)) => blank(),
    })
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
    ParseError { line, column, message: message.to_owned(), help: Some(help.to_owned()), expected: None }
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
