//! What a match is worth, and why.
//!
//! Each kind of evidence has its worth; the best of a kind counts whole and each further one of the kind [`FURTHER`] points, so that many weak signs do
//! not outweigh a strong one. The numbers are chosen so that
//!
//! - an event by source and number is worth more than a code, that more than a phrase, and so on down to single words;
//! - one strong sign is a match by itself ([`LEAST`]): an event, an event's number alone, a code, a symptom text with one telling word;
//! - weak signs are a match only together: a guide's question about "file replication" alone is not, nor are two words of a title, whatever they are.

use std::collections::BTreeMap;
use std::fmt;

use super::index::GuideId;
use crate::tree::code::Code;

/// An event that is a symptom, by source and number.
pub(super) const EVENT: u32 = 100;
/// An error code that stands in a symptom text or is asked about.
pub(super) const CODE: u32 = 70;
/// An event that is only asked about, by source and number.
pub(super) const EVENT_ASKED: u32 = 60;
/// An event's number, where nothing is known of its source.
pub(super) const EVENT_NUMBER: u32 = 40;
/// A source, where nothing is known of the event's number.
pub(super) const EVENT_SOURCE: u32 = 10;
/// A whole symptom text: so much without any telling word, and so much more for each, up to [`PHRASE_TELLING`] of them.
pub(super) const PHRASE: u32 = 10;
/// See [`PHRASE`].
pub(super) const PHRASE_WORD: u32 = 15;
/// See [`PHRASE`].
pub(super) const PHRASE_TELLING: usize = 3;
/// A text that is part of a symptom text or title: for each telling word, up to [`PHRASE_TELLING`].
pub(super) const PART_WORD: u32 = 12;
/// A test of a condition that the text passes: for each telling word, up to [`TEST_TELLING`].
pub(super) const TEST_WORD: u32 = 8;
/// See [`TEST_WORD`].
pub(super) const TEST_TELLING: usize = 4;
/// The whole title: for each telling word, up to [`PHRASE_TELLING`].
pub(super) const TITLE_WORD: u32 = 10;
/// All the words of a title or symptom text, near each other: so much for [`WORDS_WEIGHT`] or more.
pub(super) const WORDS: u32 = 36;
/// The weight of four words that one guide alone knows, in hundredths of a word.
pub(super) const WORDS_WEIGHT: usize = 400;
/// A server of a family that the guide applies to. Never a match by itself.
pub(super) const FAMILY: u32 = 5;
/// Each further sign of one kind, up to [`MOST_FURTHER`] of them.
const FURTHER: u32 = 10;
/// See [`FURTHER`].
const MOST_FURTHER: usize = 3;
/// Fewer points are no match.
const LEAST: u32 = 20;
/// What is left of a sign that was found only by repairing a mistake, in hundredths.
pub(super) const REPAIRED: usize = 75;

/// Kinds of evidence, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Event,
    Code,
    Phrase,
    Test,
    Title,
    Words,
    Family,
}

/// Why a guide matches.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reason {
    /// The source as the guide writes it, and the number.
    Event(String, u32),
    EventNumber(u32),
    EventSource(String),
    Code(Code),
    /// A symptom text or a test, as its author wrote it.
    Phrase(String),
    /// The text is part of this symptom text.
    Part(String),
    Title,
    PartOfTitle,
    Words(Vec<String>),
    /// A family, as in `5.5`.
    Family(String),
    /// A word as typed, and as read.
    Repaired(String, String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(source, id) => write!(f, "event {id} from {source}"),
            Self::EventNumber(id) => write!(f, "event {id}"),
            Self::EventSource(source) => write!(f, "events from {source}"),
            Self::Code(code) => write!(f, "code {code}"),
            Self::Phrase(text) => write!(f, "phrase \"{text}\""),
            Self::Part(text) => write!(f, "part of the text \"{text}\""),
            Self::Title => f.write_str("the guide's title"),
            Self::PartOfTitle => f.write_str("part of the guide's title"),
            Self::Words(words) => write!(f, "the words {}", words.join(", ")),
            Self::Family(family) => write!(f, "servers of {family}"),
            Self::Repaired(typed, read) => write!(f, "\"{typed}\" read as \"{read}\""),
        }
    }
}

/// What speaks for one guide.
#[derive(Debug, Default)]
pub(super) struct Tally {
    signs: BTreeMap<Kind, Vec<(u32, Reason)>>,
    repaired: Vec<Reason>,
}

impl Tally {
    /// Notes a sign, once.
    pub(super) fn add(&mut self, kind: Kind, points: u32, reason: Reason) {
        let signs = self.signs.entry(kind).or_default();
        if points > 0 && signs.iter().all(|(_, other)| *other != reason) {
            signs.push((points, reason));
        }
    }

    /// Notes that a sign was found by reading `typed` as `read`.
    pub(super) fn repair(&mut self, typed: &str, read: &str) {
        let reason = Reason::Repaired(typed.to_owned(), read.to_owned());
        if !self.repaired.contains(&reason) {
            self.repaired.push(reason);
        }
    }

    /// The sum, if it is enough for a match.
    pub(super) fn scored(self, guide: GuideId) -> Option<Scored> {
        let mut scored = Scored { guide, score: 0, reasons: Vec::new() };
        for (kind, mut signs) in self.signs {
            // A family alone is no match, and adds nothing to what is none.
            if kind == Kind::Family && scored.score < LEAST {
                continue;
            }
            signs.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
            let further = signs.iter().skip(1).take(MOST_FURTHER).map(|(points, _)| FURTHER.min(*points)).sum::<u32>();
            scored.score += signs.first().map_or(0, |(points, _)| *points) + further;
            scored.reasons.extend(signs.into_iter().map(|(_, reason)| reason));
        }
        scored.reasons.extend(self.repaired);
        (scored.score >= LEAST).then_some(scored)
    }
}

/// A guide that matches.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scored {
    pub(super) guide: GuideId,
    pub(super) score: u32,
    /// Strongest first.
    pub(super) reasons: Vec<Reason>,
}

/// `worth` for each of `count`, of which no more than `most` are looked at.
pub(super) fn each(worth: u32, count: usize, most: usize) -> u32 {
    u32::try_from(count.min(most)).map_or(0, |count| worth * count)
}

/// A share of `points`.
pub(super) fn share(points: u32, part: usize, whole: usize) -> u32 {
    let (part, whole) = (u64::try_from(part).unwrap_or(u64::MAX), u64::try_from(whole.max(1)).unwrap_or(u64::MAX));
    u32::try_from(u64::from(points).saturating_mul(part) / whole).unwrap_or(u32::MAX)
}
