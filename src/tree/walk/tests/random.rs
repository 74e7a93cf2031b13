//! Random trees of yes-or-no questions, held against a naive reading of the same formulas.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::tree::check::{self, Severity, What};

/// Questions q0 to q4 set the facts of these names.
const FACTS: usize = 5;

/// A condition that the test can decide by itself.
#[derive(Debug, Clone)]
enum Formula {
    Is(usize, bool),
    Not(Box<Formula>),
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

impl Formula {
    fn text(&self) -> String {
        let joined = |parts: &[Self], word: &str| parts.iter().map(|part| format!("({})", part.text())).collect::<Vec<_>>().join(word);
        match self {
            Self::Is(fact, yes) => format!("q{fact} = {}", if *yes { "yes" } else { "no" }),
            Self::Not(part) => format!("not ({})", part.text()),
            Self::All(parts) => joined(parts, " and "),
            Self::Any(parts) => joined(parts, " or "),
        }
    }

    /// `None` is unknown.
    fn holds(&self, known: &[Option<bool>]) -> Option<bool> {
        let any = |parts: &[Self], wanted: bool| {
            let values: Vec<_> = parts.iter().map(|part| part.holds(known)).collect();
            if values.contains(&Some(wanted)) {
                Some(wanted)
            } else if values.contains(&None) {
                None
            } else {
                Some(!wanted)
            }
        };
        match self {
            Self::Is(fact, yes) => known[*fact].map(|value| value == *yes),
            Self::Not(part) => part.holds(known).map(|value| !value),
            Self::All(parts) => any(parts, false),
            Self::Any(parts) => any(parts, true),
        }
    }
}

fn formula() -> impl Strategy<Value = Formula> {
    (0..FACTS, any::<bool>()).prop_map(|(fact, yes)| Formula::Is(fact, yes)).prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| Formula::Not(Box::new(part))),
            vec(inner.clone(), 2..4).prop_map(Formula::All),
            vec(inner, 2..4).prop_map(Formula::Any),
        ]
    })
}

/// A tree that passes its checks but for nodes that no way leads to, with the formulas of its branches.
#[derive(Debug, Clone)]
pub(in crate::tree) struct Grove {
    pub(in crate::tree) closure: Closure,
    formulas: BTreeMap<String, Vec<Formula>>,
}

/// Edges lead to later nodes, those of "did not help" anywhere.
pub(in crate::tree) fn grove() -> impl Strategy<Value = Grove> {
    let fork = (vec((formula(), any::<Index>()), 0..4), any::<Index>(), any::<Index>());
    let outcome = proptest::option::of(any::<Index>());
    (vec(fork, 10), vec(outcome, 3)).prop_filter_map("checks", |(forks, outcomes)| {
        let keys: Vec<String> =
            (0..10).map(|at| if at % 2 == 0 { format!("q{}", at / 2) } else { format!("r{at}") }).chain((0..3).map(|at| format!("o{at}"))).collect();
        let later = |at: usize, index: &Index| index.get(&keys[at + 1..]).clone();
        let mut formulas = BTreeMap::new();
        let mut nodes = Vec::new();
        for (at, (branches, otherwise, unknown)) in forks.iter().enumerate() {
            let text = branches.iter().map(|(formula, to)| format!("{} -> {}", formula.text(), later(at, to))).collect::<Vec<_>>().join("; ");
            formulas.insert(keys[at].clone(), branches.iter().map(|(formula, _)| formula.clone()).collect());
            nodes.push((keys[at].clone(), text, later(at, otherwise), later(at, unknown)));
        }
        let nodes: Vec<(&str, &str, &str, &str)> =
            nodes.iter().map(|(key, branches, otherwise, unknown)| (key.as_str(), branches.as_str(), otherwise.as_str(), unknown.as_str())).collect();
        let helped: Vec<String> = outcomes.iter().map(|to| to.as_ref().map_or(String::new(), |to| to.get(&keys).clone())).collect();
        let outcomes: Vec<(&str, &str)> = keys[10..].iter().map(String::as_str).zip(helped.iter().map(String::as_str)).collect();
        let closure = closure(&nodes, &outcomes);
        let sound =
            check::check(&closure.tree, &closure.ladders).iter().all(|finding| finding.severity == Severity::Warning || finding.what == What::Unreachable);
        sound.then_some(Grove { closure, formulas })
    })
}

