//! The trees that ship with the program: what holds for each of them (`shipped`), and one folder for each that is walked more closely.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of a test stop at the first surprise")]

mod exchange_update_levels;
mod extension_not_loaded;
mod limits;
mod pastes;
mod shipped;

use std::collections::BTreeMap;
use std::sync::Arc;

use fixpath::app::content::{self, STARTER_TREES};
use fixpath::tree::closure::{Closure, NodeRef};
use fixpath::tree::fact::{BUILT_IN, FactKey, Sheet, Source, Statement, Value};
use fixpath::tree::ladder::Ladders;
use fixpath::tree::model::{NodeKind, Question, Tree};
use fixpath::tree::resolution::{self, Resolution};
use fixpath::tree::walk::{End, Tried, walk};
use fixpath::tree::{answer, case, file};
use serde_json::{Value as Json, json};

fn ladders() -> Ladders {
    Ladders::new(content::ladders().expect("the shipped ladders").into_iter().map(Arc::new))
}

/// The shipped trees, by slug.
fn trees() -> BTreeMap<String, Tree> {
    let read = |&(name, text): &(&str, &str)| file::read(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    STARTER_TREES.iter().map(read).map(|tree| (tree.slug.clone(), tree)).collect()
}

/// The shipped tree `slug` with the shipped trees that it jumps to.
fn starter(slug: &str) -> Closure {
    joined(&trees(), slug, &Arc::new(ladders()))
}

fn joined(trees: &BTreeMap<String, Tree>, slug: &str, ladders: &Arc<Ladders>) -> Closure {
    let tree = trees.get(slug).unwrap_or_else(|| panic!("no shipped tree is called {slug}"));
    let jumps = tree.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Jump(jump) => Some((jump.tree.clone(), Arc::new(joined(trees, &jump.tree, ladders)))),
        _ => None,
    });
    Closure { tree: Arc::new(tree.clone()), ladders: Arc::clone(ladders), jumps: jumps.collect(), pictures: Default::default() }
}

/// What a visitor knows, by fact.
type Known = BTreeMap<String, Option<Value>>;

fn known(tree: &Closure, facts: &Json) -> Known {
    let facts: BTreeMap<String, Json> = serde_json::from_value(facts.clone()).expect("a map of facts");
    let read = answer::read_facts(&tree.tree, &facts, &tree.ladders).unwrap_or_else(|problems| panic!("{problems:?}"));
    read.into_iter().map(|(key, value)| (key.bare().to_owned(), value)).collect()
}

fn statement(tree: &Closure, fact: &str, value: Option<Value>, source: Source) -> Statement {
    Statement { key: FactKey::within(&tree.tree.slug, fact), value, source, line: None }
}

/// The built-in facts as if they were read from one paste.
fn pasted(tree: &Closure, known: &Known) -> Vec<Statement> {
    known.iter().filter(|(fact, _)| BUILT_IN.contains(&fact.as_str())).map(|(fact, value)| statement(tree, fact, value.clone(), Source::Pasted)).collect()
}

fn question<'a>(tree: &'a Closure, node: &NodeRef) -> &'a Question {
    match tree.tree.node(&node.key).map(|node| &node.kind) {
        Some(NodeKind::Question(question)) => question,
        _ => panic!("{node} is no question"),
    }
}

/// A walk to its end.
struct Walked {
    asked: Vec<String>,
    end: String,
    statements: Vec<Statement>,
}

/// Answers every question with what is known, and "I don't know" to the others.
fn answered(tree: &Closure, known: &Known, mut statements: Vec<Statement>) -> Walked {
    let mut asked = Vec::new();
    loop {
        match walk(tree, &Sheet::resolve(&statements), &Tried::new()).end {
            End::Question { node, .. } => {
                assert!(!asked.contains(&node.key), "{node} is asked twice after {asked:?}");
                let fact = &question(tree, &node).fact;
                statements.push(statement(tree, fact, known.get(fact).cloned().flatten(), Source::Asked));
                asked.push(node.key);
            }
            End::Outcome { node, .. } => return Walked { asked, end: node.key, statements },
            End::HandOver => return Walked { asked, end: case::HAND_OVER.to_owned(), statements },
        }
    }
}

fn servers(levels: &[&str]) -> Json {
    let row = |(index, level): (usize, &&str)| {
        let (version, os) = level.split_once(" on ").unwrap_or((level, ""));
        json!({"name": format!("EX{:02}", index + 1), "version": version, "os": os})
    };
    levels.iter().enumerate().map(row).collect()
}

/// The outcome that a visitor who knows `facts` comes to, and its page.
fn resolved(tree: &Closure, facts: &Json) -> (String, Resolution) {
    let walked = answered(tree, &known(tree, facts), Vec::new());
    let Some(NodeKind::Outcome(outcome)) = tree.tree.node(&walked.end).map(|node| &node.kind) else { panic!("{} is no outcome", walked.end) };
    let resolution = resolution::resolve(tree, outcome, &Sheet::resolve(&walked.statements));
    (walked.end, resolution)
}
