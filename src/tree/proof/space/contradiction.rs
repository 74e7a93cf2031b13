//! Tests of one text that cannot be fulfilled together, as far as that can be told from their patterns.
//!
//! A regular expression contradicts itself alone: of any other pair nothing is said.

use super::record::Wanted;
use crate::tree::condition::ast::TextExpr;
use crate::tree::condition::{Truth, test_record};
use crate::tree::fact::Event;
use crate::tree::message::{Glob, Message};

/// A letter that no pattern has, for what a `*` may stand for.
const ANY_LETTER: &str = "\u{10330}";

/// Whether the tests contradict each other for certain. None of them holds others.
pub(super) fn is_certain(plain: &[Wanted<'_>]) -> bool {
    let holding = || plain.iter().filter(|(_, truth)| *truth).map(|(test, _)| *test);
    let failing = || plain.iter().filter(|(_, truth)| !*truth).map(|(test, _)| *test);
    if let Some(decided) = holding().find_map(|test| by_whole_text(test, plain)) {
        return decided;
    }
    // A code with two readings, or a sign before it, makes the difference.
    let follows = |from: &TextExpr, what: &TextExpr| match (from, what) {
        (TextExpr::Contains(from), TextExpr::Contains(_) | TextExpr::Words(_)) => is_true(what, from.written()),
        (TextExpr::Words(from), TextExpr::Words(_)) => is_true(what, from.written()),
        (TextExpr::Words(from), TextExpr::Contains(phrase)) => phrase.each().count() == 1 && is_true(what, from.written()),
        (TextExpr::Contains(from), TextExpr::Like(glob)) => is_like(glob, from.words()),
        (TextExpr::Words(from), TextExpr::Like(glob)) => from.each().any(|word| is_like(glob, word.words())),
        (TextExpr::Like(glob), TextExpr::Contains(_) | TextExpr::Words(_)) => is_true(what, &glob.written().replace('*', ANY_LETTER)),
        (TextExpr::Like(from), TextExpr::Like(_)) => is_true(what, &from.written().replace('*', ANY_LETTER)),
        (TextExpr::Code(from), TextExpr::Code(what)) => from.readings().all(|reading| what.readings().any(|other| other == reading)),
        (from, what) => from == what,
    };
    let always_holds = |test: &TextExpr| matches!(test, TextExpr::Like(glob) if glob.written().trim().chars().all(|c| c == '*'));
    if failing().any(|what| always_holds(what) || holding().any(|from| follows(from, what))) {
        return true;
    }
    failing().any(|what| has_every_word(what, holding())) || are_apart(holding())
}

/// Whether every message in which these words stand in a row is like the pattern, whatever stands between and around them.
fn is_like(glob: &Glob, words: &str) -> bool {
    let [first, middle @ .., last] = glob.parts() else { return false };
    let mut rest = words;
    let is_next = |part: &String| match rest.split_once(part.as_str()) {
        Some((_, after)) if !part.contains(' ') => {
            rest = after;
            true
        }
        _ => false,
    };
    first.is_empty() && last.is_empty() && middle.iter().all(is_next)
}

fn is_true(test: &TextExpr, text: &str) -> bool {
    test_record(test, &Event::default(), Some(&Message::new(text))) == Truth::True
}

/// A pattern without a star is the whole text, which decides everything.
fn by_whole_text(test: &TextExpr, plain: &[Wanted<'_>]) -> Option<bool> {
    let TextExpr::Like(glob) = test else { return None };
    (!glob.written().contains('*')).then(|| !plain.iter().all(|(test, truth)| is_true(test, glob.written()) == *truth))
}

/// Whether every word of the test stands in one of those that hold.
fn has_every_word<'t>(what: &TextExpr, holding: impl Iterator<Item = &'t TextExpr>) -> bool {
    let TextExpr::Words(words) = what else { return false };
    let known: Vec<Message> = holding
        .filter_map(|test| match test {
            TextExpr::Contains(phrase) | TextExpr::Words(phrase) => Some(Message::new(phrase.written())),
            TextExpr::Like(glob) => Some(Message::new(&glob.written().replace('*', ANY_LETTER))),
            _ => None,
        })
        .collect();
    words.each().all(|word| known.iter().any(|message| message.has_words(&word)))
}

/// Whether two patterns of the whole text begin or end differently.
fn are_apart<'t>(holding: impl Iterator<Item = &'t TextExpr>) -> bool {
    let globs: Vec<&Glob> = holding.filter_map(|test| if let TextExpr::Like(glob) = test { Some(glob) } else { None }).collect();
    let (first, last) = (|glob: &Glob| glob.parts().first().cloned().unwrap_or_default(), |glob: &Glob| glob.parts().last().cloned().unwrap_or_default());
    let clash = |one: &str, other: &str, begins: fn(&str, &str) -> bool| !begins(one, other) && !begins(other, one);
    globs.iter().enumerate().any(|(at, one)| {
        globs.iter().skip(at + 1).any(|other| {
            clash(&first(one), &first(other), |text, part| text.starts_with(part)) || clash(&last(one), &last(other), |text, part| text.ends_with(part))
        })
    })
}
