//! One search.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::Evidence;
use super::fragments::FragmentId;
use super::index::{GuideId, Index, Meaning, SourceId, is_unmistakable};
use super::score::{self, Kind, Reason, Scored, Tally};
use super::text::Text;
use super::vocabulary::{WHOLE, WordId};
use crate::tree::code::Code;
use crate::tree::fact::Event;
use crate::tree::{event_source, message};

/// How many words apart an event's number and its source may stand in a text: the lines of an event record between them are shorter.
const RECORD: usize = 12;
/// Shorter numbers stand beside names of sources by chance; where they are events, `evidence` reads them as such.
const SHORTEST_NUMBER: usize = 3;

/// A search in progress.
pub(super) struct Query<'a> {
    pub(super) index: &'a Index,
    evidence: &'a Evidence,
    normal: String,
    tallies: HashMap<GuideId, Tally>,
    /// What phrases have counted already: single words of them count for that guide no more.
    pub(super) counted: HashMap<GuideId, BTreeSet<WordId>>,
}

impl<'a> Query<'a> {
    pub(super) fn new(index: &'a Index, evidence: &'a Evidence) -> Self {
        Self { index, evidence, normal: message::normalise(&evidence.text), tallies: HashMap::new(), counted: HashMap::new() }
    }

    /// The guides that match, best first; of equals by slug.
    pub(super) fn ranked(mut self) -> Vec<Scored> {
        let normal = std::mem::take(&mut self.normal);
        let text = Text::new(&normal, &self.index.vocabulary);
        self.stated_events();
        self.events_in(&text);
        self.codes(&normal);
        self.fragments(&text);
        self.whole_text(&text);
        self.single_words(&text);
        self.families();
        let slug = |guide: GuideId| self.index.guides.get(guide).map(|guide| guide.slug.as_str());
        let mut ranked: Vec<Scored> = self.tallies.into_iter().filter_map(|(guide, tally)| tally.scored(guide)).collect();
        ranked.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| slug(a.guide).cmp(&slug(b.guide))));
        ranked
    }

    pub(super) fn tally(&mut self, guide: GuideId) -> &mut Tally {
        self.tallies.entry(guide).or_default()
    }

    /// Events that were read or typed as such.
    fn stated_events(&mut self) {
        let (index, evidence) = (self.index, self.evidence);
        let source_of = |event: &Event| event.source.as_deref().map(|source| index.sources.get(&event_source::canonical(source)).copied());
        // A log repeats its events.
        let stated: BTreeSet<_> = evidence.events.iter().map(|event| (source_of(event), event.id)).collect();
        let with_source: BTreeSet<u32> = stated.iter().filter(|(source, _)| source.is_some()).filter_map(|(_, id)| *id).collect();
        for (source, id) in stated {
            match (source, id) {
                (Some(Some(source)), Some(id)) => self.event(source, id),
                (Some(Some(source)), None) => self.source(source),
                (None, Some(id)) if !with_source.contains(&id) => {
                    let sources = index.sources_of.get(&id).into_iter().flatten();
                    for known in sources.filter_map(|source| index.events.get(&(*source, id))).flatten().filter(|known| known.is_symptom) {
                        self.tally(known.guide).add(Kind::Event, score::EVENT_NUMBER, Reason::EventNumber(id));
                    }
                }
                (Some(None) | None, _) => {}
            }
        }
    }

    fn event(&mut self, source: SourceId, id: u32) {
        let index = self.index;
        for known in index.events.get(&(source, id)).into_iter().flatten() {
            let points = if known.is_symptom { score::EVENT } else { score::EVENT_ASKED };
            self.tally(known.guide).add(Kind::Event, points, Reason::Event(known.source.clone(), id));
        }
    }

    fn source(&mut self, source: SourceId) {
        let index = self.index;
        let known = index.events.range((source, 0)..=(source, u32::MAX)).flat_map(|(_, known)| known);
        for known in known.filter(|known| known.is_symptom) {
            self.tally(known.guide).add(Kind::Event, score::EVENT_SOURCE, Reason::EventSource(known.source.clone()));
        }
    }

    /// Events that stand in the text: a number, and the name of its source near it.
    fn events_in(&mut self, text: &Text<'_>) {
        let index = self.index;
        let is_event = |word: &str| word.parse().ok().filter(|id: &u32| word.len() >= SHORTEST_NUMBER && index.sources_of.contains_key(id));
        let numbers: Vec<(usize, u32)> = text.typed.iter().enumerate().filter_map(|(place, word)| Some((place, is_event(word)?))).collect();
        if numbers.is_empty() {
            return;
        }
        let sources = self.sources_in(text);
        let mut found = BTreeSet::new();
        for (place, id) in numbers {
            let from = sources.partition_point(|(other, _)| other + RECORD < place);
            found.extend(sources.iter().skip(from).take_while(|(other, _)| *other <= place + RECORD).map(|(_, source)| (*source, id)));
        }
        for (source, id) in found {
            self.event(source, id);
        }
    }

    /// The names of sources in the text, with their places. A name may be several words.
    fn sources_in(&self, text: &Text<'_>) -> Vec<(usize, SourceId)> {
        let sources = &self.index.sources;
        let mut found = Vec::new();
        for (place, _) in text.typed.iter().enumerate() {
            let mut name = String::new();
            let mut longest = None;
            for word in text.typed.iter().skip(place) {
                name.push_str(word);
                let Some((spelling, source)) = sources.range(name.clone()..).next().filter(|(spelling, _)| spelling.starts_with(&name)) else { break };
                if *spelling == name {
                    longest = Some(*source);
                }
            }
            found.extend(longest.map(|source| (place, source)));
        }
        found
    }

    /// Codes that were read or typed, and those in the text that can be nothing else.
    fn codes(&mut self, normal: &str) {
        let (index, evidence) = (self.index, self.evidence);
        let in_text = message::codes(normal);
        let mut seen = BTreeSet::new();
        for code in evidence.codes.iter().chain(in_text.iter().filter(|code| is_unmistakable(code))) {
            for reading in code.readings().filter(|reading| seen.insert(*reading)).collect::<Vec<_>>() {
                for guide in index.codes.get(&reading).into_iter().flatten() {
                    self.code(*guide, code);
                }
            }
        }
    }

    fn code(&mut self, guide: GuideId, code: &Code) {
        self.tally(guide).add(Kind::Code, score::CODE, Reason::Code(code.clone()));
    }

    /// Symptom texts, titles and tests that stand in the text word for word.
    fn fragments(&mut self, text: &Text<'_>) {
        let index = self.index;
        let found = index.fragments.find(&text.meant);
        let meanings = found.iter().flat_map(|(fragment, place)| index.meanings.get(fragment).into_iter().flatten().map(move |meaning| (*meaning, place)));
        let mut tests = Vec::new();
        for (meaning, place) in meanings {
            let telling = text.telling(place, &index.vocabulary);
            match meaning {
                Meaning::Symptom(guide, symptom) => {
                    let Some(written) = index.guides.get(guide).and_then(|guide| guide.texts.get(symptom)) else { continue };
                    let points = score::PHRASE + score::each(score::PHRASE_WORD, telling, score::PHRASE_TELLING);
                    self.phrase(guide, Kind::Phrase, points, Reason::Phrase(written.clone()), text, [place]);
                }
                Meaning::Title(guide) => {
                    let points = score::each(score::TITLE_WORD, telling, score::PHRASE_TELLING);
                    self.phrase(guide, Kind::Title, points, Reason::Title, text, [place]);
                }
                Meaning::Test(test) => tests.push(test),
            }
        }
        // After the symptoms: what stands in one of them is asked about, but is no new sign.
        for test in tests {
            self.test(test, &found, text);
        }
    }

    fn test(&mut self, test: usize, found: &BTreeMap<FragmentId, Range<usize>>, text: &Text<'_>) {
        let Some(test) = self.index.tests.get(test) else { return };
        let Some(places) = test.parts.iter().map(|part| found.get(part)).collect::<Option<Vec<_>>>() else { return };
        let counted = self.counted.get(&test.guide);
        let mut words = places.iter().flat_map(|place| text.meant.get((*place).clone()).unwrap_or_default()).flatten();
        if counted.is_some_and(|counted| words.all(|word| counted.contains(word))) {
            return;
        }
        let points = score::each(score::TEST_WORD, test.telling, score::TEST_TELLING);
        self.phrase(test.guide, Kind::Test, points, Reason::Phrase(test.written.clone()), text, places);
    }

    /// Counts a phrase that stands at `places`, with the mistakes in it.
    pub(super) fn phrase<'p>(
        &mut self,
        guide: GuideId,
        kind: Kind,
        points: u32,
        reason: Reason,
        text: &Text<'_>,
        places: impl IntoIterator<Item = &'p Range<usize>>,
    ) {
        let index = self.index;
        let mut mistakes: BTreeSet<usize> = BTreeSet::new();
        for place in places {
            let counted = self.counted.entry(guide).or_default();
            counted.extend(text.meant.get(place.clone()).unwrap_or_default().iter().flatten());
            mistakes.extend(text.mistyped.range(place.clone()));
        }
        let points = if mistakes.is_empty() { points } else { score::share(points, score::REPAIRED, WHOLE) };
        let tally = self.tally(guide);
        tally.add(kind, points, reason);
        for place in mistakes {
            if let (Some(typed), Some(Some(meant))) = (text.typed.get(place), text.meant.get(place)) {
                tally.repair(typed, index.vocabulary.text(*meant));
            }
        }
    }

    /// Families of the servers that a guide applies to.
    fn families(&mut self) {
        let index = self.index;
        let families: BTreeSet<&str> = self.evidence.levels.iter().filter_map(|level| level.split_whitespace().next()).collect();
        for (guide, tally) in &mut self.tallies {
            let applies_to = index.guides.get(*guide).map_or("", |guide| guide.applies_to.as_str());
            let named: BTreeSet<&str> = applies_to.split(|c: char| !c.is_alphanumeric() && c != '.').collect();
            for family in families.intersection(&named) {
                tally.add(Kind::Family, score::FAMILY, Reason::Family((*family).to_owned()));
            }
        }
    }
}
