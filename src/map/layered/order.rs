//! The order of the cells inside each layer, chosen so that few edges cross.

use super::layers::Network;
use crate::map::acyclic::PerNode;

/// Sweeps down and up the drawing; more of them no longer help.
const SWEEPS: usize = 10;
/// Rounds of exchanging neighbours.
const EXCHANGES: usize = 4;

/// Orders `layers` by barycentres, then by exchanging neighbours, and keeps the best order seen. Deterministic: equals keep their order.
pub(super) fn order(network: &Network, mut layers: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut best = layers.clone();
    let mut fewest = crossings(network, &layers);
    for _ in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        sweep(&mut layers, &network.above, false);
        sweep(&mut layers, &network.below, true);
        exchange(network, &mut layers);
        let now = crossings(network, &layers);
        if now < fewest {
            fewest = now;
            best.clone_from(&layers);
        }
    }
    best
}

/// Sorts each layer by the mean position of its neighbours in the layer before (above, or below when `upwards`).
fn sweep(layers: &mut [Vec<usize>], neighbours: &PerNode<Vec<usize>>, upwards: bool) {
    let mut places = places(layers);
    let count = layers.len();
    for step in 1..count {
        let at = if upwards { count - 1 - step } else { step };
        let Some(layer) = layers.get_mut(at) else { continue };
        // A cell without neighbours stays where it is. Positions are compared in 1/1024.
        let centre = |cell: &usize| match neighbours.get(*cell).as_slice() {
            [] => places.get(*cell) * 1024,
            near => near.iter().map(|cell| places.get(*cell) * 1024).sum::<usize>() / near.len(),
        };
        layer.sort_by_cached_key(centre);
        for (place, cell) in layer.iter().enumerate() {
            places.set(*cell, place);
        }
    }
}

/// Exchanges neighbours as long as that makes fewer crossings.
fn exchange(network: &Network, layers: &mut [Vec<usize>]) {
    let mut places = places(layers);
    for _ in 0..EXCHANGES {
        let mut better = false;
        for layer in layers.iter_mut() {
            for at in 1..layer.len() {
                let (Some(&left), Some(&right)) = (layer.get(at - 1), layer.get(at)) else { continue };
                let cost = |first: usize, second: usize| {
                    [&network.above, &network.below].iter().map(|near| pair_crossings(near.at(first), near.at(second), &places)).sum::<usize>()
                };
                if cost(right, left) < cost(left, right) {
                    layer.swap(at - 1, at);
                    places.set(right, at - 1);
                    places.set(left, at);
                    better = true;
                }
            }
        }
        if !better {
            break;
        }
    }
}

/// How many pairs of edges cross when the cell with the neighbours `first` stands left of that with `second`.
fn pair_crossings(first: Option<&Vec<usize>>, second: Option<&Vec<usize>>, places: &PerNode<usize>) -> usize {
    let (first, second) = (first.into_iter().flatten(), second.map_or(&[][..], Vec::as_slice));
    first.map(|left| second.iter().filter(|right| places.get(**right) < places.get(*left)).count()).sum()
}

/// How many pairs of edges cross.
fn crossings(network: &Network, layers: &[Vec<usize>]) -> usize {
    let places = places(layers);
    let between = |layer: &Vec<usize>| {
        // Edges from left to right by their upper end; each crosses those before it that end further right.
        let mut passed: Vec<usize> = Vec::new();
        let mut crossed = 0;
        for cell in layer {
            let mut ends: Vec<usize> = network.below.get(*cell).iter().map(|below| places.get(*below)).collect();
            ends.sort_unstable();
            crossed += ends.iter().map(|end| passed.len() - passed.partition_point(|place| place <= end)).sum::<usize>();
            for end in ends {
                passed.insert(passed.partition_point(|place| *place <= end), end);
            }
        }
        crossed
    };
    layers.iter().map(between).sum()
}

/// Each cell's place in its layer.
fn places(layers: &[Vec<usize>]) -> PerNode<usize> {
    let count = layers.iter().flatten().max().map_or(0, |last| last + 1);
    let mut places = PerNode::new(count);
    for layer in layers {
        for (place, cell) in layer.iter().enumerate() {
            places.set(*cell, place);
        }
    }
    places
}
