//! What is found at one node: branches that are never taken, branches whose order decides, and what falls to `otherwise`.

use std::ops::ControlFlow;

use super::formula::Goal;
use super::given::{Given, fulfil};
use super::holes;
use super::rest::is_the_rest;
use super::walks::{NodeId, Reach, State, Walks, Way};
use super::witness::Shown;
use crate::tree::check::{Finding, Place, What, Witness};
use crate::tree::model::{Fork, Meant, Node};

/// Most points of a node that a walk is looked for to.
const MOST_TRIES: usize = 40;

/// The findings at one fork.
pub(super) fn check(walks: &Walks<'_>, at: NodeId, node: &Node, fork: &Fork, taken: &[bool]) -> Vec<Finding> {
    let mut proof = NodeProof { walks, at, node, fork, findings: Vec::new(), is_open: false };
    let dead = proof.dead_branches(taken);
    proof.order(&dead);
    proof.otherwise();
    if proof.is_open {
        let message =
            "There are too many combinations of facts to look through, so it is not proven what this node does with all of them: ask for less in one node.";
        proof.findings.push(Finding::warning(Some(&node.key), What::NotProven, message));
    }
    proof.findings
}

struct NodeProof<'p, 'c> {
    walks: &'p Walks<'c>,
    at: NodeId,
    node: &'p Node,
    fork: &'p Fork,
    findings: Vec<Finding>,
    /// Whether something was left out.
    is_open: bool,
}

impl NodeProof<'_, '_> {
    /// Whether some point of the node's space fulfils the goals.
    fn exists(&mut self, goals: Vec<Goal<'_>>) -> Reach<Given> {
        let mut effort = self.walks.effort();
        match self.walks.first(&Given::default(), goals, &mut effort) {
            Some(given) => Reach::Found(given),
            None if effort.is_open => Reach::Open,
            None => Reach::Never,
        }
    }

    /// A walk that comes to the node with facts that fulfil the goals, and goes on this way.
    fn walk(&mut self, goals: Vec<Goal<'_>>, way: Way, name: &str) -> Option<Witness> {
        find_walk(self.walks, self.at, goals, way, name)
    }

    /// Branches that no point of the space takes. `taken` are those that a walk was seen to take.
    fn dead_branches(&mut self, taken: &[bool]) -> Vec<usize> {
        let mut dead = Vec::new();
        for (branch, edge) in self.fork.branches.iter().enumerate() {
            if taken.get(branch).copied().unwrap_or_default() {
                continue;
            }
            let place = Place::Branch(branch);
            match self.exists(self.walks.goals(self.at, Way::Branch(branch))) {
                Reach::Found(_) => {}
                Reach::Open => {
                    let message = format!(
                        "Whether anything takes branch {} is not proven: its condition ({}) can neither be fulfilled by made-up facts nor ruled out.",
                        branch + 1,
                        edge.when
                    );
                    self.findings.push(Finding::warning(Some(&self.node.key), What::NotProven, message).at(place));
                }
                Reach::Never => {
                    dead.push(branch);
                    let (message, witness) = self.why_dead(branch);
                    self.findings.push(Finding::error(Some(&self.node.key), What::DeadBranch, message).at(place).shown_by(witness));
                }
            }
        }
        dead
    }

    /// Why the branch is never taken, and a walk that takes an earlier one although this one holds.
    fn why_dead(&mut self, branch: usize) -> (String, Option<Witness>) {
        let number = branch + 1;
        for earlier in 0..branch {
            let goals = || self.walks.goals(self.at, Way::Branch(earlier)).into_iter().chain(self.walks.holds(self.at, branch)).collect::<Vec<_>>();
            let name = format!("Takes branch {} although branch {number} holds", earlier + 1);
            let goals = goals();
            if let Some(witness) = self.walk(goals, Way::Branch(earlier), &name) {
                let message = format!(
                    "Branch {number} is never taken: whatever fits it fits an earlier branch too, such as branch {}. Put it before that one, or delete it.",
                    earlier + 1
                );
                return (message, Some(witness));
            }
        }
        let holds = self.walks.holds(self.at, branch).into_iter().collect();
        let message = match self.exists(holds) {
            Reach::Never => format!("Branch {number} is never taken: its condition contradicts itself. Correct it, or delete the branch."),
            _ => format!("Branch {number} is never taken: the branches before it leave nothing to it. Move it up, or delete it."),
        };
        (message, None)
    }

