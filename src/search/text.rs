//! A text as the vocabulary knows it.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::vocabulary::{Vocabulary, WordId};
use super::words;

/// The most different unknown words that are looked up as mistypings; a person types fewer, and a log has thousands.
const MOST_REPAIRS: usize = 400;

/// The text in words.
pub(super) struct Text<'t> {
    pub(super) typed: Vec<&'t str>,
    /// The words of the vocabulary that they are, or were meant to be.
    pub(super) meant: Vec<Option<WordId>>,
    /// The places of words that were mistyped.
    pub(super) mistyped: BTreeSet<usize>,
}

impl<'t> Text<'t> {
    /// The words of a normalised text. Unknown ones are repaired.
    pub(super) fn new(normal: &'t str, vocabulary: &Vocabulary) -> Self {
        let typed: Vec<&str> = words::words(normal).collect();
        let mut repaired: HashMap<&str, Option<WordId>> = HashMap::new();
        let mut meant = Vec::with_capacity(typed.len());
        let mut mistyped = BTreeSet::new();
        for (place, word) in typed.iter().copied().enumerate() {
            let id = vocabulary.id(word).or_else(|| {
                let may_look = repaired.len() < MOST_REPAIRS || repaired.contains_key(word);
                let found = if may_look { *repaired.entry(word).or_insert_with(|| vocabulary.repair(word)) } else { None };
                found.inspect(|_| {
                    mistyped.insert(place);
                })
            });
            meant.push(id);
        }
        Self { typed, meant, mistyped }
    }

    /// How many different telling words stand at `place`.
    pub(super) fn telling(&self, place: &Range<usize>, vocabulary: &Vocabulary) -> usize {
        let words: BTreeSet<WordId> = self.meant.get(place.clone()).unwrap_or_default().iter().flatten().copied().collect();
        words.into_iter().filter(|word| vocabulary.is_telling(*word)).count()
    }
}
