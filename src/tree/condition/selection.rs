//! Selections: the names and values that stand in a text between braces.

use std::fmt;

use super::ast::{Expr, List};
use super::eval::{self, RowScope};
use super::facts::Facts;
use super::parser::Parser;
use super::print::Name;
use super::{ParseError, Truth};
use crate::tree::fact::Value;

/// What stands between the braces of `{servers: is 5.0 below SP2}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection(pub(super) Kind);

/// The kinds of selections.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// `{servers: is 5.0}`, `{admin}`, `{share}`: names, or a value. `filter` is what a row of a list must fulfil.
    Fact { fact: String, filter: Option<Expr> },
    /// `{levels of servers: is behind}`: what each of these machines runs, and behind what.
    Levels { list: List, filter: Option<Expr> },
    /// `{ladder date}`, `{ladder date of 2019}`: up to when the ladder knows what came out.
    LadderDate { family: Option<String> },
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
    /// What each row of a list runs, in the list's order; `None` if the list was not stated.
    Levels(Option<Vec<LevelLine>>),
    /// A day or month as the ladder writes it; `None` if it has none.
    LadderDate(Option<String>),
    /// The name of one machine; `None` if it is not known.
    Subject(Option<String>),
    /// The value of a declared fact; `None` if it is not known.
    Value(Option<Value>),
}

/// What one machine runs, and behind what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelLine {
    /// A sentence without its full stop.
    pub text: String,
    /// Whether the machine belongs to the selection for sure.
    pub belongs: bool,
}

impl Selection {
    /// Reads what stands between the braces.
    ///
    /// # Errors
    /// The first mistake, with its line and column.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Parser::new(text)?.selection().map(Self)
    }

    /// The fact that is selected from, as the tree writes it; `None` if the ladder alone is.
    #[must_use]
    pub fn fact(&self) -> Option<&str> {
        match &self.0 {
            Kind::Fact { fact, .. } => Some(fact),
            Kind::Levels { list, .. } => Some(list.fact()),
            Kind::LadderDate { .. } => None,
        }
    }

    /// What a row must fulfil to be selected, if anything is said of it.
    pub(crate) fn filter(&self) -> Option<&Expr> {
        match &self.0 {
            Kind::Fact { filter, .. } | Kind::Levels { filter, .. } => filter.as_ref(),
            Kind::LadderDate { .. } => None,
        }
    }

    /// Whether it stands for a list with a line for each machine, which only a text of several lines has room for.
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self.0, Kind::Levels { .. })
    }

    /// What the selection stands for.
    #[must_use]
    pub fn select(&self, facts: &Facts<'_>) -> Selected {
        match &self.0 {
            Kind::Fact { fact, filter } => match List::ALL.into_iter().find(|list| list.fact() == fact) {
                Some(list) => names(list, filter.as_ref(), facts),
                None => select_value(fact, facts),
            },
            Kind::Levels { list, filter } => Selected::Levels(levels(*list, filter.as_ref(), facts)),
            Kind::LadderDate { family } => Selected::LadderDate(facts.product().and_then(|ladder| ladder.newest_date(family.as_deref())).map(str::to_owned)),
        }
    }
}

fn select_value(fact: &str, facts: &Facts<'_>) -> Selected {
    match facts.value(fact) {
        Some(Value::Subject(row)) => Selected::Subject(row.name.clone()),
        None if fact == "admin" => Selected::Subject(None),
        value => Selected::Value(value.cloned()),
    }
}

fn names(list: List, filter: Option<&Expr>, facts: &Facts<'_>) -> Selected {
    let (mut names, mut maybe) = (Vec::new(), Vec::new());
    let rows = rows(list, filter, facts);
    let known = rows.is_some();
    for (row, belongs) in rows.into_iter().flatten() {
        if belongs { names.push(called(&row)) } else { maybe.push(called(&row)) }
    }
    Selected::Rows { names, maybe, known }
}

fn levels(list: List, filter: Option<&Expr>, facts: &Facts<'_>) -> Option<Vec<LevelLine>> {
    let ladder = facts.product()?;
    let line = |(scope, belongs): (RowScope<'_>, bool)| {
        let build = scope.row.build.as_deref();
        let standing = ladder.standing(scope.row.level.as_deref(), build, true);
        LevelLine { text: ladder.in_words(&called(&scope), &standing, build), belongs }
    };
    Some(rows(list, filter, facts)?.into_iter().map(line).collect())
}

/// The rows that belong (`true`) or may belong (`false`), in their order; `None` if the list was not stated.
fn rows<'s>(list: List, filter: Option<&Expr>, facts: &Facts<'s>) -> Option<Vec<(RowScope<'s>, bool)>> {
    let Some(Value::Rows(stated)) = facts.value(list.fact()) else { return None };
    let scopes = stated.rows.iter().enumerate().map(|(index, row)| RowScope { var: None, list, index, row, outer: None });
    let selected = scopes.filter_map(|scope| match filter.map_or(Truth::True, |filter| eval::within(filter, facts, Some(&scope))) {
        Truth::True => Some((scope, true)),
        Truth::Unknown => Some((scope, false)),
        Truth::False => None,
    });
    Some(selected.collect())
}

fn called(scope: &RowScope<'_>) -> String {
    scope.row.name.clone().unwrap_or_else(|| format!("{} {}", scope.list.row(), scope.index + 1))
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let filter = match &self.0 {
            Kind::Fact { fact, filter } => {
                f.write_str(fact)?;
                filter
            }
            Kind::Levels { list, filter } => {
                write!(f, "levels of {}", list.fact())?;
                filter
            }
            Kind::LadderDate { family: None } => return f.write_str("ladder date"),
            Kind::LadderDate { family: Some(family) } => return write!(f, "ladder date of {}", Name(family)),
        };
        match filter {
            Some(filter) => write!(f, ": {filter}"),
            None => Ok(()),
        }
    }
}
