//! Conditions: the closed language over facts in which branches are written (`trees/README.md`, section 3).
//!
//! A condition is read once ([`Condition::parse`]), printed in one canonical form (`Display`), and decided over what is
//! known ([`Condition::truth`]) in three values. It explains itself: which facts it needs ([`Condition::undecided`]), which part
//! of it decides ([`Condition::reason`]), what it says in English ([`Condition::sentence`]), and what is wrong with it
//! ([`Condition::problems`]). A [`Selection`] is the same language in a text: `{servers: is 5.0 below SP2}`.

pub(crate) mod action;
#[cfg(test)]
pub(crate) mod arbitrary;
pub(crate) mod ast;
mod eval;
mod explain;
#[cfg(test)]
mod explain_tests;
mod facts;
mod lexer;
mod parser;
mod print;
mod records;
mod scope;
mod selection;
mod sentence;
mod sought;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod truth;
#[cfg(test)]
mod worked;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use action::read_deed;
pub use facts::Facts;
pub(crate) use lexer::is_word_char;
pub use parser::is_reserved;
pub(crate) use parser::{is_fact, is_key};
pub use scope::{FactKind, Scope};
pub use selection::{LevelLine, Selected, Selection};
pub use sentence::{Words, briefs};
pub use sought::Sought;
pub use truth::Truth;

use ast::{Expr, LevelName};
use parser::Parser;

use super::fact::Event;
use super::message::Message;

/// A condition over facts. Its text form is canonical: two conditions are equal if and only if their texts are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Condition(Expr);

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// The first mistake, with its line and column.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut parser = Parser::new(text)?;
        let expr = parser.condition()?;
        parser.end()?;
        let condition = Self(expr);
        // The canonical text may have more blanks and brackets than this one, and it must be readable too.
        lexer::check_length(&condition.to_string())?;
        Ok(condition)
    }

    /// The condition of this shape, which must be one that a text can say.
    ///
    /// # Errors
    /// Its text cannot be read, or says something else: a name in it is no name, or it is too long or too deep.
    pub(crate) fn of_shape(expr: Expr) -> Result<Self, ParseError> {
        let read = Self::parse(&Self(expr.clone()).to_string())?;
        if read.0 == expr {
            return Ok(read);
        }
        Err(ParseError { line: 1, column: 1, message: "A name in the condition cannot be written.".to_owned(), help: None, expected: None })
    }

    /// The condition that the parts of another one make.
    pub(in crate::tree) fn of(expr: Expr) -> Self {
        Self(expr)
    }

    /// What the condition consists of.
    pub(crate) fn shape(&self) -> &Expr {
        &self.0
    }

    /// What is known about the condition.
    #[must_use]
    pub fn truth(&self, facts: &Facts<'_>) -> Truth {
        eval::truth(&self.0, facts)
    }
}

impl LevelName {
    /// Reads a family, or a family and a level of it, as conditions write them: `5.5`, `5.5 SP3`, `"NT 4.0" SP4`.
    ///
    /// # Errors
    /// The first mistake, with its line and column.
    pub(crate) fn parse(text: &str) -> Result<Self, ParseError> {
        let mut parser = Parser::new(text)?;
        let name = parser.level_name()?;
        parser.end()?;
        Ok(name)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Condition {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Condition {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Condition> for String {
    fn from(condition: Condition) -> Self {
        condition.to_string()
    }
}

/// What a test of one record comes to, or of one message, which is a record of a text alone.
pub(in crate::tree) fn test_record(test: &ast::TextExpr, record: &Event, text: Option<&Message>) -> Truth {
    eval::record(test, record, text)
}

/// A mistake in a condition's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to write instead, where that is known.
    pub help: Option<String>,
    /// What could stand at that place, where this is the mistake; the message says it too.
    pub expected: Option<String>,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)?;
        match &self.help {
            Some(help) => write!(f, " {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ParseError {}
