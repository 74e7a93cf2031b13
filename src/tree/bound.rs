//! How many questions a walk can ask at most.

use std::collections::{BTreeMap, HashSet};

use super::closure::Closure;
use super::fact::FactKey;
use super::model::{Node, NodeKind};

/// The most places that are looked at; a tree with more ways than this gets no bound.
const MOST_PLACES: usize = 100_000;

/// An upper bound of the questions that a walk asks from the node `from` of `closure` on, that node included, before it comes to an outcome. Those whose
/// fact is `answered` already do not count. `None` where there are too many ways to look at.
///
/// Counted are the questions on the way and those that the conditions on the way could pull in, each once. Facts may exclude the longest way, so no
/// walk need ask as many; none asks more.
#[must_use]
pub fn most_questions(closure: &Closure, from: &str, answered: &dyn Fn(&FactKey) -> bool) -> Option<usize> {
    let tree = &closure.tree;
    let position: BTreeMap<&str, usize> = tree.nodes.iter().enumerate().map(|(index, node)| (node.key.as_str(), index)).collect();
    let bits = Bits::new(closure, answered)?;
    let mut seen = HashSet::new();
    let mut open = vec![(*position.get(from)?, 0_u128)];
    let mut most = 0;
    while let Some((index, asked)) = open.pop() {
        if !seen.insert((index, asked)) {
            continue;
        }
        if seen.len() > MOST_PLACES {
            return None;
        }
        let node = tree.nodes.get(index)?;
        let asked = asked | bits.own(closure, node);
        let ahead = match &node.kind {
            NodeKind::Jump(jump) => closure.jumps.get(&jump.tree).map_or(Some(0), |other| most_questions(other, &other.tree.start, answered))?,
            _ => 0,
        };
        most = most.max(usize::try_from(asked.count_ones()).ok()? + ahead);
        let Some(fork) = node.kind.fork() else { continue };
        let mut pulled = asked;
        for branch in &fork.branches {
            for key in branch.when.facts(&tree.slug) {
                pulled |= bits.of(&key);
            }
            open.extend(position.get(branch.to.as_str()).map(|target| (*target, pulled)));
        }
        open.extend([&fork.otherwise, &fork.unknown].into_iter().filter_map(|target| position.get(target.as_str())).map(|target| (*target, pulled)));
    }
    Some(most)
}

/// One bit for each question of a tree that was not answered.
struct Bits(BTreeMap<FactKey, u128>);

impl Bits {
    /// `None` for a tree with more questions than there are bits.
    fn new(closure: &Closure, answered: &dyn Fn(&FactKey) -> bool) -> Option<Self> {
        let facts = closure.tree.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Question(question) => Some(FactKey::within(&closure.tree.slug, &question.fact)),
            _ => None,
        });
        let open = facts.filter(|key| !answered(key));
        open.zip(0_u32..).map(|(key, number)| Some((key, 1_u128.checked_shl(number)?))).collect::<Option<_>>().map(Self)
    }

    fn of(&self, key: &FactKey) -> u128 {
        self.0.get(key).copied().unwrap_or_default()
    }

    fn own(&self, closure: &Closure, node: &Node) -> u128 {
        match &node.kind {
            NodeKind::Question(question) => self.of(&FactKey::within(&closure.tree.slug, &question.fact)),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::tree::file;
    use crate::tree::ladder::Ladders;

    /// A route whose first branch needs the answers to two questions that no branch leads to at once, then a question.
    const TREE: &str = r"
format: fixpath/1
slug: t
title: T
summary: S
products: [P]
applies_to: A
ladder: none
start: first
nodes:
  - key: first
    title: First
    route:
      branches:
        - {when: a = yes and b = yes, to: end}
        - {when: a = no, to: third}
      otherwise: end
      unknown: end
  - {key: third, title: Third, question: {fact: c, ask: yes_no, prompt: C, branches: [{when: c = yes, to: second}], otherwise: end, unknown: end}}
  - {key: second, title: Second, question: {fact: b, ask: yes_no, prompt: B, branches: [], otherwise: end, unknown: end}}
  - {key: asks_a, title: A, question: {fact: a, ask: yes_no, prompt: A, branches: [], otherwise: end, unknown: end}}
  - {key: end, title: End, outcome: {verdict: hand_over, headline: H, cause: C}}
";

    fn closure() -> Closure {
        Closure::single(Arc::new(file::read(TREE).unwrap()), Arc::new(Ladders::default()))
    }

    #[test]
    fn questions_on_the_way_and_those_that_conditions_pull_in_count_once() {
        let none = |_: &FactKey| false;
        assert_eq!(most_questions(&closure(), "first", &none), Some(3), "a and b are pulled in, c stands on the way, b stands there too");
        assert_eq!(most_questions(&closure(), "third", &none), Some(2));
        assert_eq!(most_questions(&closure(), "end", &none), Some(0));
    }

    #[test]
    fn what_was_answered_is_not_asked_again() {
        let answered = |key: &FactKey| key.bare() == "b";
        assert_eq!(most_questions(&closure(), "first", &answered), Some(2));
    }

    #[test]
    fn too_many_ways_give_no_bound() {
        // Each of 40 questions may be asked or passed by, so there are 2 to the 40 ways.
        let mut text = TREE.split("  - key: first").next().unwrap().replace("start: first", "start: n0");
        for number in 0..40 {
            let (skip, next) = (number + 1, number + 1);
            text.push_str(&format!(
                "  - {{key: n{number}, title: N, route: {{branches: [{{when: other.x = yes, to: q{number}}}], otherwise: n{next}, unknown: n{next}}}}}\n"
            ));
            text.push_str(&format!(
                "  - {{key: q{number}, title: Q, question: {{fact: f{number}, ask: yes_no, prompt: F, branches: [], otherwise: n{skip}, unknown: n{skip}}}}}\n"
            ));
        }
        text.push_str("  - {key: n40, title: End, outcome: {verdict: hand_over, headline: H, cause: C}}\n");
        let closure = Closure::single(Arc::new(file::read(&text).unwrap()), Arc::new(Ladders::default()));
        assert_eq!(most_questions(&closure, "n0", &|_| false), None);
    }
}
