//! Each kind of finding on a small tree, and what holds for every finding of random trees.

mod space;
mod texts;
mod trees;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::walks::Way;
use super::*;
use crate::tree::check::{Finding, Place, What};
use crate::tree::file;
use crate::tree::ladder::Ladders;
use crate::tree::ladder::tests::{exchange, windows};

/// A fork: its key, its branches (`condition -> target; ...`), `otherwise`, `unknown`. Its key says what it asks; a route's begins with `r_`.
pub(super) type Fork<'a> = (&'a str, &'a str, &'a str, &'a str);

pub(super) fn question(key: &str) -> Json {
    let option = |key: &str| json!({"key": key, "label": key});
    let mut asked = match key {
        "text" => json!({"ask": "text"}),
        "events" => json!({"ask": "event"}),
        "ndr" => json!({"ask": "code"}),
        "servers" | "admin" => json!({"ask": "servers", "columns": ["level", "build", "os"]}),
        "share" => json!({"ask": "choice", "options": [option("there"), option("missing"), option("locked")]}),
        "signs" => json!({"ask": "choices", "options": [option("one"), option("two")]}),
        "size" => json!({"ask": "number", "number": {"min": 0, "max": 100}}),
        _ => json!({"ask": "yes_no"}),
    };
    asked["fact"] = json!(key);
    asked["prompt"] = json!("?");
    asked
}

