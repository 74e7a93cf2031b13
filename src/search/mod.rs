//! Finding guides for what a visitor pastes: titles, symptom texts and events of the current guides.
//!
//! Scores say why. A guide that shares nothing but everyday words with the text is no match.

use std::collections::BTreeSet;

use crate::tree::event_source;
use crate::tree::message;
use crate::tree::model::Tree;

/// What a visitor is looking for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The pasted text.
    pub text: String,
    /// An event's number.
    pub event_id: Option<u32>,
    /// An event's source.
    pub event_source: Option<String>,
}

/// A guide that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The guide's slug.
    pub slug: String,
    /// How well it matches; more is better.
    pub score: u32,
    /// What matched, in words.
    pub because: Vec<String>,
}

/// Points for an event by source and number, by number alone, for a whole symptom text, and for each word.
const EVENT: u32 = 100;
const EVENT_ID: u32 = 40;
const PHRASE: u32 = 60;
const TITLE: u32 = 30;
const WORD: u32 = 4;
/// Fewer points are no match: two words that a title and a text share by chance.
const LEAST: u32 = 12;

/// The guides that match, best first.
#[must_use]
pub fn find<'a>(trees: impl IntoIterator<Item = &'a Tree>, wanted: &Wanted) -> Vec<Match> {
    let text = message::normalise(&wanted.text);
    let mut matches: Vec<Match> = trees.into_iter().map(|tree| score(tree, wanted, &text)).filter(|found| found.score >= LEAST).collect();
    matches.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.slug.cmp(&b.slug)));
    matches
}

fn score(tree: &Tree, wanted: &Wanted, text: &str) -> Match {
    let mut found = Match { slug: tree.slug.clone(), score: 0, because: Vec::new() };
    for event in &tree.symptoms.events {
        let id_matches = wanted.event_id == Some(event.id) || has_word(text, &event.id.to_string());
        let same_source = |source: &str| event_source::same(source, &event.source);
        let source_matches = wanted.event_source.as_deref().is_some_and(same_source) || text.split(' ').any(same_source);
        if id_matches && source_matches {
            found.add(EVENT, format!("event {} from {}", event.id, event.source));
            // Another name of the same source says nothing more.
            break;
        } else if id_matches && wanted.event_id.is_some() && wanted.event_source.is_none() {
            found.add(EVENT_ID, format!("event {}", event.id));
        }
    }
    let phrase = tree.symptoms.texts.iter().find(|symptom| {
        let symptom = message::normalise(symptom);
        !text.is_empty() && (text.contains(&symptom) || (words(text).len() >= 2 && symptom.contains(text)))
    });
    if let Some(symptom) = phrase {
        found.add(PHRASE, format!("the text \u{201c}{symptom}\u{201d}"));
    }
    let title = message::normalise(&tree.title);
    if !text.is_empty() && (title.contains(text) || text.contains(&title)) {
        found.add(TITLE, "the guide's title".to_owned());
    }
    let known = words(&format!("{title} {} {}", tree.products.join(" "), tree.symptoms.texts.join(" ")));
    let shared: Vec<String> = words(text).intersection(&known).cloned().collect();
    if shared.len() >= 2 {
        let points = u32::try_from(shared.len()).unwrap_or(u32::MAX).saturating_mul(WORD).min(PHRASE - 1);
        found.add(points, format!("the words {}", shared.join(", ")));
    }
    found
}

impl Match {
    fn add(&mut self, points: u32, because: String) {
        self.score += points;
        if !self.because.contains(&because) {
            self.because.push(because);
        }
    }
}

/// The words of a text that tell guides apart: at least three letters, and none that every message has.
fn words(text: &str) -> BTreeSet<String> {
    const EVERYDAY: [&str; 24] = [
        "the",
        "and",
        "not",
        "could",
        "can",
        "cannot",
        "was",
        "were",
        "for",
        "from",
        "with",
        "that",
        "this",
        "has",
        "have",
        "had",
        "error",
        "message",
        "following",
        "when",
        "you",
        "are",
        "been",
        "does",
    ];
    message::normalise(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 3 && !EVERYDAY.contains(word) && !word.chars().all(|c| c.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|other| other == word)
}

#[cfg(test)]
mod tests;
