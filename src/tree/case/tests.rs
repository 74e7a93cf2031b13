use std::sync::Arc;

use super::*;
use crate::tree::condition::Truth;
use crate::tree::fact::{Row, Rows};
use crate::tree::file;
use crate::tree::ladder::tests::exchange;
use crate::tree::ladder::{Ladder, Ladders, WINDOWS};
use crate::tree::why::{RuledOut, RuledOutBy, why, why_not};

const STARTER: &str = include_str!("../../../trees/extension-not-loaded.yaml");

fn starter() -> Closure {
    let windows = Ladder::from_csv(WINDOWS, "Windows", include_str!("../../../trees/ladders/windows.csv")).unwrap();
    let ladders = Ladders::new([Arc::new(exchange()), Arc::new(windows)]);
    Closure::single(Arc::new(file::read(STARTER).unwrap()), Arc::new(ladders))
}

#[test]
fn a_case_passes_or_says_what_it_comes_to() {
    let closure = starter();
    for case in &closure.tree.cases {
        assert_eq!(failure(&closure, case), None);
        let wrong = Case { expect: "another".to_owned(), ..case.clone() };
        assert!(failure(&closure, &wrong).unwrap().contains(&format!("expects another and comes to {}", case.expect)));
    }
    let silent = Case { facts: Default::default(), unknown: Vec::new(), answers: Default::default(), ..closure.tree.cases[0].clone() };
    assert_eq!(run(&closure, &silent).unwrap().got, "the question error_text");
    let mut unreadable = closure.tree.cases[0].clone();
    unreadable.facts.insert("colour".to_owned(), "red".into());
    assert!(run(&closure, &unreadable).unwrap_err().contains("colour"));
}

#[test]
fn every_outcome_of_the_starter_says_why_and_why_no_other() {
    let closure = starter();
    for case in &closure.tree.cases {
        let sheet = Sheet::resolve(&statements(&closure, case).unwrap());
        let walk = run(&closure, case).unwrap().walk;
        let facts = closure.facts(&sheet);
        for because in why(&closure, &sheet, &walk) {
            assert!(!because.parts.is_empty() && because.parts.iter().all(|part| part.truth(&facts) == Truth::True), "{}: {because:?}", case.name);
        }
        let reached = walk.end.node().cloned();
        let ruled_out = why_not(&closure, &sheet, &walk);
        assert!(ruled_out.iter().all(|other| Some(&other.outcome) != reached.as_ref()), "{}", case.name);
        for RuledOut { outcome, by } in &ruled_out {
            if let RuledOutBy::False { parts, .. } = by {
                assert!(!parts.is_empty() && parts.iter().all(|part| part.truth(&facts) == Truth::False), "{}: {outcome}", case.name);
            }
        }
        let outcomes = closure.outcomes().len();
        if reached.is_some() {
            assert_eq!(ruled_out.len(), outcomes - 1, "{}", case.name);
        }
    }
}

#[test]
fn the_closure_knows_its_nodes_and_outcomes() {
    let closure = starter();
    let slug = closure.tree.slug.clone();
    assert_eq!(closure.outcomes_from(&closure.tree.start), closure.outcomes().into_iter().collect());
    let share = crate::tree::fact::FactKey::within(&slug, "share");
    assert_eq!(closure.question_for(&share).map(|(_, node, _)| node.key.as_str()), Some("share"));
    assert!(closure.node(&NodeRef::new("elsewhere", "share")).is_none());
    for (text, written) in [("share", "share"), ("other.share", "other.share")] {
        assert_eq!(NodeRef::parse(text, &slug).written_in(&slug), written);
    }
}

#[test]
fn what_is_said_of_a_case_is_written_as_authors_write_it_and_taken_back() {
    let row = Row { name: Some("EX01".to_owned()), level: Some("5.0 SP2".to_owned()), ..Row::default() };
    let rows = Value::Rows(Rows { rows: vec![row.clone()], more: true });
    let mut case = starter().tree.cases[0].clone();
    case.facts.clear();
    let key = |name: &str| FactKey::within("t", name);
    case.say("t", &key("servers"), Some(&rows));
    case.say("t", &key("sender"), Some(&Value::Subject(Box::new(row))));
    case.say("t", &key("count"), Some(&Value::Number(12.0)));
    case.say("t", &FactKey::within("other", "wet"), Some(&Value::YesNo(true)));
    case.say("t", &key("text"), None);
    let facts = serde_json::json!({
        "count": 12, "other.wet": true, "sender": {"name": "EX01", "version": "5.0 SP2"},
        "servers": {"more": true, "rows": [{"name": "EX01", "version": "5.0 SP2"}]}
    });
    assert_eq!((serde_json::to_value(&case.facts).unwrap(), &case.unknown[..]), (facts, &["text".to_owned()][..]));
    case.say("t", &key("text"), Some(&Value::Messages(vec!["a".to_owned()])));
    assert!(case.unknown.is_empty());
    for name in ["servers", "sender", "count", "other.wet", "text"] {
        case.unsay("t", &key(name));
    }
    assert!(case.facts.is_empty());
}

#[test]
fn a_case_states_facts_of_a_tree_that_it_jumps_to() {
    let tree = |slug: &str, node: serde_json::Value| {
        let tree = serde_json::json!({"format": "fixpath/1", "slug": slug, "title": "T", "summary": "S", "products": ["P"], "applies_to": "A", "ladder": "exchange",
            "start": "a", "nodes": [node, {"key": "h", "title": "H", "outcome": {"verdict": "hand_over", "headline": "H", "cause": "C"}}],
            "cases": [{"name": "wet", "facts": {"there.wet": true}, "expect": "there.h"}]});
        Arc::new(file::read(&tree.to_string()).unwrap())
    };
    let wet = serde_json::json!({"key": "a", "title": "Wet?", "question": {"fact": "wet", "ask": "yes_no", "prompt": "Wet?",
        "branches": [{"when": "wet is yes", "to": "h"}], "otherwise": "h", "unknown": "h"}});
    let here = tree("here", serde_json::json!({"key": "a", "title": "On", "jump": {"tree": "there"}}));
    let ladders = starter().ladders;
    let mut closure = Closure::single(here, Arc::clone(&ladders));
    closure.jumps.insert("there".to_owned(), Arc::new(Closure::single(tree("there", wet), Arc::clone(&ladders))));
    assert!(run(&closure, &closure.tree.cases[0]).unwrap().passed);
    assert!(!crate::tree::check::check(&closure.tree, &ladders).iter().any(|finding| finding.message.contains("there.wet")));

    let mut wrong = closure.tree.cases[0].clone();
    wrong.facts.insert("there.dry".to_owned(), true.into());
    let tree = Arc::new(crate::tree::model::Tree { cases: vec![wrong], ..closure.tree.as_ref().clone() });
    let report = crate::tree::report::report(&Closure { tree, ..closure });
    assert!(report.findings.iter().any(|finding| finding.is_error() && finding.message.contains("there.dry")), "{:?}", report.findings);
}
