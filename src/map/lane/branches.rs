//! The side branches of one row, and how much of them is drawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::map::acyclic::{PerNode, acyclic};
use crate::map::graph::Graph;
use crate::map::shape::State;

/// The deepest lane: a title of 26 characters still fits beside it.
const DEEPEST: usize = 4;
/// This many options are drawn however long the travelled path is.
const OPTIONS_MIN: usize = 6;

/// What leaves one row to the right.
pub(super) struct Branches {
    pub(super) state: State,
    /// The nodes at depth 1, in the author's order.
    roots: Vec<usize>,
    children: BTreeMap<usize, Vec<usize>>,
    detail: Detail,
}

/// How much is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Down to this depth; a node says how many more hang below it.
    Depth(usize),
    /// The first so many nodes of depth 1, and one row for all others.
    First(usize),
    /// Nothing.
    Hidden,
}

/// One row of a side.
pub(super) struct Item {
    pub(super) part: Part,
    /// The lane; 1 is beside the spine.
    pub(super) depth: usize,
    /// How many nodes below it are not drawn.
    pub(super) hidden: usize,
}

/// What a row of a side stands for.
pub(super) enum Part {
    /// A node.
    Node(usize),
    /// This many nodes.
    Rest(usize),
}

impl Branches {
    /// What can be reached from `roots` over nodes that are `free`. Each node hangs where it is deepest.
    pub(super) fn of(graph: &Graph<'_>, roots: impl Iterator<Item = usize>, state: State, free: &[bool]) -> Self {
        let is_free = |number: &usize| free.get(*number).copied().unwrap_or(false);
        let roots: Vec<usize> = roots.filter(is_free).collect();
        let targets = |number: usize| graph.targets(number).filter(is_free).collect::<Vec<_>>();
        let found = acyclic(graph.nodes.len(), roots.iter().copied(), targets);
        let mut deepest: PerNode<(usize, Option<usize>)> = PerNode::new(graph.nodes.len());
        for number in &found.order {
            let depth = deepest.get(*number).0 + 1;
            for target in targets(*number).into_iter().filter(|target| !found.back.contains(&(*number, *target))) {
                if deepest.get(target).0 < depth {
                    deepest.set(target, (depth, Some(*number)));
                }
            }
        }
        let parent = |number: usize| deepest.get(number).1;
        let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in &found.order {
            let own = targets(*number).into_iter().filter(|target| parent(*target) == Some(*number)).collect();
            children.insert(*number, own);
        }
        let roots = roots.into_iter().filter(|number| parent(*number).is_none()).collect();
        Self { state, roots, children, detail: Detail::Depth(DEEPEST) }
    }

    /// Every node, drawn or not.
    pub(super) fn nodes(&self) -> impl Iterator<Item = usize> + '_ {
        self.children.keys().copied()
    }

    /// The rows, from top to bottom.
    pub(super) fn items(&self) -> Vec<Item> {
        match self.detail {
            Detail::Hidden => Vec::new(),
            Detail::Depth(depth) => self.down_to(&self.roots, depth),
            Detail::First(count) => {
                let drawn = self.roots.get(..count).unwrap_or(&self.roots);
                let mut items = self.down_to(drawn, 1);
                let rest = self.children.len() - items.iter().map(|item| item.hidden + 1).sum::<usize>();
                if rest > 0 {
                    items.push(Item { part: Part::Rest(rest), depth: 1, hidden: 0 });
                }
                items
            }
        }
    }

    fn down_to(&self, roots: &[usize], deepest: usize) -> Vec<Item> {
        let mut items = Vec::new();
        let mut open: Vec<(usize, usize)> = roots.iter().rev().map(|root| (*root, 1)).collect();
        while let Some((number, depth)) = open.pop() {
            let below = self.children.get(&number).map_or(&[][..], Vec::as_slice);
            let hidden = if depth == deepest { self.below(number) } else { 0 };
            if depth < deepest {
                open.extend(below.iter().rev().map(|child| (*child, depth + 1)));
            }
            items.push(Item { part: Part::Node(number), depth, hidden });
        }
        items
    }

    /// How many nodes hang below `number`.
    fn below(&self, number: usize) -> usize {
        let mut seen = BTreeSet::new();
        let mut open = vec![number];
        while let Some(number) = open.pop() {
            open.extend(self.children.get(&number).into_iter().flatten().filter(|child| seen.insert(**child)));
        }
        seen.len()
    }

    /// The next coarser drawing that says something of every branch.
    fn coarser(&self) -> Option<Detail> {
        match (self.state, self.detail) {
            // Of what was ruled out, the first node of each branch says enough; then their number does.
            (State::Out, Detail::Depth(depth)) if depth > 1 => Some(Detail::Depth(1)),
            (State::Out, Detail::Depth(_)) if self.roots.len() > 1 => Some(Detail::First(0)),
            (State::Out, _) => None,
            (_, Detail::Depth(depth)) if depth > 1 => Some(Detail::Depth(depth - 1)),
            _ => None,
        }
    }

    fn rows(&self) -> usize {
        self.items().len()
    }

    /// How much this side asks for being drawn coarser: what was ruled out matters half as much as what is possible.
    fn weight(&self) -> usize {
        if self.state == State::Out { self.rows() * 2 } else { self.rows() }
    }
}

/// Draws `sides` coarser until they have at most `limit` rows: the bulkiest first, then what was ruled out longest ago not at all, then not every
/// option.
pub(super) fn fit(sides: &mut [Branches], limit: usize) {
    let rows = |sides: &[Branches]| sides.iter().map(Branches::rows).sum::<usize>();
    while rows(sides) > limit {
        // The last of equals is found by `max_by_key`; reversed, that is the one nearest to the start of the walk.
        let bulkiest = sides.iter_mut().rev().filter(|side| side.coarser().is_some()).max_by_key(|side| side.weight());
        let Some(side) = bulkiest else { break };
        if let Some(detail) = side.coarser() {
            side.detail = detail;
        }
    }
    while rows(sides) > limit {
        let Some(side) = sides.iter_mut().find(|side| side.state == State::Out && side.rows() > 0) else { break };
        side.detail = Detail::Hidden;
    }
    if rows(sides) > limit
        && let Some(options) = sides.last_mut()
    {
        options.detail = Detail::First(limit.saturating_sub(1).max(OPTIONS_MIN - 1));
    }
}
