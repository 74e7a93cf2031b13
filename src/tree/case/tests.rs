use std::sync::Arc;

use super::*;
use crate::tree::condition::Truth;
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
