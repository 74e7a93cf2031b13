//! Random trees: every witness is confirmed, and what no walk is said to come to none comes to.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::*;
use crate::tree::closure::NodeRef;
use crate::tree::fact::{FactKey, Sheet, Source, Statement, Value};
use crate::tree::model::Helped;
use crate::tree::walk::tests::random::{Grove, grove};
use crate::tree::walk::{Taken, Tried, Walk, walk};

/// Every walk over five yes-or-no facts and three outcomes: unstated, yes, no or not known; tried or not.
fn every_walk(grove: &Grove, visit: &mut dyn FnMut(&Walk, &Tried)) {
    for facts in 0..4_usize.pow(5) {
        let statements: Vec<Statement> = (0..5_u32)
            .filter_map(|fact| {
                let value = match facts / 4_usize.pow(fact) % 4 {
                    0 => return None,
                    1 => Some(Value::YesNo(true)),
                    2 => Some(Value::YesNo(false)),
                    _ => None,
                };
                Some(Statement { key: FactKey::within("t", &format!("q{fact}")), value, source: Source::Asked, line: None })
            })
            .collect();
        let sheet = Sheet::resolve(&statements);
        for outcomes in 0..8_usize {
            let is_tried = |at: &usize| outcomes >> at & 1 == 1;
            let tried: Tried = (0..3).filter(is_tried).map(|at| (NodeRef::new("t", &format!("o{at}")), Helped::No)).collect();
            visit(&walk(&grove.closure, &sheet, &tried), &tried);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn nodes_are_unreached_if_and_only_if_no_walk_comes_to_them(grove in grove()) {
        let findings = prove(&grove.closure);
        let of = |what: What| findings.iter().filter(|finding| finding.what == what).filter_map(|finding| finding.node.clone()).collect::<BTreeSet<_>>();
        let (mut come_to, mut leads_on) = (BTreeSet::new(), BTreeSet::new());
        every_walk(&grove, &mut |walk, _| {
            come_to.extend(walk.path.iter().map(|stop| stop.node.key.clone()).chain(walk.end.node().map(|node| node.key.clone())));
            for (at, stop) in walk.path.iter().enumerate().filter(|(_, stop)| stop.taken == Taken::DidNotHelp) {
                let before: Vec<&NodeRef> = walk.path[..=at].iter().map(|stop| &stop.node).collect();
                let after = walk.path[at + 1..].iter().map(|stop| &stop.node).chain(walk.end.node());
                if after.filter(|node| node.key.starts_with('o')).any(|node| !before.contains(&node)) {
                    leads_on.insert(stop.node.key.clone());
                }
            }
        });
        let unlinked = crate::tree::check::check(&grove.closure.tree, &grove.closure.ladders).into_iter().filter(|finding| finding.what == What::Unreachable);
        let unlinked: BTreeSet<String> = unlinked.filter_map(|finding| finding.node).collect();
        let all = grove.closure.tree.nodes.iter().map(|node| node.key.clone());
        let never: BTreeSet<String> = all.filter(|key| !come_to.contains(key) && !unlinked.contains(key)).collect();
        // Of what is not proven nothing is claimed; how seldom that is, another test says.
        let proven = |keys: BTreeSet<String>| -> BTreeSet<String> { keys.difference(&of(What::NotProven)).cloned().collect() };
        prop_assert!(of(What::Unreached).is_subset(&never), "{:?} {:?}", of(What::Unreached), never);
        prop_assert_eq!(proven(of(What::Unreached)), proven(never));
        prop_assert!(of(What::DidNotHelp).is_disjoint(&leads_on), "{:?} {:?}", of(What::DidNotHelp), leads_on);
        findings.iter().for_each(|finding| confirmed(&grove.closure, finding));
    }
}

/// Conditions of every kind.
const CONDITIONS: [&str; 14] = [
    "some server is 5.5",
    "every server is 5.0",
    "some server is 5.0 below SP2 and every server is 5.0",
    "no server (is 5.5 at least SP3)",
    "count(server is 5.0) >= 2",
    "some server (is 4.0 and os is \"NT 4.0\")",
    "text(contains \"file replication\")",
    "text(contains \"replication\" and not code c1030ad1)",
    "event(source MSExchangeSA and id 2037)",
    "event(id 2037 and like \"*add-ins*\")",
    "share = missing or share = there",
    "size >= 10",
    "size < 20 and share != missing",
    "admin older than 5.5 and some server is 5.5",
];

/// Trees of eight forks and three outcomes whose conditions tie facts of every kind together; edges lead to later nodes, that of "did not help" anywhere.
fn mixed() -> impl Strategy<Value = Closure> {
    let fork = (vec((select(&CONDITIONS[..]), any::<Index>()), 1..4), any::<Index>(), any::<Index>());
    (vec(fork, 8), any::<Index>()).prop_map(|(forks, back)| {
        let keys = ["text", "servers", "r_one", "share", "events", "r_two", "size", "r_three", "x", "y", "z"];
        let later = |at: usize, index: &Index| *index.get(&keys[at + 1..]);
        let texts: Vec<String> = forks
            .iter()
            .enumerate()
            .map(|(at, (branches, _, _))| branches.iter().map(|(when, to)| format!("{when} -> {}", later(at, to))).collect::<Vec<_>>().join("; "))
            .collect();
        let list: Vec<Fork<'_>> =
            forks.iter().enumerate().map(|(at, (_, otherwise, unknown))| (keys[at], texts[at].as_str(), later(at, otherwise), later(at, unknown))).collect();
        tree(&list, &[&format!("x -> {}", back.get(&keys[..8])), "y", "z"], &[])
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn every_finding_of_a_mixed_tree_is_confirmed_by_the_real_walk(closure in mixed()) {
        prove(&closure).iter().for_each(|finding| confirmed(&closure, finding));
    }
}

#[test]
fn little_is_left_unproven() {
    let mut runner = TestRunner::deterministic();
    let mut unproven = |trees: usize, made: &dyn Fn(&mut TestRunner) -> Closure| {
        let is_open = |closure: &Closure| prove(closure).iter().any(|finding| finding.what == What::NotProven);
        (0..trees).filter(|_| is_open(&made(&mut runner))).count()
    };
    let of_yes_and_no = unproven(100, &|runner| grove().new_tree(runner).unwrap().current().closure);
    let of_every_kind = unproven(20, &|runner| mixed().new_tree(runner).unwrap().current());
    assert!(of_yes_and_no <= 3 && of_every_kind <= 1, "{of_yes_and_no} of 100, {of_every_kind} of 20");
}

#[test]
fn an_edge_back_to_what_every_way_passes_leads_to_nothing_new() {
    let forks =
        [("text", "text(contains \"replication\") -> servers", "y", "y"), ("servers", "some server is 5.5 -> x; count(server is 5.0) >= 2 -> y", "y", "x")];
    let closure = tree(&forks, &["x -> text", "y"], &[]);
    let findings = prove(&closure);
    let of_x: Vec<What> = findings.iter().filter(|finding| finding.node.as_deref() == Some("x")).map(|finding| finding.what).collect();
    assert_eq!(of_x, [What::DidNotHelp]);
    findings.iter().for_each(|finding| confirmed(&closure, finding));
}
