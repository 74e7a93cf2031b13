//! The search for walks: from the start to every node, and back from a node to the start with what must hold at it.
//!
//! A way through a node asks its conditions for certain truths. Along a path these add up, since facts keep their values, and every group of facts must have
//! values that fulfil all of them. What no later node nor earlier one asks for does not tell two states of the search apart.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::ops::ControlFlow;
use std::rc::Rc;

use super::atoms::{Atoms, Conditions, GroupId};
use super::formula::{Goal, Truths};
use super::given::{Effort, Given, fulfil};
use super::point::{Ground, Literals};
use super::space::Solver;
use crate::tree::closure::Closure;
use crate::tree::model::{Fork, Node, NodeKind};

/// The position of a node in its tree.
pub(super) type NodeId = usize;

/// A way on from a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The branch at this position.
    Branch(usize),
    /// Every branch is false.
    Otherwise,
    /// The branch at this position stays unknown.
    Unknown(usize),
    /// The outcome was tried.
    DidNotHelp,
}

impl Way {
    /// The branch that is taken.
    pub(super) fn branch(self) -> Option<usize> {
        if let Self::Branch(at) = self { Some(at) } else { None }
    }
}

/// A state in which a node is reached.
#[derive(Clone)]
pub(super) struct State {
    /// What must hold.
    pub(super) given: Given,
    /// The nodes passed so far, each with the way on from it.
    pub(super) path: Vec<(NodeId, Way)>,
}

impl State {
    /// The outcomes that were tried.
    pub(super) fn tried(&self) -> BTreeSet<NodeId> {
        self.path.iter().filter(|(_, way)| *way == Way::DidNotHelp).map(|(node, _)| *node).collect()
    }
}

/// What came of a search.
pub(super) enum Reach<T> {
    Found(T),
    /// Nothing, and everything was looked at.
    Never,
    /// Nothing, but something was left out.
    Open,
}

/// A tree as the search walks it.
pub(super) struct Walks<'c> {
    pub(super) solver: Solver<'c>,
    pub(super) closure: &'c Closure,
    conditions: Vec<Conditions>,
    /// By node: the ways on that exist, with their targets.
    pub(super) ways: Vec<Vec<(Way, NodeId)>>,
    /// By node: the ways that lead to it.
    back: Vec<Vec<(NodeId, Way)>>,
    /// By node: the groups of facts that nodes on the way to it ask for.
    asked_before: Vec<Groups>,
    pub(super) start: Option<NodeId>,
    /// The steps that all searches together have left.
    pub(super) steps: Rc<Cell<usize>>,
}

/// Most steps of one search; beyond, nothing is claimed.
const MOST_STEPS: usize = 4_000;
/// Most steps of all searches of one tree, so that no tree takes for ever.
const MOST_OF_A_TREE: usize = 1_000_000;

impl<'c> Walks<'c> {
    /// Prepares the search.
    pub(super) fn new(closure: &'c Closure) -> Self {
        Self::beside(closure, None)
    }

    /// Prepares the search beside another fork over the same facts, which has the position after the last node and no walk comes to.
    pub(super) fn beside(closure: &'c Closure, other: Option<&Fork>) -> Self {
        let tree = &closure.tree;
        let (atoms, conditions) = Atoms::number(closure, tree.nodes.iter().map(|node| node.kind.fork()).chain([other]));
        let position: HashMap<&str, NodeId> = tree.nodes.iter().enumerate().rev().map(|(at, node)| (node.key.as_str(), at)).collect();
        let ways: Vec<Vec<(Way, NodeId)>> = tree.nodes.iter().map(|node| ways(node, &position)).collect();
        let mut back = vec![Vec::new(); ways.len()];
        for (node, ways) in ways.iter().enumerate() {
            for (way, target) in ways {
                if let Some(back) = back.get_mut(*target) {
                    back.push((node, *way));
                }
            }
        }
        // Branches say most, and the unknown is looked at last.
        let rank = |way: Way| match way {
            Way::Branch(_) => 0,
            Way::Otherwise => 1,
            Way::DidNotHelp => 2,
            Way::Unknown(_) => 3,
        };
        back.iter_mut().for_each(|back| back.sort_by_key(|(node, way)| (rank(*way), *node)));
        let asked_before = asked_before(&atoms, &conditions, &back);
        let start = position.get(tree.start.as_str()).copied();
        Self { solver: Solver::new(Ground { closure, atoms }), closure, conditions, ways, back, asked_before, start, steps: Rc::new(Cell::new(MOST_OF_A_TREE)) }
    }