/// A tree of forks, of outcomes (`key` or `key -> did_not_help`) and of marks (`key: mark, mark`).
pub(super) fn tree(forks: &[Fork<'_>], outcomes: &[&str], meant: &[(&str, &[&str])]) -> Closure {
    let mut nodes: Vec<Json> = Vec::new();
    for (key, branches, otherwise, unknown) in forks {
        let is_route = key.starts_with("r_");
        let mut fork = if is_route { json!({}) } else { question(key) };
        let edges = branches.split("; ").filter(|edge| !edge.is_empty()).map(|edge| edge.rsplit_once(" -> ").unwrap());
        fork["branches"] = edges.map(|(when, to)| json!({"when": when, "to": to})).collect();
        fork["otherwise"] = json!(otherwise);
        fork["unknown"] = json!(unknown);
        if let Some((_, marks)) = meant.iter().find(|(of, _)| of == key) {
            fork["meant"] = json!(marks);
        }
        nodes.push(json!({"key": key, "title": key, (if is_route { "route" } else { "question" }): fork}));
    }
    for outcome in outcomes {
        let (key, did_not_help) = outcome.split_once(" -> ").unwrap_or((outcome, ""));
        let mut body = json!({"verdict": "nothing_wrong", "headline": "H", "cause": "C"});
        if !did_not_help.is_empty() {
            body["did_not_help"] = json!(did_not_help);
        }
        nodes.push(json!({"key": key, "title": key, "outcome": body}));
    }
    let tree = json!({"format": "fixpath/1", "slug": "t", "title": "T", "summary": "S", "products": ["P"], "applies_to": "A", "ladder": "exchange",
        "start": forks[0].0, "nodes": nodes});
    let ladders = Ladders::new([Arc::new(exchange()), Arc::new(windows())]);
    Closure::single(Arc::new(file::read(&tree.to_string()).unwrap()), Arc::new(ladders))
}

/// The findings of these kinds, as node, kind and place.
fn found(closure: &Closure, kinds: &[What]) -> Vec<(String, What, Option<Place>)> {
    let findings = prove(closure);
    findings.iter().for_each(|finding| confirmed(closure, finding));
    let of_kinds = findings.into_iter().filter(|finding| kinds.contains(&finding.what));
    of_kinds.map(|finding| (finding.node.unwrap(), finding.what, finding.place)).collect()
}

/// Holds the witness of a finding against the real walk: it comes to the node, and ends where it says.
pub(super) fn confirmed(closure: &Closure, finding: &Finding) {
    let needs_witness = matches!(finding.what, What::Order | What::Hole | What::Otherwise | What::DidNotHelp);
    let Some(witness) = &finding.witness else { return assert!(!needs_witness, "{finding:?}") };
    let ran = case::run(closure, &witness.case).unwrap_or_else(|error| panic!("{error}: {finding:?}"));
    assert!(ran.passed, "{}: {finding:?}", ran.got);
    let node = finding.node.as_deref().unwrap();
    assert!(ran.walk.path.iter().any(|stop| stop.node.key == node), "{finding:?}");
    assert!(!witness.words.is_empty() && !witness.case.name.is_empty(), "{finding:?}");
}

/// The witness of the first finding of the kind, in words.
fn words(closure: &Closure, what: What) -> String {
    let findings = prove(closure);
    let finding = findings.iter().find(|finding| finding.what == what).unwrap_or_else(|| panic!("no {what} among {findings:#?}"));
    finding.witness.as_ref().map(|witness| witness.words.clone()).unwrap_or_default()
}

#[test]
fn branches_that_nothing_takes_are_dead() {
    let dead = |branches: &str| -> Vec<usize> {
        let fork = if branches.contains("share") { "share" } else { "r_all" };
        let closure = tree(&[(fork, branches, "x", "x")], &["x", "y"], &[]);
        let places = found(&closure, &[What::DeadBranch]).into_iter().map(|(_, _, place)| place);
        places.map(|place| if let Some(Place::Branch(at)) = place { at } else { panic!("{place:?}") }).collect()
    };
    for (branches, expected) in [
        ("share = there -> x; share = missing -> y", &[][..]),
        ("share = there -> x; share = there -> y", &[1]),
        ("share = there or share = missing -> x; share = missing -> y; share != locked -> y", &[1, 2]),
        ("share = there and share = missing -> x", &[0]),
        ("some server is 5.0 -> x; every server is 5.0 -> y", &[1]),
        ("every server is 5.0 -> x; some server is 5.0 -> y; no server is 5.0 -> x", &[]),
        ("every server is 5.0 -> x; some server is 5.0 -> y; no server is 5.0 -> x; some server is 5.5 -> y", &[3]),
        ("some server is 5.0 below SP2 and every server is 5.0 at least SP2 -> x", &[0]),
        ("some server (is 5.0 and is 5.5) -> x", &[0]),
        ("count(server is 5.5) >= 2 -> x; count(server is 5.5) >= 3 -> y", &[1]),
        ("count(server is 5.5) >= 3 -> x; count(server is 5.5) >= 2 -> y; count(server is 5.5) = 1 -> x", &[]),
        ("count(server is 5.5) > 1 and count(server is 5.5) <= 1 -> x", &[0]),
        ("some server a (some server in others(a) (level < a.level)) -> x; some server older than 5.5 and some server newer than 5.0 -> y", &[1]),
        ("some server a (is 5.0 SP2 and every server in others(a) is 5.0 below SP2) -> x", &[]),
        ("some server a (is 5.0 SP2 and every other server is 5.5) and every server is 5.5 -> x", &[0]),
        ("some server build >= 5.5.2653 -> x; some server build >= 5.5.2650 -> y; some server build >= 5.5.2651 -> x", &[2]),
        // A level has one build.
        ("some server (is 5.5 SP4 and build < 5.5.1000) -> x", &[0]),
        ("admin is 5.0 -> x; admin is 5.0 SP1 -> y; admin older than 5.5 -> y", &[1]),
        ("some server (os is 2000 and os is \"NT 4.0\") -> x", &[0]),
        ("some server before(apply 5.5 SP1, restore) and some server (not did(restore)) -> x", &[]),
        ("some server (before(apply 5.5 SP1, restore) and not did(restore)) -> x", &[0]),
    ] {
        assert_eq!(dead(branches), expected, "{branches}");
    }
}

#[test]
fn order_decides_where_two_branches_with_different_targets_hold() {
    let overlap = tree(&[("servers", "some server is 5.5 -> x; some server is 5.0 -> y; no server is 5.5 -> x", "x", "x")], &["x", "y"], &[]);
    assert_eq!(
        found(&overlap, &[What::Order]),
        [("servers".to_owned(), What::Order, Some(Place::Branch(1))), ("servers".to_owned(), What::Order, Some(Place::Branch(2)))]
    );
    assert_eq!(words(&overlap, What::Order), "EX01 5.0 RTM, EX02 5.5 RTM");
    let same_target = tree(&[("servers", "some server is 5.5 -> x; some server is 5.0 -> x", "y", "y")], &["x", "y"], &[]);
    assert_eq!(found(&same_target, &[What::Order]), []);
    // What is excluded on every way to the node is no overlap at it.
    let excluded = [("servers", "every server is 5.5 -> r_next", "z", "z"), ("r_next", "some server is 5.5 -> x; some server is 5.0 -> y", "z", "z")];
    assert_eq!(found(&tree(&excluded, &["x", "y", "z"], &[]), &[What::Order]), []);
}

#[test]
fn what_falls_to_otherwise_is_found_and_gaps_are_named() {
    let falls = |fork: Fork<'_>| {
        let closure = tree(&[fork], &["x", "y"], &[]);
        found(&closure, &[What::Otherwise, What::Hole]).into_iter().map(|(_, what, _)| (what, words(&closure, what))).collect::<Vec<_>>()
    };
    for (fork, expected) in [
        (("share", "share = there -> x; share != there -> y", "x", "x"), None),
        (("share", "share = there -> x; share = missing -> y", "x", "x"), Some((What::Otherwise, "share = locked"))),
        (("size", "size < 5 -> x; size > 5 -> y", "x", "x"), Some((What::Hole, "size = 5"))),
        (("size", "size <= 5 -> x; size >= 9 -> y", "x", "x"), Some((What::Hole, "size = 6"))),
        (("size", "size <= 5 -> x", "x", "x"), Some((What::Otherwise, "size = 6"))),
        (("servers", "some server is 5.0 below SP2 -> x; some server is 5.0 above SP2 -> y", "x", "x"), Some((What::Otherwise, "EX01 4.0 RTM"))),
        (("servers", "some server is 5.5 below SP2 -> x; some server is 5.5 above SP2 -> y", "x", "x"), Some((What::Hole, "EX01 5.5 SP2"))),
        (("gs", "gs = yes -> x; gs = no -> y", "x", "x"), None),
        (("gs", "gs = yes -> x", "y", "x"), None),
        (("gs", "gs = yes -> x; gs = yes -> y", "y", "x"), Some((What::Otherwise, "gs = no"))),
        (("text", "text(contains \"halt\") -> x; text(like \"stop*\") or text(words \"go on\") -> x", "y", "x"), None),
        (("text", "text(not contains \"halt\") -> x", "y", "x"), Some((What::Otherwise, "\"halt\""))),
        (("events", "event(id 2037) -> x", "y", "x"), None),
        (("ndr", "ndr = c1030ad1 -> x", "y", "x"), None),
        (("ndr", "ndr != c1030ad1 -> x", "y", "x"), Some((What::Otherwise, "ndr = c1030ad1"))),
        (("share", "", "x", "x"), None),
        (("signs", "signs has one -> x; signs has two -> y", "x", "x"), Some((What::Otherwise, "signs: none"))),
    ] {
        assert_eq!(falls(fork), expected.map(|(what, words)| (what, words.to_owned())).into_iter().collect::<Vec<_>>(), "{fork:?}");
    }
}

