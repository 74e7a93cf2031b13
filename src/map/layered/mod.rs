//! The whole guide from top to bottom: a layered drawing after Sugiyama, with edges that turn at right angles.
//!
//! Layers by the longest distance from the start; cells for long edges, so that they pass boxes and never cross them; an order with few
//! crossings; whole columns that keep edges short and straight; and a height of its own for every line that would lie on another.

mod channel;
mod columns;
mod grid;
mod layers;
mod order;
mod states;
#[cfg(test)]
mod tests;

use super::graph::{Graph, LABEL_FACE, Label};
use super::shape::{Edge, Kind, Shape, State};
use super::text::Face;
use crate::tree::closure::{Closure, NodeRef};
use crate::tree::walk::Walk;
use grid::{BOX_HEIGHT, BOX_WIDTH, Grid};
use layers::{Network, Wire};
use states::States;

const LINE_CHARS: usize = 17;
const LINE_PX: usize = 112;
const LINE_FACE: Face = Face::Sans(125);
/// The height of a label's patch; its middle stands this much and half of it above the box.
const PATCH_HEIGHT: usize = 17;
const PATCH_ABOVE: usize = 21;
/// Corner radius of edges.
const CORNER: usize = 6;

/// The whole guide. Lengths are pixels from the top left corner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayeredMap {
    /// The drawing is never scaled down; a page scrolls sideways.
    pub width: usize,
    /// From the first layer's top to the last one's bottom, with margins.
    pub height: usize,
    /// In drawing order: travelled ones last.
    pub edges: Vec<Edge>,
    /// Where lines join the one to the hand-over.
    pub dots: Vec<Dot>,
    /// The arrowhead at the hand-over, as path data.
    pub arrow: Option<String>,
    /// Conditions, each on a patch in the page's colour.
    pub labels: Vec<Patch>,
    /// In the author's order.
    pub nodes: Vec<LayeredNode>,
}

/// A small filled circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dot {
    /// Centre.
    pub x: usize,
    /// Centre.
    pub y: usize,
}

/// A label with the patch below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// Left.
    pub x: usize,
    /// Top.
    pub y: usize,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
    /// The text's middle.
    pub text_x: usize,
    /// The text's base line.
    pub text_y: usize,
    /// At most 18 characters.
    pub text: String,
    /// The same in a sentence.
    pub whole: String,
    /// Whether the visitor went this way.
    pub travelled: bool,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayeredNode {
    /// Which node it is.
    pub node: NodeRef,
    /// Which shape it has.
    pub kind: Kind,
    /// How it stands to the walk.
    pub state: State,
    /// The whole title.
    pub title: String,
    /// Its lines as drawn: one or two of at most 17 characters.
    pub lines: Vec<Line>,
    /// 122 by 42 pixels.
    pub shape: Shape,
    /// The left edge of that box.
    pub x: usize,
    /// Its top.
    pub y: usize,
}

impl LayeredNode {
    /// The diamond on the top right corner that marks a warning, as path data.
    #[must_use]
    pub fn warning_mark(&self) -> String {
        format!("M{} {}l8 8-8 8-8-8z", self.x + BOX_WIDTH - 3, self.y.saturating_sub(7))
    }

    /// The square in the same place that marks an error, as path data.
    #[must_use]
    pub fn error_mark(&self) -> String {
        format!("M{} {}h12v12h-12z", self.x + BOX_WIDTH - 9, self.y.saturating_sub(5))
    }
}

/// A line of a node's title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The middle.
    pub x: usize,
    /// The base line.
    pub y: usize,
    /// At most 17 characters.
    pub text: String,
}

