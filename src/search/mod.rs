//! Finding trees for evidence: which of the guides a visitor's paste is about, why, and what to ask if several are.
//!
//! [`Finder::index`] gives the [`Index`] of the present guides, [`Index::find`] the guides that match, best first. The room ranks and explains; it
//! stores nothing and reads no facts from texts, which is the business of `evidence`.

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
