//! The guides, prepared to be searched.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::fragments::{FragmentId, Fragments};
use super::query::Query;
use super::verdict;
use super::vocabulary::{Vocabulary, WordId};
use super::words;
use super::{Evidence, Found, Match};
use crate::tree::code::Code;
use crate::tree::condition::{Condition, Sought};
use crate::tree::model::{SymptomEvent, Tree};
use crate::tree::{event_source, message};

/// A guide's place in the index.
pub(super) type GuideId = usize;
/// An event source, whatever it is called.
pub(super) type SourceId = usize;

/// The guides, prepared to be searched. Whatever the paste, a search takes time in proportion to its length.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) guides: Vec<Guide>,
    pub(super) vocabulary: Vocabulary,
    pub(super) fragments: Fragments,
    /// What a fragment means to the guides.
    pub(super) meanings: HashMap<FragmentId, Vec<Meaning>>,
    /// Tests of the guides' conditions, each in one or more fragments.
    pub(super) tests: Vec<Test>,
    /// Titles and symptom texts.
    pub(super) passages: Vec<Passage>,
    /// The passages that each word stands in.
    pub(super) passages_with: HashMap<WordId, Vec<usize>>,
    /// Sources by their spellings in lower case, letters and digits only.
    pub(super) sources: BTreeMap<String, SourceId>,
    /// The guides that know an event.
    pub(super) events: BTreeMap<(SourceId, u32), Vec<KnownEvent>>,
    /// The sources of the events with a number.
    pub(super) sources_of: HashMap<u32, BTreeSet<SourceId>>,
    /// The guides that know an error code, by what it can stand for.
    pub(super) codes: HashMap<u32, BTreeSet<GuideId>>,
}

/// A guide.
#[derive(Debug)]
pub(super) struct Guide {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) applies_to: String,
    pub(super) texts: Vec<String>,
    pub(super) events: Vec<SymptomEvent>,
}

/// What a fragment means to one guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It is this one of its symptom texts.
    Symptom(GuideId, usize),
    /// It is its title.
    Title(GuideId),
    /// It is the first part of a test.
    Test(usize),
}

/// A test of a condition for a text.
#[derive(Debug)]
pub(super) struct Test {
    pub(super) guide: GuideId,
    /// All of them must stand in the text.
    pub(super) parts: Vec<FragmentId>,
    /// How many different telling words it has.
    pub(super) telling: usize,
    /// As the author wrote it.
    pub(super) written: String,
}

/// An event that a guide knows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KnownEvent {
    pub(super) guide: GuideId,
    /// The source as the author wrote it.
    pub(super) source: String,
    /// Whether it is one of the guide's symptoms, and not only asked about.
    pub(super) is_symptom: bool,
}

/// A title or symptom text.
#[derive(Debug)]
pub(super) struct Passage {
    pub(super) guide: GuideId,
    /// Which of the symptom texts; `None` for the title.
    pub(super) symptom: Option<usize>,
    /// All of its words, in order.
    pub(super) words: Vec<WordId>,
    /// Those that say something wherever they stand.
    pub(super) standing: BTreeSet<WordId>,
}

