//! Finding trees for evidence: which of the guides a visitor's paste is about, why, and what to ask if several are.
//!
//! [`Finder::index`] gives the [`Index`] of the present guides, [`Index::find`] the guides that match, best first. The room ranks and explains; it
//! stores nothing and reads no facts from texts, which is the business of `evidence`.
//!
//! A search goes over the text a few times, whatever the number of guides: it looks up
//!
//! 1. events, those that were read and those whose number and source stand near each other in the text;
//! 2. codes, by the number that they stand for in any notation;
//! 3. fragments: symptom texts, titles, and what the conditions of the tree look for in texts, word for word (`fragments`);
//! 4. single words that stand near each other and share a title or symptom text, the rarer the better (`single_words`).
//!
//! Words that no guide knows are first read as the known word that was meant, if one is near enough (`vocabulary`). What each find is worth stands in
//! `score`, with the reasons; when a match is clear, and what tells several apart, in `verdict`.

mod evidence;
mod finder;
mod fragments;
mod index;
mod query;
mod score;
mod single_words;
mod text;
mod verdict;
mod vocabulary;
mod words;

pub use evidence::Evidence;
pub use finder::Finder;
pub use index::Index;
pub use verdict::{Choice, Question, Verdict};

/// A guide that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The guide's present slug.
    pub slug: String,
    /// How well it matches; more is better.
    pub score: u32,
    /// What matched, in words, strongest first.
    pub because: Vec<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The guides that match, best first.
    pub matches: Vec<Match>,
    /// What to make of them.
    pub verdict: Verdict,
}

#[cfg(test)]
mod tests;
