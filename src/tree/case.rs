//! Running the cases that are kept with a tree.

use super::closure::{Closure, NodeRef};
use super::fact::{Sheet, Source, Statement};
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
    let facts = super::answer::read_facts(&closure.tree, &case.facts, &closure.ladders)
        .map_err(|problems| problems.iter().map(|(fact, problem)| format!("{fact}: {}", problem.message)).collect::<Vec<_>>().join(" "))?;
    let unknown = case.unknown.iter().map(|fact| (super::fact::FactKey::within(&closure.tree.slug, fact), None));
    let stated = facts.into_iter().chain(unknown);
    Ok(stated.map(|(key, value)| Statement { key, value, source: Source::Asked, line: None }).collect())
}

#[cfg(test)]
mod tests;
