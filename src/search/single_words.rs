//! Single words: what a text that has no phrase of a guide still shares with its title and symptom texts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::index::{GuideId, Passage};
use super::query::Query;
use super::score::{self, Kind, Reason};
use super::text::Text;
use super::vocabulary::{WHOLE, WordId};
use super::words;

/// The most titles and symptom texts whose words are compared in detail, the likeliest first.
const MOST_PASSAGES: usize = 256;
/// The words of a title or symptom text count when they stand together within this many words, or twice its own length.
const NEAR: usize = 12;
/// A longer text is not looked for inside titles and symptom texts.
const LONGEST_PART: usize = 24;
/// Fewer words are shared by chance, however rare they are.
const LEAST_WORDS: usize = 2;
/// The most words that a reason lists.
const MOST_WORDS: usize = 6;

/// A word of the text that says something wherever it stands.
struct Standing {
    places: Vec<usize>,
    /// Whether it was mistyped wherever it stands.
    is_mistyped: bool,
}

impl Query<'_> {
    /// Titles and symptom texts that the whole of a short text is a part of.
    pub(super) fn whole_text(&mut self, text: &Text<'_>) {
        let index = self.index;
        let Some(words) = text.meant.iter().copied().collect::<Option<Vec<WordId>>>().filter(|words| (2..=LONGEST_PART).contains(&words.len())) else { return };
        let whole = 0..words.len();
        let telling = text.telling(&whole, &index.vocabulary);
        let Some(rarest) = words.iter().filter_map(|word| index.passages_with.get(word)).min_by_key(|passages| passages.len()) else { return };
        for passage in rarest.iter().filter_map(|passage| index.passages.get(*passage)) {
            if passage.words.len() > words.len() && passage.words.windows(words.len()).any(|part| part == words) {
                let written = passage.symptom.and_then(|symptom| index.guides.get(passage.guide)?.texts.get(symptom));
                let (kind, reason) = written.map_or((Kind::Title, Reason::PartOfTitle), |text| (Kind::Phrase, Reason::Part(text.clone())));
                self.phrase(passage.guide, kind, score::each(score::PART_WORD, telling, score::PHRASE_TELLING), reason, text, [&whole]);
            }
        }
    }

    /// Words of one title or symptom text that stand near each other. The best one of each guide counts.
    pub(super) fn single_words(&mut self, text: &Text<'_>) {
        let index = self.index;
        let (standing, unknown) = self.standing(text);
        let weight = |word: &WordId, found: &Standing| index.vocabulary.weight(*word) * if found.is_mistyped { score::REPAIRED } else { WHOLE } / WHOLE;
        let in_text = standing.iter().map(|(word, found)| weight(word, found)).sum::<usize>() + unknown * WHOLE;
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for (word, found) in &standing {
            for passage in index.passages_with.get(word).into_iter().flatten() {
                *shared.entry(*passage).or_default() += weight(word, found);
            }
        }
        let mut likeliest: Vec<(usize, usize)> = shared.into_iter().map(|(passage, weight)| (weight, passage)).collect();
        likeliest.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut best: BTreeMap<GuideId, (u32, Vec<WordId>)> = BTreeMap::new();
        for passage in likeliest.iter().take(MOST_PASSAGES).filter_map(|(_, passage)| index.passages.get(*passage)) {
            let near = self.near(passage, &standing);
            let found: usize = near.iter().filter_map(|word| Some(weight(word, standing.get(word)?))).sum();
            let in_passage: usize = passage.standing.iter().map(|word| index.vocabulary.weight(*word)).sum();
            let points = score::share(score::WORDS, found.min(score::WORDS_WEIGHT), score::WORDS_WEIGHT);
            let points = score::share(points, found, in_passage.min(in_text)).min(points);
            if near.len() >= LEAST_WORDS && best.get(&passage.guide).map_or(0, |(most, _)| *most) < points {
                best.insert(passage.guide, (points, near));
            }
        }
        for (guide, (points, near)) in best {
            let words = near.iter().take(MOST_WORDS).map(|word| index.vocabulary.text(*word).to_owned()).collect();
            let tally = self.tally(guide);
            tally.add(Kind::Words, points, Reason::Words(words));
            for word in near.iter().filter(|word| standing.get(word).is_some_and(|found| found.is_mistyped)) {
                let place = standing.get(word).and_then(|found| found.places.first());
                if let Some(typed) = place.and_then(|place| text.typed.get(*place)) {
                    tally.repair(typed, index.vocabulary.text(*word));
                }
            }
        }
    }

    /// The words of the text that say something wherever they stand: the known ones with their places, and how many different unknown ones there are.
    fn standing(&self, text: &Text<'_>) -> (BTreeMap<WordId, Standing>, usize) {
        let mut known: BTreeMap<WordId, Standing> = BTreeMap::new();
        let mut unknown = BTreeSet::new();
        for (place, (typed, meant)) in text.typed.iter().zip(&text.meant).enumerate() {
            match meant {
                Some(word) if words::stands_alone(self.index.vocabulary.text(*word)) => {
                    let is_mistyped = text.mistyped.contains(&place);
                    let found = known.entry(*word).or_insert_with(|| Standing { places: Vec::new(), is_mistyped });
                    found.places.push(place);
                    found.is_mistyped &= is_mistyped;
                }
                Some(_) => {}
                None if words::stands_alone(typed) => {
                    unknown.insert(*typed);
                }
                None => {}
            }
        }
        (known, unknown.len())
    }

    /// The words of `passage` that the stretch of the text has which has most of them, in the text's order, without those that phrases have counted.
    fn near(&self, passage: &Passage, standing: &BTreeMap<WordId, Standing>) -> Vec<WordId> {
        let counted = self.counted.get(&passage.guide);
        let wanted = passage.standing.iter().filter(|word| counted.is_none_or(|counted| !counted.contains(word)));
        let mut places: Vec<(usize, WordId)> = wanted
            .filter_map(|word| Some((word, standing.get(word)?)))
            .flat_map(|(word, found)| found.places.iter().map(move |place| (*place, *word)))
            .collect();
        places.sort_unstable();
        let reach = NEAR.max(2 * passage.words.len());
        let (mut inside, mut best): (BTreeMap<WordId, usize>, Vec<WordId>) = (BTreeMap::new(), Vec::new());
        let mut first = places.iter();
        let mut begin = first.next();
        for (place, word) in &places {
            *inside.entry(*word).or_default() += 1;
            while let Some((_, gone)) = begin.filter(|(other, _)| other + reach < *place) {
                if let Some(count) = inside.get_mut(gone) {
                    *count -= 1;
                    if *count == 0 {
                        inside.remove(gone);
                    }
                }
                begin = first.next();
            }
            if inside.len() > best.len() {
                best = inside.keys().copied().collect();
            }
        }
        best.sort_by_key(|word| standing.get(word).map(|found| &found.places));
        best
    }
}
