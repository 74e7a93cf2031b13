//! Names that a text shows to be names: by their shape, or by what stands beside them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::register::{Kind, Register};

/// The longest name that a label may have behind it, in characters.
const LONGEST_NAME: usize = 64;

/// A pattern that is compiled when it is first used. A test compiles every one.
pub(super) struct Pattern(LazyLock<Option<Regex>, fn() -> Option<Regex>>);

impl Pattern {
    /// A pattern; `compile` is `|| Regex::new(..).ok()`.
    pub(super) const fn new(compile: fn() -> Option<Regex>) -> Self {
        Self(LazyLock::new(compile))
    }

    /// Every match, in order.
    pub(super) fn all<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> + use<'_, 't> {
        self.0.as_ref().into_iter().flat_map(move |regex| regex.captures_iter(text))
    }

    /// Whether it matches somewhere.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    #[cfg(test)]
    pub(super) fn compiles(&self) -> bool {
        self.0.is_some()
    }
}

/// A stretch of a text that is a name, or that must stay as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    /// `None` where the stretch stays as it is.
    pub(super) name: Option<(Kind, String)>,
}

/// Collects stretches that do not overlap; what is found first counts.
pub(super) struct Finder<'a> {
    pub(super) text: &'a str,
    pub(super) register: &'a Register,
    found: Vec<Found>,
    covered: Vec<bool>,
}

impl<'a> Finder<'a> {
    /// Finds everything in `text`; `is_build` says whether four numbers joined by dots are a known build.
    pub(super) fn find(text: &'a str, register: &'a Register, is_build: &dyn Fn(&str) -> bool) -> Vec<Found> {
        let mut finder = Self { text, register, found: Vec::new(), covered: vec![false; text.len()] };
        finder.placeholders();
        finder.numbers();
        finder.addresses();
        finder.directory_names();
        finder.hosts(is_build);
        finder.accounts();
        finder.labelled();
        finder.found.sort_by_key(|found| found.range.start);
        finder.found
    }

    /// Takes a stretch as the name `name`.
    pub(super) fn take(&mut self, range: Range<usize>, kind: Kind, name: &str) {
        self.cover(range, Some((kind, name.to_owned())));
    }

    /// Keeps a stretch as it is.
    pub(super) fn keep(&mut self, range: Range<usize>) {
        self.cover(range, None);
    }

    fn cover(&mut self, range: Range<usize>, name: Option<(Kind, String)>) {
        if self.is_free(&range)
            && let Some(bytes) = self.covered.get_mut(range.clone())
        {
            bytes.fill(true);
            self.found.push(Found { range, name });
        }
    }

    /// Whether nothing was found in a stretch yet.
    pub(super) fn is_free(&self, range: &Range<usize>) -> bool {
        self.covered.get(range.clone()).is_some_and(|bytes| !bytes.is_empty() && bytes.iter().all(|covered| !covered))
    }

    /// The character before a place.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at).and_then(|before| before.chars().next_back())
    }

    /// The text from a place on.
    pub(super) fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// What stands from a place on, as much as a name may be long.
    pub(super) fn near(&self, at: usize) -> &'a str {
        let rest = self.rest(at);
        rest.char_indices().nth(LONGEST_NAME).map_or(rest, |(end, _)| rest.get(..end).unwrap_or_default())
    }

    /// The last `count` characters, at most, of the line before a place.
    pub(super) fn line_before(&self, at: usize, count: usize) -> &'a str {
        let before = self.text.get(..at).unwrap_or_default();
        let start = before.char_indices().rev().take(count).take_while(|(_, letter)| !matches!(letter, '\r' | '\n')).last();
        start.and_then(|(start, _)| before.get(start..)).unwrap_or_default()
    }
}
