//! One message or event record that brings tests to given truths.
//!
//! A text is put together from the patterns and held against the real tests, so that what is found is certain. Where none is found, the tests contradict
//! each other only if that can be told from the patterns; else nothing is said.

use super::contradiction;
use super::text;
use crate::tree::condition::ast::TextExpr;
use crate::tree::condition::{Truth, test_record};
use crate::tree::event_source;
use crate::tree::fact::Event;
use crate::tree::message::Message;

/// What came of looking for a record.
pub(super) enum Built {
    /// This one. A message has a text alone.
    Record(Event),
    /// There is none.
    Contradiction,
    /// None was found.
    Open,
}

/// A test, and whether it is to hold.
pub(super) type Wanted<'t> = (&'t TextExpr, bool);

/// Most ways to fulfil the tests that are looked at.
const MOST_WAYS: usize = 2_000;

/// A record for which each test comes to its truth.
pub(super) fn build(wanted: &[Wanted<'_>]) -> Built {
    let mut search = Search { ways: 0, is_open: false };
    match search.fulfil(wanted.to_vec(), Vec::new()) {
        Some(record) => Built::Record(record),
        None if search.is_open => Built::Open,
        None => Built::Contradiction,
    }
}

struct Search {
    ways: usize,
    /// Whether a way was left that could neither be gone nor be ruled out.
    is_open: bool,
}

impl Search {
    /// Takes the tests apart; `plain` are those that are apart already.
    fn fulfil<'t>(&mut self, mut wanted: Vec<Wanted<'t>>, mut plain: Vec<Wanted<'t>>) -> Option<Event> {
        let mut choices: Vec<Wanted<'t>> = Vec::new();
        // In reading order, so that texts read like their tests.
        wanted.reverse();
        while let Some((test, truth)) = wanted.pop() {
            match (test, truth) {
                (TextExpr::Not(part), _) => wanted.push((part, !truth)),
                (TextExpr::All(parts), true) | (TextExpr::Any(parts), false) => wanted.extend(parts.iter().rev().map(|part| (part, truth))),
                (TextExpr::All(_), false) | (TextExpr::Any(_), true) => choices.push((test, truth)),
                (atom, _) if plain.contains(&(atom, !truth)) => return None,
                (atom, _) if plain.contains(&(atom, truth)) => {}
                (atom, _) => plain.push((atom, truth)),
            }
        }
        let Some((TextExpr::All(parts) | TextExpr::Any(parts), truth)) = choices.pop() else { return self.settle(&plain) };
        // A part that is fulfilled already makes the choice.
        if parts.iter().any(|part| plain.contains(&(part, truth))) {
            return self.fulfil(choices, plain);
        }
        parts.iter().find_map(|part| {
            let wanted = choices.iter().copied().chain([(part, truth)]).collect();
            self.fulfil(wanted, plain.clone())
        })
    }

    /// A record for tests that hold no others.
    fn settle(&mut self, plain: &[Wanted<'_>]) -> Option<Event> {
        self.ways += 1;
        if self.ways > MOST_WAYS {
            self.is_open = true;
            return None;
        }
        let (source, id) = (source(plain)?, id(plain)?);
        let of_text: Vec<Wanted<'_>> = plain.iter().filter(|(test, _)| !matches!(test, TextExpr::Source(_) | TextExpr::Id(_))).copied().collect();
        let found = text::candidates(&of_text).into_iter().find_map(|text| {
            let record = Event { id, source: source.clone(), text: Some(text.clone()) };
            let message = Message::new(&text);
            plain.iter().all(|(test, truth)| test_record(test, &record, Some(&message)) == Truth::from(*truth)).then_some(record)
        });
        self.is_open |= found.is_none() && !contradiction::is_certain(&of_text);
        found
    }
}

/// A source that fits; the inner one is `None` where none is asked for. `None` if two are.
fn source(plain: &[Wanted<'_>]) -> Option<Option<String>> {
    let named = |wanted: bool| {
        plain.iter().filter_map(move |(test, truth)| match test {
            TextExpr::Source(source) if *truth == wanted => Some(source.as_str()),
            _ => None,
        })
    };
    let Some(first) = named(true).next() else {
        let fresh = ["Another", "Third", "Fourth"].into_iter().find(|fresh| !named(false).any(|source| event_source::same(source, fresh)));
        return Some(fresh.filter(|_| named(false).next().is_some()).map(str::to_owned));
    };
    let agree = named(true).all(|source| event_source::same(source, first)) && !named(false).any(|source| event_source::same(source, first));
    agree.then(|| Some(first.to_owned()))
}

/// A number that fits; as for the source.
fn id(plain: &[Wanted<'_>]) -> Option<Option<u32>> {
    let named = |wanted: bool| {
        plain.iter().filter_map(move |(test, truth)| match test {
            TextExpr::Id(id) if *truth == wanted => Some(*id),
            _ => None,
        })
    };
    let Some(first) = named(true).next() else {
        return Some((1..).find(|fresh| !named(false).any(|id| id == *fresh)).filter(|_| named(false).next().is_some()));
    };
    (named(true).all(|id| id == first) && !named(false).any(|id| id == first)).then_some(Some(first))
}
