//! Conditions and selections as authors write them: answers to the question for short, and for what cannot be read a message in plain words that says
//! what to write. What is stored is always the language of the file format.

mod answers;
mod corrections;
mod examples;
mod machines;
mod refusal;
#[cfg(test)]
mod tests;
mod words;

use crate::editor::condition::sentence::with_scope;
use crate::tree::check::fact_kind;
use crate::tree::condition::{Condition, FactKind, ParseError, Scope, Selection};
use crate::tree::ladder::{Ladder, Ladders};
use crate::tree::model::{Ask, Choice, NodeKind, Tree};
pub use refusal::Refusal;

/// What a fork asks, for branches that are written as one of its answers.
pub struct Asked<'a> {
    /// The fact that the question sets.
    pub fact: &'a str,
    /// Its kind.
    pub ask: Ask,
    /// Its options, if it has any.
    pub options: &'a [Choice],
}

/// What the words of a condition can mean.
pub struct Known<'a> {
    /// The question whose branch it is, as it stands in the form; `None` for a route and for texts.
    pub asked: Option<&'a Asked<'a>>,
    /// The tree, as it is stored.
    pub tree: &'a Tree,
    /// The ladders.
    pub ladders: &'a Ladders,
}

/// Reads a condition, or an answer for short.
///
/// # Errors
/// What to write instead.
pub fn condition(text: &str, known: &Known<'_>) -> Result<Condition, Refusal> {
    let full = known.asked.and_then(|asked| answers::in_full(text, asked, known.tree));
    Condition::parse(full.as_deref().unwrap_or(text)).map_err(|error| {
        if answers::says_not_known(text) {
            return Refusal::not_known(text);
        }
        let (shown, error) = as_written(text, full.as_deref(), error, known);
        Refusal::new("condition", shown, &error, corrections::condition(text, known), &examples::conditions(known))
    })
}

/// What a message quotes, and the mistake in it: of the long form of a text's tests those alone, without the brackets that nobody wrote.
fn as_written<'t>(text: &'t str, full: Option<&'t str>, error: ParseError, known: &Known<'_>) -> (&'t str, ParseError) {
    let Some(full) = full else { return (text, error) };
    let tests = known.asked.and_then(|asked| full.strip_prefix(asked.fact)?.strip_prefix('(')?.strip_suffix(')'));
    match tests {
        Some(tests) => (tests, ParseError { column: error.column.saturating_sub(full.chars().count() - tests.chars().count() - 1).max(1), ..error }),
        None => (full, error),
    }
}

/// What to write in place of a text whose selections cannot be read, for which the parser gave `error`.
pub fn wording(text: &str, error: &ParseError, known: &Known<'_>) -> Refusal {
    match corrections::unreadable_selection(text) {
        Some((selection, error)) => {
            Refusal::new("selection", selection, &error, corrections::selection(selection, known), &examples::selections(known)).in_braces(selection)
        }
        None => Refusal::of_brace(text, error),
    }
}

impl<'a> Known<'a> {
    /// The table of versions that the tree's levels belong to.
    fn ladder(&self) -> Option<&'a Ladder> {
        self.ladders.get(&self.tree.ladder).map(AsRef::as_ref)
    }

    /// What each question is called, with its fact.
    fn titles(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.tree.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Question(question) => Some((node.title.as_str(), question.fact.as_str())),
            _ => None,
        })
    }

    /// The kind of a declared fact: that of the form before that of the stored tree.
    fn kind(&self, fact: &str) -> Option<FactKind<'a>> {
        let Some(asked) = self.asked.filter(|asked| asked.fact == fact && !crate::tree::fact::BUILT_IN.contains(&fact)) else {
            return fact_kind(self.tree, fact);
        };
        match asked.ask {
            Ask::YesNo => Some(FactKind::YesNo),
            Ask::Choice => Some(FactKind::Choice(asked.options)),
            Ask::Choices => Some(FactKind::Choices(asked.options)),
            Ask::Text => Some(FactKind::Text),
            Ask::Number => Some(FactKind::Number),
            Ask::Code => Some(FactKind::Code),
            Ask::Servers => Some(FactKind::Subject),
            Ask::Event => None,
        }
    }

    /// The canonical text of a condition that can be read and means something in this tree.
    fn sound_condition(&self, text: &str) -> Option<String> {
        let condition = Condition::parse(text).ok()?;
        self.scoped(|scope| condition.problems(scope).is_empty()).then(|| condition.to_string())
    }

    /// The same of a selection.
    fn sound_selection(&self, text: &str) -> Option<String> {
        let selection = Selection::parse(text).ok()?;
        self.scoped(|scope| selection.problems(scope).is_empty()).then(|| selection.to_string())
    }

    fn scoped<T>(&self, see: impl FnOnce(&Scope<'_>) -> T) -> T {
        with_scope(self.tree, self.ladders, |stored| see(&Scope { kind: &|fact| self.kind(fact), ..*stored }))
    }
}
