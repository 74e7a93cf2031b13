//! Names of accounts.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// Most characters of a name.
pub(in crate::account) const LONGEST_NAME: usize = 64;

/// A text without differences of case and form: what is unique among names, and how a name that was typed is found.
#[must_use]
pub fn folded(text: &str) -> String {
    text.trim().nfkc().default_case_fold().nfkc().collect()
}

/// A name as it is kept: composed, without blanks around it.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn read_name(typed: &str) -> Result<String, &'static str> {
    let name: String = typed.trim().nfc().collect();
    if name.is_empty() {
        return Err("Enter a name: it is shown beside everything that the account changes.");
    }
    if name.chars().count() > LONGEST_NAME {
        return Err("The name is longer than 64 characters. Choose a shorter one.");
    }
    if name.chars().any(char::is_control) {
        return Err("The name has a character that cannot be shown. Type it again.");
    }
    if name.starts_with('(') {
        return Err("A name cannot begin with a bracket: that marks what the program does by itself.");
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_the_same() {
        for (one, other) in [("Ada", " ada "), ("STRASSE", "straße"), ("ﬁona", "Fiona"), ("Zoe\u{308}", "ZOË")] {
            assert_eq!(folded(one), folded(other));
        }
        assert_ne!(folded("ada"), folded("ada l"));
    }

    #[test]
    fn names_are_short_and_visible() {
        assert_eq!(read_name("  Ada Lovelace ").as_deref(), Ok("Ada Lovelace"));
        assert_eq!(read_name(&"é".repeat(LONGEST_NAME)).map(|name| name.chars().count()), Ok(LONGEST_NAME));
        for bad in ["", "  ", "a\u{7}b", "(command line)", &"x".repeat(LONGEST_NAME + 1)] {
            assert!(read_name(bad).is_err(), "{bad:?} was taken");
        }
    }
}
