//! Find and replace in the words of a tree.
//!
//! What is found has a place, and each place is replaced or left alone as the author decides. Conditions, and the selections inside of texts, are
//! found only where the author asks for them; a condition or selection that could be read before must be readable afterwards.

mod places;

use std::collections::BTreeSet;
use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::condition::Condition;
use super::model::Tree;
use super::wording::Wording;
use places::Text;

/// The longest text that is looked for, in characters.
pub const MAX_FIND: usize = 200;
/// The longest text that is put in its place, in characters.
pub const MAX_REPLACEMENT: usize = 2_000;
/// How much of the text around a hit is shown, in characters on each side.
const AROUND: usize = 60;

/// What to look for, and what to put in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The text to find, letter by letter.
    pub find: String,
    /// The text to put in its place; may be empty.
    pub replacement: String,
    /// Whether capitals and small letters differ.
    pub match_case: bool,
    /// Whether only whole words are found: no letter, digit or `_` directly before or behind.
    pub whole_words: bool,
    /// Whether conditions and selections are searched too.
    pub conditions: bool,
}

/// Why a request cannot be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// There is nothing to look for.
    #[error("Enter the text to find.")]
    Empty,
    /// The text to find is too long.
    #[error("The text to find may have {MAX_FIND} characters: enter a shorter part of it.")]
    TooLong,
    /// The replacement is too long.
    #[error("The replacement may have {MAX_REPLACEMENT} characters.")]
    ReplacementTooLong,
}

/// Where a text stands in its tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Names the place inside its tree.
    pub id: String,
    /// The node that it belongs to; `None` for the tree's own texts and its cases.
    pub node: Option<String>,
    /// What the text is, such as `Label of branch 2`.
    pub words: String,
}

/// A text in which something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it stands.
    pub place: Place,
    /// The text, shortened where nothing changes.
    pub pieces: Vec<Piece>,
    /// Why it cannot be replaced here.
    pub problem: Option<String>,
}

/// A piece of a text in which something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// What stays.
    Same(String),
    /// What was left out between two hits, or before the first or behind the last one.
    Cut,
    /// What was found, as it is written there.
    Found(String),
}

/// A request that can be carried out.
#[derive(Debug)]
pub struct Search {
    request: Request,
    pattern: Regex,
}

impl Search {
    /// Takes a request.
    ///
    /// # Errors
    /// What to change about it.
    pub fn new(request: Request) -> Result<Self, RequestError> {
        if request.find.is_empty() {
            return Err(RequestError::Empty);
        }
        if request.replacement.chars().count() > MAX_REPLACEMENT {
            return Err(RequestError::ReplacementTooLong);
        }
        let pattern = RegexBuilder::new(&regex::escape(&request.find)).case_insensitive(!request.match_case).build();
        let pattern = pattern.ok().filter(|_| request.find.chars().count() <= MAX_FIND).ok_or(RequestError::TooLong)?;
        Ok(Self { request, pattern })
    }

    /// The texts of `tree` in which something is found, in the order of its file.
    #[must_use]
    pub fn hits(&self, tree: &Tree) -> Vec<Hit> {
        let mut hits = Vec::new();
        // The walk over the texts is the one that replaces; here it works on a copy and replaces nothing.
        places::each(&mut tree.clone(), &mut |place, text| {
            let (before, found) = self.found(&text);
            if !found.is_empty() {
                let problem = self.replaced(&text, &before, &found).err();
                hits.push(Hit { place, pieces: pieces(&before, &found), problem });
            }
        });
        hits
    }

    /// `tree` with the texts replaced whose places are `chosen`. A place where nothing is found stays as it is.
    ///
    /// # Errors
    /// The places that cannot be replaced, each with the reason.
    pub fn replace(&self, tree: &Tree, chosen: &BTreeSet<String>) -> Result<Tree, Vec<(Place, String)>> {
        let mut tree = tree.clone();
        let mut problems = Vec::new();
        places::each(&mut tree, &mut |place, text| {
            if !chosen.contains(&place.id) {
                return;
            }
            let (before, found) = self.found(&text);
            match self.replaced(&text, &before, &found) {
                Ok(after) => store(text, after),
                Err(problem) => problems.push((place, problem)),
            }
        });
        if problems.is_empty() { Ok(tree) } else { Err(problems) }
    }