    /// Branches that hold where an earlier one with another target is taken; those that are dead have been named.
    fn order(&mut self, dead: &[usize]) {
        let is_meant = self.fork.meant.contains(&Meant::Order);
        let branches = || self.fork.branches.iter().enumerate();
        let overlapped = branches().filter(|(later, _)| !dead.contains(later));
        let pairs: Vec<(usize, usize)> = overlapped
            .flat_map(|(later, other)| branches().take(later).filter(|(_, first)| first.to != other.to).map(move |(first, _)| (first, later)))
            .collect();
        let mut shown_later: Option<usize> = None;
        let mut is_idle = true;
        for (first, later) in pairs {
            if shown_later == Some(later) || (is_meant && !is_idle) {
                continue;
            }
            let goals = || -> Vec<Goal<'_>> { self.walks.goals(self.at, Way::Branch(first)).into_iter().chain(self.walks.holds(self.at, later)).collect() };
            let wanted = goals();
            let found = self.exists(wanted.clone());
            // What was neither found nor ruled out is no overlap to warn of, and no proof that the mark silences nothing.
            is_idle &= matches!(found, Reach::Never);
            if is_meant || !matches!(found, Reach::Found(_)) {
                continue;
            }
            let name = format!("Branches {} and {} both hold", first + 1, later + 1);
            let Some(witness) = self.walk(wanted, Way::Branch(first), &name) else { continue };
            shown_later = Some(later);
            let message = format!(
                "Branches {} and {} both hold for {}, so their order decides. Make one of them narrower, or mark \"order\" as meant.",
                first + 1,
                later + 1,
                witness.words
            );
            let finding = Finding { mark: Some(Meant::Order), ..Finding::warning(Some(&self.node.key), What::Order, message) };
            self.findings.push(finding.at(Place::Branch(later)).shown_by(witness));
        }
        if is_meant && is_idle {
            self.idle_mark("order", "no two branches with different targets hold at once");
        }
    }

    /// What falls to `otherwise`: between two ranges, or at all.
    fn otherwise(&mut self) {
        let is_meant = self.fork.meant.contains(&Meant::Otherwise);
        let goals = self.walks.goals(self.at, Way::Otherwise);
        match self.exists(goals.clone()) {
            Reach::Never if is_meant => return self.idle_mark("otherwise", "nothing that is known falls to \"otherwise\""),
            Reach::Never => return,
            Reach::Open => {
                self.is_open |= !is_meant;
                return;
            }
            Reach::Found(_) if is_meant || is_the_rest(self.node) => return,
            Reach::Found(_) => {}
        }
        if let Some((hole, witness)) = holes::find(self.walks, self.at) {
            let message = format!("{hole} lies between what the branches take, and falls to \"otherwise\". Close the gap, or mark \"otherwise\" as meant.");
            let finding = Finding { mark: Some(Meant::Otherwise), ..Finding::warning(Some(&self.node.key), What::Hole, message) };
            self.findings.push(finding.at(Place::Otherwise).shown_by(witness));
            return;
        }
        if let Some(witness) = self.walk(goals, Way::Otherwise, "No branch fits, so \"otherwise\" is taken") {
            let message = format!("No branch fits {}, which falls to \"otherwise\". Add a branch for it, or mark \"otherwise\" as meant.", witness.words);
            let finding = Finding { mark: Some(Meant::Otherwise), ..Finding::warning(Some(&self.node.key), What::Otherwise, message) };
            self.findings.push(finding.at(Place::Otherwise).shown_by(witness));
        }
    }

    fn idle_mark(&mut self, mark: &str, why: &str) {
        let message = format!("The mark \"{mark}\" silences nothing, since {why}: take it away, so that it does not hide a later mistake.");
        self.findings.push(Finding::warning(Some(&self.node.key), What::IdleMark, message).at(Place::Field("meant")));
    }
}

/// A walk that comes to the node with facts that fulfil the goals, and goes on this way.
pub(super) fn find_walk(walks: &Walks<'_>, at: NodeId, goals: Vec<Goal<'_>>, way: Way, name: &str) -> Option<Witness> {
    let mut found = None;
    let mut tries = 0;
    let mut effort = walks.effort();
    let _ = fulfil(&walks.solver, &Given::default(), goals, &mut effort, &mut |given, effort| {
        tries += 1;
        let state = State { given, path: Vec::new() };
        let mut accept = |state: &State| walks.witness(state, Shown { node: at, way: Some(way) }, name);
        if let Reach::Found(witness) = walks.backward(at, state, effort, &mut accept) {
            found = Some(witness);
        }
        if found.is_some() || tries >= MOST_TRIES { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found
}
