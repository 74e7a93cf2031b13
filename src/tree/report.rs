//! The report on a draft: what the checks and the proof find, how its cases went, what they cover, and what passed.

use std::collections::BTreeSet;

use super::case::{self, Ran};
use super::check::{self, Finding, Place, What};
use super::closure::{Closure, NodeRef};
use super::model::{Case, NodeKind};
use super::picture;
use super::proof;
use super::walk::Taken;

/// Everything that is known about whether a tree can be trusted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// What is wrong, errors first; of equal severity those about the whole tree first, then in the order of the nodes.
    pub findings: Vec<Finding>,
    /// How the cases went, in the author's order.
    pub cases: Vec<CaseReport>,
    /// What no case touches.
    pub covered: Coverage,
    /// What passed, in sentences: "All 12 nodes can be reached, and no path loops."
    pub passed: Vec<String>,
}

/// How a case went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseReport {
    /// The case's name.
    pub name: String,
    /// Whether it came to what it expects.
    pub passed: bool,
    /// What it came to: an outcome's key, `hand_over`, the question that is asked next, or what is wrong with its facts.
    pub got: String,
    /// What it expects.
    pub expect: String,
    /// The nodes that it passed, its end included, in order; written as in this tree.
    pub path: Vec<String>,
}

/// What no case touches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The nodes that no case comes to, in the author's order.
    pub nodes: Vec<String>,
    /// The branches that no case takes: the node's key and the branch's position from 0.
    pub branches: Vec<(String, usize)>,
}

impl Report {
    /// Whether the tree may be published: no finding is an error, a failing case included.
    #[must_use]
    pub fn is_publishable(&self) -> bool {
        !self.findings.iter().any(Finding::is_error)
    }
}

/// Checks and proves the tree of `closure`, and runs its cases.
#[must_use]
pub fn report(closure: &Closure) -> Report {
    let tree = &closure.tree;
    let mut findings = check::check(tree, &closure.ladders);
    findings.extend(missing_jumps(closure));
    findings.extend(picture::missing(closure));
    findings.extend(proof::prove(closure));
    let ran: Vec<(&Case, Result<Ran, String>)> = tree.cases.iter().map(|case| (case, case::run(closure, case))).collect();
    findings.extend(tree.cases.iter().filter_map(|case| {
        let message = case::failure(closure, case)?;
        Some(Finding::error(None, What::FailingCase, message).at(Place::Case(case.name.clone())))
    }));
    let named = |case: &Case| findings.iter().any(|finding| finding.what == What::BadCase && finding.place == Some(Place::Case(case.name.clone())));
    let unread = ran.iter().filter_map(|(case, ran)| ran.as_ref().err().filter(|_| !named(case)).map(|problem| bad_case(case, problem)));
    let unread: Vec<Finding> = unread.collect();
    findings.extend(unread);
    let position = |finding: &Finding| finding.node.as_ref().map(|key| tree.nodes.iter().position(|node| node.key == *key));
    findings.sort_by_key(|finding| (finding.severity, position(finding)));
    let cases: Vec<CaseReport> = ran.iter().map(|(case, ran)| case_report(closure, case, ran)).collect();
    let covered = coverage(closure, &ran);
    let passed = passed(closure, &findings, &cases);
    Report { findings, cases, covered, passed }
}

/// Jumps to trees that are not in the closure: there is no published version to go on in.
fn missing_jumps(closure: &Closure) -> impl Iterator<Item = Finding> {
    closure.tree.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Jump(jump) if !closure.jumps.contains_key(&jump.tree) && jump.tree != closure.tree.slug && check::is_slug(&jump.tree) => {
            let message = format!("No version of \"{}\" is published, so the walk cannot go on there: publish that tree first.", jump.tree);
            Some(Finding::error(Some(&node.key), What::BadJump, message).at(Place::Field("tree")))
        }
        _ => None,
    })
}

/// A case that cannot be run for what it says of a tree that this one jumps to.
fn bad_case(case: &Case, problem: &str) -> Finding {
    Finding::error(None, What::BadCase, format!("Case \"{}\": {problem}", case.name)).at(Place::Case(case.name.clone()))
}

fn case_report(closure: &Closure, case: &Case, ran: &Result<Ran, String>) -> CaseReport {
    let slug = &closure.tree.slug;
    let (passed, got, path) = match ran {
        Ok(ran) => {
            let passed_nodes = ran.walk.path.iter().map(|stop| &stop.node);
            (ran.passed, ran.got.clone(), passed_nodes.chain(ran.walk.end.node()).map(|node| node.written_in(slug)).collect())
        }
        Err(message) => (false, message.clone(), Vec::new()),
    };
    CaseReport { name: case.name.clone(), passed, got, expect: case.expect.clone(), path }
}

fn coverage(closure: &Closure, ran: &[(&Case, Result<Ran, String>)]) -> Coverage {
    let tree = &closure.tree;
    let walks = || ran.iter().filter_map(|(_, ran)| ran.as_ref().ok()).map(|ran| &ran.walk);
    let come_to: BTreeSet<&NodeRef> = walks().flat_map(|walk| walk.path.iter().map(|stop| &stop.node).chain(walk.end.node())).collect();
    let stops = walks().flat_map(|walk| &walk.path);
    let taken: BTreeSet<(&NodeRef, usize)> = stops
        .filter_map(|stop| match stop.taken {
            Taken::Branch(index) => Some((&stop.node, index)),
            _ => None,
        })
        .collect();
    let mut covered = Coverage::default();
    for node in &tree.nodes {
        let named = NodeRef::new(&tree.slug, &node.key);
        if !come_to.contains(&named) {
            covered.nodes.push(node.key.clone());
        }
        let branches = node.kind.fork().map_or(0, |fork| fork.branches.len());
        covered.branches.extend((0..branches).filter(|&index| !taken.contains(&(&named, index))).map(|index| (node.key.clone(), index)));
    }
    covered
}

/// What can be said to the credit of the tree.
fn passed(closure: &Closure, findings: &[Finding], cases: &[CaseReport]) -> Vec<String> {
    let tree = &closure.tree;
    let none_of = |kinds: &[What]| !findings.iter().any(|finding| kinds.contains(&finding.what));
    let mut passed = Vec::new();
    if none_of(&[What::Unreachable, What::Unreached, What::NotProven, What::Circle, What::MissingTarget, What::DeadEnd]) {
        passed.push(format!("{} can be reached, and no path loops.", all(tree.nodes.len(), "node")));
    }
    let outcomes = tree.nodes.iter().filter(|node| matches!(&node.kind, NodeKind::Outcome(outcome) if !outcome.procedures.is_empty())).count();
    if outcomes > 0 && none_of(&[What::NoProcedure, What::NoVerify, What::NoSteps]) {
        passed.push(format!("{} a check step and a way back.", has(outcomes, "outcome with steps", "outcomes with steps")));
    }
    if !cases.is_empty() && cases.iter().all(|case| case.passed) {
        passed.push(match cases.len() {
            1 => "The case reaches what it expects.".to_owned(),
            count => format!("All {count} cases reach what they expect."),
        });
    }
    passed
}

fn all(count: usize, what: &str) -> String {
    if count == 1 { format!("The only {what}") } else { format!("All {count} {what}s") }
}

fn has(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("The only {one} has") } else { format!("All {count} {several} have") }
}
