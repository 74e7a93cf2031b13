//! Messages made comparable: the text of a dialog or log entry without what differs by accident.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

use super::code::Code;

/// Normalises a text: Unicode NFKC, case folded, quotes of every kind removed, every run of white space one blank.
#[must_use]
pub fn normalise(text: &str) -> String {
    // Quotes go first because NFKC takes some of them apart (U+00B4 becomes a blank and an accent), and again after it
    // because it makes others out of wide and double forms.
    let folded = text.chars().filter(|&c| !is_quote(c)).nfkc().default_case_fold().nfkc().filter(|&c| !is_quote(c));
    let mut normal = String::with_capacity(text.len());
    for c in folded {
        if !c.is_whitespace() {
            normal.push(c);
        } else if !normal.is_empty() && !normal.ends_with(' ') {
            normal.push(' ');
        }
    }
    normal.truncate(normal.trim_end().len());
    normal
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '´' | '«' | '»' | '‘'..='‟' | '‹' | '›' | '′'..='‷' | '❛'..='❞' | '「'..='』' | '〝'..='〟' | '\u{FF02}' | '\u{FF07}')
}

/// The words of a normalised text: letters and digits, where a single `\`, `.`, `_` or `-` between two of them joins.
fn words(normal: &str) -> impl Iterator<Item = &str> {
    let mut rest = normal;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        let from = rest.get(start..)?;
        let end = word_end(from);
        let (word, after) = from.split_at_checked(end)?;
        rest = after;
        Some(word)
    })
}

/// The length in bytes of the word that `text` begins with.
fn word_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() {
            end = at + c.len_utf8();
        } else if !matches!(c, '\\' | '.' | '_' | '-') || !chars.peek().is_some_and(|(_, next)| next.is_alphanumeric()) {
            break;
        }
    }
    end
}

/// The words of `normal`, each with a blank on both sides, so that a phrase is found as a part of the text.
fn spaced_words(normal: &str) -> String {
    let mut spaced = String::with_capacity(normal.len() + 2);
    spaced.push(' ');
    for word in words(normal) {
        spaced.push_str(word);
        spaced.push(' ');
    }
    spaced
}

/// A message prepared for any number of tests.
#[derive(Debug, Clone)]
pub struct Message {
    normal: String,
    words: String,
    codes: Vec<Code>,
}

impl Message {
    /// Prepares `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let normal = normalise(text);
        let words = spaced_words(&normal);
        let codes = codes(&normal);
        Self { normal, words, codes }
    }

    /// The normalised text.
    #[must_use]
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// Whether the words of `phrase` stand in the message, in a row.
    #[must_use]
    pub fn contains(&self, phrase: &Phrase) -> bool {
        self.words.contains(&phrase.words)
    }

    /// Whether each word of `phrase` stands in the message, anywhere.
    #[must_use]
    pub fn has_words(&self, phrase: &Phrase) -> bool {
        phrase.words.split_ascii_whitespace().all(|word| self.words.contains(&format!(" {word} ")))
    }

    /// Whether the number stands in the message, in any notation.
    #[must_use]
    pub fn has_code(&self, code: &Code) -> bool {
        self.codes.iter().any(|here| here.matches(code))
    }
}

/// Every number in a normalised text that may be an error code.
#[must_use]
pub fn codes(normal: &str) -> Vec<Code> {
    let mut found = Vec::new();
    let mut before = ' ';
    let mut rest = normal;
    while let Some(c) = rest.chars().next() {
        let signed = c == '-' && !before.is_alphanumeric();
        let digits = if signed { rest.get(1..).unwrap_or_default() } else { rest };
        let length = digits.find(|c: char| !c.is_alphanumeric()).unwrap_or(digits.len());
        let taken = if length == 0 { c.len_utf8() } else { length + usize::from(signed) };
        let Some((candidate, after)) = rest.split_at_checked(taken) else { break };
        if length > 0
            && let Ok(code) = Code::parse(candidate)
        {
            found.push(code);
        }
        before = candidate.chars().next_back().unwrap_or(' ');
        rest = after;
    }
    found
}

/// Words to look for in messages. Equality is that of the text as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    written: String,
    words: String,
}

impl Phrase {
    /// Prepares `text`; `None` if there is no word in it.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let words = spaced_words(&normalise(text));
        (words.len() > 1).then(|| Self { written: text.to_owned(), words })
    }

    /// Its words, each by itself.
    pub(in crate::tree) fn each(&self) -> impl Iterator<Item = Self> {
        self.words.split_ascii_whitespace().map(|word| Self { written: word.to_owned(), words: format!(" {word} ") })
    }

    /// Its words as they stand in normalised messages, each with a blank on both sides.
    pub(in crate::tree) fn words(&self) -> &str {
        &self.words
    }

    /// The phrase as the author wrote it.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }
}

