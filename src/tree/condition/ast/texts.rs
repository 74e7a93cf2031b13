//! Tests of one message or event record.

use regex::{Regex, RegexBuilder};

use super::single;
use crate::tree::code::Code;
use crate::tree::message::{Glob, Phrase};

/// A test of one message or event record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TextExpr {
    All(Vec<TextExpr>),
    Any(Vec<TextExpr>),
    Not(Box<TextExpr>),
    /// Words in a row.
    Contains(Phrase),
    /// Words in any order.
    Words(Phrase),
    /// The whole message.
    Like(Glob),
    /// A regular expression.
    Matches(Pattern),
    /// A number in the message.
    Code(Code),
    /// The record's source.
    Source(String),
    /// The record's number.
    Id(u32),
}

impl TextExpr {
    /// Joins parts by `and`, in the one shape that this has.
    pub(crate) fn all(parts: Vec<Self>) -> Self {
        let flat: Vec<Self> = parts.into_iter().flat_map(|part| if let Self::All(inner) = part { inner } else { vec![part] }).collect();
        single(flat).unwrap_or_else(Self::All)
    }

    /// Joins parts by `or`, in the one shape that this has.
    pub(crate) fn any(parts: Vec<Self>) -> Self {
        let flat: Vec<Self> = parts.into_iter().flat_map(|part| if let Self::Any(inner) = part { inner } else { vec![part] }).collect();
        single(flat).unwrap_or_else(Self::Any)
    }
}

/// A compiled regular expression. Equality is that of the text as written.
#[derive(Debug, Clone)]
pub(crate) struct Pattern(Regex);

impl Pattern {
    /// The most memory, in bytes, that one compiled expression may take.
    const SIZE_LIMIT: usize = 1 << 20;

    /// Compiles `pattern`, which ignores case.
    pub(crate) fn new(pattern: &str) -> Result<Self, regex::Error> {
        RegexBuilder::new(pattern).case_insensitive(true).size_limit(Self::SIZE_LIMIT).dfa_size_limit(Self::SIZE_LIMIT).build().map(Self)
    }

    pub(crate) fn written(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) fn matches(&self, normal: &str) -> bool {
        self.0.is_match(normal)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written() == other.written()
    }
}
