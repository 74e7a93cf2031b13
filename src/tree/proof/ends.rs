//! What is found over the whole tree: nodes that no walk comes to, and edges `did_not_help` that lead to nothing new.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::given::{Effort, Given, fulfil};
use super::walks::{NodeId, Reach, State, Walks, Way};
use super::witness::Shown;
use crate::tree::case;
use crate::tree::check::{Finding, Place, What};
use crate::tree::closure::NodeRef;
use crate::tree::fact::FactKey;
use crate::tree::model::{Node, NodeKind};
use crate::tree::walk::End;

/// A state for each node that a walk comes to, and the findings about the others.
pub(super) fn unreached(walks: &Walks<'_>, cases: &super::Cases) -> (Vec<Option<State>>, Vec<Finding>) {
    let mut findings = Vec::new();
    let Some(start) = walks.start else { return (Vec::new(), findings) };
    let empty = || State { given: Given::default(), path: Vec::new() };
    let mut reached = walks.forward(start, empty(), &mut walks.effort_for(walks.closure.tree.nodes.len()));
    let linked = linked(walks, start);
    for (at, node) in walks.closure.tree.nodes.iter().enumerate() {
        let shown = Shown { node: at, way: None };
        let is_confirmed = |state: &State| case::run(walks.closure, &walks.case(state)).is_ok_and(|ran| walks.is_shown(&ran, shown));
        if reached.get(at).is_some_and(|state| state.as_ref().is_some_and(is_confirmed)) {
            continue;
        }
        let mut accept = |state: &State| is_confirmed(state).then(|| state.clone());
        let mut found = walks.backward(at, empty(), &mut walks.effort(), &mut accept);
        let mentioned = mentions(walks, node, &linked);
        if !matches!(found, Reach::Found(_)) && !mentioned.is_empty() {
            found = pulled_in(walks, node, &mentioned);
        }
        let is_linked = linked.contains(&at);
        match found {
            Reach::Found(state) => {
                if let Some(entry) = reached.get_mut(at) {
                    *entry = Some(state);
                }
                continue;
            }
            // That no edges lead here is said by the plain checks.
            _ if !is_linked && mentioned.is_empty() => {}
            Reach::Never => findings.push(Finding::error(Some(&node.key), What::Unreached, never(node))),
            Reach::Open if cases.comes_to(&NodeRef::new(&walks.closure.tree.slug, &node.key)) => {}
            Reach::Open => {
                let message = "Whether a walk comes here is not proven: there are too many ways, or conditions that made-up facts can neither fulfil nor rule out. Add a case that comes here.";
                findings.push(Finding::warning(Some(&node.key), What::NotProven, message));
            }
        }
        if let Some(entry) = reached.get_mut(at) {
            *entry = None;
        }
    }
    (reached, findings)
}

fn never(node: &Node) -> String {
    let what = match node.kind {
        NodeKind::Outcome(_) => "outcome",
        _ => "node",
    };
    format!(
        "No walk comes to this {what}: on every way here an earlier branch has already excluded what it needs. Correct the conditions on the way, or delete it."
    )
}

/// The nodes that edges lead to from the start.
fn linked(walks: &Walks<'_>, start: NodeId) -> BTreeSet<NodeId> {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            let Some(node) = walks.node(node) else { continue };
            let helped = if let NodeKind::Outcome(outcome) = &node.kind { outcome.did_not_help.as_deref() } else { None };
            let targets: Vec<&str> = node.kind.fork().into_iter().flat_map(|fork| fork.targets()).chain(helped).collect();
            open.extend(targets.into_iter().filter_map(|key| walks.closure.tree.nodes.iter().position(|node| node.key == key)));
        }
    }
    seen
}

/// The branches of linked forks whose conditions mention the fact of the question.
fn mentions(walks: &Walks<'_>, node: &Node, linked: &BTreeSet<NodeId>) -> Vec<(NodeId, usize)> {
    let NodeKind::Question(question) = &node.kind else { return Vec::new() };
    let slug = &walks.closure.tree.slug;
    let fact = FactKey::within(slug, &question.fact);
    let forks =
        walks.closure.tree.nodes.iter().enumerate().filter(|(at, _)| linked.contains(at)).filter_map(|(at, node)| node.kind.fork().map(|fork| (at, fork)));
    let branches = forks.flat_map(|(at, fork)| fork.branches.iter().enumerate().map(move |(branch, edge)| (at, branch, edge)));
    branches.filter(|(_, _, edge)| edge.when.facts(slug).contains(&fact)).map(|(at, branch, _)| (at, branch)).collect()
}