/// What is said about the facts: nothing, an answer, "I don't know", or a word that was pasted.
fn said() -> impl Strategy<Value = Vec<String>> {
    vec(select(vec!["", "=yes", "=no", "=?", "~yes", "~no"]), FACTS)
        .prop_map(|said| said.into_iter().enumerate().filter(|(_, said)| !said.is_empty()).map(|(fact, said)| format!("q{fact}{said}")).collect())
}

fn tried() -> impl Strategy<Value = Tried> {
    vec(select(vec![None, Some(Helped::Yes), Some(Helped::No), Some(Helped::Worse)]), 3)
        .prop_map(|tried| tried.into_iter().enumerate().filter_map(|(at, helped)| Some((NodeRef::new("t", &format!("o{at}")), helped?))).collect())
}

fn known(statements: &[Statement]) -> Vec<Option<bool>> {
    let of = |fact: usize| statements.iter().find(|statement| statement.key == FactKey::within("t", &format!("q{fact}")));
    (0..FACTS)
        .map(|fact| {
            of(fact).and_then(|statement| match statement.value {
                Some(Value::YesNo(yes)) => Some(yes),
                _ => None,
            })
        })
        .collect()
}

/// Holds every stop against the formulas: the way taken is the one that the values give, and leads to the stop after it.
fn follows_the_rules(grove: &Grove, known: &[Option<bool>], walk: &Walk) -> Result<(), TestCaseError> {
    let main: Vec<&Stop> = walk.path.iter().filter(|stop| stop.taken != Taken::Back).collect();
    let ends_at = walk.end.node().map(|node| node.key.clone());
    for (at, stop) in main.iter().enumerate() {
        let node = grove.closure.tree.node(&stop.node.key).unwrap();
        let values: Vec<Option<bool>> = grove.formulas.get(&node.key).into_iter().flatten().map(|formula| formula.holds(known)).collect();
        let false_before = |index: usize| values[..index].iter().all(|value| *value == Some(false));
        let target = match (&node.kind, stop.taken) {
            (NodeKind::Outcome(outcome), Taken::DidNotHelp) => outcome.did_not_help.clone(),
            (NodeKind::Outcome(_), Taken::Waits) => None,
            (kind, taken) => {
                let fork = kind.fork().unwrap();
                match taken {
                    Taken::Branch(index) => {
                        prop_assert!(false_before(index) && values[index] == Some(true), "{stop:?} {values:?}");
                        Some(fork.branches[index].to.clone())
                    }
                    Taken::Otherwise => {
                        prop_assert!(false_before(values.len()), "{stop:?} {values:?}");
                        Some(fork.otherwise.clone())
                    }
                    Taken::Unknown(index) => {
                        prop_assert!(false_before(index) && values[index].is_none(), "{stop:?} {values:?}");
                        Some(fork.unknown.clone())
                    }
                    Taken::Waits => {
                        prop_assert!(values.contains(&None));
                        None
                    }
                    other => return Err(TestCaseError::fail(format!("{other:?} at {}", node.key))),
                }
            }
        };
        let next = main.get(at + 1).map(|stop| stop.node.key.clone()).or_else(|| ends_at.clone());
        if let (Some(target), Some(next)) = (target, next) {
            prop_assert_eq!(target, next);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_walk_follows_the_rules_and_ends_without_a_circle(grove in grove(), said in said(), tried in tried()) {
        let statements = statements(&grove.closure, &said.join(" "));
        let walk = walk(&grove.closure, &Sheet::resolve(&statements), &tried);
        follows_the_rules(&grove, &known(&statements), &walk)?;
        if walk.end == End::HandOver {
            // Not by the guard against circles: an outcome was tried that has no way on, or whose way on was used.
            let tried = walk.path.iter().any(|stop| matches!(stop.how, How::Tried(_)));
            let waits = walk.path.last().is_some_and(|stop| matches!(stop.how, How::Tried(_)) || stop.taken != Taken::Waits);
            prop_assert!(tried && waits, "{}", told(&walk));
        }
        for stop in &walk.path {
            // What was only pasted skips a question by a true branch alone.
            prop_assert!(!matches!(stop.how, How::Known { .. }) || matches!(stop.taken, Taken::Branch(_) | Taken::Waits), "{stop:?}");
        }
        if let End::Outcome { node, solved } = &walk.end {
            prop_assert_eq!(tried.get(node).copied(), solved.then_some(Helped::Yes));
        }
    }

    #[test]
    fn a_question_asked_is_one_that_nobody_answered(grove in grove(), said in said()) {
        let statements = statements(&grove.closure, &said.join(" "));
        let walk = walk(&grove.closure, &Sheet::resolve(&statements), &Tried::new());
        if let End::Question { node, prefill } = &walk.end {
            let word = said.iter().find(|word| word.starts_with(&node.key));
            prop_assert!(word.is_none_or(|word| word.contains('~')), "{word:?}");
            prop_assert_eq!(prefill.is_some(), word.is_some());
        }
        // A question that a condition pulled in may stand on the way itself later, but never the other way round, and neither twice.
        let mut seen = BTreeSet::new();
        for stop in &walk.path {
            let pulled_in = stop.taken == Taken::Back;
            prop_assert!(seen.insert((&stop.node, pulled_in)) && !(pulled_in && seen.contains(&(&stop.node, false))), "{}", told(&walk));
        }
    }

    #[test]
    fn answering_what_is_asked_comes_to_an_end(grove in grove(), answers in vec(select(vec!["yes", "no", "?"]), FACTS)) {
        let mut said: Vec<String> = Vec::new();
        loop {
            let walk = walk(&grove.closure, &Sheet::resolve(&statements(&grove.closure, &said.join(" "))), &Tried::new());
            let End::Question { node, .. } = &walk.end else { break };
            prop_assert!(said.len() < FACTS, "{}", told(&walk));
            let fact: usize = node.key[1..].parse().unwrap();
            said.push(format!("{}={}", node.key, answers[fact]));
        }
    }

    #[test]
    fn changing_back_and_the_order_of_facts_change_nothing(grove in grove(), said in said(), fact in 0..FACTS, tried in tried()) {
        let before = statements(&grove.closure, &said.join(" "));
        let sheet = Sheet::resolve(&before);
        let reversed: Vec<Statement> = before.iter().rev().cloned().collect();
        prop_assert_eq!(walk(&grove.closure, &Sheet::resolve(&reversed), &tried), walk(&grove.closure, &sheet, &tried));
        if let Some(own) = before.iter().find(|statement| statement.key.bare() == format!("q{fact}") && statement.source == Source::Asked) {
            let other = Statement { value: Some(Value::YesNo(own.value != Some(Value::YesNo(true)))), ..own.clone() };
            let changed_back: Vec<Statement> = before.iter().cloned().chain([other, own.clone()]).collect();
            prop_assert_eq!(walk(&grove.closure, &Sheet::resolve(&changed_back), &tried), walk(&grove.closure, &sheet, &tried));
        }
    }

    #[test]
    fn traces_are_equal_if_and_only_if_the_ways_are(grove in grove(), one in said(), other in said(), tried in tried()) {
        let walk = |said: &[String]| walk(&grove.closure, &Sheet::resolve(&statements(&grove.closure, &said.join(" "))), &tried);
        let (one, other) = (walk(&one), walk(&other));
        let ways = |walk: &Walk| (walk.path.iter().map(|stop| (stop.node.clone(), stop.taken)).collect::<Vec<_>>(), walk.end.node().cloned());
        prop_assert_eq!(one.trace() == other.trace(), ways(&one) == ways(&other));
    }
}
