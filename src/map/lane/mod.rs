//! The narrow map: one row a node, the travelled path as its straight spine.

mod branches;
#[cfg(test)]
mod tests;

use super::graph::{Answers, Graph};
use super::shape::{Edge, Kind, Shape, State};
use super::text::Face;
use crate::tree::closure::{Closure, NodeRef};
use crate::tree::walk::{End, Stop, Taken, Walk};
use branches::{Branches, Item, Part};

/// Pixels; the drawing is never scaled.
const WIDTH: usize = 296;
const ROW: usize = 28;
const FIRST_X: usize = 12;
const FIRST_Y: usize = 18;
const LANE: usize = 20;
const CORNER: usize = 8;
const TITLE_CHARS: usize = 26;
const TITLE_FACE: Face = Face::Sans(130);
const ANSWER_FACE: Face = Face::Mono(120);
const ANSWER_CHARS: usize = 16;
/// An answer keeps this much however long the title beside it is.
const ANSWER_MIN: usize = 60;
/// Between a title and what stands right of it.
const BESIDE: usize = 10;

/// What may be chosen about a lane map.
#[derive(Debug, Clone, Copy)]
pub struct LaneOptions {
    /// With more rows than this, side branches are drawn in less detail. The travelled path is always whole.
    pub rows: usize,
}

impl Default for LaneOptions {
    fn default() -> Self {
        Self { rows: 14 }
    }
}

/// The narrow map. Lengths are pixels from the top left corner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneMap {
    /// Always 296.
    pub width: usize,
    /// 28 for each row and a margin.
    pub height: usize,
    /// From top to bottom.
    pub rows: Vec<LaneRow>,
    /// In drawing order: travelled ones last.
    pub edges: Vec<Edge>,
}

/// One row: a node, or several that are not drawn one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneRow {
    /// The node; `None` for a row that stands for several, and for a hand-over that no author wrote.
    pub node: Option<NodeRef>,
    /// Which shape it has.
    pub kind: Kind,
    /// How it stands to the walk.
    pub state: State,
    /// As drawn: at most 26 characters.
    pub title: String,
    /// The whole title.
    pub full_title: String,
    /// What was said there, right-aligned in the row.
    pub answer: Option<String>,
    /// "+3 more": nodes below it that are not drawn, right-aligned in the row.
    pub more: Option<String>,
    /// 0 is the spine.
    pub lane: usize,
    /// The middle of the node's shape.
    pub x: usize,
    /// The middle of the row.
    pub y: usize,
    /// Nothing for a row that stands for several nodes.
    pub shape: Option<Shape>,
    /// Where the title begins.
    pub text_x: usize,
    /// The title's base line.
    pub text_y: usize,
}

impl LaneRow {
    /// Whether the visitor is here: the row has a halo.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.state == State::Here
    }

    /// The shape's classes in the stylesheet: nodes that were passed are filled.
    #[must_use]
    pub fn shape_class(&self) -> &'static str {
        if self.state == State::Past { "n dot" } else { "n" }
    }

    /// Whether the shape has a dot inside: the question that is asked now.
    #[must_use]
    pub fn has_eye(&self) -> bool {
        self.is_here() && self.kind == Kind::Question
    }
}

/// Draws the narrow map of `walk`.
///
/// What was ruled out is listed under the node that ruled it out, what is still possible under the current node. Hand-over outcomes
/// are left out, since every question has that way. A node is drawn once, at its deepest place.
#[must_use]
pub fn lane(closure: &Closure, walk: &Walk, answers: &Answers<'_>, options: LaneOptions) -> LaneMap {
    let graph = Graph::whole(closure);
    let spine = spine(&graph, walk);
    let mut sides = sides(&graph, walk, &spine);
    branches::fit(&mut sides, options.rows.saturating_sub(spine.len()));
    let mut drawing = Drawing { graph: &graph, rows: Vec::new(), back: Vec::new(), front: Vec::new() };
    let mut parent = None;
    for (stop, side) in spine.iter().zip(&sides) {
        let at = drawing.spine_row(stop, answers);
        if let Some(parent) = parent {
            drawing.edge(parent, at);
        }
        drawing.side(at, side);
        parent = Some(at);
    }
    let Drawing { rows, mut back, front, .. } = drawing;
    back.extend(front);
    LaneMap { width: WIDTH, height: rows.len() * ROW + 8, rows, edges: back }
}