    /// What one search may do.
    pub(super) fn effort(&self) -> Effort {
        self.effort_for(1)
    }

    /// What a search may do that looks for so many things.
    pub(super) fn effort_for(&self, things: usize) -> Effort {
        Effort::new(MOST_STEPS.saturating_mul(things), &self.steps)
    }

    pub(super) fn node(&self, node: NodeId) -> Option<&'c Node> {
        self.closure.tree.nodes.get(node)
    }

    /// What a node's conditions come to if the walk goes on this way.
    pub(super) fn goals(&self, node: NodeId, way: Way) -> Vec<Goal<'_>> {
        let branches = self.conditions.get(node).map(|conditions| conditions.branches.as_slice()).unwrap_or_default();
        let (before, here) = match way {
            Way::Branch(at) => (at, Some((at, Truths::TRUE))),
            Way::Unknown(at) => (at, Some((at, Truths::UNKNOWN))),
            Way::Otherwise => (branches.len(), None),
            Way::DidNotHelp => (0, None),
        };
        let here = here.and_then(|(at, truths)| branches.get(at).map(|branch| Goal::new(branch, truths)));
        branches.iter().take(before).map(|branch| Goal::new(branch, Truths::FALSE)).chain(here).collect()
    }

    /// The condition of one branch as a goal.
    pub(super) fn holds(&self, node: NodeId, branch: usize) -> Option<Goal<'_>> {
        self.conditions.get(node)?.branches.get(branch).map(|branch| Goal::new(branch, Truths::TRUE))
    }

    /// The groups of facts that the node's conditions ask for.
    pub(super) fn groups_at(&self, node: NodeId) -> BTreeSet<GroupId> {
        self.conditions.get(node).map(|conditions| groups(&self.solver.ground.atoms, conditions)).unwrap_or_default()
    }

    /// Something that is given and fulfils the goals.
    pub(super) fn first(&self, given: &Given, goals: Vec<Goal<'_>>, effort: &mut Effort) -> Option<Given> {
        let mut found = None;
        let _ = fulfil(&self.solver, given, goals, effort, &mut |given, _| {
            found = Some(given);
            ControlFlow::Break(())
        });
        found
    }

    /// A state for each node that is come to by the first way that opens; nodes that need another way have none yet.
    pub(super) fn forward(&self, from: NodeId, state: State, effort: &mut Effort) -> Vec<Option<State>> {
        let mut reached: Vec<Option<State>> = vec![None; self.ways.len()];
        let mut open = VecDeque::from([from]);
        if let Some(first) = reached.get_mut(from) {
            *first = Some(state);
        }
        while let Some(node) = open.pop_front() {
            let Some(state) = reached.get(node).cloned().flatten() else { continue };
            for (way, target) in self.ways.get(node).into_iter().flatten() {
                let is_new = reached.get(*target).is_some_and(Option::is_none);
                if !is_new || (*way == Way::DidNotHelp && state.path.iter().any(|(passed, _)| passed == target)) {
                    continue;
                }
                let Some(given) = self.first(&state.given, self.goals(node, *way), effort) else { continue };
                let path = state.path.iter().copied().chain([(node, *way)]).collect();
                if let Some(entry) = reached.get_mut(*target) {
                    *entry = Some(State { given, path });
                    open.push_back(*target);
                }
            }
        }
        reached
    }

    /// Looks for a walk from the start to `node` at which `state.given` holds, until `accept` takes one. `state.path` is what follows from `node` on.
    pub(super) fn backward<T>(&self, node: NodeId, state: State, effort: &mut Effort, accept: &mut dyn FnMut(&State) -> Option<T>) -> Reach<T> {
        self.backward_without(None, node, state, effort, accept)
    }

    /// The same, and the outcome `untried` was not tried on the way.
    pub(super) fn backward_without<T>(
        &self,
        untried: Option<NodeId>,
        node: NodeId,
        state: State,
        effort: &mut Effort,
        accept: &mut dyn FnMut(&State) -> Option<T>,
    ) -> Reach<T> {
        let mut search = Backward { walks: self, untried, seen: HashSet::new(), accept, found: None };
        let _ = search.go(node, state, effort);
        match search.found {
            Some(found) => Reach::Found(found),
            None if effort.is_open => Reach::Open,
            None => Reach::Never,
        }
    }
}

/// A node, what is given for the facts that are asked for before it, and the outcomes tried after it.
type Seen = (NodeId, Vec<(GroupId, Rc<Literals>)>, BTreeSet<NodeId>);

