//! The plain checks: everything that can be said about a tree without enumerating its space.
//!
//! A draft must pass them before it is published. Whether branches overlap or leave holes is for the proof.

mod cases;
mod finding;
mod graph;
mod node;
mod outcome;

use std::collections::BTreeMap;

pub use finding::{Finding, Place, Severity, What, Witness};

use super::answer::Kind;
use super::condition::{FactKind, Scope};
use super::ladder::Ladders;
use super::markdown;
use super::model::{NodeKind, Tree};

/// The most procedures of one outcome.
pub const MAX_PROCEDURES: usize = 3;
/// The most ways to find a fact out that one card names.
pub const MAX_LOOKUPS: usize = 4;
/// The longest words for where to look, in characters.
pub const MAX_PLACE: usize = 80;
/// The longest steps, command or sample of a card, in characters of each.
pub const MAX_LOOKUP_TEXT: usize = 2_000;
/// The longest text of an outcome, a card or the tree's summary, in characters.
pub const MAX_WORDS: usize = 30_000;
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
    findings.extend(cases::check(tree, ladders));
    findings
}

/// What no draft is stored with, wherever it comes from: texts that cannot be read or would not be shown as they are written, and edges to nodes that
/// are not there. Everything else may be unfinished until the draft is published.
#[must_use]
pub fn unfit(tree: &Tree, ladders: &Ladders) -> Vec<Finding> {
    check(tree, ladders).into_iter().filter(|finding| matches!(finding.what, What::BadWording | What::MissingTarget)).collect()
}

fn whole(tree: &Tree, ladders: &Ladders) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |what, field, message: String| findings.push(Finding::error(None, what, message).at(Place::Field(field)));
    if !is_slug(&tree.slug) {
        let message = format!("\"{}\" cannot be an address: use a-z, 0-9 and \"-\", beginning with a letter, at most 80 characters.", tree.slug);
        say(What::BadAddress, "slug", message);
    }
    for (name, text) in [("title", &tree.title), ("summary", &tree.summary), ("applies_to", &tree.applies_to)] {
        if text.trim().is_empty() {
            say(What::EmptyWords, name, format!("The tree has an empty {name}: write it."));
        }
    }
    if tree.products.iter().all(|product| product.trim().is_empty()) {
        say(What::NoProduct, "products", "The tree names no product: the list of guides groups by it.".to_owned());
    }
    if ladders.get(&tree.ladder).is_none() {
        say(What::NoLadder, "ladder", format!("There is no ladder \"{}\".", tree.ladder));
    }
    for (name, day) in [("reviewed", &tree.reviewed), ("review_by", &tree.review_by)] {
        if day.as_ref().is_some_and(|day| day.parse::<jiff::civil::Date>().is_err()) {
            say(What::BadDay, name, format!("{name} is no day: write it as 2026-11-22."));
        }
    }
    for problem in markdown::problems(&tree.summary) {
        findings.push(Finding::error(None, What::BadWording, format!("The summary: {problem}")).at(Place::Field("summary")));
    }
    findings.extend(repeated("node", tree.nodes.iter().map(|node| node.key.as_str())).map(|message| Finding::error(None, What::KeyTwice, message)));
    findings.extend(facts_set_twice(tree));
    findings
}

fn facts_set_twice(tree: &Tree) -> Vec<Finding> {
    let mut setters: BTreeMap<&str, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for node in &tree.nodes {
        let NodeKind::Question(question) = &node.kind else { continue };
        if let Some(first) = setters.insert(&question.fact, &node.key) {
            let message = format!("\"{first}\" already asks for the fact \"{}\": in one tree each fact is set by one question.", question.fact);
            findings.push(Finding::error(Some(&node.key), What::FactTwice, message).at(Place::Field("fact")));
        }
    }
    findings
}

/// How conditions see the fact written `fact`.
pub(crate) fn fact_kind<'a>(tree: &'a Tree, fact: &str) -> Option<FactKind<'a>> {
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
