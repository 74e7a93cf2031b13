//! Texts as words.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::tree::code::Code;

/// Words that every message has, one language's everyday words and one trade's: they tell no guides apart.
static EVERYDAY: LazyLock<BTreeSet<&str>> = LazyLock::new(|| include_str!("everyday.txt").split_whitespace().collect());

/// The words of a text normalised by [`crate::tree::message::normalise`]: runs of letters and digits.
///
/// Finer than the words of conditions, in which `\ . _ -` join: a path names the connector it belongs to.
pub(super) fn words(normal: &str) -> impl Iterator<Item = &str> {
    normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether the word says something of its own inside a phrase.
pub(super) fn is_telling(word: &str) -> bool {
    word.chars().nth(1).is_some() && !EVERYDAY.contains(word)
}

/// Whether the word says something wherever it stands: it is telling, has three letters or more, and is neither a number nor a code.
pub(super) fn stands_alone(word: &str) -> bool {
    is_telling(word) && word.chars().filter(|c| c.is_alphabetic()).nth(2).is_some() && Code::parse(word).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_file_names_fall_into_words() {
        assert_eq!(words("\\add-ins\\smtp\\i386\\imcadmin.dll  v5.5").collect::<Vec<_>>(), ["add", "ins", "smtp", "i386", "imcadmin", "dll", "v5", "5"]);
    }

    #[test]
    fn everyday_words_numbers_and_codes_do_not_stand_alone() {
        for word in ["connector", "loaded", "imcadmin", "ex01a"] {
            assert!(stands_alone(word) && is_telling(word), "{word}");
        }
        for word in ["could", "2037", "c1030ad1", "0xc1030ad1", "ms", "i386"] {
            assert!(!stands_alone(word), "{word}");
        }
        assert!(is_telling("ms") && is_telling("2037") && !is_telling("x") && !is_telling("server"));
    }
}
