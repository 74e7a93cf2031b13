//! The guides, prepared to be searched.

use super::{Choice, Evidence, Found, Match, Question, Verdict};
use crate::tree::model::Tree;
use crate::tree::{event_source, message};

/// The guides, prepared to be searched.
#[derive(Debug, Default)]
pub struct Index {
    trees: Vec<(String, Tree)>,
}

impl Index {
    /// Indexes trees, each under its present slug.
    #[must_use]
    pub fn new<'a>(trees: impl IntoIterator<Item = (&'a str, &'a Tree)>) -> Self {
        Self { trees: trees.into_iter().map(|(slug, tree)| (slug.to_owned(), tree.clone())).collect() }
    }

    /// The trees that match `evidence`.
    #[must_use]
    pub fn find(&self, evidence: &Evidence) -> Found {
        let text = message::normalise(&evidence.text);
        let mut matches: Vec<Match> = self.trees.iter().filter_map(|(slug, tree)| matched(slug, tree, evidence, &text)).collect();
        matches.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.slug.cmp(&b.slug)));
        let verdict = match matches.as_slice() {
            [] => Verdict::Nothing,
            [_] => Verdict::Clear,
            several => Verdict::Several(Question {
                prompt: "Which of these is it?".to_owned(),
                choices: several.iter().map(|found| Choice { slug: found.slug.clone(), label: found.slug.clone() }).collect(),
            }),
        };
        Found { matches, verdict }
    }
}

fn matched(slug: &str, tree: &Tree, evidence: &Evidence, text: &str) -> Option<Match> {
    let mut found = Match { slug: slug.to_owned(), score: 0, because: Vec::new() };
    for event in &tree.symptoms.events {
        for stated in evidence.events.iter().filter(|stated| stated.id == Some(event.id)) {
            if stated.source.as_deref().is_none_or(|source| event_source::same(source, &event.source)) {
                found.score += 100;
                found.because.push(format!("event {}", event.id));
            }
        }
    }
    for symptom in &tree.symptoms.texts {
        if text.contains(&message::normalise(symptom)) {
            found.score += 60;
            found.because.push(format!("phrase \u{201c}{symptom}\u{201d}"));
        }
    }
    (found.score > 0).then_some(found)
}
