//! Messages, event records and texts that bring atoms to given truths.

use std::rc::Rc;

use super::record::{Built, Wanted, build};
use super::{Solved, Solver};
use crate::tree::answer::Kind;
use crate::tree::condition::Truth;
use crate::tree::condition::ast::{Expr, TextExpr};
use crate::tree::fact::{Event, FactKey, Value};
use crate::tree::proof::formula::{AtomId, Truths};
use crate::tree::proof::point::Point;

impl Solver<'_> {
    /// A list of messages or records, or one text: for each atom that must hold a message that fulfils it, and none that fulfils one that must not.
    pub(super) fn solve_texts(&self, fact: &FactKey, literals: &[(AtomId, Truths)]) -> Solved {
        let unknown = Point::new(vec![(fact.clone(), None)]);
        // Where nothing has to be known, a text is not made up.
        if !literals.is_empty() && literals.iter().all(|(_, truths)| *truths == Truths::UNKNOWN) && self.ground.fulfils(&unknown, literals) {
            return Solved::Point(unknown);
        }
        let tests = |wanted: fn(Truths) -> bool| -> Vec<&TextExpr> {
            literals.iter().filter(|(_, truths)| wanted(*truths)).filter_map(|(atom, _)| self.test(*atom)).collect()
        };
        let holding = tests(|truths| truths.has(Truth::True) && !truths.has(Truth::False));
        let failing = tests(|truths| truths.has(Truth::False) && !truths.has(Truth::True));
        let open = tests(|truths| truths == Truths::UNKNOWN);
        let found = match self.records(fact, &holding, &failing) {
            Ok(records) => self.with_open(fact, records, &open, literals).map_or_else(
                || if open.is_empty() || !matches!(self.ground.kind(fact), Some(Kind::Events)) { Solved::Contradiction } else { Solved::Open },
                Solved::Point,
            ),
            Err(solved) => solved,
        };
        match found {
            Solved::Point(point) => Solved::Point(point),
            other => {
                if self.ground.fulfils(&unknown, literals) {
                    Solved::Point(unknown)
                } else {
                    other
                }
            }
        }
    }

    fn test(&self, atom: AtomId) -> Option<&TextExpr> {
        match self.expr(atom)? {
            Expr::Messages { test, .. } | Expr::Records(test) => Some(test),
            _ => None,
        }
    }

    /// As few records as are easily found so that each of `holding` has one, and no record fulfils one of `failing`.
    fn records(&self, fact: &FactKey, holding: &[&TextExpr], failing: &[&TextExpr]) -> Result<Vec<Event>, Solved> {
        let together: Vec<Wanted<'_>> = holding.iter().map(|test| (*test, true)).chain(failing.iter().map(|test| (*test, false))).collect();
        let all_in_one = build(&together);
        let is_one_text = matches!(self.ground.kind(fact), Some(Kind::Text));
        match all_in_one {
            Built::Record(record) => return Ok(vec![record]),
            Built::Contradiction if is_one_text || holding.len() < 2 => return Err(Solved::Contradiction),
            Built::Open if is_one_text || holding.len() < 2 => return Err(Solved::Open),
            Built::Contradiction | Built::Open => {}
        }
        let found: Vec<Result<Event, Solved>> = holding.iter().map(|test| alone(test, failing)).collect();
        // One that cannot be fulfilled at all decides, whatever was not found of the others.
        if found.iter().any(|found| matches!(found, Err(Solved::Contradiction))) {
            return Err(Solved::Contradiction);
        }
        found.into_iter().collect()
    }

    /// The records, and beside them one of which only a part is known for each test that is to stay open.
    fn with_open(&self, fact: &FactKey, records: Vec<Event>, open: &[&TextExpr], literals: &[(AtomId, Truths)]) -> Option<Rc<Point>> {
        let kind = self.ground.kind(fact);
        let point = |records: Vec<Event>| {
            let text = |record: &Event| record.text.clone().unwrap_or_default();
            let value = match kind {
                Some(Kind::Events) => Value::Events(records),
                Some(Kind::Text) => Value::Text(records.first().map(text).unwrap_or_default()),
                _ => Value::Messages(records.iter().map(text).collect()),
            };
            Point::new(vec![(fact.clone(), Some(value))])
        };
        let fits = |point: &Rc<Point>| self.ground.fulfils(point, literals);
        let whole = point(records.clone());
        if fits(&whole) {
            return Some(whole);
        }
        // Each part of what the tests name, by itself: what is missing leaves them open.
        let mut parts: Vec<Vec<Event>> = Vec::new();
        for test in open {
            let mut names = Vec::new();
            parts_of(test, &mut names);
            parts.push(names);
        }
        let most = parts.iter().map(Vec::len).max().unwrap_or_default();
        (0..most).find_map(|at| {
            let partial = parts.iter().filter_map(|names| names.get(at).or_else(|| names.last()).cloned());
            let with_records = point(records.iter().cloned().chain(partial.clone()).collect());
            let alone = point(partial.collect());
            [with_records, alone].into_iter().find(&fits)
        })
    }
}

/// A record that fulfils one test and none of the others.
fn alone(test: &TextExpr, failing: &[&TextExpr]) -> Result<Event, Solved> {
    let wanted: Vec<Wanted<'_>> = [(test, true)].into_iter().chain(failing.iter().map(|test| (*test, false))).collect();
    match build(&wanted) {
        Built::Record(record) => Ok(record),
        Built::Contradiction => Err(Solved::Contradiction),
        Built::Open => Err(Solved::Open),
    }
}

/// Records of a number alone and of a source alone, as the test names them.
fn parts_of(test: &TextExpr, parts: &mut Vec<Event>) {
    match test {
        TextExpr::All(inner) | TextExpr::Any(inner) => inner.iter().for_each(|part| parts_of(part, parts)),
        TextExpr::Not(part) => parts_of(part, parts),
        TextExpr::Source(source) => parts.push(Event { source: Some(source.clone()), ..Event::default() }),
        TextExpr::Id(id) => parts.push(Event { id: Some(*id), ..Event::default() }),
        // A record without a text leaves tests of the text open.
        _ => parts.push(Event { source: Some("Another".to_owned()), ..Event::default() }),
    }
}
