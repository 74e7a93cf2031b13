//! Order in a graph that may have circles: a draft may, and a drawing of it must not hang.

use std::collections::BTreeSet;

/// One value a node, by the node's number. Numbers outside read as the default and are not written.
#[derive(Debug, Clone)]
pub(super) struct PerNode<T>(Vec<T>);

impl<T: Clone + Default> PerNode<T> {
    /// The default for each of `count` nodes.
    pub(super) fn new(count: usize) -> Self {
        Self(vec![T::default(); count])
    }

    pub(super) fn get(&self, number: usize) -> T {
        self.0.get(number).cloned().unwrap_or_default()
    }

    pub(super) fn at(&self, number: usize) -> Option<&T> {
        self.0.get(number)
    }

    pub(super) fn change(&mut self, number: usize, change: impl FnOnce(&mut T)) {
        if let Some(slot) = self.0.get_mut(number) {
            change(slot);
        }
    }

    pub(super) fn set(&mut self, number: usize, value: T) {
        self.change(number, |slot| *slot = value);
    }
}

/// Nodes in an order in which every edge points forward, but for the few that close a circle.
pub(super) struct Acyclic {
    /// Every node that was reached, sources first.
    pub(super) order: Vec<usize>,
    /// The edges that point back.
    pub(super) back: BTreeSet<(usize, usize)>,
}

/// Orders what can be reached from `starts`, in that order of preference, over `targets`.
pub(super) fn acyclic(count: usize, starts: impl IntoIterator<Item = usize>, targets: impl Fn(usize) -> Vec<usize>) -> Acyclic {
    #[derive(Clone, Copy, Default, PartialEq)]
    enum Mark {
        #[default]
        New,
        Open,
        Done,
    }
    let mut marks: PerNode<Mark> = PerNode::new(count);
    let mut back = BTreeSet::new();
    let mut finished = Vec::new();
    for start in starts {
        if start >= count || marks.get(start) != Mark::New {
            continue;
        }
        marks.set(start, Mark::Open);
        // Targets wait in reverse, so that the first is looked at first.
        let waiting = |number: usize| targets(number).into_iter().filter(|target| *target < count).rev().collect::<Vec<_>>();
        let mut stack = vec![(start, waiting(start))];
        while let Some((number, open)) = stack.last_mut() {
            let number = *number;
            match open.pop() {
                Some(target) if marks.get(target) == Mark::New => {
                    marks.set(target, Mark::Open);
                    stack.push((target, waiting(target)));
                }
                Some(target) if marks.get(target) == Mark::Open => {
                    back.insert((number, target));
                }
                Some(_) => {}
                None => {
                    marks.set(number, Mark::Done);
                    finished.push(number);
                    stack.pop();
                }
            }
        }
    }
    finished.reverse();
    Acyclic { order: finished, back }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(edges: &[&[usize]]) -> Acyclic {
        acyclic(edges.len(), 0..edges.len(), |number| edges[number].to_vec())
    }

    #[test]
    fn sources_come_before_targets() {
        let found = run(&[&[1, 2], &[3], &[1], &[]]);
        assert_eq!(found.order, [0, 2, 1, 3]);
        assert!(found.back.is_empty());
    }

    #[test]
    fn circles_and_loops_are_cut_at_the_edge_that_closes_them() {
        let found = run(&[&[1, 0], &[2], &[0]]);
        assert_eq!(found.order, [0, 1, 2]);
        assert_eq!(found.back, BTreeSet::from([(0, 0), (2, 0)]));
    }

    #[test]
    fn a_missing_target_is_passed_over() {
        assert_eq!(run(&[&[9], &[]]).order, [1, 0]);
    }
}