#[test]
fn marks_silence_their_findings_and_are_idle_without_one() {
    let overlap = [("share", "share != there -> x; share = missing -> y", "x", "x")];
    let kinds = [What::Order, What::Otherwise, What::IdleMark];
    let of = |forks: &[Fork<'_>], marks: &[&str]| {
        found(&tree(forks, &["x", "y"], &[("share", marks)]), &kinds).into_iter().map(|(_, what, _)| what).collect::<Vec<_>>()
    };
    assert_eq!(of(&overlap, &[]), [What::Otherwise]);
    assert_eq!(of(&[("share", "share != there -> x; share != locked -> y", "x", "x")], &[]), [What::Order]);
    assert_eq!(of(&[("share", "share != there -> x; share != locked -> y", "x", "x")], &["order"]), []);
    assert_eq!(of(&overlap, &["otherwise"]), []);
    assert_eq!(of(&[("share", "share != there -> x; share = there -> y", "x", "x")], &["order", "otherwise"]), [What::IdleMark, What::IdleMark]);
}

#[test]
fn nodes_that_no_walk_comes_to_are_found_with_the_facts_of_the_way() {
    let later = "some server is 5.0 -> y";
    let excluded = tree(&[("servers", "some server is 5.5 -> r_next", "x", "x"), ("r_next", "every server is 5.0 -> y", "x", "x")], &["x", "y"], &[]);
    assert_eq!(found(&excluded, &[What::Unreached]), [("y".to_owned(), What::Unreached, None)]);
    let open = tree(&[("servers", "some server is 5.5 -> r_next", "x", "x"), ("r_next", later, "x", "x")], &["x", "y"], &[]);
    assert_eq!(found(&open, &[What::Unreached, What::NotProven]), []);
    // By the unknown of one row, although another is known.
    let unknown = [("servers", "some server is 5.5 -> r_next", "x", "x"), ("r_next", "every server is 5.5 -> x", "x", "y")];
    assert_eq!(found(&tree(&unknown, &["x", "y"], &[]), &[What::Unreached, What::NotProven]), []);
    // A question that only a condition asks for.
    let pulled_in = [("share", "share = there and size >= 5 -> x", "y", "y"), ("size", "size >= 5 -> x", "y", "y")];
    assert_eq!(found(&tree(&pulled_in, &["x", "y"], &[]), &[What::Unreached, What::NotProven]), []);
    // By way of an outcome that did not help.
    let helped = [("share", "share = there -> x", "x", "x"), ("gs", "share = there -> y", "x", "x")];
    assert_eq!(found(&tree(&helped, &["x -> gs", "y"], &[]), &[What::Unreached, What::NotProven]), []);
}

