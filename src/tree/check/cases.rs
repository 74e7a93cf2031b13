//! Checks of the cases: facts that nobody sets, values that do not fit, outcomes that do not exist.

use std::collections::BTreeMap;

use super::{Finding, Place, What};
use crate::tree::answer::{Kind, read_facts};
use crate::tree::case::HAND_OVER;
use crate::tree::ladder::Ladders;
use crate::tree::model::{Case, NodeKind, Tree};

/// What is wrong with the cases of `tree`. Facts and outcomes of trees that it jumps to can be read with those trees only: running the case names what is
/// wrong with them.
pub fn check(tree: &Tree, ladders: &Ladders) -> Vec<Finding> {
    let found = tree.cases.iter().flat_map(|case| problems(tree, ladders, case).into_iter().map(|problem| finding(&case.name, &problem)));
    let mut findings: Vec<Finding> = found.collect();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &tree.cases {
        *names.entry(case.name.trim()).or_default() += 1;
    }
    for (name, count) in names {
        if name.is_empty() {
            findings.push(finding(name, "it has no name: say in it what it shows."));
        } else if count > 1 {
            findings.push(finding(name, &format!("{count} cases have this name: names must differ, since changed cases are accepted by name.")));
        }
    }
    findings
}

fn finding(name: &str, problem: &str) -> Finding {
    Finding::error(None, What::BadCase, format!("Case \"{name}\": {problem}")).at(Place::Case(name.to_owned()))
}

fn problems(tree: &Tree, ladders: &Ladders, case: &Case) -> Vec<String> {
    let mut problems = Vec::new();
    let jumps = tree.nodes.iter().any(|node| matches!(node.kind, NodeKind::Jump(_)));
    let is_own = |key: &&String| !jumps || key.split_once('.').is_none_or(|(slug, _)| slug == tree.slug);
    let own = case.facts.iter().filter(|(fact, _)| is_own(fact)).map(|(fact, value)| (fact.clone(), value.clone())).collect();
    if let Err(unread) = read_facts(tree, &own, ladders) {
        problems.extend(unread.into_iter().map(|(fact, problem)| format!("{fact}: {}", problem.message)));
    }
    for fact in case.unknown.iter().filter(is_own).filter(|fact| Kind::of(tree, fact).is_none()) {
        problems.push(format!("no question sets \"{fact}\"."));
    }
    let is_outcome = |key: &str| tree.node(key).is_some_and(|node| matches!(node.kind, NodeKind::Outcome(_)));
    for outcome in case.answers.keys().filter(is_own).filter(|key| !is_outcome(key)) {
        problems.push(format!("there is no outcome \"{outcome}\"."));
    }
    if case.expect != HAND_OVER && !is_outcome(&case.expect) && !jumps {
        problems.push(format!("there is no outcome \"{}\" to expect.", case.expect));
    }
    problems
}
