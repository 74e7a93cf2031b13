//! Which node stands in which layer, and the cells through which long edges pass the layers between.

use std::collections::BTreeSet;

use super::states::States;
use crate::map::acyclic::{PerNode, acyclic};
use crate::map::graph::{Graph, LABEL_FACE, Label};
use crate::map::shape::State;

/// A place in a layer: a node, or where a long edge passes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// `None` where an edge passes.
    pub(super) node: Option<usize>,
    pub(super) layer: usize,
    /// In [`UNIT`]s; odd, so that neighbours are whole units apart.
    pub(super) width: i64,
}

/// The finest step of columns, in pixels: boxes are five of them apart, lines that pass boxes one.
pub(super) const UNIT: usize = 27;
/// A box and the space beside it.
const BOX_UNITS: i64 = 5;
/// A line, and a line with a short label.
const LINE_UNITS: i64 = 1;
const SHORT_LABEL_UNITS: i64 = 3;
/// The widest label that counts as short, in pixels.
const SHORT_LABEL: usize = 68;

/// An edge through the cells it passes, both ends included; each is one layer below the one before.
pub(super) struct Wire {
    pub(super) cells: Vec<usize>,
    pub(super) label: Option<Label>,
    /// Whether the label stands above the box it comes to, as where it is the only edge or all say the same; otherwise where a long
    /// edge passes the last layer before.
    pub(super) label_at_end: bool,
    pub(super) state: State,
}

/// An edge to the shared hand-over.
pub(super) struct Tap {
    /// The cell it leaves.
    pub(super) from: usize,
    pub(super) label: Option<Label>,
    pub(super) state: State,
}

/// The graph in layers. A cell's number is that of its node; cells that edges pass come after all nodes.
pub(super) struct Network {
    pub(super) cells: Vec<Cell>,
    pub(super) wires: Vec<Wire>,
    pub(super) taps: Vec<Tap>,
    /// The outcome that the taps lead to. It stands in no layer: the bus decides its place.
    pub(super) hand_over: Option<usize>,
    /// The cells above and below each cell.
    pub(super) above: PerNode<Vec<usize>>,
    pub(super) below: PerNode<Vec<usize>>,
}

impl Network {
    /// Puts every node of `graph` in a layer: the longest distance from the start, and one layer more where labelled edges meet, so that each
    /// of them has a place of its own for its label.
    pub(super) fn of(graph: &Graph<'_>, start: usize, states: &States) -> Self {
        let count = graph.nodes.len();
        let hand_over = shared_hand_over(graph);
        let led_to: BTreeSet<usize> = (0..count).flat_map(|number| graph.targets(number)).collect();
        // What only "it did not help" leads to stands below the outcome, though that edge is not drawn.
        let tried_after =
            |number: usize| graph.nodes.get(number).and_then(|node| node.did_not_help).filter(|target| *target != start && !led_to.contains(target));
        let targets = |number: usize| graph.targets(number).filter(|target| Some(*target) != hand_over).chain(tried_after(number)).collect::<Vec<_>>();
        let found = acyclic(count, std::iter::once(start).chain(0..count), targets);
        let drawn = |from: usize, to: usize| Some(to) != hand_over && !found.back.contains(&(from, to));
        let mut labels: PerNode<BTreeSet<Option<&str>>> = PerNode::new(count);
        let mut parents: PerNode<usize> = PerNode::new(count);
        for (from, node) in graph.nodes.iter().enumerate() {
            for link in node.links.iter().filter(|link| drawn(from, link.to)) {
                parents.change(link.to, |parents| *parents += 1);
                labels.change(link.to, |labels| {
                    labels.insert(link.label.as_ref().map(|label| label.text.as_str()));
                });
            }
        }
        let say_the_same = |number: usize| labels.at(number).is_none_or(|labels| labels.len() < 2);
        let mut layers: PerNode<usize> = PerNode::new(count);
        for from in &found.order {
            for to in targets(*from).into_iter().filter(|to| !found.back.contains(&(*from, *to))) {
                let least = layers.get(*from) + if say_the_same(to) { 1 } else { 2 };
                layers.change(to, |layer| *layer = least.max(*layer));
            }
        }
        let cells = (0..count).map(|number| Cell { node: Some(number), layer: layers.get(number), width: BOX_UNITS }).collect();
        let mut network = Self { cells, wires: Vec::new(), taps: Vec::new(), hand_over, above: PerNode::new(0), below: PerNode::new(0) };
        for (from, node) in graph.nodes.iter().enumerate() {
            for link in &node.links {
                let state = states.link(from, link.to);
                if Some(link.to) == hand_over {
                    // The line itself says "nothing matched"; only an author's own branch has more to say.
                    let label = link.label.clone().filter(|_| !link.falls_back);
                    network.taps.push(Tap { from, label, state });
                } else if drawn(from, link.to) {
                    network.wire(from, link.to, link.label.clone(), say_the_same(link.to), state);
                }
            }
        }
        network.join();
        network
    }

