//! The column of each cell: edges short and, where they can be, straight.

use super::layers::Network;
use crate::map::acyclic::PerNode;

/// Rounds over all layers; the last ones change little.
const ROUNDS: usize = 8;
/// How strongly an edge pulls, by how many of its ends are places where a long edge passes: those bend first to the eye.
const PULL: [i64; 3] = [4, 8, 32];

/// The middle of each cell in units; the left-most cell begins at 0, and no two cells of a layer overlap.
///
/// Layer by layer the sum of the edges' lengths is made smallest while the others stand still. With the order given, that is an
/// isotonic regression under absolute values, which pooling neighbours solves exactly and in whole units.
pub(super) fn columns(network: &Network, layers: &[Vec<usize>]) -> PerNode<i64> {
    let mut columns: PerNode<i64> = PerNode::new(network.cells.len());
    for layer in layers {
        for (cell, offset) in layer.iter().zip(offsets(network, layer)) {
            columns.set(*cell, offset);
        }
    }
    let mut best = columns.clone();
    let mut shortest = i64::MAX;
    for round in 0..ROUNDS {
        // First each layer follows the one above, then the one below; from then on both pull.
        let (up, down) = match round {
            0 => (true, false),
            1 => (false, true),
            _ => (true, true),
        };
        let settle = |layer: &Vec<usize>, columns: &mut PerNode<i64>| settle(network, layer, columns, up, down, round % 2 == 1);
        if round % 2 == 0 {
            layers.iter().for_each(|layer| settle(layer, &mut columns));
        } else {
            layers.iter().rev().for_each(|layer| settle(layer, &mut columns));
        }
        let length = length(network, &columns);
        if length < shortest {
            shortest = length;
            best.clone_from(&columns);
        }
    }
    let begins = |cell: &usize| best.get(*cell) - network.cells.get(*cell).map_or(0, |cell| cell.width / 2);
    let first = layers.iter().flatten().map(begins).min().unwrap_or(0);
    for cell in layers.iter().flatten() {
        best.change(*cell, |column| *column -= first);
    }
    best
}

/// How far each cell of a layer stands from the first when they stand side by side.
fn offsets(network: &Network, layer: &[usize]) -> Vec<i64> {
    let steps = layer.iter().zip(layer.iter().skip(1)).map(|(left, right)| network.apart(*left, *right));
    std::iter::once(0)
        .chain(steps)
        .scan(0, |sum, step| {
            *sum += step;
            Some(*sum)
        })
        .collect()
}

/// A run of cells that stand side by side; it begins at the median of what pulls them.
struct Run {
    /// Where each pull would have the run begin, and how strongly.
    pulls: Vec<(i64, i64)>,
    cells: usize,
    begin: i64,
}

/// Places the cells of one layer best while all others stand still. Of equally good places the right one is taken if `rightmost`.
fn settle(network: &Network, layer: &[usize], columns: &mut PerNode<i64>, up: bool, down: bool, rightmost: bool) {
    let mut runs: Vec<Run> = Vec::new();
    let offsets = offsets(network, layer);
    for (offset, cell) in offsets.iter().zip(layer) {
        let near = |wanted: bool, cells: &PerNode<Vec<usize>>| if wanted { cells.get(*cell) } else { Vec::new() };
        let neighbours = near(up, &network.above).into_iter().chain(near(down, &network.below));
        let mut pulls: Vec<(i64, i64)> = neighbours.map(|other| (columns.get(other) - offset, pull(network, *cell, other))).collect();
        if pulls.is_empty() {
            pulls.push((columns.get(*cell) - offset, 1));
        }
        let mut run = Run { begin: median(&mut pulls, rightmost), pulls, cells: 1 };
        // Two runs that would overlap become one.
        while let Some(left) = runs.pop_if(|left| left.begin > run.begin) {
            let mut pulls = left.pulls;
            pulls.append(&mut run.pulls);
            run = Run { begin: median(&mut pulls, rightmost), pulls, cells: left.cells + run.cells };
        }
        runs.push(run);
    }
    let begins = runs.iter().flat_map(|run| std::iter::repeat_n(run.begin, run.cells));
    for ((offset, cell), begin) in offsets.iter().zip(layer).zip(begins) {
        columns.set(*cell, begin + offset);
    }
}

/// The weighted median; between two equally good values the larger one if `upper`.
fn median(pulls: &mut [(i64, i64)], upper: bool) -> i64 {
    pulls.sort_unstable();
    let total: i64 = pulls.iter().map(|(_, weight)| weight).sum();
    let mut sum = 0;
    for (value, weight) in pulls.iter() {
        sum += weight;
        if sum * 2 > total || !upper && sum * 2 == total {
            return *value;
        }
    }
    pulls.last().map_or(0, |(value, _)| *value)
}

fn pull(network: &Network, one: usize, other: usize) -> i64 {
    let [none, one_end, both] = PULL;
    match (network.is_passed(one), network.is_passed(other)) {
        (false, false) => none,
        (true, true) => both,
        _ => one_end,
    }
}

fn length(network: &Network, columns: &PerNode<i64>) -> i64 {
    let pieces = network.wires.iter().flat_map(|wire| wire.pieces());
    pieces.map(|(upper, lower)| pull(network, upper, lower) * (columns.get(upper) - columns.get(lower)).abs()).sum()
}