/// Draws the tree of `closure`, and where `walk` went in it.
///
/// Every node is drawn, also those of a draft that nothing leads to. `did_not_help` is said in words only, and so is an edge that
/// closes a circle, which only drafts have. Takes well under a second for the largest tree.
#[must_use]
pub fn layered(closure: &Closure, walk: Option<&Walk>) -> LayeredMap {
    let graph = Graph::own(closure);
    let start = graph.number(&NodeRef::new(&closure.tree.slug, &closure.tree.start)).unwrap_or(0);
    let states = States::of(&graph, walk);
    let network = Network::of(&graph, start, &states);
    let layers = order::order(&network, network.layers(start));
    let columns = columns::columns(&network, &layers);
    let grid = Grid::of(&network, &layers, &columns);
    let mut edges: Vec<Edge> = network.wires.iter().map(|wire| Edge { state: wire.state, d: wire_path(wire, &grid) }).collect();
    let bus = grid.bus(&network);
    edges.extend(bus.edges);
    edges.sort_by_key(|edge| edge.state);
    let mut labels: Vec<Patch> = network.wires.iter().filter_map(|wire| wire_label(wire, &grid)).collect();
    labels.extend(bus.labels);
    // Edges that say the same share one label; it is travelled if one of them is.
    labels.sort_by_key(|label| (label.y, label.x, !label.travelled));
    labels.dedup_by(|label, kept| {
        let is_same = (label.y, label.x) == (kept.y, kept.x);
        if is_same && !kept.whole.split("; or ").any(|sentence| sentence == label.whole) {
            kept.whole = format!("{}; or {}", kept.whole, label.whole);
        }
        is_same
    });
    let nodes = graph.nodes.iter().enumerate().map(|(number, node)| {
        let (x, y) = grid.corner(number);
        let named = if node.kind() == Kind::Jump { format!("→ {}", node.title) } else { node.title.to_owned() };
        let lines = lines(&LINE_FACE.wrap(&named, LINE_CHARS, LINE_PX), x + BOX_WIDTH / 2, y);
        LayeredNode {
            node: node.node.clone(),
            kind: node.kind(),
            state: states.node(number),
            title: node.title.to_owned(),
            lines,
            shape: outline(node.kind(), x, y),
            x,
            y,
        }
    });
    LayeredMap { width: grid.width, height: grid.height, edges, dots: bus.dots, arrow: bus.arrow, labels, nodes: nodes.collect() }
}

/// The path of an edge from box to box.
fn wire_path(wire: &Wire, grid: &Grid) -> String {
    let ends = wire.cells.first().zip(wire.cells.last());
    let Some((first, last)) = ends else { return String::new() };
    let mut path = format!("M{} {}", grid.x(*first), grid.bottom(*first));
    for (upper, lower) in wire.pieces() {
        let (turn, from, to) = (grid.turn(upper, lower), grid.x(upper), grid.entry(upper, lower));
        path.push_str(&bend(from, to, turn));
    }
    path.push_str(&format!("V{}", grid.top(*last)));
    path
}

/// Down to `y` at `from`, across, and around the corner downwards at `to`; nothing where the line goes straight on.
fn bend(from: usize, to: usize, y: usize) -> String {
    let r = CORNER.min(from.abs_diff(to) / 2);
    match from.cmp(&to) {
        std::cmp::Ordering::Equal => String::new(),
        std::cmp::Ordering::Less => format!("V{}q0 {r} {r} {r}H{}q{r} 0 {r} {r}", y - r, to - r),
        std::cmp::Ordering::Greater => format!("V{}q0 {r} -{r} {r}H{}q-{r} 0 -{r} {r}", y - r, to + r),
    }
}

/// The label of an edge: above the box it comes to, or where a long edge passes the last layer before that.
fn wire_label(wire: &Wire, grid: &Grid) -> Option<Patch> {
    let label = wire.label.as_ref()?;
    let travelled = wire.state == State::Past;
    let (upper, lower) = wire.pieces().last()?;
    let (x, y) =
        if wire.label_at_end { (grid.x(lower), grid.top(lower) - PATCH_ABOVE) } else { (grid.x(upper), grid.top(upper) + (BOX_HEIGHT - PATCH_HEIGHT) / 2) };
    Some(patch(label, x, y, travelled))
}

/// `label` on a patch whose top is at `y` and whose middle is at `x`.
fn patch(label: &Label, x: usize, y: usize, travelled: bool) -> Patch {
    let width = LABEL_FACE.width(&label.text) + 8;
    let (text, whole) = (label.text.clone(), label.whole.clone());
    Patch { x: x.saturating_sub(width / 2), y, width, height: PATCH_HEIGHT, text_x: x, text_y: y + 13, text, whole, travelled }
}

/// The lines of a title, centred in the box at `y`.
fn lines(words: &[String], x: usize, y: usize) -> Vec<Line> {
    let first = if words.len() > 1 { 18 } else { 26 };
    words.iter().enumerate().map(|(at, text)| Line { x, y: y + first + 15 * at, text: text.clone() }).collect()
}

/// The outline of a node of `kind` whose box begins at a point.
fn outline(kind: Kind, x: usize, y: usize) -> Shape {
    let rect = |rx| Shape::Rect { x, y, width: BOX_WIDTH, height: BOX_HEIGHT, rx };
    match kind {
        Kind::Question => rect(6),
        Kind::Route => {
            let (side, half) = (BOX_WIDTH - 22, BOX_HEIGHT / 2);
            Shape::Outline(format!("M{} {y}h{side}l11 {half}-11 {half}h-{side}l-11-{half}z", x + 11))
        }
        Kind::Outcome | Kind::Jump | Kind::More => rect(BOX_HEIGHT / 2),
    }
}
