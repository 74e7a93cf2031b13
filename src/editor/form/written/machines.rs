//! What people write of servers and their versions, in the words of the language.

use super::Known;
use super::examples::is_named;
use super::words::{replace, starts_with};

/// What is written for `some server`, `every server` and `no server`, with the word for a row in the place of `%` and for several in that of `%s`.
const ROWS: [(&str, &str); 18] = [
    ("at least one of the %s", "some %"),
    ("at least one %", "some %"),
    ("some of the %s", "some %"),
    ("any of the %s", "some %"),
    ("one of the %s", "some %"),
    ("none of the %s", "no %"),
    ("all of the %s", "every %"),
    ("all the %s", "every %"),
    ("all %s", "every %"),
    ("all %", "every %"),
    ("each %", "every %"),
    ("every %s", "every %"),
    ("some %s", "some %"),
    ("any %s", "some %"),
    ("any %", "some %"),
    ("no %s", "no %"),
    ("one %", "some %"),
    ("a %", "some %"),
];

/// What is written for the words of tests.
const TESTS: [(&str, &str); 21] = [
    ("that are", "is"),
    ("that is", "is"),
    ("which are", "is"),
    ("which is", "is"),
    ("that run", "is"),
    ("that runs", "is"),
    ("are", "is"),
    ("runs", "is"),
    ("run", "is"),
    ("at or below", "at most"),
    ("at or above", "at least"),
    ("up to", "at most"),
    ("lower than", "below"),
    ("less than", "below"),
    ("smaller than", "below"),
    ("under", "below"),
    ("higher than", "above"),
    ("more than", "above"),
    ("over", "above"),
    ("service pack", "sp"),
    ("= is", "is"),
];

/// Puts the words of a condition on machines right, as far as they can be guessed.
pub fn put_right(words: &mut Vec<String>, known: &Known<'_>) {
    for noun in ["server", "client"] {
        for (from, to) in ROWS {
            exchange(words, &from.replace('%', noun), &to.replace('%', noun));
        }
    }
    tests(words, known);
    let plural = |words: &[String]| [["servers", "server"], ["clients", "client"]].into_iter().find(|[many, one]| is_any(words.first(), &[many, one]));
    if is_any(words.first(), &["the"]) && words.get(1..).and_then(plural).is_some() {
        words.remove(0);
    }
    if let Some([_, one]) = plural(words) {
        words.splice(..1, ["some".to_owned(), one.to_owned()]);
    } else if is_any(words.first(), &["is"]) {
        words.splice(..0, ["some".to_owned(), "server".to_owned()]);
    } else if words.first().is_some_and(|word| is_family(known, word)) {
        words.splice(..0, ["some", "server", "is"].map(str::to_owned));
    }
}

/// Puts right what is said of a machine's version: spellings of levels, ranges the other way round, and ranges without their version.
pub fn tests(words: &mut Vec<String>, known: &Known<'_>) {
    for (from, to) in TESTS {
        exchange(words, from, to);
    }
    spell_levels(words, known);
    let mut at = 0;
    while at < words.len() {
        turn_range(words, at, known);
        at += 1;
    }
}

fn exchange(words: &mut Vec<String>, from: &str, to: &str) {
    replace(words, &from.split(' ').collect::<Vec<_>>(), &to.split(' ').collect::<Vec<_>>());
}

fn is_any(word: Option<&String>, of: &[&str]) -> bool {
    word.is_some_and(|word| of.iter().any(|one| word.eq_ignore_ascii_case(one)))
}

fn is_family(known: &Known<'_>, word: &str) -> bool {
    known.ladder().is_some_and(|ladder| ladder.family_at(word.trim_matches('"')).is_some())
}

/// The level as the ladder spells it.
fn level(known: &Known<'_>, word: &str) -> Option<String> {
    let bare = word.trim_matches('"');
    known.ladder()?.families().iter().flat_map(|family| &family.releases).find(|release| release.level.eq_ignore_ascii_case(bare)).map(|found| {
        let level = found.level.clone();
        if level.contains(' ') { format!("\"{level}\"") } else { level }
    })
}

/// `sp 3` and `sp3` are `SP3`.
fn spell_levels(words: &mut Vec<String>, known: &Known<'_>) {
    let mut at = 0;
    while at < words.len() {
        let joined = words.get(at..at + 2).map(<[String]>::concat);
        if let Some(level) = joined.and_then(|joined| level(known, &joined)) {
            words.splice(at..at + 2, [level]);
        } else if let Some((word, level)) = words.get_mut(at).and_then(|word| level(known, word).map(|level| (word, level))) {
            *word = level;
        }
        at += 1;
    }
}

/// `below 5.5 SP3` and `below SP3` are `5.5 below SP3`, and `5.5 SP3 or older` is `5.5 at most SP3`.
fn turn_range(words: &mut Vec<String>, at: usize, known: &Known<'_>) {
    let rest = words.get(at..).unwrap_or_default();
    let bounds: [&[&str]; 4] = [&["below"], &["above"], &["at", "most"], &["at", "least"]];
    if let Some(bound) = bounds.into_iter().find(|bound| starts_with(rest, bound)) {
        let has_family = at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| is_family(known, word));
        let behind = at + bound.len();
        match words.get(behind) {
            Some(family) if !has_family && is_family(known, family) && words.get(behind + 1).is_some_and(|word| level(known, word).is_some()) => {
                let family = words.remove(behind);
                words.insert(at, family);
            }
            Some(word) if !has_family => {
                if let Some(family) = level(known, word).and_then(|level| family_of(known, level.trim_matches('"'))) {
                    words.insert(at, family);
                }
            }
            _ => {}
        }
        return;
    }
    let (joins, side) = (is_any(rest.get(2), &["or", "and"]), rest.get(3));
    let is_level = rest.first().is_some_and(|word| is_family(known, word)) && rest.get(1).is_some_and(|word| level(known, word).is_some());
    let bound = if is_any(side, &["older", "below", "lower", "earlier"]) {
        "most"
    } else if is_any(side, &["newer", "above", "higher", "later"]) {
        "least"
    } else {
        return;
    };
    if joins && is_level {
        words.drain(at + 2..at + 4);
        words.splice(at + 1..at + 1, ["at".to_owned(), bound.to_owned()]);
    }
}

/// The version with this level: one that the tree names, or else the newest.
fn family_of(known: &Known<'_>, level: &str) -> Option<String> {
    let families = known.ladder()?.families();
    let with_level = || families.iter().filter(|family| family.releases.iter().any(|release| release.level == level)).map(|family| family.name.clone());
    with_level().find(|family| is_named(known, family)).or_else(|| with_level().next_back())
}