/// A node of the travelled path.
struct SpineStop<'a> {
    /// `None` is a hand-over that no author wrote.
    number: Option<usize>,
    stop: Option<&'a Stop>,
    here: bool,
}

/// The path and what comes next. A question that was asked early for another node's condition stays where it was asked.
fn spine<'a>(graph: &Graph<'_>, walk: &'a Walk) -> Vec<SpineStop<'a>> {
    let end = walk.end.node().and_then(|node| graph.number(node));
    let mut spine: Vec<SpineStop<'a>> = Vec::new();
    for stop in &walk.path {
        let number = graph.number(&stop.node);
        if number.is_some() && !spine.iter().any(|earlier| earlier.number == number) {
            spine.push(SpineStop { number, stop: Some(stop), here: number == end });
        }
    }
    if matches!(walk.end, End::HandOver) || end.is_some() && !spine.iter().any(|stop| stop.here) {
        spine.push(SpineStop { number: end, stop: None, here: true });
    }
    spine
}

/// For each stop of the spine the branches that leave it. Deeper stops choose first, so that a node shared by several is drawn at the deepest.
fn sides(graph: &Graph<'_>, walk: &Walk, spine: &[SpineStop<'_>]) -> Vec<Branches> {
    let in_hand = graph.fork_in_hand(walk);
    let mut free: Vec<bool> = graph.nodes.iter().map(|node| !node.is_hand_over).collect();
    let mut claim = |numbers: &mut dyn Iterator<Item = usize>| {
        for number in numbers {
            if let Some(slot) = free.get_mut(number) {
                *slot = false;
            }
        }
        free.clone()
    };
    let mut open = claim(&mut spine.iter().filter_map(|stop| stop.number));
    let options = Branches::of(graph, in_hand.into_iter().flat_map(|number| graph.targets(number)), State::Next, &open);
    open = claim(&mut options.nodes());
    let followed = |stop: &SpineStop<'_>| {
        let own_branches = walk.path.iter().any(|passed| graph.number(&passed.node) == stop.number && !matches!(passed.taken, Taken::Back | Taken::Waits));
        stop.number.filter(|_| own_branches)
    };
    let mut sides = Vec::new();
    for (at, stop) in spine.iter().enumerate().rev() {
        if at + 1 == spine.len() {
            continue;
        }
        let side = Branches::of(graph, followed(stop).into_iter().flat_map(|number| graph.targets(number)), State::Out, &open);
        open = claim(&mut side.nodes());
        sides.push(side);
    }
    sides.reverse();
    sides.push(options);
    sides
}

/// What a row says, before it has a place.
struct Entry<'a> {
    node: Option<NodeRef>,
    kind: Kind,
    state: State,
    title: &'a str,
    lane: usize,
    answer: Option<String>,
    hidden: usize,
}

struct Drawing<'a> {
    graph: &'a Graph<'a>,
    rows: Vec<LaneRow>,
    back: Vec<Edge>,
    front: Vec<Edge>,
}

