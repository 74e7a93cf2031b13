//! Texts put together from the patterns of tests.

use super::example;
use super::record::Wanted;
use crate::tree::condition::ast::TextExpr;

/// What is said where nothing is asked for: the first that fulfils no test by accident.
const NOTHING_KNOWN: [&str; 5] = ["Another message.", "Something else", "1", "X", "?"];
/// What stands for `*` where it must be something.
const FILLERS: [&str; 3] = ["", " ", " other "];

/// Texts that may fulfil the tests, the likeliest first. None of the tests holds others.
pub(super) fn candidates(plain: &[Wanted<'_>]) -> Vec<String> {
    let holding = || plain.iter().filter(|(_, truth)| *truth).map(|(test, _)| *test);
    if holding().next().is_none() {
        return NOTHING_KNOWN.map(str::to_owned).to_vec();
    }
    let mut words: Vec<String> = Vec::new();
    let mut globs: Vec<&str> = Vec::new();
    let mut examples: Vec<Vec<String>> = Vec::new();
    for test in holding() {
        match test {
            TextExpr::Contains(phrase) | TextExpr::Words(phrase) => words.push(phrase.written().to_owned()),
            TextExpr::Code(code) => words.push(code.to_string()),
            TextExpr::Like(glob) => globs.push(glob.written()),
            TextExpr::Matches(pattern) => examples.push(example::of(pattern.written())),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for example in each_example(&examples) {
        // Two globs or more: one is the frame, and the others stand in it with its words.
        for frame in 0..globs.len().max(1) {
            for filler in FILLERS {
                let others = globs.iter().enumerate().filter(|(at, _)| *at != frame).map(|(_, glob)| glob.replace('*', filler));
                let pieces: Vec<String> = words.iter().cloned().chain(others).collect();
                let texts = orders(&pieces, &example);
                match globs.get(frame) {
                    Some(glob) => found.extend(texts.iter().flat_map(|text| framed(glob, text, filler))),
                    None => found.extend(texts),
                }
            }
        }
    }
    found.retain(|text| !text.trim().is_empty());
    let mut kept: Vec<String> = Vec::new();
    for text in found {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}

/// One example of each regular expression, in a few choices.
fn each_example(examples: &[Vec<String>]) -> Vec<Vec<String>> {
    let most = examples.iter().map(Vec::len).max().unwrap_or(1);
    (0..most).map(|at| examples.iter().filter_map(|choices| choices.get(at).or_else(|| choices.last()).cloned()).collect()).collect()
}

/// The pieces as one text, in a few orders and with a few signs between them.
fn orders(pieces: &[String], examples: &[String]) -> Vec<String> {
    let first: Vec<&str> = pieces.iter().chain(examples).map(String::as_str).collect();
    let last: Vec<&str> = examples.iter().chain(pieces).map(String::as_str).collect();
    let backwards: Vec<&str> = first.iter().rev().copied().collect();
    // Signs between the words of a phrase keep the phrase, but not the pattern of a whole text.
    let apart = pieces.iter().map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(", ")).chain(examples.iter().cloned()).collect::<Vec<_>>();
    let mut texts = vec![first.join(". "), last.join(". "), backwards.join(". "), first.join(" "), last.join(" "), backwards.join(" ")];
    texts.push(apart.join("; "));
    // One expression may want the beginning, and another the end.
    if let [first, rest @ ..] = examples {
        let around = |first: &str, last: &[String]| [std::slice::from_ref(&first.to_owned()), pieces, last].concat().join(" ");
        texts.push(around(first, rest));
        texts.extend(rest.first().map(|second| around(second, std::slice::from_ref(first))));
    }
    texts.push(format!("Text: {}.", first.join(". ")));
    texts
}

/// The glob with `text` at one of its stars, and something at the others.
fn framed(glob: &str, text: &str, filler: &str) -> Vec<String> {
    let parts: Vec<&str> = glob.split('*').collect();
    let stars = parts.len().saturating_sub(1);
    if stars == 0 {
        return vec![glob.to_owned()];
    }
    // The outer stars first: there is the most room.
    let places = [stars - 1].into_iter().chain(0..stars.saturating_sub(1));
    let with = |place: usize, text: &str| {
        let mut whole = String::new();
        for (at, part) in parts.iter().enumerate() {
            whole.push_str(part);
            if at < stars {
                whole.push_str(if at == place { text } else { filler });
            }
        }
        whole
    };
    places.flat_map(|place| [with(place, text), with(place, &format!(" {text} ")), with(place, &format!(". {text}. "))]).collect()
}
