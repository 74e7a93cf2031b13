//! The rules of a walk one by one, and what holds for every walk of random trees.

pub(in crate::tree) mod random;

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::*;
use crate::tree::answer;
use crate::tree::fact::{Statement, Value};
use crate::tree::file;
use crate::tree::ladder::Ladders;
use crate::tree::ladder::tests::{exchange, windows};
use crate::tree::model::Tree;

/// A tree of yes-or-no questions and routes: `key: [[condition, target] ...], otherwise, unknown`, outcomes: `key: did_not_help`.
fn closure(nodes: &[(&str, &str, &str, &str)], outcomes: &[(&str, &str)]) -> Closure {
    let mut list: Vec<Json> = Vec::new();
    for (key, branches, otherwise, unknown) in nodes {
        let branches: Vec<Json> = branches
            .split("; ")
            .filter(|branch| !branch.is_empty())
            .map(|branch| branch.rsplit_once(" -> ").unwrap())
            .map(|(when, to)| json!({"when": when, "to": to}))
            .collect();
        let mut fork = json!({"branches": branches, "otherwise": otherwise, "unknown": unknown});
        // Routes are called r and a number.
        let kind = if key.starts_with('r') { "route" } else { "question" };
        if kind == "question" {
            fork["fact"] = json!(key);
            fork["ask"] = json!("yes_no");
            fork["prompt"] = json!("?");
        }
        list.push(json!({"key": key, "title": key, kind: fork}));
    }
    for (key, did_not_help) in outcomes {
        let mut outcome = json!({"verdict": "nothing_wrong", "headline": "H", "cause": "C"});
        if !did_not_help.is_empty() {
            outcome["did_not_help"] = json!(did_not_help);
        }
        list.push(json!({"key": key, "title": key, "outcome": outcome}));
    }
    let tree = json!({"format": "fixpath/1", "slug": "t", "title": "T", "summary": "S", "products": ["P"], "applies_to": "A", "ladder": "exchange", "start": nodes[0].0, "nodes": list});
    let ladders = Ladders::new([Arc::new(exchange()), Arc::new(windows())]);
    Closure::single(Arc::new(file::read(&tree.to_string()).unwrap()), Arc::new(ladders))
}

/// Statements such as `a=yes b=no c=?`; `a~yes` was pasted.
fn statements(closure: &Closure, said: &str) -> Vec<Statement> {
    said.split_whitespace()
        .map(|word| {
            let source = if word.contains('~') { Source::Pasted } else { Source::Asked };
            let (key, value) = word.split_once(['=', '~']).unwrap();
            let kind = answer::Kind::of(&closure.tree, key).unwrap();
            let value = (value != "?").then(|| answer::read(kind, &json!(value), &closure.ladders, "exchange").unwrap());
            Statement { key: FactKey::within("t", key), value, source, line: None }
        })
        .collect()
}

/// The walk in words: the nodes with the ways taken, then what comes next.
fn told(walk: &Walk) -> String {
    let mut words: Vec<String> = walk.path.iter().map(|stop| format!("{}:{}", stop.node.key, way(stop))).collect();
    words.push(match &walk.end {
        End::Question { node, prefill: Some(_) } => format!("{}? prefilled", node.key),
        End::Question { node, prefill: None } => format!("{}?", node.key),
        End::Outcome { node, solved: true } => format!("{} solved", node.key),
        End::Outcome { node, solved: false } => node.key.clone(),
        End::HandOver => "hand over".to_owned(),
    });
    words.join(" ")
}

fn way(stop: &Stop) -> String {
    let way = match stop.taken {
        Taken::Branch(index) => index.to_string(),
        Taken::Otherwise => "otherwise".to_owned(),
        Taken::Unknown(index) => format!("unknown{index}"),
        Taken::Back => "back".to_owned(),
        Taken::DidNotHelp => "no".to_owned(),
        Taken::Jump => "jump".to_owned(),
        Taken::Waits => "waits".to_owned(),
    };
    if matches!(stop.how, How::Known { .. }) { format!("known-{way}") } else { way }
}

fn walked(closure: &Closure, said: &str, tried: &[(&str, Helped)]) -> String {
    let tried: Tried = tried.iter().map(|(key, helped)| (NodeRef::new("t", key), *helped)).collect();
    told(&walk(closure, &Sheet::resolve(&statements(closure, said)), &tried))
}

#[test]
fn branches_are_scanned_in_order_and_the_first_true_one_is_taken() {
    let tree = closure(&[("a", "a = yes -> b; a = yes -> x; a = no -> x", "x", "y"), ("b", "b = yes -> x", "y", "z")], &[("x", ""), ("y", ""), ("z", "")]);
    for (said, expected) in [
        ("", "a?"),
        ("a=yes", "a:0 b?"),
        ("a=no", "a:2 x"),
        ("a=?", "a:unknown0 y"),
        ("a=yes b=no", "a:0 b:otherwise y"),
        ("a=yes b=?", "a:0 b:unknown0 z"),
        ("b=yes", "a?"),
    ] {
        assert_eq!(walked(&tree, said, &[]), expected, "{said}");
    }
}

#[test]
fn a_later_true_branch_is_never_taken_over_an_unknown_one() {
    let tree = closure(&[("a", "a = yes and b = yes -> x; a = yes -> y", "y", "z"), ("b", "b = yes -> x", "y", "y")], &[("x", ""), ("y", ""), ("z", "")]);
    assert_eq!(walked(&tree, "a=yes", &[]), "a:waits b?");
    assert_eq!(walked(&tree, "a=yes b=?", &[]), "a:unknown0 b:back z");
    assert_eq!(walked(&tree, "a=yes b=no", &[]), "a:1 b:back y");
}

