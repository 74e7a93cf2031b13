//! The space between two layers: which edge turns at which height, so that no two lie on one another.

use std::collections::{BTreeMap, BTreeSet};

/// The space between two layers of boxes where nothing needs more.
pub(super) const GAP: usize = 44;
/// The first bend below the boxes when it is the only one.
const ONLY: usize = 13;
/// The first bend when there are several.
const FIRST: usize = 9;
/// Between two bends, and between the last one and what follows.
const STEP: usize = 7;
/// Room for a label above the box.
const LABEL: usize = 21;
/// Room for an arrow or a corner above a box without a label.
const BARE: usize = 8;
/// How far an edge enters beside the middle where it would lie on another otherwise.
const ASIDE: usize = 8;

/// One piece of an edge in this space.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Where it leaves the upper cell, in pixels.
    pub(super) exit: usize,
    /// The middle of the lower cell.
    pub(super) entry: usize,
    /// Whether edges that leave the upper cell share a line; otherwise those that come to the lower one do.
    pub(super) by_source: bool,
}

/// Where a piece turns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    /// Below the upper boxes.
    pub(super) height: usize,
    /// Where it comes to the lower cell.
    pub(super) entry: usize,
}

/// One space between two layers.
pub(super) struct Channel {
    /// From the upper boxes to the lower ones.
    pub(super) height: usize,
    /// Where the collecting line to the hand-over lies below the upper boxes.
    pub(super) collector: Option<usize>,
    pub(super) turns: BTreeMap<(usize, usize), Turn>,
}

/// What a channel must leave room for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Needs {
    /// A label above a lower box.
    pub(super) labels: bool,
    /// A line to the hand-over.
    pub(super) collector: bool,
    /// A label on that line.
    pub(super) collector_label: bool,
}

/// Pieces that share a line.
struct Net {
    pieces: Vec<Piece>,
    left: usize,
    right: usize,
}

impl Channel {
    pub(super) fn of(pieces: &[Piece], needs: Needs) -> Self {
        let mut nets = nets(pieces);
        let straight: Vec<Net> = nets.extract_if(.., |net| net.left == net.right).collect();
        let (tracks, nets) = tracks(nets);
        let count = tracks.iter().max().map_or(0, |last| last + 1);
        let collector = needs.collector.then_some(if count == 0 && !needs.collector_label { ONLY } else { FIRST });
        let first = match collector {
            Some(height) if needs.collector_label => height + 2 * STEP,
            Some(height) => height + STEP,
            None if count > 1 => FIRST,
            None => ONLY,
        };
        let mut turns = BTreeMap::new();
        for (track, net) in tracks.into_iter().zip(&nets).chain(straight.iter().map(|net| (0, net))) {
            let height = first + track * STEP;
            turns.extend(net.pieces.iter().map(|piece| ((piece.from, piece.to), Turn { height, entry: piece.entry })));
        }
        let last = if count > 0 { first + (count - 1) * STEP } else { collector.unwrap_or(0) + if needs.collector_label { STEP } else { 0 } };
        let height = GAP.max(last + STEP + if needs.labels { LABEL } else { BARE });
        Self { height, collector, turns }
    }
}

fn nets(pieces: &[Piece]) -> Vec<Net> {
    let mut nets: BTreeMap<(bool, usize), Vec<Piece>> = BTreeMap::new();
    for piece in pieces {
        let shared = if piece.by_source { piece.from } else { piece.to };
        nets.entry((piece.by_source, shared)).or_default().push(*piece);
    }
    nets.into_values().map(Net::of).collect()
}

/// Puts each net on a track, counted from the top. Nets whose lines would meet get different ones, in an order that makes few crossings.
fn tracks(mut open: Vec<Net>) -> (Vec<usize>, Vec<Net>) {
    let mut done: Vec<Net> = Vec::new();
    let mut tracks: Vec<usize> = Vec::new();
    while !open.is_empty() {
        let crossings = |at: usize| {
            let others = || open.iter().enumerate().filter(move |(other, _)| *other != at).map(|(_, net)| net);
            open.get(at).map_or((0, 0), |net| {
                let blocked = others().filter(|other| other.must_be_above(net)).count();
                let gained: usize = others().map(|other| net.crossings_above(other)).sum();
                let lost: usize = others().map(|other| other.crossings_above(net)).sum();
                (blocked, (1 << 20) + gained - lost.min(1 << 20))
            })
        };
        let Some(at) = (0..open.len()).min_by_key(|at| crossings(*at)) else { break };
        let mut net = open.remove(at);
        // A ring of nets, each of which must be above the next, is cut by entering beside the middle.
        let taken: BTreeSet<usize> = open.iter().filter(|other| other.must_be_above(&net)).flat_map(Net::exits).collect();
        net.step_aside(&taken);
        let below = done.iter().zip(&tracks).filter(|(above, _)| above.meets(&net)).map(|(_, track)| track + 1).max();
        tracks.push(below.unwrap_or(0));
        done.push(net);
    }
    (tracks, done)
}

impl Net {
    fn of(pieces: Vec<Piece>) -> Self {
        let ends = || pieces.iter().flat_map(|piece| [piece.exit, piece.entry]);
        let (left, right) = (ends().min().unwrap_or(0), ends().max().unwrap_or(0));
        Self { pieces, left, right }
    }

    fn exits(&self) -> impl Iterator<Item = usize> + '_ {
        self.pieces.iter().map(|piece| piece.exit)
    }

    /// Whether the way down to this net's line would lie on the other's way down from its own, were it below.
    fn must_be_above(&self, other: &Self) -> bool {
        other.pieces.iter().any(|piece| self.exits().any(|exit| exit == piece.entry))
    }

    /// How many lines cross when this net lies above `other`.
    fn crossings_above(&self, other: &Self) -> usize {
        let inside = |net: &Self, x: usize| net.left < x && x < net.right;
        let exits: BTreeSet<usize> = other.exits().filter(|exit| inside(self, *exit)).collect();
        let entries: BTreeSet<usize> = self.pieces.iter().map(|piece| piece.entry).filter(|entry| inside(other, *entry)).collect();
        exits.len() + entries.len()
    }

    /// Whether the two lines would touch on one track, corners included.
    fn meets(&self, other: &Self) -> bool {
        self.left <= other.right + 2 * ASIDE && other.left <= self.right + 2 * ASIDE
    }

    fn step_aside(&mut self, taken: &BTreeSet<usize>) {
        for piece in &mut self.pieces {
            if taken.contains(&piece.entry) {
                piece.entry += ASIDE;
            }
        }
        self.right = self.pieces.iter().map(|piece| piece.entry).fold(self.right, usize::max);
    }
}
