//! Pixels: where each cell stands, where edges turn, and the line to the hand-over.

use std::collections::BTreeMap;

use super::channel::{Channel, Needs, Piece};
use super::layers::{Network, UNIT};
use super::{CORNER, Dot, Patch, patch};
use crate::map::acyclic::PerNode;
use crate::map::shape::{Edge, State};

pub(super) const BOX_WIDTH: usize = 122;
pub(super) const BOX_HEIGHT: usize = 42;
/// From the middle of a box to that of the next.
const COLUMN: usize = 5 * UNIT;
const MARGIN: usize = 4;
/// From the right-most boxes to the line to the hand-over, and from there to the right edge.
const GUTTER: usize = 20;

/// The drawing in pixels.
pub(super) struct Grid {
    pub(super) width: usize,
    pub(super) height: usize,
    /// The layer of each cell.
    layer: PerNode<usize>,
    /// The middle of each cell.
    middle: PerNode<usize>,
    /// The top of each layer.
    tops: Vec<usize>,
    channels: Vec<Channel>,
    /// The middle of the line to the hand-over.
    bus: usize,
}

/// What draws the line to the hand-over.
#[derive(Default)]
pub(super) struct Bus {
    pub(super) edges: Vec<Edge>,
    pub(super) dots: Vec<Dot>,
    pub(super) arrow: Option<String>,
    pub(super) labels: Vec<Patch>,
}

/// Where an edge to the hand-over leaves a box.
struct Joint {
    x: usize,
    top: usize,
    state: State,
}

impl Grid {
    pub(super) fn of(network: &Network, layers: &[Vec<usize>], columns: &PerNode<i64>) -> Self {
        let mut layer = PerNode::new(network.cells.len());
        let mut middle = PerNode::new(network.cells.len());
        let mut right = MARGIN + BOX_WIDTH;
        for number in layers.iter().flatten() {
            let Some(cell) = network.cells.get(*number) else { continue };
            let column = usize::try_from(columns.get(*number)).unwrap_or(0);
            // Two units left of its middle a box begins, but for the space beside it.
            let x = (MARGIN + BOX_WIDTH / 2 + column * UNIT).saturating_sub(2 * UNIT);
            layer.set(*number, cell.layer);
            middle.set(*number, x);
            right = right.max(x + if cell.node.is_some() { BOX_WIDTH } else { usize::try_from(cell.width).unwrap_or(1) * UNIT } / 2);
        }
        let mut grid = Self { width: right + MARGIN, height: 0, layer, middle, tops: Vec::new(), channels: Vec::new(), bus: right + GUTTER };
        let mut count = layers.len();
        if let Some(hand_over) = network.hand_over {
            let at = grid.place_hand_over(network, layers, right - BOX_WIDTH / 2);
            grid.layer.set(hand_over, at);
            grid.middle.set(hand_over, right - BOX_WIDTH / 2);
            grid.width = right + 2 * GUTTER + MARGIN;
            count = count.max(at + 1);
        }
        let mut top = MARGIN;
        for at in 0..count {
            grid.tops.push(top);
            let channel = grid.channel(network, at);
            top += BOX_HEIGHT + channel.height;
            grid.channels.push(channel);
        }
        grid.height = grid.tops.last().map_or(0, |top| top + BOX_HEIGHT) + MARGIN;
        grid
    }

    /// The hand-over stands at the bottom beside its line: in the last layer if that place is free and no edge to it leaves there.
    fn place_hand_over(&self, network: &Network, layers: &[Vec<usize>], middle: usize) -> usize {
        let last = layers.len().saturating_sub(1);
        let taken = layers.last().is_some_and(|cells| cells.iter().any(|cell| self.middle.get(*cell) + COLUMN > middle));
        let leaves = network.taps.iter().any(|tap| self.layer.get(tap.from) == last);
        if taken || leaves { last + 1 } else { last }
    }

    /// Lays out the space below layer `at`. A passing cell whose edge has to step aside moves with it.
    fn channel(&mut self, network: &Network, at: usize) -> Channel {
        let mut pieces = Vec::new();
        let mut needs = Needs::default();
        for wire in &network.wires {
            for (from, to) in wire.pieces().filter(|(from, _)| self.layer.get(*from) == at) {
                let (exit, entry) = (self.middle.get(from), self.middle.get(to));
                pieces.push(Piece { from, to, exit, entry, by_source: !network.is_passed(from) });
                needs.labels |= wire.label.is_some() && wire.label_at_end && wire.last_but_one() == Some(from);
            }
        }
        for tap in network.taps.iter().filter(|tap| self.layer.get(tap.from) == at) {
            needs.collector = true;
            needs.collector_label |= tap.label.is_some();
        }
        let channel = Channel::of(&pieces, needs);
        for ((_, to), turn) in &channel.turns {
            if network.is_passed(*to) {
                self.middle.set(*to, turn.entry);
            }
        }
        channel
    }

    /// The middle of a cell.
    pub(super) fn x(&self, cell: usize) -> usize {
        self.middle.get(cell)
    }

    /// The top of a cell.
    pub(super) fn top(&self, cell: usize) -> usize {
        self.tops.get(self.layer.get(cell)).copied().unwrap_or(MARGIN)
    }