    fn wire(&mut self, from: usize, to: usize, label: Option<Label>, label_at_end: bool, state: State) {
        let layer = |number: usize| self.cells.get(number).map_or(0, |cell| cell.layer);
        let between = layer(from) + 1..layer(to);
        let first = self.cells.len();
        let passed = first..first + between.len();
        self.cells.extend(between.map(|layer| Cell { node: None, layer, width: LINE_UNITS }));
        if let (Some(label), false, Some(cell)) = (&label, label_at_end, self.cells.get_mut(first..).and_then(<[Cell]>::last_mut)) {
            cell.width = if LABEL_FACE.width(&label.text) <= SHORT_LABEL { SHORT_LABEL_UNITS } else { BOX_UNITS };
        }
        let cells = std::iter::once(from).chain(passed).chain(std::iter::once(to)).collect();
        self.wires.push(Wire { cells, label, label_at_end, state });
    }

    fn join(&mut self) {
        self.above = PerNode::new(self.cells.len());
        self.below = PerNode::new(self.cells.len());
        for (upper, lower) in self.wires.iter().flat_map(Wire::pieces) {
            self.above.change(lower, |above| above.push(upper));
            self.below.change(upper, |below| below.push(lower));
        }
    }

    /// The cells of each layer in the order in which a reader who follows the branches from the left comes to them.
    pub(super) fn layers(&self, start: usize) -> Vec<Vec<usize>> {
        let count = self.cells.iter().map(|cell| cell.layer + 1).max().unwrap_or(0);
        let mut layers = vec![Vec::new(); count];
        let mut seen = BTreeSet::new();
        let mut open: Vec<usize> = (0..self.cells.len()).rev().chain(std::iter::once(start)).collect();
        while let Some(number) = open.pop() {
            if Some(number) == self.hand_over || !seen.insert(number) {
                continue;
            }
            if let Some(layer) = self.cells.get(number).and_then(|cell| layers.get_mut(cell.layer)) {
                layer.push(number);
            }
            open.extend(self.below.get(number).into_iter().rev());
        }
        while layers.last().is_some_and(Vec::is_empty) {
            layers.pop();
        }
        layers
    }

    /// How far apart the middles of two cells that stand side by side are at least, in units.
    pub(super) fn apart(&self, left: usize, right: usize) -> i64 {
        let width = |number: usize| self.cells.get(number).map_or(LINE_UNITS, |cell| cell.width);
        (width(left) + width(right)) / 2
    }

    /// Whether an edge passes at the cell `number`.
    pub(super) fn is_passed(&self, number: usize) -> bool {
        self.cells.get(number).is_some_and(|cell| cell.node.is_none())
    }
}

impl Wire {
    /// The pieces from layer to layer.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.cells.iter().copied().zip(self.cells.iter().copied().skip(1))
    }

    /// The cell before the last one.
    pub(super) fn last_but_one(&self) -> Option<usize> {
        self.cells.iter().rev().nth(1).copied()
    }
}

/// The hand-over outcome with the most edges, if it has two or more.
fn shared_hand_over(graph: &Graph<'_>) -> Option<usize> {
    let edges = |number: usize| graph.nodes.iter().flat_map(|node| &node.links).filter(|link| link.to == number).count();
    let hand_overs = graph.nodes.iter().enumerate().filter(|(_, node)| node.is_hand_over).map(|(number, _)| (number, edges(number)));
    hand_overs.filter(|(_, edges)| *edges >= 2).max_by_key(|(number, edges)| (*edges, usize::MAX - number)).map(|(number, _)| number)
}