impl Index {
    /// Indexes the trees of guides, each under its present slug.
    #[must_use]
    pub fn new<'a>(trees: impl IntoIterator<Item = (&'a str, &'a Tree)>) -> Self {
        let mut index = Self::default();
        for (slug, tree) in trees {
            index.add(slug, tree);
        }
        for (place, passage) in index.passages.iter().enumerate() {
            for word in &passage.standing {
                index.passages_with.entry(*word).or_default().push(place);
            }
        }
        index.vocabulary.finish();
        index
    }

    /// The guides that match `evidence`, best first; of equals by slug.
    #[must_use]
    pub fn find(&self, evidence: &Evidence) -> Found {
        let ranked = Query::new(self, evidence).ranked();
        let verdict = verdict::of(&self.guides, &ranked);
        let matches = ranked.into_iter().filter_map(|scored| {
            let slug = self.guides.get(scored.guide)?.slug.clone();
            Some(Match { slug, score: scored.score, because: scored.reasons.iter().map(ToString::to_string).collect() })
        });
        Found { matches: matches.collect(), verdict }
    }

    fn add(&mut self, slug: &str, tree: &Tree) {
        let guide = self.guides.len();
        let mut seen = BTreeSet::new();
        self.add_passage(guide, None, &tree.title, &mut seen);
        for (symptom, text) in tree.symptoms.texts.iter().enumerate() {
            self.add_passage(guide, Some(symptom), text, &mut seen);
            for code in message::codes(&message::normalise(text)) {
                if is_unmistakable(&code) {
                    self.add_code(guide, &code);
                }
            }
        }
        for event in &tree.symptoms.events {
            self.add_event(guide, &event.source, event.id, true);
        }
        let branches = tree.nodes.iter().filter_map(|node| node.kind.fork()).flat_map(|fork| &fork.branches);
        for branch in branches {
            self.add_condition(guide, &branch.when, &mut seen);
        }
        self.vocabulary.count_guide(seen);
        self.guides.push(Guide {
            slug: slug.to_owned(),
            title: tree.title.clone(),
            applies_to: tree.applies_to.clone(),
            texts: tree.symptoms.texts.clone(),
            events: tree.symptoms.events.clone(),
        });
    }

    fn add_passage(&mut self, guide: GuideId, symptom: Option<usize>, text: &str, seen: &mut BTreeSet<WordId>) {
        let words = self.vocabulary.take_in(&message::normalise(text));
        seen.extend(&words);
        let fragment = self.fragments.add(&words);
        self.meanings.entry(fragment).or_default().push(symptom.map_or(Meaning::Title(guide), |symptom| Meaning::Symptom(guide, symptom)));
        let standing = words.iter().copied().filter(|word| words::stands_alone(self.vocabulary.text(*word))).collect();
        self.passages.push(Passage { guide, symptom, words, standing });
    }

    fn add_condition(&mut self, guide: GuideId, condition: &Condition, seen: &mut BTreeSet<WordId>) {
        for sought in condition.sought() {
            match sought {
                Sought::Phrase(phrase) => self.add_test(guide, phrase.written(), &[phrase.written()], seen),
                Sought::Words(phrase) => self.add_test(guide, phrase.written(), &phrase.written().split_whitespace().collect::<Vec<_>>(), seen),
                Sought::Glob(glob) => self.add_test(guide, glob.written(), &glob.written().split('*').collect::<Vec<_>>(), seen),
                Sought::Code(code) => self.add_code(guide, code),
                Sought::Event { source, id } => self.add_event(guide, source, id, false),
            }
        }
    }

    /// Takes in a test for all of `parts`, once. A single telling word is no test: other messages have it too.
    fn add_test(&mut self, guide: GuideId, written: &str, parts: &[&str], seen: &mut BTreeSet<WordId>) {
        let parts: Vec<Vec<WordId>> = parts.iter().map(|part| self.vocabulary.take_in(&message::normalise(part))).filter(|part| !part.is_empty()).collect();
        let words: BTreeSet<WordId> = parts.iter().flatten().copied().collect();
        seen.extend(&words);
        let telling = words.iter().filter(|word| self.vocabulary.is_telling(**word)).count();
        let parts: Vec<FragmentId> = parts.iter().map(|part| self.fragments.add(part)).collect();
        let Some(first) = parts.first().filter(|_| telling > 0 && words.len() > 1) else { return };
        let meanings = self.meanings.entry(*first).or_default();
        let is_known =
            |meaning: &Meaning| matches!(meaning, Meaning::Test(test) if self.tests.get(*test).is_some_and(|test| test.guide == guide && test.parts == parts));
        if !meanings.iter().any(is_known) {
            meanings.push(Meaning::Test(self.tests.len()));
            self.tests.push(Test { guide, parts, telling, written: written.to_owned() });
        }
    }

    fn add_event(&mut self, guide: GuideId, source: &str, id: u32, is_symptom: bool) {
        let spellings = event_source::spellings(source);
        let new = self.sources.len();
        let place = spellings.first().and_then(|name| self.sources.get(name)).copied().unwrap_or(new);
        self.sources.extend(spellings.into_iter().map(|spelling| (spelling, place)));
        self.sources_of.entry(id).or_default().insert(place);
        let known = self.events.entry((place, id)).or_default();
        // Another name of the same source says nothing more, nor does a condition about a symptom; symptoms come first.
        if known.iter().all(|known| known.guide != guide) {
            known.push(KnownEvent { guide, source: source.to_owned(), is_symptom });
        }
    }

    fn add_code(&mut self, guide: GuideId, code: &Code) {
        for reading in code.readings() {
            self.codes.entry(reading).or_default().insert(guide);
        }
    }
}

/// Whether the number is an error code wherever it stands: written as hexadecimal or negative, or too long for anything else.
pub(super) fn is_unmistakable(code: &Code) -> bool {
    code.as_str().len() >= 8 || code.as_str().contains(|c: char| !c.is_ascii_digit())
}