impl Drawing<'_> {
    fn spine_row(&mut self, stop: &SpineStop<'_>, answers: &Answers<'_>) -> usize {
        let state = if stop.here { State::Here } else { State::Past };
        let node = stop.number.and_then(|number| self.graph.nodes.get(number));
        let answer = node.zip(stop.stop).and_then(|(node, stop)| node.answer(stop, answers));
        let (kind, title) = node.map_or((Kind::Outcome, "Hand over"), |node| (node.kind(), node.title));
        self.row(Entry { node: node.map(|node| node.node.clone()), kind, state, title, lane: 0, answer, hidden: 0 })
    }

    /// Draws what leaves the row `parent` to the right.
    fn side(&mut self, parent: usize, side: &Branches) {
        let mut parents = vec![parent];
        for Item { part, depth, hidden } in side.items() {
            parents.truncate(depth);
            let at = match part {
                Part::Node(number) => {
                    let Some(node) = self.graph.nodes.get(number) else { continue };
                    let entry =
                        Entry { node: Some(node.node.clone()), kind: node.kind(), state: side.state, title: node.title, lane: depth, answer: None, hidden };
                    self.row(entry)
                }
                Part::Rest(count) => {
                    let words = if side.state == State::Out { "ruled out" } else { "more possible" };
                    let title = format!("{count} {words}");
                    self.row(Entry { node: None, kind: Kind::More, state: side.state, title: &title, lane: depth, answer: None, hidden: 0 })
                }
            };
            if let Some(parent) = parents.last() {
                self.edge(*parent, at);
            }
            parents.push(at);
        }
    }

    fn row(&mut self, entry: Entry<'_>) -> usize {
        let Entry { node, kind, state, title, lane, answer, hidden } = entry;
        let at = self.rows.len();
        let (x, y) = (FIRST_X + lane * LANE, FIRST_Y + at * ROW);
        let here = state == State::Here;
        let text_x = x + if kind == Kind::More {
            6
        } else if here {
            18
        } else {
            14
        };
        let more = (hidden > 0).then(|| format!("+{hidden} more"));
        // Title and what stands right of it share the row; the title gives way only when the answer is at its shortest.
        let room = WIDTH - 2 - text_x;
        let wanted = TITLE_FACE.shorten(title, TITLE_CHARS, room);
        let left = room.saturating_sub(TITLE_FACE.width(&wanted) + BESIDE).max(ANSWER_MIN);
        let answer = answer.filter(|answer| !answer.trim().is_empty()).map(|answer| ANSWER_FACE.shorten(answer.trim(), ANSWER_CHARS, left));
        let beside = answer.as_deref().map(|answer| ANSWER_FACE.width(answer)).or_else(|| more.as_deref().map(|more| TITLE_FACE.width(more)));
        let drawn = TITLE_FACE.shorten(title, TITLE_CHARS, room.saturating_sub(beside.map_or(0, |width| width + BESIDE)));
        let shape = glyph(kind, x, y, if here { 6 } else { 5 });
        self.rows.push(LaneRow { node, kind, state, title: drawn, full_title: title.to_owned(), answer, more, lane, x, y, shape, text_x, text_y: y + 5 });
        at
    }

    /// Joins two rows: straight down inside a lane, around a corner into the next.
    fn edge(&mut self, from: usize, to: usize) {
        let (Some(upper), Some(lower)) = (self.rows.get(from), self.rows.get(to)) else { return };
        let travelled = matches!(lower.state, State::Past | State::Here);
        let state = if travelled { State::Past } else { lower.state };
        let d = if upper.x == lower.x {
            format!("M{} {}V{}", upper.x, upper.y, lower.y)
        } else {
            format!("M{} {}V{}q0 {CORNER} {CORNER} {CORNER}H{}", upper.x, upper.y, lower.y - CORNER, lower.x)
        };
        if travelled { &mut self.front } else { &mut self.back }.push(Edge { state, d });
    }
}

/// The shape of a node of `kind` around a point.
fn glyph(kind: Kind, x: usize, y: usize, r: usize) -> Option<Shape> {
    match kind {
        Kind::Question => Some(Shape::Circle { cx: x, cy: y, r }),
        Kind::Route => {
            let r = r + 1;
            Some(Shape::Outline(format!("M{x} {}l{r} {r}-{r} {r}-{r}-{r}z", y - r)))
        }
        Kind::Outcome => Some(Shape::Rect { x: x - r + 1, y: y - r + 1, width: 2 * r - 1, height: 2 * r - 1, rx: 1 }),
        Kind::Jump => Some(Shape::Rect { x: x - r - 2, y: y - r + 1, width: 2 * r + 4, height: 2 * r - 2, rx: r - 1 }),
        Kind::More => None,
    }
}
