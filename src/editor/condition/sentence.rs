//! What a condition says, and what is wrong with it in its tree: the part of the page that follows every key press.

use crate::editor::words;
use crate::tree::check::fact_kind;
use crate::tree::condition::{Condition, FactKind, Scope};
use crate::tree::ladder::Ladders;
use crate::tree::model::Tree;
use crate::web::FieldErrors;

/// What stands above the form.
#[derive(Debug, Clone, Default)]
pub struct Says {
    /// The condition in English; `None` while it cannot be read.
    pub sentence: Option<String>,
    /// The condition as text.
    pub text: String,
    /// What is wrong with it in this tree, or, while it cannot be read, what is missing.
    pub problems: Vec<String>,
}

impl Says {
    /// Of what was typed, if it is a condition.
    #[must_use]
    pub fn new(condition: &Result<Condition, FieldErrors>, tree: &Tree, ladders: &Ladders) -> Self {
        match condition {
            Ok(condition) => Self {
                sentence: Some(sentence(tree, condition)),
                text: condition.to_string(),
                problems: with_scope(tree, ladders, |scope| condition.problems(scope)),
            },
            Err(errors) => Self { problems: errors.iter().map(|error| error.text.clone()).collect(), ..Self::default() },
        }
    }
}

/// Hands out what the names in a condition of `tree` mean.
pub fn with_scope<T>(tree: &Tree, ladders: &Ladders, see: impl FnOnce(&Scope<'_>) -> T) -> T {
    let kind = |fact: &str| -> Option<FactKind<'_>> { fact_kind(tree, fact) };
    see(&Scope { slug: &tree.slug, ladders, ladder: &tree.ladder, kind: &kind })
}

/// The condition in English, with a capital letter and a full stop.
#[must_use]
pub fn sentence(tree: &Tree, condition: &Condition) -> String {
    let clause = words::sentence(tree, condition);
    let mut letters = clause.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}
