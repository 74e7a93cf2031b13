//! What to make of the matches.

use super::index::Guide;
use super::score::{Reason, Scored};
use crate::tree::{event_source, message};

/// How many points the first match must have more than the second to be clearly ahead.
const AHEAD: u32 = 20;
/// How many halves of the second's points the first must have as well: AHEAD says little where both have hundreds.
const HALVES: u32 = 3;
/// The most matches that a question is asked about.
const MOST_CHOICES: usize = 6;

/// What to make of the matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// No guide matches.
    Nothing,
    /// The first match is the one: it is alone, or has at least 20 points and half as much again more than the second.
    Clear,
    /// Several match about as well; this tells them apart.
    Several(Question),
}

/// What a visitor can be asked, to choose among the matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question itself.
    pub prompt: &'static str,
    /// One for each match that may be the right one, in their order.
    pub choices: Vec<Choice>,
}

/// What tells one match from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The match's slug.
    pub slug: String,
    /// What only that guide knows, in words.
    pub label: String,
}

/// The verdict on `ranked`, best first.
pub(super) fn of(guides: &[Guide], ranked: &[Scored]) -> Verdict {
    match ranked {
        [] => Verdict::Nothing,
        [_] => Verdict::Clear,
        [first, second, ..] if first.score >= second.score + AHEAD && 2 * first.score >= HALVES * second.score => Verdict::Clear,
        [first, ..] => {
            // Whatever the first is clearly ahead of is out of the question.
            let in_question = ranked.iter().take(MOST_CHOICES).filter(|other| 2 * first.score < HALVES * other.score || first.score < other.score + AHEAD);
            let guides: Vec<(&Guide, &Scored)> = in_question.filter_map(|scored| Some((guides.get(scored.guide)?, scored))).collect();
            Verdict::Several(question(&guides))
        }
    }
}

/// Asks for the first of event, text and versions in which all of them differ; else for the title.
fn question(guides: &[(&Guide, &Scored)]) -> Question {
    let asked = |prompt: &'static str, labels: Option<Vec<String>>| labels.map(|labels| (prompt, labels));
    let (prompt, labels) = asked("Which of these events does the log show?", apart(guides, events))
        .or_else(|| asked("Which of these texts do you see?", apart(guides, texts)))
        .or_else(|| asked("Which of these do you run?", apart(guides, |guide, _| vec![(guide.applies_to.clone(), guide.applies_to.clone())])))
        .unwrap_or_else(|| ("Which of these describes it best?", guides.iter().map(|(guide, _)| guide.title.clone()).collect()));
    let choices = guides.iter().zip(labels).map(|((guide, _), label)| Choice { slug: guide.slug.clone(), label });
    Question { prompt, choices: choices.collect() }
}

/// What a guide knows: what it is compared by, and how it reads.
type Sign = (String, String);

/// For each guide the first of its signs that no other one has, as it reads; `None` if one of them has none.
fn apart(guides: &[(&Guide, &Scored)], signs: impl Fn(&Guide, &Scored) -> Vec<Sign>) -> Option<Vec<String>> {
    let all: Vec<Vec<Sign>> = guides.iter().map(|(guide, scored)| signs(guide, scored)).collect();
    let own = |(at, signs): (usize, &Vec<Sign>)| {
        let is_shared = |key: &String| all.iter().enumerate().any(|(other, signs)| other != at && signs.iter().any(|(theirs, _)| theirs == key));
        signs.iter().find(|(key, _)| !is_shared(key)).map(|(_, label)| label.clone())
    };
    all.iter().enumerate().map(own).collect()
}

/// The events of a guide that the evidence does not have, under whatever name; one that it has would be no question.
fn events(guide: &Guide, scored: &Scored) -> Vec<Sign> {
    let key = |source: &str, id: u32| format!("{id} {}", event_source::canonical(source));
    let is_stated = |reason: &Reason, wanted: &String| matches!(reason, Reason::Event(source, id) if key(source, *id) == *wanted);
    let signs = guide.events.iter().map(|event| (key(&event.source, event.id), Reason::Event(event.source.clone(), event.id).to_string()));
    signs.filter(|(key, _)| !scored.reasons.iter().any(|reason| is_stated(reason, key))).collect()
}

/// The symptom texts of a guide that the evidence does not have.
fn texts(guide: &Guide, scored: &Scored) -> Vec<Sign> {
    let is_new = |text: &&String| !scored.reasons.contains(&Reason::Phrase((*text).clone()));
    guide.texts.iter().filter(is_new).map(|text| (message::normalise(text), format!("\"{text}\""))).collect()
}
