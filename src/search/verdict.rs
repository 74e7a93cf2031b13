//! What to make of the matches.

/// What to make of the matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// No guide matches.
    Nothing,
    /// The first match is the one: it is alone, or clearly ahead of the second.
    Clear,
    /// Several match about as well; this tells them apart.
    Several(Question),
}

/// What a visitor can be asked to choose among matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question itself.
    pub prompt: String,
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