/// A pattern for a whole message in which `*` stands for any text. Equality is that of the text as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    written: String,
    parts: Vec<String>,
}

impl Glob {
    /// Prepares `pattern`; `None` if nothing is left of it.
    #[must_use]
    pub fn new(pattern: &str) -> Option<Self> {
        let normal = normalise(pattern);
        (!normal.is_empty()).then(|| Self { written: pattern.to_owned(), parts: normal.split('*').map(str::to_owned).collect() })
    }

    /// The pattern as the author wrote it.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// What stands between the stars, normalised: every message like it begins with the first part and ends with the last one.
    pub(in crate::tree) fn parts(&self) -> &[String] {
        &self.parts
    }

    /// Whether the whole message is like the pattern.
    #[must_use]
    pub fn matches(&self, message: &Message) -> bool {
        let [first, middle @ .., last] = self.parts.as_slice() else {
            return self.parts.first().is_some_and(|only| *only == message.normal);
        };
        let Some(mut rest) = message.normal.strip_prefix(first.as_str()) else {
            return false;
        };
        for part in middle {
            let Some((_, after)) = rest.split_once(part.as_str()) else { return false };
            rest = after;
        }
        rest.ends_with(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(message: &str, phrase: &str) -> bool {
        Message::new(message).contains(&Phrase::new(phrase).unwrap())
    }

    fn like(message: &str, pattern: &str) -> bool {
        Glob::new(pattern).unwrap().matches(&Message::new(message))
    }

    #[test]
    fn accidents_of_writing_disappear() {
        for (text, normal) in [
            ("  Extension\r\n\t'SMTP'  could ", "extension smtp could"),
            ("“don’t” ‚x‘ «y» ´z` „w‟", "dont x y z w"),
            ("ﬁle ＮＡＭＥ Straße", "file name strasse"),
            ("a\u{A0}\u{3000}b", "a b"),
            ("", ""),
        ] {
            assert_eq!(normalise(text), normal, "{text:?}");
            assert_eq!(normalise(normal), normal, "normalising twice changes nothing");
        }
    }

    #[test]
    fn joiners_join_words_only_between_letters_and_digits() {
        let of = |text| words(text).collect::<Vec<_>>();
        assert_eq!(
            of("c:\\exchsrvr\\add-ins file.dll. -528 a--b wait...now mta_x (5.5.2653)"),
            ["c", "exchsrvr\\add-ins", "file.dll", "528", "a", "b", "wait", "now", "mta_x", "5.5.2653"]
        );
    }

    #[test]
    fn phrases_match_whole_words_in_a_row() {
        let message = "The file replication service could not be loaded.";
        assert!(contains(message, "FILE   replication"));
        assert!(contains(message, "be loaded"));
        assert!(!contains(message, "file replic"));
        assert!(!contains(message, "replication file"));
        assert!(!contains("c:\\add-ins\\smtp", "smtp"), "a joined word is one word");
        assert!(contains("Extension 'SMTP' could", "extension smtp"));
        assert!(Phrase::new(" ... ").is_none());
    }

    #[test]
    fn words_match_in_any_order() {
        let has = |phrase| Message::new("could not load the extension").has_words(&Phrase::new(phrase).unwrap());
        assert!(has("extension load"));
        assert!(!has("extension loaded"));
    }

    #[test]
    fn globs_match_the_whole_message() {
        assert!(like("Extension 'SMTP' could not be loaded.", "extension * could not be loaded."));
        assert!(!like("Extension 'SMTP' could not be loaded.", "extension * could not"));
        assert!(like("x \\add-ins\\smtp y", "*\\add-ins\\smtp*"));
        assert!(like("abc", "abc"));
        assert!(!like("abcd", "abc"));
        assert!(!like("ab", "ab*b"), "parts do not overlap");
        assert!(like("abab", "ab*ab"));
        assert!(like("", "*"));
        assert!(Glob::new("  ").is_none());
    }

    #[test]
    fn codes_are_found_in_any_notation() {
        let has = |message: &str, code: &str| Message::new(message).has_code(&Code::parse(code).unwrap());
        assert!(has("ID no: c1030ad1", "0xC1030AD1"));
        assert!(has("Error -528 occurred", "4294966768"));
        assert!(has("failed (0x80040111).", "80040111"));
        assert!(has("returned=-1018;", "-1018"));
        assert!(!has("Error 528", "-528"));
        assert!(!has("range 1-528", "-528"));
        assert!(!has("", "5"));
    }
}
