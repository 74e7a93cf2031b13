//! The plain checks: everything that can be said about a tree without enumerating its space.
//!
//! A draft must pass them before it is published. Whether branches overlap or leave holes is for the proof.

mod graph;
mod node;

use std::collections::BTreeMap;

use super::answer::Kind;
use super::condition::{FactKind, Scope};
use super::ladder::Ladders;
use super::model::{NodeKind, Tree};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The tree must not be published.
    Error,
    /// The author should look.
    Warning,
}

/// Something wrong with a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The node it is about; `None` for the tree as a whole.
    pub node: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Finding {
    fn error(node: Option<&str>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, node: node.map(str::to_owned), message: message.into() }
    }

    fn warning(node: Option<&str>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, node: node.map(str::to_owned), message: message.into() }
    }
}

/// The most procedures of one outcome.
pub const MAX_PROCEDURES: usize = 3;
/// The most ways to find a fact out that one card names.
pub const MAX_LOOKUPS: usize = 4;
/// The longest words for where to look, in characters.
pub const MAX_PLACE: usize = 80;
/// The longest steps, command or sample of a card, in characters of each.
pub const MAX_LOOKUP_TEXT: usize = 2_000;
/// The longest node title that fits the map, in characters.
pub const MAX_TITLE: usize = 26;

/// Checks `tree`; findings are in the order of its nodes, those about the whole tree first.
#[must_use]
pub fn check(tree: &Tree, ladders: &Ladders) -> Vec<Finding> {
    let mut findings = whole(tree, ladders);
    let kinds = |fact: &str| fact_kind(tree, fact);
    let scope = Scope { slug: &tree.slug, ladders, ladder: &tree.ladder, kind: &kinds };
    for found in &tree.nodes {
        findings.extend(node::check(tree, found, &scope));
    }
    findings.extend(graph::check(tree));
    findings.extend(cases(tree, ladders));
    findings
}

fn whole(tree: &Tree, ladders: &Ladders) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !is_slug(&tree.slug) {
        findings.push(Finding::error(
            None,
            format!("\"{}\" cannot be an address: use a-z, 0-9 and \"-\", beginning with a letter, at most 80 characters.", tree.slug),
        ));
    }
    for (name, text) in [("title", &tree.title), ("summary", &tree.summary), ("applies_to", &tree.applies_to)] {
        if text.trim().is_empty() {
            findings.push(Finding::error(None, format!("The tree has an empty {name}: write it.")));
        }
    }
    if tree.products.iter().all(|product| product.trim().is_empty()) {
        findings.push(Finding::error(None, "The tree names no product: the list of guides groups by it."));
    }
    if ladders.get(&tree.ladder).is_none() {
        findings.push(Finding::error(None, format!("There is no ladder \"{}\".", tree.ladder)));
    }
    for (name, day) in [("reviewed", &tree.reviewed), ("review_by", &tree.review_by)] {
        if day.as_ref().is_some_and(|day| day.parse::<jiff::civil::Date>().is_err()) {
            findings.push(Finding::error(None, format!("{name} is no day: write it as 2026-11-22.")));
        }
    }
    findings.extend(repeated("node", tree.nodes.iter().map(|node| node.key.as_str())).map(|message| Finding::error(None, message)));
    let facts = tree.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Question(question) => Some((question.fact.as_str(), node.key.as_str())),
        _ => None,
    });
    let mut setters: BTreeMap<&str, &str> = BTreeMap::new();
    for (fact, node) in facts {
        if let Some(first) = setters.insert(fact, node) {
            findings
                .push(Finding::error(Some(node), format!("\"{first}\" already asks for the fact \"{fact}\": in one tree each fact is set by one question.")));
        }
    }
    findings
}

/// What is wrong with the cases: facts that nobody sets, values that do not fit, outcomes that do not exist.
fn cases(tree: &Tree, ladders: &Ladders) -> Vec<Finding> {
    let mut findings = Vec::new();
    for case in &tree.cases {
        let mut say = |message: String| findings.push(Finding::error(None, format!("Case \"{}\": {message}", case.name)));
        if let Err(problems) = super::answer::read_facts(tree, &case.facts, ladders) {
            for (fact, problem) in problems {
                say(format!("{fact}: {}", problem.message));
            }
        }
        for fact in case.unknown.iter().filter(|fact| Kind::of(tree, fact).is_none()) {
            say(format!("no question sets \"{fact}\"."));
        }
        let is_outcome = |key: &str| tree.node(key).is_some_and(|node| matches!(node.kind, NodeKind::Outcome(_)));
        for outcome in case.answers.keys().filter(|key| !is_outcome(key)) {
            say(format!("there is no outcome \"{outcome}\"."));
        }
        if case.expect != super::case::HAND_OVER && !is_outcome(&case.expect) && !tree.nodes.iter().any(|node| matches!(node.kind, NodeKind::Jump(_))) {
            say(format!("there is no outcome \"{}\" to expect.", case.expect));
        }
    }
    findings
}

/// How conditions see the fact written `fact`.
fn fact_kind<'a>(tree: &'a Tree, fact: &str) -> Option<FactKind<'a>> {
    Some(match Kind::of(tree, fact)? {
        Kind::Choice(options) => FactKind::Choice(options),
        Kind::Choices(options) => FactKind::Choices(options),
        Kind::YesNo => FactKind::YesNo,
        Kind::Number(_) => FactKind::Number,
        Kind::Code => FactKind::Code,
        Kind::Subject => FactKind::Subject,
        Kind::Text => FactKind::Text,
        Kind::Messages | Kind::Events | Kind::Codes | Kind::Rows => return None,
    })
}

/// Whether `slug` can be the address of a guide.
#[must_use]
pub fn is_slug(slug: &str) -> bool {
    slug.len() <= 80 && slug.starts_with(|c: char| c.is_ascii_lowercase()) && slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether `key` can name a node, a fact, an option or a procedure.
fn is_key(key: &str) -> bool {
    key.len() <= 64 && key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn repeated<'a>(what: &'a str, keys: impl Iterator<Item = &'a str>) -> impl Iterator<Item = String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(move |(key, count)| format!("{count} {what}s have the key \"{key}\": keys must differ."))
}

#[cfg(test)]
mod tests;