#[test]
fn what_did_not_help_must_lead_to_something_new() {
    let round = [("share", "share = there -> x", "y", "y"), ("r_again", "share = there -> x; share = missing -> y", "x", "x")];
    let closure = tree(&round, &["x -> r_again", "y"], &[]);
    assert_eq!(found(&closure, &[What::DidNotHelp]), [("x".to_owned(), What::DidNotHelp, Some(Place::Field("did_not_help")))]);
    let onwards = [("share", "share = there -> x", "y", "y"), ("gs", "gs = yes -> y", "x", "x")];
    assert_eq!(found(&tree(&onwards, &["x -> gs", "y"], &[]), &[What::DidNotHelp, What::NotProven]), []);
}

#[test]
fn a_changed_node_that_chooses_the_same_is_told_from_one_that_does_not() {
    let choice = |branches: &str| tree(&[("servers", branches, "z", "z"), ("share", "share = there -> x", "y", "y")], &["x", "y", "z -> share"], &[]);
    let before = choice("some server is 5.5 -> x; some server is 5.0 -> y");
    let same = |branches: &str| same_choice(&before, &choice(branches), "servers");
    assert_eq!(same("some server is 5.5 -> x; some server is 5.0 -> y"), Same::Always);
    assert_eq!(same("not no server is 5.5 -> x; count(server is 5.0) >= 1 -> y"), Same::Always);
    assert_eq!(same("some server is 5.5 -> x; some server is 5.0 and no server is 5.5 -> y"), Same::Always);
    for branches in ["some server is 5.0 -> y; some server is 5.5 -> x", "some server is 5.5 -> x", "some server is 5.5 -> y; some server is 5.0 -> x"] {
        let Same::Differs(witness) = same(branches) else { panic!("{branches}") };
        let ends = |closure: &Closure| case::run(closure, &witness.case).unwrap().got;
        assert_ne!(ends(&before), ends(&choice(branches)), "{branches}: {}", witness.words);
    }
    assert_eq!(same_choice(&before, &before, "x"), Same::Always);
}

#[test]
fn without_steps_left_nothing_is_claimed() {
    let branches = "share = there -> x; share = there -> y; share = missing and share = locked -> y";
    let closure = tree(&[("share", branches, "x", "x")], &["x", "y"], &[("share", &["order"])]);
    let kinds = |steps: Option<usize>| -> BTreeSet<What> {
        let walks = Walks::new(&closure);
        if let Some(steps) = steps {
            walks.steps.set(steps);
        }
        let node = closure.tree.node("share").unwrap();
        nodes::check(&walks, 0, node, node.kind.fork().unwrap(), &[false; 3]).into_iter().map(|finding| finding.what).collect()
    };
    assert_eq!(kinds(None), [What::DeadBranch, What::Otherwise, What::IdleMark].into());
    assert_eq!(kinds(Some(0)), [What::NotProven].into());
}