#[test]
fn a_question_is_pulled_in_once_in_its_place_and_its_own_branches_are_not_followed() {
    let tree = closure(
        &[("r1", "a = yes -> r2", "r2", "z"), ("r2", "a = yes and b = yes -> x", "y", "z"), ("a", "a = no -> z", "z", "z"), ("b", "b = no -> z", "z", "z")],
        &[("x", ""), ("y", ""), ("z", "")],
    );
    assert_eq!(walked(&tree, "", &[]), "r1:waits a?");
    assert_eq!(walked(&tree, "a=yes", &[]), "r1:0 a:back r2:waits b?");
    assert_eq!(walked(&tree, "a=yes b=yes", &[]), "r1:0 a:back r2:0 b:back x");
    // The first condition does not depend on b once a is no, so b is told earlier and not on the path.
    assert_eq!(walked(&tree, "a=no b=yes", &[]), "r1:otherwise a:back r2:otherwise y");
}

#[test]
fn dont_know_takes_the_unknown_edge_only_where_the_scan_stops() {
    let tree = closure(&[("a", "a = yes or b = yes -> x; a = no -> y", "y", "z"), ("b", "b = no -> z", "z", "z")], &[("x", ""), ("y", ""), ("z", "")]);
    assert_eq!(walked(&tree, "a=?", &[]), "a:waits b?");
    assert_eq!(walked(&tree, "a=? b=yes", &[]), "a:0 b:back x");
    assert_eq!(walked(&tree, "a=? b=no", &[]), "a:unknown0 b:back z");
}

#[test]
fn a_known_fact_skips_its_question_by_a_true_branch_alone() {
    let tree = closure(&[("a", "a = yes -> x", "y", "z")], &[("x", ""), ("y", ""), ("z", "")]);
    assert_eq!(walked(&tree, "a~yes", &[]), "a:known-0 x");
    assert_eq!(walked(&tree, "a~no", &[]), "a? prefilled");
    assert_eq!(walked(&tree, "a~no a=no", &[]), "a:otherwise y");
    assert_eq!(walked(&tree, "a=yes a~no", &[]), "a:0 x");
    let confirmed = Statement { source: Source::Confirmed, ..statements(&tree, "a=no").remove(0) };
    assert_eq!(told(&walk(&tree, &Sheet::resolve(&[confirmed]), &Tried::new())), "a:otherwise y");
}

#[test]
fn what_did_not_help_goes_on_once_and_no_outcome_is_shown_twice() {
    let tree = closure(&[("a", "a = yes -> x", "y", "z"), ("r1", "a = yes -> x", "y", "z")], &[("x", "r1"), ("y", "a"), ("z", "")]);
    let (yes, no, worse) = (Helped::Yes, Helped::No, Helped::Worse);
    assert_eq!(walked(&tree, "a=yes", &[("x", yes)]), "a:0 x solved");
    assert_eq!(walked(&tree, "a=yes", &[("x", no)]), "a:0 x:no r1:0 hand over");
    assert_eq!(walked(&tree, "a=no", &[("y", worse)]), "a:otherwise y:no a:otherwise hand over");
    assert_eq!(walked(&tree, "a=?", &[("z", no)]), "a:unknown0 z:waits hand over");
    // An answer to an outcome that the walk does not come to changes nothing.
    assert_eq!(walked(&tree, "a=?", &[("x", no)]), "a:unknown0 z");
}

#[test]
fn a_jump_goes_on_in_the_other_tree_with_what_is_known() {
    let mut first = closure(&[("a", "a = yes -> j", "x", "x")], &[("x", ""), ("j", "")]);
    let mut tree = Tree::clone(&first.tree);
    tree.nodes.last_mut().unwrap().kind = NodeKind::Jump(crate::tree::model::Jump { tree: "u".to_owned() });
    first.tree = Arc::new(tree);
    assert_eq!(walked(&first, "a=yes", &[]), "a:0 hand over");
    let mut second = closure(&[("a", "a = yes -> x", "y", "y")], &[("x", ""), ("y", "")]);
    let mut tree = Tree::clone(&second.tree);
    tree.slug = "u".to_owned();
    second.tree = Arc::new(tree);
    first.jumps.insert("u".to_owned(), Arc::new(second));
    // The fact a of the first tree is not the fact a of the second.
    let mut said = statements(&first, "a=yes");
    assert_eq!(told(&walk(&first, &Sheet::resolve(&said), &Tried::new())), "a:0 j:jump a?");
    said.push(Statement { key: FactKey::within("u", "a"), value: Some(Value::YesNo(true)), source: Source::Asked, line: None });
    let walk = walk(&first, &Sheet::resolve(&said), &Tried::new());
    assert_eq!((told(&walk).as_str(), walk.end.node()), ("a:0 j:jump a:0 x", Some(&NodeRef::new("u", "x"))));
}

#[test]
fn a_circle_in_an_unchecked_tree_ends_in_hand_over() {
    let tree = closure(&[("r1", "", "r2", "x"), ("r2", "", "r1", "x")], &[("x", "")]);
    assert_eq!(walked(&tree, "", &[]), "r1:otherwise r2:otherwise hand over");
}

#[test]
fn an_answer_has_a_place_on_the_path_and_at_its_end_alone() {
    let tree = closure(&[("a", "a = yes -> b", "x", "x"), ("b", "b = yes -> x", "x", "x")], &[("x", "")]);
    let walk = walk(&tree, &Sheet::resolve(&statements(&tree, "a=yes")), &Tried::new());
    assert!(walk.has(&NodeRef::new("t", "a")) && walk.has(&NodeRef::new("t", "b")) && !walk.has(&NodeRef::new("t", "x")));
}
