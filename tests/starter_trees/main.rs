//! The starter tree, walked: its own cases, each of its nineteen outcomes from an empty start and from a full statement of the facts
//! (`outcomes`), and how many questions any walk asks at most (`limits`).
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of a test stop at the first surprise")]

mod limits;
mod outcomes;

use std::collections::BTreeMap;
use std::sync::Arc;

use fixpath::tree::closure::{Closure, NodeRef};
use fixpath::tree::fact::{BUILT_IN, FactKey, Sheet, Source, Statement, Value};
use fixpath::tree::ladder::{Ladder, Ladders};
use fixpath::tree::model::{NodeKind, Question};
use fixpath::tree::resolution::{self, Resolution};
use fixpath::tree::walk::{End, Tried, walk};
use fixpath::tree::{answer, case, check, file};
use serde_json::{Value as Json, json};

const SLUG: &str = "extension-not-loaded";

/// The most questions that a walk from nothing may ask.
const MOST_FROM_NOTHING: usize = 6;
/// The most questions that a walk from a full paste may ask.
const MOST_FROM_PASTE: usize = 3;

fn starter() -> Closure {
    let ladder = |key: &str, product: &str, table: &str| Arc::new(Ladder::from_csv(key, product, table).expect("a shipped ladder"));
    let ladders = Ladders::new([
        ladder("exchange", "Exchange Server", include_str!("../../trees/ladders/exchange.csv")),
        ladder("windows", "Windows", include_str!("../../trees/ladders/windows.csv")),
    ]);
    let tree = file::read(include_str!("../../trees/extension-not-loaded.yaml")).unwrap_or_else(|error| panic!("{error}"));
    Closure::single(Arc::new(tree), Arc::new(ladders))
}

/// What a visitor knows, by fact.
type Known = BTreeMap<String, Option<Value>>;

fn known(tree: &Closure, facts: &Json) -> Known {
    let facts: BTreeMap<String, Json> = serde_json::from_value(facts.clone()).expect("a map of facts");
    let read = answer::read_facts(&tree.tree, &facts, &tree.ladders).unwrap_or_else(|problems| panic!("{problems:?}"));
    read.into_iter().map(|(key, value)| (key.bare().to_owned(), value)).collect()
}

fn statement(fact: &str, value: Option<Value>, source: Source) -> Statement {
    Statement { key: FactKey::within(SLUG, fact), value, source, line: None }
}

/// The built-in facts as if they were read from one paste.
fn pasted(known: &Known) -> Vec<Statement> {
    known.iter().filter(|(fact, _)| BUILT_IN.contains(&fact.as_str())).map(|(fact, value)| statement(fact, value.clone(), Source::Pasted)).collect()
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
                statements.push(statement(fact, known.get(fact).cloned().flatten(), Source::Asked));
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

fn event(path: &str) -> Json {
    json!([{"id": 2037, "source": "MSExchangeSA", "text": format!("The file version of '{path}' installed on the local server is not current. Unable to locate a correct version on any server in the site.")}])
}

const IMCADMIN: &str = r"\add-ins\smtp\i386\imcadmin.dll";
const INPROXY: &str = r"\address\SMTP\i386\inproxy.dll";
const PLAIN: &str = "Extension SMTP could not be loaded.";
const REPLICATION: &str = "Extension 'SMTP' could not be loaded.\n\nAn error occurred during file replication. Unable to find the extension .DLL file with the correct version number.";
const MEMORY: &str = "Extension 'SMTP' could not be loaded.\nA problem occurred with the extension .DLL file, possibly due to memory shortage. Close some applications or windows, and try again.";
const MODULE: &str = "Extension \"SMTP\" could not be loaded. The specified module could not be found.";
const PROCESSOR: &str = "Extension SMTP could not be loaded. The extension for Microsoft Exchange Administrator's CPU type has not been installed in the site.";
const SERVICE: &str = "Extension SMTP could not be loaded. The MSExchangeSA service is not available. MS Exchange Admin ID No C1031668";

#[test]
fn the_tree_has_no_findings_and_its_cases_pass() {
    let tree = starter();
    assert_eq!(check::check(&tree.tree, &tree.ladders), []);
    for kept in &tree.tree.cases {
        let ran = case::run(&tree, kept).unwrap_or_else(|message| panic!("{}: {message}", kept.name));
        assert_eq!(ran.got, kept.expect, "{}", kept.name);
    }
}

#[test]
fn every_outcome_has_a_case() {
    let tree = starter();
    for outcome in tree.outcomes() {
        assert!(tree.tree.cases.iter().any(|case| case.expect == outcome.key), "{outcome}");
    }
}

fn resolved(facts: &Json) -> (String, Resolution) {
    let tree = starter();
    let walked = answered(&tree, &known(&tree, facts), Vec::new());
    let Some(NodeKind::Outcome(outcome)) = tree.tree.node(&walked.end).map(|node| &node.kind) else { panic!("{} is no outcome", walked.end) };
    let resolution = resolution::resolve(&tree, outcome, &Sheet::resolve(&walked.statements));
    (walked.end, resolution)
}

#[test]
fn the_older_servers_are_levelled_by_name() {
    let (end, page) = resolved(&json!({"text": PLAIN, "events": event(IMCADMIN), "servers": servers(&["5.0", "5.0 SP1", "5.0 SP2"])}));
    assert_eq!((end.as_str(), page.headline.plain().as_str()), ("level_generators", "Bring EX01 and EX02 to the level of EX03"));
    let titles: Vec<String> = page.procedures.iter().map(|way| way.title.plain()).collect();
    assert_eq!(titles, ["Apply Service Pack 2 to EX01 and EX02", "Copy the proxy address generators from EX03 to EX01 and EX02"]);
    let commands: Vec<&String> = page.procedures[1].steps.iter().filter_map(|step| step.command.as_ref()).flat_map(|command| &command.lines).collect();
    assert!(commands.iter().any(|line| line.contains(r"copy \\EX03\Address\SMTP\I386\Inproxy.dll")), "{commands:?}");
}

#[test]
fn every_50_server_beside_a_55_is_named() {
    let (end, page) = resolved(&json!({"text": REPLICATION, "events": event(IMCADMIN), "servers": servers(&["5.0", "5.0 SP1", "5.5"])}));
    assert_eq!((end.as_str(), page.headline.plain().as_str()), ("replicate_55_addin", "Open the Internet Mail Service once on EX01 and EX02"));
    assert_eq!(page.procedures[0].title.plain(), "Open the properties on EX01 and EX02");
}
