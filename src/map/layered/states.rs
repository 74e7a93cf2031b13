//! How nodes and links stand to a walk.

use std::collections::{BTreeMap, BTreeSet};

use crate::map::graph::Graph;
use crate::map::shape::State;
use crate::tree::walk::Walk;

/// The states of one drawing. Without a walk everything is possible.
pub(super) struct States {
    walked: Option<Walked>,
}

struct Walked {
    nodes: BTreeMap<usize, State>,
    travelled: BTreeSet<(usize, usize)>,
    /// Where the options that are left hang.
    in_hand: Option<usize>,
}

impl States {
    pub(super) fn of(graph: &Graph<'_>, walk: Option<&Walk>) -> Self {
        let walked = walk.map(|walk| {
            let in_hand = graph.fork_in_hand(walk);
            let possible = graph.reachable(in_hand.into_iter().flat_map(|number| graph.targets(number)));
            let mut nodes: BTreeMap<usize, State> = possible.into_iter().map(|number| (number, State::Next)).collect();
            nodes.extend(walk.path.iter().filter_map(|stop| Some((graph.number(&stop.node)?, State::Past))));
            nodes.extend(walk.end.node().and_then(|node| graph.number(node)).map(|number| (number, State::Here)));
            let travelled = walk.path.iter().filter_map(|stop| Some((graph.number(&stop.node)?, graph.after(stop)?))).collect();
            Walked { nodes, travelled, in_hand }
        });
        Self { walked }
    }

    pub(super) fn node(&self, number: usize) -> State {
        self.walked.as_ref().map_or(State::Next, |walked| walked.nodes.get(&number).copied().unwrap_or(State::Out))
    }

    pub(super) fn link(&self, from: usize, to: usize) -> State {
        let Some(walked) = &self.walked else { return State::Next };
        if walked.travelled.contains(&(from, to)) {
            State::Past
        } else if walked.in_hand == Some(from) || walked.nodes.get(&from) == Some(&State::Next) {
            State::Next
        } else {
            State::Out
        }
    }
}