/// A walk that asks the question for the sake of another node's condition.
fn pulled_in(walks: &Walks<'_>, node: &Node, mentioned: &[(NodeId, usize)]) -> Reach<State> {
    let NodeKind::Question(question) = &node.kind else { return Reach::Never };
    let mut effort = walks.effort();
    let asks = |state: &State| {
        let mut case = walks.case(state);
        case.facts.remove(&question.fact);
        case.unknown.retain(|fact| *fact != question.fact);
        let ran = case::run(walks.closure, &case).ok()?;
        matches!(&ran.walk.end, End::Question { node: asked, .. } if asked.key == node.key).then(|| state.clone())
    };
    for &(at, branch) in mentioned {
        let mut found = None;
        let goals = walks.goals(at, Way::Unknown(branch));
        let _ = fulfil(&walks.solver, &Given::default(), goals, &mut effort, &mut |given, effort| {
            let state = State { given, path: vec![(at, Way::Unknown(branch))] };
            if let Reach::Found(state) = walks.backward(at, state, effort, &mut |state| asks(state)) {
                found = Some(state);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        if let Some(found) = found {
            return Reach::Found(found);
        }
    }
    if effort.is_open { Reach::Open } else { Reach::Never }
}

/// Edges `did_not_help` from which every walk leads to nothing that was not tried.
pub(super) fn nothing_new(walks: &Walks<'_>, reached: &[Option<State>], cases: &super::Cases) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, node) in walks.closure.tree.nodes.iter().enumerate() {
        let Some((_, target)) = walks.ways.get(at).into_iter().flatten().find(|(way, _)| *way == Way::DidNotHelp).copied() else { continue };
        let Some(state) = reached.get(at).cloned().flatten() else { continue };
        let tried = State { path: state.path.iter().copied().chain([(at, Way::DidNotHelp)]).collect(), ..state.clone() };
        let ahead = walks.forward(target, tried.clone(), &mut walks.effort());
        let is_new =
            |(node, state): (usize, &Option<State>)| state.as_ref().is_some_and(|state| is_end(walks, node) && node != at && !state.tried().contains(&node));
        if ahead.iter().enumerate().any(is_new) {
            continue;
        }
        match by_another_way(walks, at, target) {
            Reach::Found(()) => {}
            Reach::Open if cases.leads_on(&node.key) => {}
            Reach::Never => {
                let name = format!("\"{}\" did not help, and nothing else is offered", node.title);
                let witness = walks.witness(&tried, Shown { node: at, way: Some(Way::DidNotHelp) }, &name);
                // Without a walk that shows it nothing is claimed.
                let Some(witness) = witness.filter(|witness| witness.case.expect == case::HAND_OVER) else { continue };
                let message = "\"did_not_help\" leads to nothing new: with all answers kept, every walk from there ends in what was tried already. Lead it elsewhere, or leave it out.";
                findings.push(Finding::error(Some(&node.key), What::DidNotHelp, message).at(Place::Field("did_not_help")).shown_by(witness));
            }
            Reach::Open => {
                let message = "Whether \"did_not_help\" leads to anything new is not proven. Add a case that tries this outcome.";
                findings.push(Finding::warning(Some(&node.key), What::NotProven, message).at(Place::Field("did_not_help")));
            }
        }
    }
    findings
}

fn is_end(walks: &Walks<'_>, node: NodeId) -> bool {
    walks.node(node).is_some_and(|node| matches!(node.kind, NodeKind::Outcome(_) | NodeKind::Jump(_)))
}

/// Whether some walk goes from the outcome over its edge to another end that was not tried before.
fn by_another_way(walks: &Walks<'_>, outcome: NodeId, target: NodeId) -> Reach<()> {
    // Facts keep their values: from a node that was passed on the way here the walk comes here again.
    if is_on_every_way(walks, target, outcome) {
        return Reach::Never;
    }
    let mut search = Ahead { walks, outcome, passed: Vec::new(), is_found: false };
    let mut effort = walks.effort();
    let _ = search.go(target, &Given::default(), &mut effort);
    match (search.is_found, effort.is_open) {
        (true, _) => Reach::Found(()),
        (false, true) => Reach::Open,
        (false, false) => Reach::Never,
    }
}

/// Whether no edges lead from the start to `to` without `passed`.
fn is_on_every_way(walks: &Walks<'_>, passed: NodeId, to: NodeId) -> bool {
    let mut seen = BTreeSet::from([passed]);
    let mut open: Vec<NodeId> = walks.start.into_iter().collect();
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            open.extend(walks.ways.get(node).into_iter().flatten().map(|(_, target)| *target));
        }
    }
    passed == to || !seen.contains(&to)
}

struct Ahead<'s, 'c> {
    walks: &'s Walks<'c>,
    outcome: NodeId,
    passed: Vec<(NodeId, Way)>,
    is_found: bool,
}

impl Ahead<'_, '_> {
    /// Goes on from `node` to the first end, and from there back to the start.
    fn go(&mut self, node: NodeId, given: &Given, effort: &mut Effort) -> ControlFlow<()> {
        if !effort.step() || node == self.outcome || self.passed.iter().any(|(passed, _)| *passed == node) {
            return ControlFlow::Continue(());
        }
        if is_end(self.walks, node) {
            let path = [(self.outcome, Way::DidNotHelp)].into_iter().chain(self.passed.iter().copied()).collect();
            let state = State { given: given.clone(), path };
            let shown = Shown { node, way: None };
            let mut accept = |state: &State| {
                let ran = case::run(self.walks.closure, &self.walks.case(state)).ok()?;
                self.walks.is_shown(&ran, shown).then_some(())
            };
            if let Reach::Found(()) = self.walks.backward_without(Some(node), self.outcome, state, effort, &mut accept) {
                self.is_found = true;
                return ControlFlow::Break(());
            }
            return ControlFlow::Continue(());
        }
        let walks = self.walks;
        for (way, target) in walks.ways.get(node).into_iter().flatten() {
            self.passed.push((node, *way));
            let flow = fulfil(&walks.solver, given, walks.goals(node, *way), effort, &mut |given, effort| self.go(*target, &given, effort));
            self.passed.pop();
            flow?;
        }
        ControlFlow::Continue(())
    }
}