    /// The bottom of a cell.
    pub(super) fn bottom(&self, cell: usize) -> usize {
        self.top(cell) + BOX_HEIGHT
    }

    /// The top left corner of a node's box.
    pub(super) fn corner(&self, node: usize) -> (usize, usize) {
        (self.x(node).saturating_sub(BOX_WIDTH / 2), self.top(node))
    }

    /// At what height the piece between two cells turns.
    pub(super) fn turn(&self, upper: usize, lower: usize) -> usize {
        let channel = self.channels.get(self.layer.get(upper));
        self.bottom(upper) + channel.and_then(|channel| channel.turns.get(&(upper, lower))).map_or(0, |turn| turn.height)
    }

    /// Where the piece between two cells comes to the lower one.
    pub(super) fn entry(&self, upper: usize, lower: usize) -> usize {
        let channel = self.channels.get(self.layer.get(upper));
        channel.and_then(|channel| channel.turns.get(&(upper, lower))).map_or_else(|| self.x(lower), |turn| turn.entry)
    }

    /// Draws the edges to the shared hand-over: a line below each layer that has any, joined in the right gutter. No two pieces of different
    /// state lie on one another, so that dots stay dots; the travelled way is drawn once more as a whole.
    pub(super) fn bus(&self, network: &Network) -> Bus {
        let mut bus = Bus::default();
        let Some(hand_over) = network.hand_over else { return bus };
        let (end_x, end_y) = (self.x(hand_over) + BOX_WIDTH / 2, self.top(hand_over) + BOX_HEIGHT / 2);
        let mut by_height: BTreeMap<usize, Vec<Joint>> = BTreeMap::new();
        for tap in &network.taps {
            let Some(height) = self.collector(tap.from) else { continue };
            let (x, top, travelled) = (self.x(tap.from), self.bottom(tap.from), tap.state == State::Past);
            by_height.entry(height).or_default().push(Joint { x, top, state: not_past(tap.state) });
            if let Some(label) = &tap.label {
                let label = patch(label, x + COLUMN / 2, height - 8, travelled);
                bus.labels.push(label);
            }
            if travelled {
                let d = format!("M{x} {top}{}", corner_out(height)) + &self.down_to(height, end_x, end_y);
                bus.edges.push(Edge { state: State::Past, d });
            }
        }
        let mut trunk: Option<(usize, State)> = None;
        for (height, mut taps) in by_height {
            taps.sort_unstable_by_key(|joint| joint.x);
            let state = self.collect(&mut bus.edges, height, &taps, trunk.is_some());
            trunk = Some(match trunk {
                Some((above, state_above)) => {
                    bus.edges.push(Edge { state: state_above, d: format!("M{} {above}V{height}", self.bus) });
                    bus.dots.push(Dot { x: self.bus, y: height });
                    (height, state.max(state_above))
                }
                None => (height + CORNER, state),
            });
        }
        if let Some((above, state)) = trunk {
            bus.edges.push(Edge { state, d: format!("M{} {above}{}", self.bus, self.into(end_x, end_y)) });
            bus.arrow = Some(format!("M{end_x} {end_y}l7-4v8z"));
        }
        bus
    }

    /// Draws the line below one layer, tap by tap, and gives the state of all of it.
    fn collect(&self, edges: &mut Vec<Edge>, height: usize, taps: &[Joint], joins: bool) -> State {
        let ends = taps.iter().skip(1).map(|joint| joint.x + CORNER).chain(std::iter::once(if joins { self.bus } else { self.bus - CORNER }));
        let mut state = State::Out;
        for (Joint { x, top, state: own }, end) in taps.iter().zip(ends) {
            state = state.max(*own);
            edges.push(Edge { state: *own, d: format!("M{x} {top}{}", corner_out(height)) });
            edges.push(Edge { state, d: format!("M{} {height}H{end}", x + CORNER) });
        }
        if !joins {
            edges.push(Edge { state, d: format!("M{} {height}q{CORNER} 0 {CORNER} {CORNER}", self.bus - CORNER) });
        }
        state
    }

    fn collector(&self, cell: usize) -> Option<usize> {
        let channel = self.channels.get(self.layer.get(cell))?;
        Some(self.bottom(cell) + channel.collector?)
    }

    /// From a line at `height` to the gutter and down to the hand-over.
    fn down_to(&self, height: usize, end_x: usize, end_y: usize) -> String {
        format!("H{}q{CORNER} 0 {CORNER} {CORNER}V{}{}", self.bus - CORNER, height + CORNER, self.into(end_x, end_y))
    }

    /// Down the gutter and into the hand-over from the right.
    fn into(&self, end_x: usize, end_y: usize) -> String {
        format!("V{}q0 {CORNER} -{CORNER} {CORNER}H{end_x}", end_y - CORNER)
    }
}

/// Down to a line at `height` and around the corner to the right.
fn corner_out(height: usize) -> String {
    format!("V{}q0 {CORNER} {CORNER} {CORNER}", height - CORNER)
}

/// The travelled way lies on top; below it the line looks like any that is possible.
fn not_past(state: State) -> State {
    if state == State::Past { State::Next } else { state }
}
