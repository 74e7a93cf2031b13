//! The words that the guides know: how many guides share each, and which of them a mistyped word stands for.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::words;

/// A word's place in the vocabulary.
pub(super) type WordId = usize;

/// The weight of a word that one guide alone knows; words that more of them share weigh less.
pub(super) const WHOLE: usize = 100;

/// A longer word is not repaired: nobody types it, and its variants would fill the memory.
const LONGEST_REPAIRED: usize = 24;
/// Words from this length on may have two mistakes, shorter ones one.
const TWO_MISTAKES_FROM: usize = 8;
/// A shorter word may be any other with one mistake.
const SHORTEST_REPAIRED: usize = 4;

#[derive(Debug)]
struct Known {
    text: String,
    /// How many guides know it.
    guides: usize,
    is_telling: bool,
}

/// The words that the guides know.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: HashMap<String, WordId>,
    known: Vec<Known>,
    guides: usize,
    /// The digests of what is left of each word when letters are left out, with the word; sorted. Two words that are a few mistakes apart are the same
    /// after as many letters are left out of each.
    shortened: Vec<(u64, WordId)>,
}

impl Vocabulary {
    /// The ids of the words of a normalised text; new words are taken in.
    pub(super) fn take_in(&mut self, normal: &str) -> Vec<WordId> {
        words::words(normal).map(|word| self.id_or_new(word)).collect()
    }

    fn id_or_new(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = self.known.len();
        self.ids.insert(word.to_owned(), id);
        self.known.push(Known { text: word.to_owned(), guides: 0, is_telling: words::is_telling(word) });
        id
    }

    /// Counts one more guide, which knows these words.
    pub(super) fn count_guide(&mut self, words: impl IntoIterator<Item = WordId>) {
        self.guides += 1;
        for id in words {
            if let Some(known) = self.known.get_mut(id) {
                known.guides += 1;
            }
        }
    }

    /// Makes [`Vocabulary::repair`] ready, after the last word was taken in.
    pub(super) fn finish(&mut self) {
        let repairable = self.known.iter().enumerate().filter(|(_, known)| may_be_repaired(&known.text, SHORTEST_REPAIRED));
        self.shortened =
            repairable.flat_map(|(id, known)| shortenings(&known.text, mistakes(&known.text)).into_iter().map(move |digest| (digest, id))).collect();
        self.shortened.sort_unstable();
    }

    /// The id of exactly this word.
    pub(super) fn id(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    /// The word itself.
    pub(super) fn text(&self, id: WordId) -> &str {
        self.known.get(id).map_or("", |known| known.text.as_str())
    }

    /// Whether the word says something inside a phrase.
    pub(super) fn is_telling(&self, id: WordId) -> bool {
        self.known.get(id).is_some_and(|known| known.is_telling)
    }

    /// What the word is worth by its rarity: [`WHOLE`] if one guide knows it, and a step less each time twice as many do.
    pub(super) fn weight(&self, id: WordId) -> usize {
        let guides = self.known.get(id).map_or(1, |known| known.guides.max(1));
        let steps = |number: usize| 1 + number.max(1).ilog2() as usize;
        WHOLE * steps(self.guides / guides) / steps(self.guides)
    }

    /// The word that `word` was meant to be: the nearest one with the same first letter, at most one mistake away if it has four to seven letters, two if it
    /// has more; of equally near ones that which more guides know. A mistake is a letter too many, too few or wrong, or two that changed places.
    /// Nothing but letters is ever repaired: another number is another number.
    pub(super) fn repair(&self, word: &str) -> Option<WordId> {
        if !may_be_repaired(word, SHORTEST_REPAIRED - 1) {
            return None;
        }
        let mut nearest = None;
        for digest in shortenings(word, mistakes(word)) {
            let from = self.shortened.partition_point(|(other, _)| *other < digest);
            for (_, id) in self.shortened.iter().skip(from).take_while(|(other, _)| *other == digest) {
                let Some(known) = self.known.get(*id) else { continue };
                if let Some(distance) = distance(word, &known.text, mistakes(&known.text)) {
                    let rank = (distance, usize::MAX - known.guides, *id);
                    nearest = Some(nearest.map_or(rank, |best: (usize, usize, WordId)| best.min(rank)));
                }
            }
        }
        nearest.map(|(_, _, id)| id)
    }
}

fn may_be_repaired(word: &str, shortest: usize) -> bool {
    let length = word.chars().count();
    (shortest..=LONGEST_REPAIRED).contains(&length) && word.chars().all(char::is_alphabetic)
}

/// How many mistakes the word may have.
fn mistakes(word: &str) -> usize {
    if word.chars().count() < TWO_MISTAKES_FROM { 1 } else { 2 }
}

/// The digests of the word with up to `most` letters left out, never the first.
fn shortenings(word: &str, most: usize) -> Vec<u64> {
    let mut found = vec![word.to_owned()];
    let mut longer = 0;
    for _ in 0..most {
        let until = found.len();
        let shorter: Vec<String> = found.iter().skip(longer).flat_map(|word| without_one(word)).collect();
        found.extend(shorter);
        longer = until;
    }
    let mut digests: Vec<u64> = found.iter().map(|word| digest(word)).collect();
    digests.sort_unstable();
    digests.dedup();
    digests
}

fn without_one(word: &str) -> impl Iterator<Item = String> + '_ {
    (1..word.chars().count()).map(|left_out| word.chars().enumerate().filter(|(at, _)| *at != left_out).map(|(_, c)| c).collect())
}

fn digest(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// How many mistakes, two letters swapped among them, lie between two words, if they are `most` at most and the first letters are the same.
fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    if one.chars().next() != other.chars().next() || one.chars().count().abs_diff(other.chars().count()) > most {
        return None;
    }
    Some(strsim::osa_distance(one, other)).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(guides: &[&str]) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for guide in guides {
            let words: std::collections::BTreeSet<WordId> = vocabulary.take_in(guide).into_iter().collect();
            vocabulary.count_guide(words);
        }
        vocabulary.finish();
        vocabulary
    }

    #[test]
    fn mistakes_are_repaired_against_known_words_and_never_numbers() {
        let vocabulary = vocabulary(&["replication connector loaded queue smtp 2037 c1030ad1", "loader"]);
        for (typed, meant) in [
            ("replicaton", Some("replication")),
            ("relpication", Some("replication")),
            ("rplicatoin", Some("replication")),
            ("conector", Some("connector")),
            ("laoded", Some("loaded")),
            ("smpt", Some("smtp")),
            ("smt", Some("smtp")),
            ("smptp", Some("smtp")),
            ("queu", Some("queue")),
            ("ueue", None),
            ("rplictn", None),
            ("laoder", Some("loader")),
            ("lodade", None),
            ("2073", None),
            ("c1030ad2", None),
            ("zebra", None),
        ] {
            assert_eq!(vocabulary.repair(typed).map(|id| vocabulary.text(id)), meant, "{typed}");
        }
    }

    #[test]
    fn of_equally_near_words_that_which_more_guides_know_is_meant() {
        let vocabulary = vocabulary(&["mails", "mailo", "mailo again"]);
        assert_eq!(vocabulary.repair("mailx").map(|id| vocabulary.text(id)), Some("mailo"));
    }

    #[test]
    fn rare_words_weigh_more() {
        let vocabulary = vocabulary(&["a rare", "a b", "a b", "a b", "a", "a", "a", "a"]);
        let weight = |word| vocabulary.weight(vocabulary.id(word).unwrap());
        assert_eq!((weight("rare"), weight("b"), weight("a")), (100, 50, 25));
    }
}