    /// What the text says, and where in it something is found.
    fn found(&self, text: &Text<'_>) -> (String, Vec<Range<usize>>) {
        let (before, closed) = match text {
            Text::Words(words) => ((*words).clone(), Vec::new()),
            Text::Wording(words) => ((*words).clone(), selections(words)),
            Text::Condition(condition) if self.request.conditions => (condition.to_string(), Vec::new()),
            Text::Condition(_) => return (String::new(), Vec::new()),
        };
        let is_open = |range: &Range<usize>| self.request.conditions || closed.iter().all(|closed| range.end <= closed.start || closed.end <= range.start);
        let is_wanted = |range: &Range<usize>| !self.request.whole_words || is_whole_word(&before, range);
        let found = self.pattern.find_iter(&before).map(|found| found.range()).filter(is_open).filter(is_wanted).collect();
        (before, found)
    }

    /// The text with what was `found` replaced; why not, if it could not be read any more.
    fn replaced(&self, text: &Text<'_>, before: &str, found: &[Range<usize>]) -> Result<String, String> {
        let mut after = String::with_capacity(before.len());
        let mut end = 0;
        for range in found {
            after.push_str(before.get(end..range.start).unwrap_or_default());
            after.push_str(&self.request.replacement);
            end = range.end;
        }
        after.push_str(before.get(end..).unwrap_or_default());
        let mistake = match text {
            Text::Words(_) => None,
            Text::Wording(_) if Wording::parse(before).is_err() => None,
            Text::Wording(_) => Wording::parse(&after).err(),
            Text::Condition(_) => Condition::parse(&after).err(),
        };
        match mistake {
            Some(mistake) => Err(format!("Replaced, it could not be read: {mistake}")),
            None => Ok(after),
        }
    }
}

fn store(text: Text<'_>, after: String) {
    match text {
        Text::Words(words) | Text::Wording(words) => *words = after,
        Text::Condition(condition) => {
            if let Ok(parsed) = Condition::parse(&after) {
                *condition = parsed;
            }
        }
    }
}

/// Where the selections of a text stand, braces included. `{{` is a brace.
fn selections(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match (letter, open) {
            ('{', None) => {
                let doubled = letters.next_if(|(_, next)| *next == '{').is_some();
                open = (!doubled).then_some(at);
            }
            ('}', Some(start)) => {
                found.push(start..at + 1);
                open = None;
            }
            _ => {}
        }
    }
    found
}

fn is_whole_word(text: &str, range: &Range<usize>) -> bool {
    let joins = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let behind = text.get(range.end..).and_then(|behind| behind.chars().next());
    !joins(before) && !joins(behind)
}

/// The text around what was `found` in it.
fn pieces(text: &str, found: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut end = 0;
    for range in found {
        between(&mut pieces, text.get(end..range.start).unwrap_or_default(), end > 0, true);
        pieces.push(Piece::Found(text.get(range.clone()).unwrap_or_default().to_owned()));
        end = range.end;
    }
    between(&mut pieces, text.get(end..).unwrap_or_default(), true, false);
    pieces
}

/// Adds what stands between two hits: all of it if it is short, else what is near to them.
fn between(pieces: &mut Vec<Piece>, text: &str, follows_hit: bool, precedes_hit: bool) {
    let length = text.chars().count();
    let (head, tail) = (if follows_hit { AROUND } else { 0 }, if precedes_hit { AROUND } else { 0 });
    if length <= head + tail {
        if !text.is_empty() {
            pieces.push(Piece::Same(text.to_owned()));
        }
        return;
    }
    let kept = [text.chars().take(head).collect::<String>(), text.chars().skip(length - tail).collect()];
    let [head, tail] = kept.map(|kept| Some(kept).filter(|kept| !kept.is_empty()).map(Piece::Same));
    pieces.extend(head.into_iter().chain([Piece::Cut]).chain(tail));
}

#[cfg(test)]
mod tests;
