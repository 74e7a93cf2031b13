//! A selection that is being built.

use crate::editor::condition::form::Form;
use crate::tree::condition::ast::LevelName;
use crate::tree::condition::{Scope, Selection};
use crate::tree::model::{NodeKind, Tree};
use crate::web::{Failure, FieldErrors, Fields};

/// What was typed into the form of a selection.
#[derive(Debug, Clone, Default)]
pub struct Selecting {
    /// What is printed: `servers`, `levels of servers`, `ladder date`, `admin`, or the key of a fact.
    pub what: String,
    /// The family whose date is printed; empty for the whole ladder.
    pub family: String,
    /// Which of the servers or clients; all of them if nothing is tested.
    pub form: Form,
}

impl Selecting {
    /// What was posted.
    ///
    /// # Errors
    /// [`Failure::BadInput`] for a field that was sent twice.
    pub fn read(fields: &Fields) -> Result<Self, Failure> {
        let get = |name: &str| Ok::<_, Failure>(fields.get(name)?.unwrap_or_default().to_owned());
        Ok(Self { what: get("what")?, family: get("family")?, form: Form::read(fields) })
    }

    /// Whether it prints something of each row of a list, so that a condition can say of which.
    #[must_use]
    pub fn has_filter(&self) -> bool {
        ["servers", "clients", "levels of servers", "levels of clients"].contains(&self.what.as_str())
    }

    /// The selection.
    ///
    /// # Errors
    /// What must change, beside the fields it is about.
    pub fn selection(&self, scope: &Scope<'_>) -> Result<Selection, FieldErrors> {
        let text = if self.has_filter() && !self.form.is_empty() {
            format!("{}: {}", self.what, self.form.condition(scope)?)
        } else if self.what == "ladder date" && !self.family.is_empty() {
            format!("ladder date of {}", LevelName { family: self.family.clone(), level: None })
        } else {
            self.what.clone()
        };
        let selection = Selection::parse(&text).map_err(|error| error.to_string());
        let problem = selection.as_ref().ok().and_then(|selection| selection.problems(scope).into_iter().next());
        let wrong = match (selection, problem) {
            (Ok(selection), None) => return Ok(selection),
            (Ok(_), Some(problem)) => problem,
            (Err(_), _) if self.what.is_empty() => "Choose what is printed.".to_owned(),
            (Err(message), _) => message,
        };
        let mut errors = FieldErrors::default();
        errors.add("what", wrong);
        Err(errors)
    }
}

/// What a text of `tree` can print: values and their words.
pub fn offers(tree: &Tree) -> Vec<(String, String)> {
    let fixed = [
        ("servers", "the names of servers"),
        ("clients", "the names of clients"),
        ("levels of servers", "a list: what each server runs, and what it lacks"),
        ("levels of clients", "a list: what each client runs, and what it lacks"),
        ("admin", "the name of the Administrator program\u{2019}s machine"),
        ("ladder date", "up to when the table of versions knows what came out"),
    ];
    let fixed = fixed.into_iter().map(|(value, words)| (value.to_owned(), words.to_owned()));
    let declared = tree.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Question(question) if !crate::tree::fact::BUILT_IN.contains(&question.fact.as_str()) => {
            Some((question.fact.clone(), format!("the answer to \u{201c}{}\u{201d}", node.title)))
        }
        _ => None,
    });
    fixed.chain(declared).collect()
}
