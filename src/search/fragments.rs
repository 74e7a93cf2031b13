//! Word sequences to look for, all of them in one pass over a text.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::vocabulary::WordId;

/// Names a sequence; equal sequences have one name.
pub(super) type FragmentId = usize;

/// Word sequences as paths from a common beginning.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    /// Where a path that has come so far goes on with a word. Its beginning is 0.
    next: HashMap<(FragmentId, WordId), FragmentId>,
    /// Whether a sequence ends there.
    is_end: Vec<bool>,
}

impl Fragments {
    /// Takes in a sequence.
    pub(super) fn add(&mut self, words: &[WordId]) -> FragmentId {
        let mut at = 0;
        for word in words {
            let new = self.is_end.len() + 1;
            at = *self.next.entry((at, *word)).or_insert(new);
            if at == new {
                self.is_end.push(false);
            }
        }
        if let Some(is_end) = at.checked_sub(1).and_then(|at| self.is_end.get_mut(at)) {
            *is_end = true;
        }
        at
    }

    /// The sequences that stand in `text`, each with its first place. An unknown word ends every sequence.
    pub(super) fn find(&self, text: &[Option<WordId>]) -> BTreeMap<FragmentId, Range<usize>> {
        let mut found = BTreeMap::new();
        for (start, _) in text.iter().enumerate() {
            let mut at = 0;
            for (end, word) in text.iter().enumerate().skip(start) {
                let Some(next) = word.and_then(|word| self.next.get(&(at, word))) else { break };
                at = *next;
                if at.checked_sub(1).and_then(|at| self.is_end.get(at)).is_some_and(|is_end| *is_end) {
                    found.entry(at).or_insert(start..end + 1);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sequence_is_found_at_its_first_place() {
        let mut fragments = Fragments::default();
        let (long, short, inner) = (fragments.add(&[1, 2, 3]), fragments.add(&[1, 2]), fragments.add(&[2]));
        let absent = fragments.add(&[3, 1]);
        assert_eq!(fragments.add(&[1, 2]), short);
        let text = [Some(9), Some(1), Some(2), Some(3), None, Some(1), Some(2)];
        assert_eq!(fragments.find(&text), BTreeMap::from([(long, 1..4), (short, 1..3), (inner, 2..3)]));
        assert!(!fragments.find(&[Some(3), None, Some(1)]).contains_key(&absent));
    }

    #[test]
    fn nothing_is_no_sequence() {
        let mut fragments = Fragments::default();
        assert_eq!(fragments.add(&[]), 0);
        assert!(fragments.find(&[Some(1)]).is_empty());
    }
}
