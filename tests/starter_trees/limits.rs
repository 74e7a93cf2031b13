//! Every walk of every shipped tree, with every kind of answer: none may ask too much. The tree that has a folder of its own is explored there.
//!
//! The built-in facts are answered with what the tree's own cases say about them, the others with every answer there is.

use fixpath::tree::closure::Closure;
use fixpath::tree::fact::{FactKey, Sheet, Source, Statement, Value};
use fixpath::tree::model::{Ask, Question};
use fixpath::tree::walk::{End, Tried, walk};

use super::{Known, extension_not_loaded, known, pasted, question, starter, trees};

/// The most questions that a walk from nothing may ask.
const MOST_FROM_NOTHING: usize = 6;
/// The most questions that a walk from a full paste may ask.
const MOST_FROM_PASTE: usize = 3;

/// The trees that are explored here.
fn explored() -> impl Iterator<Item = Closure> {
    trees().into_keys().filter(|slug| slug != extension_not_loaded::SLUG).map(|slug| starter(&slug))
}

/// What the cases of a tree know, case by case.
fn cases(tree: &Closure) -> Vec<Known> {
    tree.tree.cases.iter().map(|case| known(tree, &serde_json::to_value(&case.facts).expect("facts of a case"))).collect()
}

/// Every answer to `question`, "I don't know" included.
fn answers(question: &Question, cases: &[Known]) -> Vec<Option<Value>> {
    let mut answers: Vec<Option<Value>> = match question.ask {
        Ask::YesNo => vec![Some(Value::YesNo(true)), Some(Value::YesNo(false))],
        Ask::Choice => question.options.iter().map(|option| Some(Value::Choice(option.key.clone()))).collect(),
        _ => Vec::new(),
    };
    if answers.is_empty() {
        for value in cases.iter().filter_map(|known| known.get(&question.fact)) {
            if value.is_some() && !answers.contains(value) {
                answers.push(value.clone());
            }
        }
        assert!(!answers.is_empty(), "no case answers the question for {}", question.fact);
    }
    answers.push(None);
    answers
}

/// Walks on with every answer and fails at a walk that asks more than `most` questions. A pasted fact that is asked for is confirmed.
fn explore(tree: &Closure, cases: &[Known], statements: &mut Vec<Statement>, asked: &mut Vec<String>, most: usize) {
    let End::Question { node, .. } = walk(tree, &Sheet::resolve(statements), &Tried::new()).end else { return };
    let question = question(tree, &node);
    asked.push(node.key);
    assert!(asked.len() <= most, "{}: too many questions: {asked:?} with {statements:#?}", tree.tree.slug);
    let key = FactKey::within(&tree.tree.slug, &question.fact);
    let confirmed = statements.iter().find(|statement| statement.key == key).map(|statement| statement.value.clone());
    for value in confirmed.map_or_else(|| answers(question, cases), |value| vec![value]) {
        statements.push(Statement { key: key.clone(), value, source: Source::Asked, line: None });
        explore(tree, cases, statements, asked, most);
        statements.pop();
    }
    asked.pop();
}

#[test]
fn no_walk_from_nothing_asks_more_than_six_questions() {
    for tree in explored() {
        explore(&tree, &cases(&tree), &mut Vec::new(), &mut Vec::new(), MOST_FROM_NOTHING);
    }
}

#[test]
fn no_walk_from_a_full_paste_asks_more_than_three_questions() {
    for tree in explored() {
        let cases = cases(&tree);
        let full = |known: &&Known| ["text", "events", "servers"].iter().all(|fact| known.get(*fact).is_some_and(Option::is_some));
        for case in cases.iter().filter(full) {
            explore(&tree, &cases, &mut pasted(&tree, case), &mut Vec::new(), MOST_FROM_PASTE);
        }
    }
}