struct Backward<'s, 'c, T> {
    walks: &'s Walks<'c>,
    /// An outcome that is not to be tried.
    untried: Option<NodeId>,
    /// States that were looked at: a second time they lead nowhere else.
    seen: HashSet<Seen>,
    accept: &'s mut dyn FnMut(&State) -> Option<T>,
    found: Option<T>,
}

impl<T> Backward<'_, '_, T> {
    fn go(&mut self, node: NodeId, state: State, effort: &mut Effort) -> ControlFlow<()> {
        if !effort.step() {
            return ControlFlow::Continue(());
        }
        let walks = self.walks;
        let asked = walks.asked_before.get(node);
        let seen = (node, state.given.of_groups(|group| asked.is_some_and(|asked| asked.has(group))), state.tried());
        if !self.seen.insert(seen) {
            return ControlFlow::Continue(());
        }
        if Some(node) == walks.start {
            self.found = (self.accept)(&state);
            if self.found.is_some() {
                return ControlFlow::Break(());
            }
            // The real walk went elsewhere: nothing can be said of this way.
            effort.is_open = true;
        }
        for (before, way) in walks.back.get(node).into_iter().flatten() {
            let path: Vec<(NodeId, Way)> = [(*before, *way)].into_iter().chain(state.path.iter().copied()).collect();
            if *way == Way::DidNotHelp && (self.untried == Some(*before) || state.tried().contains(before)) {
                continue;
            }
            fulfil(&walks.solver, &state.given, walks.goals(*before, *way), effort, &mut |given, effort| {
                self.go(*before, State { given, path: path.clone() }, effort)
            })?;
        }
        ControlFlow::Continue(())
    }
}

/// The ways on from a node to nodes that exist.
fn ways(node: &Node, position: &HashMap<&str, NodeId>) -> Vec<(Way, NodeId)> {
    let mut named: Vec<(Way, &str)> = Vec::new();
    named.extend(node.kind.fork().into_iter().flat_map(fork_ways));
    if let NodeKind::Outcome(outcome) = &node.kind {
        named.extend(outcome.did_not_help.iter().map(|target| (Way::DidNotHelp, target.as_str())));
    }
    named.into_iter().filter_map(|(way, target)| Some((way, *position.get(target)?))).collect()
}

/// The ways on from a fork, each with its target's key.
pub(super) fn fork_ways(fork: &Fork) -> impl Iterator<Item = (Way, &str)> {
    let branches = fork.branches.iter().enumerate().map(|(at, branch)| (Way::Branch(at), branch.to.as_str()));
    let unknown = (0..fork.branches.len()).map(|at| (Way::Unknown(at), fork.unknown.as_str()));
    branches.chain([(Way::Otherwise, fork.otherwise.as_str())]).chain(unknown)
}

fn groups(atoms: &Atoms, conditions: &Conditions) -> BTreeSet<GroupId> {
    let mut found = BTreeSet::new();
    conditions.branches.iter().for_each(|branch| {
        branch.atoms(&mut |atom| {
            found.insert(atoms.group_of(atom));
        })
    });
    found
}

/// A set of groups of facts, one bit each: large trees have many.
#[derive(Clone, PartialEq)]
struct Groups(Vec<u64>);

impl Groups {
    fn add(&mut self, group: GroupId) {
        if let Some(word) = self.0.get_mut(group / 64) {
            *word |= 1 << (group % 64);
        }
    }

    fn has(&self, group: GroupId) -> bool {
        self.0.get(group / 64).is_some_and(|word| word >> (group % 64) & 1 == 1)
    }

    fn add_all(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }
}

/// By node: the groups that the nodes before it ask for, up to the start.
fn asked_before(atoms: &Atoms, conditions: &[Conditions], back: &[Vec<(NodeId, Way)>]) -> Vec<Groups> {
    let none = || Groups(vec![0; atoms.groups.len().div_ceil(64)]);
    let own = |conditions: &Conditions| {
        let mut own = none();
        groups(atoms, conditions).into_iter().for_each(|group| own.add(group));
        own
    };
    let own: Vec<Groups> = conditions.iter().map(own).collect();
    let mut asked = vec![none(); back.len()];
    // Sets only grow, so that this ends.
    let mut is_growing = true;
    while is_growing {
        is_growing = false;
        for (node, before) in back.iter().enumerate() {
            let mut more = none();
            for (before, _) in before {
                own.get(*before).into_iter().chain(asked.get(*before)).for_each(|groups| more.add_all(groups));
            }
            if let Some(entry) = asked.get_mut(node)
                && *entry != more
            {
                *entry = more;
                is_growing = true;
            }
        }
    }
    asked
}
