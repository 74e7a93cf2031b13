//! Selections: the names and values that stand in a text between braces.

use std::fmt;

use super::ast::{Expr, List};
use super::eval::{self, RowScope};
use super::facts::Facts;
use super::parser::Parser;
use super::{ParseError, Truth};
use crate::tree::fact::Value;

/// What stands between the braces of `{servers: is 5.0 below SP2}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// The fact, as written.
    pub(super) fact: String,
    /// What a row of a list must fulfil.
    pub(super) filter: Option<Expr>,
}

/// What a selection stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Selected {
    /// Rows of a list, by name. A row without a name is called by its position, such as "server 2".
    Rows {
        /// The rows that belong.
        names: Vec<String>,
        /// The rows of which it is not known whether they belong.
        maybe: Vec<String>,
        /// Whether the list was stated.
        known: bool,
    },
    /// The name of one machine; `None` if it is not known.
    Subject(Option<String>),
    /// The value of a declared fact; `None` if it is not known.
    Value(Option<Value>),
}

impl Selection {
    /// Reads what stands between the braces.
    ///
    /// # Errors
    /// The first mistake, with its line and column.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut parser = Parser::new(text)?;
        let (fact, filter) = parser.selection()?;
        Ok(Self { fact, filter })
    }

    /// The fact that is selected from, as the tree writes it.
    #[must_use]
    pub fn fact(&self) -> &str {
        &self.fact
    }

    /// What the selection stands for.
    #[must_use]
    pub fn select(&self, facts: &Facts<'_>) -> Selected {
        if let Some(list) = List::ALL.into_iter().find(|list| list.fact() == self.fact) {
            return self.select_rows(list, facts);
        }
        match facts.value(&self.fact) {
            Some(Value::Subject(row)) => Selected::Subject(row.name.clone()),
            None if self.fact == "admin" => Selected::Subject(None),
            value => Selected::Value(value.cloned()),
        }
    }

    fn select_rows(&self, list: List, facts: &Facts<'_>) -> Selected {
        let (mut names, mut maybe) = (Vec::new(), Vec::new());
        let Some(Value::Rows(stated)) = facts.value(&self.fact) else { return Selected::Rows { names, maybe, known: false } };
        for (index, row) in stated.rows.iter().enumerate() {
            let scope = RowScope { var: None, list, index, row, outer: None };
            let name = row.name.clone().unwrap_or_else(|| format!("{} {}", list.row(), index + 1));
            match self.filter.as_ref().map_or(Truth::True, |filter| eval::within(filter, facts, Some(&scope))) {
                Truth::True => names.push(name),
                Truth::Unknown => maybe.push(name),
                Truth::False => {}
            }
        }
        Selected::Rows { names, maybe, known: true }
    }
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fact)?;
        match &self.filter {
            Some(filter) => write!(f, ": {filter}"),
            None => Ok(()),
        }
    }
}
